"""A visit to the help desk: its states, segments of time, claims, issues, readiness.

Visit, issue and time segment are three things (reference: helpdesk page, 2.1 and 7). A visit is
folded from facts by `visit_fold`; nothing of it is ever edited.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from app.domain.facts import FactId

VisitId = NewType("VisitId", str)
IssueId = NewType("IssueId", str)
ConsultantId = NewType("ConsultantId", str)


class VisitState(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    DONE = "done"
    GONE = "gone"


LIVE = frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED))
"""The states of a visit that is not over."""


class ParkReason(StrEnum):
    """Why a visit is parked."""

    PRACTISING = "practising"
    FETCHING = "fetching"
    EXPERT = "expert"
    BREAK = "break"
    MOVED = "moved"
    NOT_FOUND = "not_found"


class GoneReason(StrEnum):
    """Why a visit ended without help."""

    LEFT = "left"
    NO_SHOW = "no_show"
    TURNED_AWAY = "turned_away"
    DUPLICATE = "duplicate"
    VOID = "void"


class Outcome(StrEnum):
    """What came of an issue; the order is that of the keys."""

    RESOLVED = "resolved"
    RESOLVED_NEXT_STEP = "resolved_next_step"
    ESCALATED = "escalated"
    NOT_RESOLVED = "not_resolved"
    INFORMATION = "information"


class Barrier(StrEnum):
    """Why an issue was not resolved at the desk; the order is that of the keys."""

    NO_CARD = "no_card"
    NO_READER = "no_reader"
    OTP_ELSEWHERE = "otp_elsewhere"
    """The one-time password goes to a colleague's phone."""
    PIN_UNKNOWN = "pin_unknown"
    NO_RIGHT = "no_right"
    SYSTEM_FAULT = "system_fault"
    DATA_MISSING = "data_missing"
    LEFT = "left"
    """The visitor walked off."""


class ReadinessItem(StrEnum):
    """What a visitor needs before the seat; the order is that of the row."""

    CARD = "card"
    READER = "reader"
    OTP_PHONE = "otp_phone"
    XCA = "xca"
    PIN_KNOWN = "pin_known"
    ACCOUNT_RIGHT = "account_right"


class Ready(StrEnum):
    """How one item stands; what nobody asked about is unknown."""

    UNKNOWN = "unknown"
    OK = "ok"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class TimeQuality(StrEnum):
    """How far a visit's times can be trusted."""

    OK = "ok"
    ESTIMATED = "estimated"
    """A person said when: entered later, or ended earlier."""
    FORGOT = "forgot"
    """Closed by somebody else or at the end of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a visit's time in one state. Parallel ones exist where two desks served."""

    state: VisitState
    start_ms: int
    end_ms: int | None = None
    staff: str = ""
    """The consultant, for called and serving (and who parked it)."""
    desk: str = ""
    reason: str = ""
    fact: str = ""
    """The fact that began it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A consultant's hold on a visit: called to a desk, or being served there."""

    staff: str
    desk: str
    state: VisitState
    since_ms: int
    recalls: int = 1
    called_ms: int = 0
    """When it was last called."""
    handed_by: str = ""
    """The consultant who hands the visit over; the holder has not taken it yet while called."""
    note: str = ""
    """What the giver tells the taker."""

    @property
    def is_offer(self) -> bool:
        """Whether it was handed over and is neither taken nor declined."""
        return bool(self.handed_by) and self.state is VisitState.CALLED


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimConflict:
    """Two desks that had not met took the same visit; both stay visible."""

    staff: str
    desk: str
    other_staff: str
    other_desk: str
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing a visitor came for. `topic` is a group's or subtopic's code, "" while unknown."""

    id: IssueId
    at_ms: int
    staff: str = ""
    topic: str = ""
    outcome: Outcome | None = None
    barriers: tuple[Barrier, ...] = ()
    known_problem: str = ""
    reused: tuple[str, ...] = ()
    """Earlier issues (`issue:<id>`) and canned texts (`answer:<id>`) whose words were used."""
    quantity: int = 1
    symptom: str = ""
    steps: str = ""
    resolution: str = ""
    next_step: str = ""


@dataclass(slots=True, kw_only=True)
class Visit:
    """One coming of one party to the help desk, as the facts have it."""

    id: VisitId
    session: str
    ticket: str
    station: str
    arrived_ms: int
    state: VisitState = VisitState.WAITING
    reason: str = ""
    """A ParkReason while parked, a GoneReason when gone."""
    unit_id: str = ""
    unit_text: str = ""
    person_id: str = ""
    """Someone on a roster, where it is known who came."""
    name: str = ""
    title: str = ""
    phone: str = ""
    note: str = ""
    topic: str = ""
    party_size: int = 1
    channel: str = "door"
    """`door`, `desk` (served at once) or `paper` (entered later)."""
    return_of: str = ""
    priority: int = 0
    """Above 0 goes first; set by an organizer with a reason."""
    priority_reason: str = ""
    readiness: dict[str, str] = field(default_factory=dict)
    """ReadinessItem → Ready."""
    claims: dict[str, Claim] = field(default_factory=dict)
    """Consultant → claim, in the order they were made."""
    segments: list[Segment] = field(default_factory=list)
    issues: dict[str, Issue] = field(default_factory=dict)
    conflicts: list[ClaimConflict] = field(default_factory=list)
    carried_from: str = ""
    """The session it was carried over from."""
    owner: str = ""
    """The consultant who keeps a parked visit; "" when released."""
    wake_ms: int | None = None
    is_returning: bool = False
    """Back in line after being called or served: the arrival time is the original one."""
    first_called_ms: int | None = None
    first_served_ms: int | None = None
    closed_ms: int | None = None
    changed_ms: int = 0
    finished_by: str = ""
    rating: int = 0
    """1 to 3 faces; 0 was not given."""
    time_quality: TimeQuality = TimeQuality.OK
    undone: int = 0
    """How many acts were undone."""
    last_move: FactId | None = None
    """The fact an undo would take back."""
    last_move_kind: str = ""
    last_move_by: str = ""

    @property
    def is_live(self) -> bool:
        """Whether the visit is not over."""
        return self.state in LIVE

    @property
    def claim(self) -> Claim | None:
        """The first claim; it stands where two desks took the same visit."""
        return next(iter(self.claims.values()), None)

    @property
    def recalls(self) -> int:
        """How often the standing claim called."""
        return self.claim.recalls if self.claim else 0

    @property
    def is_ready(self) -> bool | None:
        """Whether nothing is missing; None while nothing was asked."""
        return Ready.MISSING not in self.readiness.values() if self.readiness else None

    def total_ms(self, state: VisitState, now_ms: int) -> int:
        """Return the milliseconds spent in a state, counting open segments up to now."""
        return sum(
            max(0, (now_ms if item.end_ms is None else item.end_ms) - item.start_ms)
            for item in self.segments
            if item.state is state
        )

    def wait_ms(self, now_ms: int) -> int:
        """Return the waiting time up to the first call; parked time is no wait."""
        limit = now_ms if self.first_called_ms is None else self.first_called_ms
        return sum(
            max(0, min(limit, limit if item.end_ms is None else item.end_ms) - item.start_ms)
            for item in self.segments
            if item.state is VisitState.WAITING and item.start_ms < limit
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who acts at which desk: the consultant, the desk's sign, the laptop's station letter."""

    session: str
    staff: str = ""
    desk: str = ""
    station: str = "A"
