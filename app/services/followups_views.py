"""A follow-up as screens and sheets show it. Light: screens import it before any database."""

from dataclasses import dataclass
from datetime import date

from app.domain.help_desk import Followup, FollowupState

PENDING = frozenset((FollowupState.OPEN, FollowupState.SENT))
"""Still out: nobody has answered."""
BACK = frozenset((FollowupState.ANSWERED, FollowupState.UNSOLVABLE))
"""Came back: the school is to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupLine:
    """A follow-up beside what its issue says."""

    followup: Followup
    ticket: str = ""
    unit_text: str = ""
    topic: str = ""
    symptom: str = ""
    steps: str = ""
    owner_name: str = ""
    is_overdue: bool = False
    """Still out after the day it was promised for."""
    is_due: bool = False
    """Still out and promised for today or before."""
    came_back: bool = False
    """Answered since the last help day began."""

    @property
    def due_on(self) -> date | None:
        """The day it was promised for."""
        return date.fromisoformat(self.followup.due_on) if self.followup.due_on else None
