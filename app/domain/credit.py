"""Credit: the program proposes hours, a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from app.domain.attendance import Attendance, Interval
from app.domain.minutes import is_early, is_late, seconds_between, whole_minutes
from app.domain.plan import CreditPolicy
from app.domain.scans import SessionWindow


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
    has_conflict: bool = False,
) -> Proposal:
    """Propose hours for one person at one session.

    `credited_elsewhere`: the same course was granted at another session.
    `intervals_elsewhere`: presence at other sessions; an overlap is a conflict.
    `has_conflict`: stations do not agree, and nobody has decided yet.
    """
    if not window.credited or hours <= 0:
        return _NOTHING
    if credited_elsewhere:
        already = Finding(reason=Reason.ALREADY_CREDITED)
        return Proposal(kind=ProposalKind.NONE, hours=0, findings=(already,))
    if not attendance.intervals and not attendance.exits_without_entry:
        return _NOTHING
    findings = (
        *_late(attendance, window, policy),
        *_left_early(attendance, window, policy),
        *_absences(attendance.intervals, window, policy, breaks),
        *_missing_scans(attendance, window, policy),
        *_doubts(attendance, has_id_number=has_id_number),
        *_conflicts(attendance.intervals, intervals_elsewhere, window, has_conflict=has_conflict),
    )
    kind = ProposalKind.REVIEW if findings else ProposalKind.GRANT
    in_order = tuple(sorted(findings, key=lambda finding: _REASON_ORDER[finding.reason]))
    return Proposal(kind=kind, hours=hours, findings=in_order)


_NOTHING = Proposal(kind=ProposalKind.NONE, hours=0)
_REASON_ORDER = {reason: place for place, reason in enumerate(Reason)}


def _late(
    attendance: Attendance, window: SessionWindow, policy: CreditPolicy
) -> tuple[Finding, ...]:
    """Find a first entry after the sign-in window and its grace."""
    first_in = attendance.first_in
    if first_in is None or not is_late(first_in, window.sign_in_until, policy.grace_minutes):
        return ()
    return (Finding(reason=Reason.LATE, minutes=whole_minutes(window.sign_in_until, first_in)),)


def _left_early(
    attendance: Attendance, window: SessionWindow, policy: CreditPolicy
) -> tuple[Finding, ...]:
    """Find a last exit more than the allowed minutes before the end."""
    last_out = attendance.last_out
    if last_out is None or not is_early(last_out, window.ends_at, policy.early_leave_minutes):
        return ()
    return (Finding(reason=Reason.LEFT_EARLY, minutes=whole_minutes(last_out, window.ends_at)),)


def _absences(
    intervals: Sequence[Interval],
    window: SessionWindow,
    policy: CreditPolicy,
    breaks: Sequence[tuple[datetime, datetime]],
) -> tuple[Finding, ...]:
    """Find gaps between two stretches of presence, each alone, that breaks do not excuse.

    What happens before the start and after the end of the session is nobody's absence.
    """
    excused = sorted(breaks)
    gaps = (
        (
            max(before.out_at, window.starts_at, key=datetime.timestamp),
            min(after.in_at, window.ends_at, key=datetime.timestamp),
        )
        for before, after in pairwise(intervals)
        if before.out_at is not None
    )
    minutes = (int(_seconds_outside(gap, excused) // 60) for gap in gaps)
    return tuple(
        Finding(reason=Reason.ABSENT_BETWEEN, minutes=absent)
        for absent in minutes
        if absent > policy.max_absence_minutes
    )


def _seconds_outside(
    gap: tuple[datetime, datetime], excused: Sequence[tuple[datetime, datetime]]
) -> float:
    """Return the seconds of a gap outside the breaks (given in order of their starts)."""
    at, end = gap
    outside = 0.0
    for break_start, break_end in excused:
        outside += max(0.0, seconds_between(at, min(break_start, end)))
        at = max(at, break_end)
    return outside + max(0.0, seconds_between(at, end))


def _missing_scans(
    attendance: Attendance, window: SessionWindow, policy: CreditPolicy
) -> tuple[Finding, ...]:
    """Find an exit without an entry, and an entry without an exit where one is required.

    An exit read on another day says when a badge turned up, not when its owner left.
    """
    found = []
    last_out = attendance.last_out
    ends_at = window.ends_at
    is_another_day = (
        last_out is not None and last_out.astimezone(ends_at.tzinfo).date() > ends_at.date()
    )
    if (attendance.is_present or is_another_day) and policy.sign_out_required:
        found.append(Finding(reason=Reason.NO_SIGN_OUT))
    if attendance.exits_without_entry:
        found.append(Finding(reason=Reason.NO_SIGN_IN))
    return tuple(found)


def _doubts(attendance: Attendance, *, has_id_number: bool) -> tuple[Finding, ...]:
    """Find what makes the record itself doubtful, or unfit for the credit file."""
    doubts = (
        (attendance.clock_doubtful, Reason.CLOCK_DOUBTFUL),
        (attendance.hand_entered, Reason.HAND_ENTERED),
        (not has_id_number, Reason.NO_ID_NUMBER),
    )
    return tuple(Finding(reason=reason) for applies, reason in doubts if applies)


def _conflicts(
    here: Sequence[Interval],
    elsewhere: Sequence[Interval],
    window: SessionWindow,
    *,
    has_conflict: bool,
) -> tuple[Finding, ...]:
    """Find stations that do not agree, and presence at two sessions at once."""
    overlaps = has_conflict or any(
        mine.in_at < _day_end(other, window) and other.in_at < _session_end(mine, window)
        for mine in here
        for other in elsewhere
    )
    return (Finding(reason=Reason.CONFLICT),) if overlaps else ()


def _session_end(interval: Interval, window: SessionWindow) -> datetime:
    """Return where presence here ends; without a sign-out, with the session."""
    return interval.out_at or max(interval.in_at, window.ends_at)


def _day_end(interval: Interval, window: SessionWindow) -> datetime:
    """Return where presence elsewhere ends; without a sign-out, with the day."""
    started_at = interval.in_at.astimezone(window.ends_at.tzinfo)
    return interval.out_at or started_at.replace(hour=23, minute=59, second=59)
