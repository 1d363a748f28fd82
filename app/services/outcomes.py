"""What the door hands out: stations, scan outcomes, counts, the walk-in form.

Plain data without storage behind it, so that the window can paint before the records are open.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.scans import Direction, StationDirection, Tone, Verdict

if TYPE_CHECKING:  # only names for types; the shell paints without them
    from app.domain.facts import FactId, UnitId
    from app.domain.judgement import Detail
    from app.services.cards import PersonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A laptop in a role at a place."""

    session: str
    direction: StationDirection = StationDirection.AUTO
    letter: str = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOutcome:
    """One recorded scan as the screen, the list of last scans and the command line show it."""

    fact_id: "FactId"
    code: str
    """The badge code if it is one of ours, else what was read, masked."""
    verdict: Verdict
    tone: Tone
    counts: bool
    at: datetime
    session: str
    direction: Direction
    station: str
    person: "PersonCard | None"
    detail: "Detail"
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
    unit_id: "UnitId | None" = None
    title: str = ""
    id_number: str = ""
    phone: str = ""
