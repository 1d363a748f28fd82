"""The end of the day: proposals, decisions with reasons, the seal."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.attendance import Interval
from app.domain.credit import Proposal
from app.domain.facts import PersonId
from app.services.checkin import ScanOutcome
from app.services.people import PersonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided, who and why."""

    granted: bool
    hours: int
    reason: str
    actor: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One person at one session: presence, proposal, decision."""

    person: PersonCard
    has_id: bool
    intervals: tuple[Interval, ...]
    minutes_present: int
    proposal: Proposal
    decision: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSheet:
    """A session's closing list."""

    session: str
    course: str
    lines: tuple[CreditLine, ...]
    sealed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the seal sheet shows: counts, first and last sequence, chain heads."""

    session: str
    sealed_at: datetime
    actor: str
    facts: int
    first_seq: int
    last_seq: int
    heads: tuple[tuple[str, str, int, str], ...]
    """(device, incarnation, seq, hash) of every chain."""
    granted: int
    denied: int
    undecided: int


class ClosingService:
    """Review, decide and seal one event's sessions."""

    def credit_sheet(self, session: str) -> CreditSheet:
        """Return everybody registered or present at a session, those needing review first.

        Raises NotFound (session), NotAllowed (a help day never yields credit).
        """
        raise NotImplementedError

    def approve_clean(self, session: str) -> int:
        """Grant all undecided clean proposals in one transaction; return how many."""
        raise NotImplementedError

    def decide(self, person_id: PersonId, session: str, *, grant: bool, reason: str) -> CreditLine:
        """Record a decision. Raises InvalidInput (no reason), NotAllowed, NotFound."""
        raise NotImplementedError

    def timeline(self, person_id: PersonId, session: str) -> tuple[ScanOutcome, ...]:
        """Return a person's scans at a session from all stations, oldest first."""
        raise NotImplementedError

    def close_session(self, session: str) -> Seal:
        """Seal a session: a fact with the counts and every chain's head."""
        raise NotImplementedError

    def reopen_session(self, session: str, reason: str) -> None:
        """Take the seal back with a reason."""
        raise NotImplementedError
