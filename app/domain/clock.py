"""Clocks: wall, monotonic and hybrid; corrected time; ids that sort by time.

A recorded time is never rewritten: what is known of a clock's error stands beside it, and
corrected time is computed from both (design: sync page, section 3; reliability evidence 2.5).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

COUNTER_BITS = 16
MAX_AHEAD_MS = 24 * 3600 * 1000
"""A remote clock further ahead than this never advances ours."""
JUMP_MS = 60_000
"""A wall clock that moves this far against the monotonic one is doubtful."""


class Clock(Protocol):
    """The clocks of one machine as the journal needs them."""

    def wall_ms(self) -> int:
        """UTC milliseconds of the wall clock."""

    def mono_ms(self) -> int:
        """Milliseconds of a clock that never goes back within one boot."""

    def boot_id(self) -> str:
        """Identity of this boot of the machine."""

    def tz_minutes(self) -> int:
        """Minutes east of UTC of the machine's zone."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """All clocks read at one moment."""

    wall_ms: int
    mono_ms: int
    boot: str
    tz: int


def read_clock(clock: Clock) -> ClockReading:
    """Read every clock once."""
    return ClockReading(clock.wall_ms(), clock.mono_ms(), clock.boot_id(), clock.tz_minutes())


def has_jumped(before: ClockReading, now: ClockReading) -> bool:
    """Tell whether the wall clock was set between two readings of one boot."""
    if before.boot != now.boot:
        return False
    drift = (now.wall_ms - before.wall_ms) - (now.mono_ms - before.mono_ms)
    return abs(drift) > JUMP_MS


@dataclass(frozen=True, slots=True)
class MeasuredClock:
    """What a measurement told: true time is the monotonic clock and this, within one boot.

    Tied to the monotonic clock, it stays right when somebody sets the wall clock.
    """

    base_ms: int
    boot: str

    @classmethod
    def of(cls, reading: ClockReading, offset_ms: int) -> "MeasuredClock":
        """Return what it means that the wall clock was off by this much at a moment."""
        return cls(reading.wall_ms + offset_ms - reading.mono_ms, reading.boot)

    def offset_ms(self, reading: ClockReading) -> int | None:
        """Return what to add to the wall clock, None where nothing is known of this boot."""
        if reading.boot != self.boot:
            return None
        return self.base_ms + reading.mono_ms - reading.wall_ms


def next_hlc(last: int, wall_ms: int) -> int:
    """Return the hybrid clock after `last`: wall milliseconds and a counter in one integer."""
    floor = wall_ms << COUNTER_BITS
    return floor if floor > last else last + 1


def merged_hlc(own: int, remote: int, wall_ms: int) -> int:
    """Return our hybrid clock after seeing a remote one; a wild remote clock is not followed."""
    if remote >> COUNTER_BITS > wall_ms + MAX_AHEAD_MS:
        return own
    return max(own, remote)


_RANDOM_BITS = 74
_VARIANT = 0x8 << 60
_LOW_BITS = 62
_STEPS = 256
_LOW = (1 << _LOW_BITS) - 1


class Uuid7Series:
    """UUIDs version 7 (RFC 9562) that rise within a millisecond too (its method 2).

    Rising ids go to the end of an index instead of all over it.
    """

    def __init__(self, random: Callable[[int], bytes] = os.urandom) -> None:
        self._random = random
        self._at_ms = -1
        self._beginning = ""
        self._tail = 0
        self._steps: list[int] = []

    def next(self, at_ms: int) -> str:
        """Return the next id for a moment; a moment before the last one counts as the last."""
        if at_ms > self._at_ms:
            self._at_ms = at_ms
            moment = f"{at_ms:012x}"
            self._beginning = f"{moment[:8]}-{moment[8:]}-7"
            # One bit is left free at the top, so that steps within this millisecond have room.
            self._tail = int.from_bytes(self._random(10), "big") >> (80 - _RANDOM_BITS + 1)
        else:
            self._tail += 1 + self._step()
        low = f"{_VARIANT | self._tail & _LOW:x}"
        return f"{self._beginning}{self._tail >> _LOW_BITS:03x}-{low[:4]}-{low[4:]}"

    def _step(self) -> int:
        """Return 32 random bits; the system is asked for many at a time."""
        if not self._steps:
            self._steps = list(memoryview(self._random(4 * _STEPS)).cast("I"))
        return self._steps.pop()


def uuid7(at_ms: int, random: Callable[[int], bytes] = os.urandom) -> str:
    """Return one UUID version 7 for a moment."""
    return Uuid7Series(random).next(at_ms)


def uuid7_ms(uuid: str) -> int:
    """Return the moment (UTC ms) a UUID version 7 was made at."""
    return int(uuid.replace("-", "")[:12], 16)


def moment_of(at_ms: int) -> datetime:
    """Return UTC milliseconds as an aware moment."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def ms_of(moment: datetime) -> int:
    """Return an aware moment as UTC milliseconds."""
    return round(moment.timestamp() * 1000)
