"""Doors that judge by what they have heard, as laptops without a network do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from app.domain.clock import COUNTER_BITS, merged_hlc, moment_of, next_hlc, uuid7
from app.domain.facts import Fact, FactId, FactKind, PersonId
from app.domain.fold import fold_person
from app.domain.scans import Candidate, ReadingKind, SessionWindow, StationDirection
from app.domain.verdict import judge_scan
from app.services.scan_bodies import scan_body

PERSON = PersonId("p1")
MINUTE = 60_000
DAY = datetime(2023, 8, 7, tzinfo=UTC)
"""Sign-in 08:30 to 09:00, ends 17:00; all in UTC, for this is no place on earth."""


def at(text: str) -> int:
    """Return the milliseconds of a time of the day."""
    hour, minute = text.split(":")
    return round(DAY.timestamp() * 1000) + (int(hour) * 60 + int(minute)) * MINUTE


def window(code: str = "day") -> SessionWindow:
    """Return a session of the day."""
    return SessionWindow(
        code=code,
        course=f"course of {code}",
        sign_in_from=moment_of(at("08:30")),
        sign_in_until=moment_of(at("09:00")),
        starts_at=moment_of(at("09:00")),
        ends_at=moment_of(at("17:00")),
        grace_minutes=10,
        early_leave_minutes=10,
        min_gap_seconds=120,
        credited=True,
    )


WINDOWS = {code: window(code) for code in ("day", "other")}


class Door:
    """A laptop with a chain of its own, a clock of its own, and what it has heard of others."""

    def __init__(
        self, letter: str, *, device: str = "", clock_off_ms: int = 0, boot: str = "boot"
    ) -> None:
        self.letter = letter
        self.device = device or f"device-{letter}"
        self.facts: dict[str, Fact] = {}
        self.clock_off_ms = clock_off_ms
        self.boot = boot
        self._seq = 0
        self._hlc = 0

    def write(self, kind: FactKind, now: int, body: Mapping[str, Any], typed: int = 0) -> Fact:
        """Record something at a true moment; `typed`: the time a person gave it."""
        wall = now + self.clock_off_ms
        self._seq += 1
        self._hlc = next_hlc(self._hlc, wall)
        fact = Fact(
            id=FactId(uuid7(wall, self._chance)),
            event_id="event", device=self.device, incarnation="one", seq=self._seq,
            kind=kind, subject=f"person:{PERSON}", actor=self.letter, body=body,
            private=None, salt=None, private_hash="", at=typed or wall, tz=0, mono=now,
            boot=self.boot, offset_ms=0, offset_quality="unknown", hlc=self._hlc,
            prev_hash="", hash="",
        )  # fmt: skip
        self.facts[fact.id] = fact
        return fact

    def _chance(self, size: int) -> bytes:
        return sha256(f"{self.device} {self.boot} {self._seq}".encode()).digest()[:size]

    def register(self, now: int, session: str = "day") -> Fact:
        body = {"session": session, "origin": "imported"}
        return self.write(FactKind.REGISTRATION_ADDED, now, body)

    def cancel(self, now: int, session: str = "day") -> Fact:
        return self.write(FactKind.REGISTRATION_CANCELLED, now, {"session": session})

    def void(self, scan: Fact, now: int) -> Fact:
        body = {"scan": scan.id, "session": scan.body["session"]}
        return self.write(FactKind.SCAN_VOIDED, now, body)

    def scan(
        self, way: str, now: int, session: str = "day", *, code: str = "ONE", typed: int = 0
    ) -> Fact:
        """Read the person's badge and judge by what is known here."""
        known = fold_person(PERSON, self.facts.values())
        badge = known.badges.get(code)
        revoked = badge.revoked_ms if badge else None
        judgement = judge_scan(
            ReadingKind.OWN,
            Candidate(
                person_id=PERSON,
                badge_revoked_at=moment_of(revoked) if revoked is not None else None,
                registrations={name: one.status for name, one in known.registrations.items()},
                scans=known.scans_at(session),
            ),
            window=WINDOWS[session],
            windows=WINDOWS,
            station=self.letter,
            setting=StationDirection(way),
            now=moment_of(typed or now + self.clock_off_ms),
        )
        body = scan_body(judgement, session=session, station=self.letter, code=code, reader="test")
        return self.write(FactKind.SCAN_RECORDED, now, body, typed)

    def hear(self, *others: "Door") -> None:
        """Take over all that others have."""
        for other in others:
            for fact in other.facts.values():
                self.facts[fact.id] = fact
                self._hlc = merged_hlc(self._hlc, fact.hlc, fact.hlc >> COUNTER_BITS)


def meet(*doors: Door) -> list[Fact]:
    """Let all hear all; return every fact."""
    for door in doors:
        door.hear(*doors)
    return list(doors[0].facts.values())
