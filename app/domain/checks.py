"""The checks of a scan, one by one, in the fixed order of the verdicts; the first hit wins.

Each check takes the whole situation and returns a judgement, or None to let the next one look.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.judgement import Detail, Judgement
from app.domain.minutes import is_early, is_late, seconds_between, whole_minutes
from app.domain.scans import Direction, RegistrationStatus, SessionWindow, Verdict
from app.domain.situation import Situation


def _check_revoked(situation: Situation) -> Judgement | None:
    """4: the badge was replaced before this moment."""
    revoked_at = situation.person.badge_revoked_at
    if revoked_at is None or revoked_at > situation.now:
        return None
    return _judge(situation, Verdict.REVOKED, Detail(revoked_at=revoked_at))


def _check_repeat(situation: Situation) -> Judgement | None:
    """5: the same person at the same station inside the minimum gap."""
    last = situation.last_reading_here
    if last is None or not situation.is_in_gap(last):
        return None
    detail = Detail(last_at=last.at, last_station=last.station)
    return replace(_judge(situation, Verdict.REPEAT_READ, detail), direction=last.direction)


def _check_cancelled(situation: Situation) -> Judgement | None:
    """6: the registration was cancelled, and nobody let the person in all the same."""
    status = situation.person.registrations.get(situation.window.code)
    if status is not RegistrationStatus.CANCELLED or situation.was_admitted:
        return None
    return _judge(situation, Verdict.CANCELLED, Detail())


def _check_roster(situation: Situation) -> Judgement | None:
    """7: a known person without a registration here. Help days need none."""
    window, registrations = situation.window, situation.person.registrations
    if not window.credited or window.code in registrations or situation.was_admitted:
        return None
    other = _other_session(situation)
    if other is None:
        return _judge(situation, Verdict.NOT_ON_ROSTER, Detail())
    same_course, same_batch = other.course == window.course, other.batch == window.batch
    sub_reason = "wrong_batch" if same_course else "wrong_day" if same_batch else ""
    detail = Detail(other_session=other.code, sub_reason=sub_reason)
    return _judge(situation, Verdict.NOT_ON_ROSTER, detail)


def _other_session(situation: Situation) -> SessionWindow | None:
    """Return the session a person is registered for: the same course first, then the nearest."""
    window = situation.window
    others = (
        situation.windows[code]
        for code, status in situation.person.registrations.items()
        if status is RegistrationStatus.ACTIVE and code in situation.windows
    )
    return min(
        others,
        key=lambda other: (
            other.course != window.course,
            abs(seconds_between(window.starts_at, other.starts_at)),
            other.starts_at,
            other.code,
        ),
        default=None,
    )


def _check_already_in(situation: Situation) -> Judgement | None:
    """8: an entry while present."""
    if situation.direction is Direction.OUT or not situation.attendance.is_present:
        return None
    return _judge(situation, Verdict.ALREADY_IN, _last_detail(situation))


def _check_already_out(situation: Situation) -> Judgement | None:
    """9: an exit by somebody whose last counting scan was an exit."""
    last = situation.last_counting
    if situation.direction is Direction.IN or situation.attendance.is_present or last is None:
        return None
    minutes = situation.attendance.minutes_present
    detail = replace(_last_detail(situation), minutes_present=minutes)
    return _judge(situation, Verdict.ALREADY_OUT, detail)


def _check_no_entry(situation: Situation) -> Judgement | None:
    """10: an exit without an entry; it counts and goes to review."""
    if situation.direction is Direction.IN or situation.attendance.is_present:
        return None
    return _judge(situation, Verdict.NO_ENTRY, Detail())


def _check_not_open(situation: Situation) -> Judgement | None:
    """11: an entry before the sign-in window."""
    opens_at = situation.window.sign_in_from
    if situation.direction is Direction.OUT or situation.now >= opens_at:
        return None
    return _judge(situation, Verdict.NOT_OPEN, Detail(opens_at=opens_at))


def _check_late(situation: Situation) -> Judgement | None:
    """12: the first entry, after the sign-in window and its grace."""
    window, now = situation.window, situation.now
    if situation.direction is Direction.OUT or situation.attendance.first_in is not None:
        return None
    if not window.credited or not is_late(now, window.sign_in_until, window.grace_minutes):
        return None
    late_minutes = whole_minutes(window.sign_in_until, now)
    return _judge(situation, Verdict.LATE, Detail(late_minutes=late_minutes))


def _check_early_leave(situation: Situation) -> Judgement | None:
    """13: an exit more than the allowed minutes before the end."""
    window, now = situation.window, situation.now
    if situation.direction is Direction.IN or not window.credited:
        return None
    if not is_early(now, window.ends_at, window.early_leave_minutes):
        return None
    detail = Detail(
        short_minutes=whole_minutes(now, window.ends_at),
        minutes_present=situation.minutes_present_after_exit,
    )
    return _judge(situation, Verdict.EARLY_LEAVE, detail)


def _check_good(situation: Situation) -> Judgement:
    """14: whatever is left is as it should be."""
    attendance = situation.attendance
    if situation.direction is Direction.OUT:
        minutes = situation.minutes_present_after_exit
        return _judge(situation, Verdict.CHECKED_OUT, Detail(minutes_present=minutes))
    if attendance.first_in is None:
        return _judge(situation, Verdict.CHECKED_IN, Detail())
    detail = replace(_last_detail(situation), minutes_present=attendance.minutes_present)
    return _judge(situation, Verdict.BACK_IN, detail)


def _last_detail(situation: Situation) -> Detail:
    """Return when and where the person's last counting scan was."""
    last = situation.last_counting
    return Detail(last_at=last.at, last_station=last.station) if last else Detail()


def _judge(situation: Situation, verdict: Verdict, detail: Detail) -> Judgement:
    """Return a judgement; every one says since when the person has been here."""
    known = replace(detail, first_in=situation.attendance.first_in)
    return Judgement(verdict=verdict, direction=situation.direction, detail=known)


CHECKS: tuple[Callable[[Situation], Judgement | None], ...] = (
    _check_revoked,
    _check_repeat,
    _check_cancelled,
    _check_roster,
    _check_already_in,
    _check_already_out,
    _check_no_entry,
    _check_not_open,
    _check_late,
    _check_early_leave,
    _check_good,
)
