"""What the help desk's services take and hand out. Light: screens import it before any database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.help_desk import Consultant, DutyState, Loan
from app.domain.visits import Barrier, Issue, Outcome, Visit

if TYPE_CHECKING:  # it brings the statistics module, which nobody needs who only opens a form
    from app.domain.wait_range import WaitRange


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """What is asked of a visitor at the door; everything but the unit may be blank."""

    unit_text: str = ""
    unit_id: str | None = None
    name: str = ""
    title: str = ""
    phone: str = ""
    person_id: str | None = None
    """Somebody on a roster; fills what is blank here."""
    topic: str = ""
    party_size: int = 1
    readiness: Mapping[str, str] = field(default_factory=dict)
    """ReadinessItem → Ready."""
    return_of: str = ""
    """The earlier visit's id, where somebody comes back."""
    note: str = ""
    channel: str = "door"
    """`door`, `desk` or `paper`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueForm:
    """One issue as typed. Without an id it is a new one.

    An id that the visit does not know is the new issue's id: a screen may choose it beforehand.
    """

    id: str | None = None
    topic: str = ""
    outcome: Outcome | None = None
    barriers: tuple[Barrier, ...] = ()
    symptom: str = ""
    steps: str = ""
    resolution: str = ""
    next_step: str = ""
    known_problem: str = ""
    reused: tuple[str, ...] = ()
    quantity: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen besides the topic."""
        words = (self.symptom, self.steps, self.resolution, self.next_step, self.known_problem)
        return not (self.outcome or self.barriers or self.reused or "".join(words).strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAct:
    """One thing that was done to a visit: who, what, when."""

    fact_id: str
    kind: str
    """A FactKind's value, such as `visit.called`."""
    at_ms: int
    staff: str = ""
    """The consultant's id."""
    staff_name: str = ""
    desk: str = ""
    reason: str = ""
    note: str = ""
    actor: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """An issue that was not settled."""

    visit: Visit
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """What is known of a school at the help desk."""

    unit_id: str
    name: str
    visits: tuple[Visit, ...] = ()
    """Newest first."""
    here_now: tuple[Visit, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    loans: tuple[Loan, ...] = ()
    """What is lent to its visits and not back."""

    @property
    def people(self) -> tuple[str, ...]:
        """Return who came, by name, the latest first."""
        return tuple(dict.fromkeys(visit.name for visit in self.visits if visit.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledNumber:
    """A number the board shows."""

    ticket: str
    desk: str
    at_ms: int
    """When it was last called."""
    recalls: int
    serving: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """What the second screen shows; numbers only."""

    session: str
    called: tuple[CalledNumber, ...]
    """The last four, newest first."""
    waiting: int
    longest_wait_min: int
    people_ahead: int
    """How many stand before somebody who takes a number now."""
    desks_serving: int
    """Desks on duty or holding a visit, not at a break."""
    desks_free: int
    handle_ms: tuple[int, ...]
    """How long each finished visit of today held a desk."""
    range: "WaitRange | None"
    as_of: int
    """UTC ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNumbers:
    """A help day in numbers."""

    arrived: int = 0
    people: int = 0
    units: int = 0
    waiting: int = 0
    called: int = 0
    serving: int = 0
    parked: int = 0
    done: int = 0
    gone: int = 0
    tallies: int = 0
    longest_wait_min: int = 0
    median_wait_min: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTopic:
    """A topic as the desk offers it: the plan's, as people changed it."""

    code: str
    parent: str = ""
    """The group's code; "" for a group."""
    title: str = ""
    title_en: str = ""
    active: bool = True
    quick: bool = False
    key: str = ""
    """The digit that chooses it among its active siblings, "" after the ninth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultantLoad:
    """How much a consultant did at a help day."""

    consultant: Consultant
    state: DutyState
    desk: str = ""
    ticket: str = ""
    """Whom the consultant holds now."""
    duty_ms: int = 0
    break_ms: int = 0
    serving_ms: int = 0
    visits: int = 0
    issues: int = 0
