"""What a help day's report needs to know: visits, issues, duty and the rest, with words filled in.

All moments are UTC milliseconds. Codes (`topic`, `outcome`, `barriers` …) are those of the journal;
names of units and consultants are as shown on screen. A stretch that was still running has been
closed at the last thing known.
"""

from dataclasses import dataclass

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One segment of a visit: `waiting`, `called`, `serving` or `parked`, and who had it."""

    state: str
    from_ms: int
    until_ms: int
    reason: str = ""
    """Why a visit was parked."""
    staff: str = ""
    station: str = ""
    is_open: bool = False
    """Not ended yet when the report was made."""

    @property
    def length_ms(self) -> int:
        """How long it lasted; a doubtful clock never makes it negative."""
        return max(0, self.until_ms - self.from_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """One topic handled in a visit."""

    number: int
    topic: str
    """Code of the first level; empty when none was chosen."""
    at_ms: int
    """When it was first recorded: on which day it counts."""
    subtopic: str = ""
    outcome: str = ""
    barriers: tuple[str, ...] = ()
    next_step: str = ""
    symptom: str = ""
    steps: str = ""
    resolution: str = ""
    known_problem: str = ""
    owner: str = ""
    reused: int = 0
    """How many earlier answers were used in it."""
    quantity: int = 1
    """Several equal ones of one visit, recorded at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """One visit, carried over or not: it is the same visit on every day it lasted."""

    visit_id: str
    ticket: str
    session: str
    """The help day it arrived at."""
    arrived_ms: int
    unit: str = ""
    unit_key: str = ""
    """The same for the same unit, however it was spelled."""
    people: tuple[str, ...] = ()
    party_size: int = 1
    state: str = "waiting"
    gone_reason: str = ""
    gone_stage: str = ""
    """The state it was in when it ended without help."""
    ended_ms: int | None = None
    is_return: bool = False
    carried_to: str = ""
    """The help day it was taken to with its place kept, if it was."""
    carried_ms: int = 0
    """When its line began anew there."""
    priority: str = ""
    """Why it was put before others, if it was."""
    time_quality: str = "ok"
    """`ok`, `estimated` (a person said when) or `forgot` (closed by others)."""
    stretches: tuple[Stretch, ...] = ()
    issues: tuple[IssueRecord, ...] = ()
    missing: tuple[str, ...] = ()
    """Readiness items that were not there at the door."""
    conflicts: int = 0
    """Second claims by another desk while the two could not hear each other."""
    undone: int = 0
    """Acts that were taken back."""
    rating: int | None = None
    """1 to 3 faces; None was not given."""

    def session_at(self, at_ms: int) -> str:
        """Return the help day a moment of this visit belongs to."""
        return self.carried_to if self.carried_to and at_ms >= self.carried_ms else self.session

    @property
    def was_served(self) -> bool:
        """Whether anybody ever sat down with them."""
        return any(stretch.state == "serving" for stretch in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRecord:
    """One stretch of a consultant's day: `on` duty or on a `break`."""

    staff: str
    kind: str
    from_ms: int
    until_ms: int
    station: str = ""
    is_forced: bool = False
    """Ended by the program or the organiser because the consultant forgot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRecord:
    """A reader, cable or phone lent."""

    asset: str
    kind: str
    out_ms: int
    ticket: str = ""
    unit: str = ""
    back_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRecord:
    """An issue that outlives the day."""

    ticket: str
    unit: str
    vendor: str
    topic: str
    opened_ms: int
    state: str = "open"
    owner: str = ""
    reference: str = ""
    answer: str = ""
    changed_ms: int = 0
    due_on: str = ""
    """ISO date promised, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRecord:
    """A known problem; the units it touched follow from the issues that name it."""

    code: str
    title: str
    topic: str = ""
    state: str = "open"
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """An earlier solution or canned text, with how often it was used again."""

    title: str
    topic: str = ""
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRecord:
    """A question answered at the door within a moment."""

    at_ms: int
    topic: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRecord:
    """A station whose records are in the report: how far it has been heard, and its clock."""

    letter: str
    facts: int
    last_ms: int
    offset_ms: int | None = None
    """How far its clock was off; None where nobody compared it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDay:
    """Everything about a help day, or several taken together.

    What belongs to it is told by the session, never by the calendar: a visit that was entered the
    next morning is one of that day all the same.
    """

    sessions: frozenset[str]
    midnight_ms: int
    """Where the calendar day of the hour grid begins, in the venue's zone."""
    opens_ms: int
    closes_ms: int
    as_of_ms: int
    """The last thing known when the report was made."""
    visits: tuple[VisitRecord, ...] = ()
    tallies: tuple[TallyRecord, ...] = ()
    duties: tuple[DutyRecord, ...] = ()
    loans: tuple[LoanRecord, ...] = ()
    follow_ups: tuple[FollowUpRecord, ...] = ()
    problems: tuple[ProblemRecord, ...] = ()
    answers: tuple[AnswerRecord, ...] = ()
    stations: tuple[StationRecord, ...] = ()

    def has(self, visit: VisitRecord, at_ms: int | None) -> bool:
        """Tell whether a moment of a visit belongs to this day."""
        return at_ms is not None and visit.session_at(at_ms) in self.sessions
