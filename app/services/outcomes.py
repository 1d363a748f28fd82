"""What the door hands out: stations, scan outcomes, counts, the walk-in form."""

import json
from dataclasses import dataclass
from datetime import datetime

from app.domain.facts import FactId, UnitId
from app.domain.verdict import TONES, Detail, Direction, StationDirection, Tone, Verdict
from app.services.context import EventContext
from app.services.people import PersonCard, card_of
from app.services.scan_bodies import detail_of
from db.queries import desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A laptop in a role at a place."""

    session: str
    direction: StationDirection = StationDirection.AUTO
    letter: str = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOutcome:
    """One recorded scan as the screen, the list of last scans and the command line show it."""

    fact_id: FactId
    code: str
    """The badge code if it is one of ours, else what was read, masked."""
    verdict: Verdict
    tone: Tone
    counts: bool
    at: datetime
    session: str
    direction: Direction
    station: str
    person: PersonCard | None
    detail: Detail
    roster_size: int = 0
    roster_as_of: datetime | None = None
    voided: bool = False
    admitted: bool = False
    """A choice verdict that a person turned into an admission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Live numbers of one session; unique people, never scans."""

    expected: int
    arrived: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """What the walk-in form asks for. `unit_id` when picked, `unit_text` always as typed."""

    name: str
    unit_text: str
    unit_id: UnitId | None = None
    title: str = ""
    id_number: str = ""
    phone: str = ""


def stored_outcome(context: EventContext, stored: desk.StoredScan) -> ScanOutcome:
    """Return a scan read from the tables as an outcome."""
    body = json.loads(stored.body)
    verdict = Verdict(body["verdict"])
    return ScanOutcome(
        fact_id=FactId(stored.fact_id),
        code=body.get("code", ""),
        verdict=verdict,
        tone=TONES[verdict],
        counts=stored.counts,
        at=context.local(stored.at_ms),
        session=stored.session,
        direction=Direction(body["direction"]),
        station=stored.station,
        person=card_of(stored.person) if stored.person else None,
        detail=detail_of(body.get("detail", {}), context.plan.zone),
        voided=stored.voided_ms is not None,
        admitted=stored.admitted,
    )
