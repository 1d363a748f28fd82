"""Chance that can be had again: every random number of a schedule comes from its seed."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain import clock
from app.services import opening
from db.hub import identity

START_MS = 1_691_362_800_000
"""The morning of the plan's first day."""
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
JUMPS_MS = (
    2 * MINUTE_MS, -2 * MINUTE_MS, 40 * MINUTE_MS, -40 * MINUTE_MS, DAY_MS, -DAY_MS,
    5 * 365 * DAY_MS, -5 * 365 * DAY_MS,
)  # fmt: skip


@contextmanager
def seeded(random: Random) -> Iterator[None]:
    """Draw ids and salts from here instead of from the system, so that a seed tells everything."""

    def draw_uuid() -> uuid.UUID:
        return uuid.UUID(int=random.getrandbits(128), version=4)

    def draw_key() -> tuple[str, str]:
        key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        return key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex()

    with (
        mock.patch.object(uuid, "uuid4", draw_uuid),
        mock.patch.object(os, "urandom", random.randbytes),
        mock.patch.object(opening, "new_device_key", draw_key),
        mock.patch.object(identity, "new_device_key", draw_key),
        mock.patch.object(clock.uuid7, "__defaults__", (random.randbytes,)),
        mock.patch.object(clock.Uuid7Series.__init__, "__defaults__", (random.randbytes,)),
    ):
        yield


@dataclass(slots=True)
class WorldTime:
    """What the time really is."""

    now_ms: int = START_MS

    def pass_ms(self, passed: int) -> None:
        self.now_ms += passed


@dataclass(slots=True)
class SkewedClock:
    """One machine's clocks: the wall clock may be wrong and may be set."""

    time: WorldTime
    skew_ms: int = 0
    boot: str = "boot-1"
    booted_ms: int = field(default=START_MS - 5_000_000)

    def wall_ms(self) -> int:
        return self.time.now_ms + self.skew_ms

    def mono_ms(self) -> int:
        return self.time.now_ms - self.booted_ms

    def boot_id(self) -> str:
        return self.boot

    def tz_minutes(self) -> int:
        return 480

    def restart(self, random: Random) -> None:
        """Begin another boot."""
        self.boot = f"boot-{random.getrandbits(32):08x}"
        self.booted_ms = self.time.now_ms
