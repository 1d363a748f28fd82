"""The door: scans, admissions, undo, walk-ins, live counts."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.facts import FactId, PersonId, UnitId
from app.domain.verdict import Detail, Direction, StationDirection, Tone, Verdict
from app.services.people import PersonCard


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


class CheckinService:
    """Judge scans at one event and record them; acknowledges after commit only."""

    def scan(
        self, raw: str, station: Station, *, at: datetime | None = None, reader: str = "keyboard"
    ) -> ScanOutcome:
        """Record one reading, whatever came of it, and return its verdict."""
        raise NotImplementedError

    def scan_person(
        self, person_id: PersonId, station: Station, *, at: datetime | None = None
    ) -> ScanOutcome:
        """Check in or out a person picked from a search, as if the badge had been read."""
        raise NotImplementedError

    def admit(self, fact_id: FactId, reason: str) -> ScanOutcome:
        """Turn a choice verdict into an admission; registers the person here where needed.

        Raises NotFound (no such scan) and NotAllowed (not a choice, or already undone).
        """
        raise NotImplementedError

    def undo_scan(self, fact_id: FactId, reason: str) -> ScanOutcome:
        """Void a scan with a reason. Raises NotFound, NotAllowed (already undone)."""
        raise NotImplementedError

    def walk_in(
        self, form: WalkIn, station: Station, *, at: datetime | None = None
    ) -> ScanOutcome:
        """Register somebody here and now and check in. Raises InvalidInput(field)."""
        raise NotImplementedError

    def similar_people(self, form: WalkIn) -> tuple[PersonCard, ...]:
        """Return people already known who may be the one at the desk, likeliest first."""
        raise NotImplementedError

    def recent_scans(self, session: str, *, limit: int = 20) -> tuple[ScanOutcome, ...]:
        """Return the last scans at this session, newest first, voided ones included."""
        raise NotImplementedError

    def counts(self, session: str) -> Counts:
        """Return the live numbers of a session."""
        raise NotImplementedError
