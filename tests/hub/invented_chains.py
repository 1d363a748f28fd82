"""Chains of invented devices, signed as their devices would, and ways to harm them."""

from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain import chain, clock
from app.domain.chain import Envelope, Origin
from app.domain.exchange import Run, SignedHead

EVENT = "0190f1c2-0000-4000-8000-000000000001"
NOON = 1_691_380_000_000
Row = tuple[Any, ...]


@dataclass
class TestClock:
    """Stands still until a test moves it."""

    __test__ = False
    now: int = NOON

    def wall_ms(self) -> int:
        return self.now

    def mono_ms(self) -> int:
        return self.now - NOON + 1_000

    def boot_id(self) -> str:
        return "boot"

    def tz_minutes(self) -> int:
        return 480


@dataclass
class Device:
    """An invented device that writes one chain; `copy` is the same laptop twice."""

    name: str = "device-1"
    event_id: str = EVENT
    incarnation: str = "first"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    rows: list[Row] = field(default_factory=list)
    heads: list[SignedHead] = field(default_factory=list)
    at: int = NOON

    @property
    def public_key(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def copy(self) -> "Device":
        return replace(self, rows=list(self.rows), heads=list(self.heads))

    def write(self, count: int = 1, **more: Any) -> Run:
        """Write facts (the first of a chain is its enrolment) and return them as a signed run."""
        first = len(self.rows)
        for _ in range(count):
            self.rows.append(self._row(**more))
        return self.run(first + 1)

    def run(self, first: int = 1, last: int | None = None) -> Run:
        """Return a piece of the chain, signed at its end."""
        rows = self.rows[first - 1 : last]
        head = self.sign(rows[-1])
        self.heads.append(head)
        return Run(rows, head)

    def sign(self, last: Row) -> SignedHead:
        message = chain.signed_head_bytes(self.origin, last[4], last[20])
        signature = self.key.sign(message).hex()
        return SignedHead(
            self.name, self.incarnation, last[4], last[20], self.public_key, signature
        )

    @property
    def origin(self) -> Origin:
        return Origin(self.event_id, self.name, self.incarnation)

    def _row(self, **more: Any) -> Row:
        seq = len(self.rows) + 1
        self.at += 1
        values: dict[str, Any] = {
            "id": clock.uuid7(self.at),
            "kind": "scan.recorded",
            "subject": f"person:{seq % 7}",
            "actor": "門口",
            "body": {"session": "b1d1", "number": seq},
            "private": None,
            "hlc": self.at << 16,
        }
        if seq == 1:
            values |= {
                "kind": "device.enrolled",
                "subject": f"device:{self.name}",
                "body": {"incarnation": self.incarnation, "public_key": self.public_key},
            }
        values |= more
        private = None if values["private"] is None else chain.canonical(values["private"])
        salt = None if private is None else "ab" * 16
        digest = "" if private is None or salt is None else chain.private_digest(salt, private)
        return make_row(
            self.origin, seq, values, (private, salt, digest),
            self.rows[-1][20] if self.rows else chain.GENESIS,
        )  # fmt: skip


def make_row(
    origin: Origin, seq: int, values: dict[str, Any], secret: tuple[Any, ...], previous: str
) -> Row:
    """Return a stored row with its true hash."""
    clocks = {
        "at": values["hlc"] >> 16,
        "tz": 480,
        "mono": seq * 10,
        "boot": "boot",
        "offset_ms": 0,
        "offset_quality": "unknown",
        "hlc": values["hlc"],
    }
    body = chain.canonical(values["body"])
    envelope = Envelope(
        origin, seq, values["id"], values["kind"], values["subject"], values["actor"], body,
        secret[2], clocks, previous,
    )  # fmt: skip
    return (
        values["id"], origin.event_id, origin.device, origin.incarnation, seq, values["kind"],
        values["subject"], values["actor"], body, *secret, *clocks.values(), previous,
        chain.fact_hash(envelope),
    )  # fmt: skip


def altered(run: Run, place: int, column: int, value: Any) -> Run:
    """Return a run with one column of one fact changed after it was signed."""
    rows = [list(row) for row in run.rows]
    rows[place][column] = value
    return Run([tuple(row) for row in rows], run.head)
