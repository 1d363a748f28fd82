"""Events, sessions and plans as lists show them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One session as lists show it."""

    code: str
    kind: str
    title: str
    course: str
    held_on: date
    venue: str
    hours: int
    roster_size: int
    sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSummary:
    """One event of a profile."""

    id: str
    code: str
    title: str
    is_current: bool = False
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A bundled plan as the start page offers it."""

    name: str
    title: str
    sessions: int
