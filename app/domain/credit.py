"""Credit: the program proposes hours, a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.attendance import Attendance, Interval
from app.domain.plan import CreditPolicy
from app.domain.verdict import SessionWindow


class ProposalKind(StrEnum):
    """What the program proposes."""

    GRANT = "grant"
    REVIEW = "review"
    NONE = "none"


class Reason(StrEnum):
    """Why a proposal needs a person's eyes."""

    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT_BETWEEN = "absent_between"
    NO_SIGN_OUT = "no_sign_out"
    NO_SIGN_IN = "no_sign_in"
    CONFLICT = "conflict"
    CLOCK_DOUBTFUL = "clock_doubtful"
    HAND_ENTERED = "hand_entered"
    ALREADY_CREDITED = "already_credited"
    NO_ID_NUMBER = "no_id_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason with its minutes, where minutes say something."""

    reason: Reason
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the program proposes for one person and course."""

    kind: ProposalKind
    hours: int
    findings: tuple[Finding, ...] = ()


def propose_credit(
    attendance: Attendance,
    *,
    window: SessionWindow,
    policy: CreditPolicy,
    hours: int,
    breaks: Sequence[tuple[datetime, datetime]],
    has_id_number: bool,
    credited_elsewhere: bool = False,
    intervals_elsewhere: Sequence[Interval] = (),
) -> Proposal:
    """Propose hours for one person at one session.

    `credited_elsewhere`: the same course was granted at another session.
    `intervals_elsewhere`: presence at other sessions; an overlap is a conflict.
    """
    raise NotImplementedError
