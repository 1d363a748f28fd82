"""What a help desk keeps beside its visits: consultants, duty, topics, texts, loans, follow-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DutyState(StrEnum):
    """What a consultant is doing."""

    ON = "on"
    BREAK = "break"
    AWAY = "away"
    OFF = "off"


class FollowupState(StrEnum):
    """How far something that outlives the day has come."""

    OPEN = "open"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"
    UNSOLVABLE = "unsolvable"


class ProblemState(StrEnum):
    """Whether a known problem has its answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class LoanKind(StrEnum):
    """What is lent out."""

    READER = "reader"
    CABLE = "cable"
    PHONE = "phone"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultant:
    """Somebody of the support group. `skills`: topic group → 1 (can) or 2 (knows well)."""

    id: str
    name: str = ""
    name_en: str = ""
    unit_text: str = ""
    title: str = ""
    skills: Mapping[str, int]
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPeriod:
    """A stretch on duty or on a break at a help day; what lies between is no duty."""

    staff: str
    start_ms: int
    session: str
    state: DutyState
    end_ms: int | None = None
    desk: str = ""
    ended_by: str = ""
    """`self`, or `forced` (day end, or another laptop)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """A topic as people changed it: the plan's words stand where a field is None."""

    code: str
    parent: str = ""
    title: str | None = None
    title_en: str | None = None
    active: bool = True
    quick: bool = False
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A canned text; `|` in the body marks where the cursor goes."""

    id: str
    code: str = ""
    """Typed after `::`."""
    topic: str = ""
    title: str = ""
    body: str = ""
    source_issue: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A known problem that issues of many schools attach to."""

    id: str
    topic: str = ""
    title: str = ""
    answer: str = ""
    state: ProblemState = ProblemState.OPEN
    first_seen_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """What outlives the day: who asks whom, by when, and what came back."""

    id: str
    visit: str = ""
    issue: str = ""
    vendor: str = ""
    owner: str = ""
    """A consultant's id."""
    due_on: str = ""
    """ISO date."""
    state: FollowupState = FollowupState.OPEN
    reference: str = ""
    contact: str = ""
    """Whom to call back."""
    note: str = ""
    answer: str = ""
    opened_ms: int = 0
    changed_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A reader, cable or phone lent to a visit."""

    id: str
    kind: LoanKind = LoanKind.READER
    tag: str = ""
    visit: str = ""
    session: str = ""
    out_ms: int = 0
    back_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A door question answered on the spot: one key, no visit."""

    fact_id: str
    session: str
    station: str
    topic: str
    staff: str
    at_ms: int
