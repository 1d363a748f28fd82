"""What contradicts itself in a course's agenda, and between an agenda and its sessions."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final

from app.domain.plan import AgendaItem, Course, EventSession, Plan, PlanWarning
from app.domain.words import Words

LESSON_MINUTES: Final = 50
LONGEST_STRETCH_MINUTES: Final = 120
_TAUGHT: Final = ("class", "desk")
_ANY_DAY: Final = date(2000, 1, 1)


def course_warnings(plan: Plan) -> Iterator[PlanWarning]:
    """Yield what contradicts itself within each course."""
    for course in plan.courses:
        yield from _labels(course)
        yield from _hours(course)
        yield from _order(course)
        yield from _stretches(course)


def session_warnings(plan: Plan) -> Iterator[PlanWarning]:
    """Yield where a session's times disagree with its course's agenda or with themselves."""
    for session in plan.sessions:
        yield from _sign_in(session)
        yield from _cover(session, plan.course_of(session))


def _span(item: AgendaItem) -> str:
    end = f"{item.ends_at:%H:%M}" if item.ends_at else ""
    return f"{item.starts_at:%H:%M}–{end}"


def _labels(course: Course) -> Iterator[PlanWarning]:
    for item in course.agenda:
        label, clock = item.label_minutes, item.clock_minutes
        if label is None or clock is None or label == clock:
            continue
        words = Words(
            zh=f"{course.title} {_span(item)} 標示 {label} 分鐘，依時刻是 {clock} 分鐘",
            en=f"{course.title} {_span(item)} is labelled {label} minutes;"
            f" by the clock it is {clock}",
        )
        where = f"courses.{course.code}"
        yield PlanWarning(kind="label_minutes", where=where, message=words)


def _hours(course: Course) -> Iterator[PlanWarning]:
    """Compare granted hours with lessons of 50 minutes, by label and by clock, and with 60.

    Only a difference from the lessons is a warning: hours of 60 minutes are hardly ever meant.
    """
    taught = [item for item in course.agenda if item.kind == "class"]
    clock = sum(item.clock_minutes or 0 for item in taught)
    labelled = sum(
        item.clock_minutes or 0 if item.label_minutes is None else item.label_minutes
        for item in taught
    )
    readings = {labelled, clock}
    lessons_agree = all(_rounded(m, LESSON_MINUTES) == course.hours for m in readings)
    hours_agree = all(_rounded(m, 60) == course.hours for m in readings)
    if not taught or not course.hours or (lessons_agree and hours_agree):
        return
    zh, en = _reading_words(labelled, clock)
    yield PlanWarning(
        kind="hours",
        where=f"courses.{course.code}",
        message=Words(
            zh=f"{course.title}核給 {course.hours} 小時；{zh}。仍以計畫的 {course.hours} 小時為準",
            en=f"{course.title} grants {course.hours} hours; {en}. The plan's {course.hours} hold",
        ),
        severity="notice" if lessons_agree else "warn",
    )


def _rounded(minutes: int, unit: int) -> int:
    """Round half up, as people do."""
    return (2 * minutes + unit) // (2 * unit)


def _reading_words(labelled: int, clock: int) -> tuple[str, str]:
    if labelled == clock:
        return _reading("課程共", "its classes are", clock)
    by_label = _reading("依標示共", "by the labels they are", labelled)
    by_clock = _reading("依時刻共", "by the clock they are", clock)
    return "；".join((by_label[0], by_clock[0])), "; ".join((by_label[1], by_clock[1]))


def _reading(zh: str, en: str, minutes: int) -> tuple[str, str]:
    lessons, hours = f"{minutes / LESSON_MINUTES:.1f}", f"{minutes / 60:.1f}"
    return (
        f"{zh} {minutes} 分鐘，合 {lessons} 節（每節 50 分鐘）或 {hours} 小時（60 分鐘）",
        f"{en} {minutes} minutes, {lessons} lessons of 50 or {hours} hours of 60 minutes",
    )


def _order(course: Course) -> Iterator[PlanWarning]:
    """Report open ends in the middle, overlaps and gaps between neighbouring items."""
    where = f"courses.{course.code}"
    for item, following in pairwise(course.agenda):
        start = f"{following.starts_at:%H:%M}"
        if item.ends_at is None:
            words = Words(
                zh=f"{course.title} {_span(item)} 沒有結束時間，但後面還有 {start} 的項目",
                en=f"{course.title} {_span(item)} has no end, yet {start} follows",
            )
            yield PlanWarning(kind="open_end", where=where, message=words)
        elif item.ends_at > following.starts_at:
            words = Words(
                zh=f"{course.title} {_span(item)} 還沒結束，{start} 的項目已經開始",
                en=f"{course.title} {_span(item)} is not over when the item at {start} begins",
            )
            yield PlanWarning(kind="agenda_overlap", where=where, message=words)
        elif item.ends_at < following.starts_at:
            words = Words(
                zh=f"{course.title} {item.ends_at:%H:%M}–{start} 沒有安排，離場會算缺席",
                en=f"{course.title} has nothing from {item.ends_at:%H:%M} to {start};"
                " being away then counts as absence",
            )
            yield PlanWarning(kind="agenda_gap", where=where, message=words, severity="notice")


def _stretches(course: Course) -> Iterator[PlanWarning]:
    """Report in one notice all stretches without a break that are too long."""
    long = [each for each in _unbroken(course) if _minutes(*each) > LONGEST_STRETCH_MINUTES]
    if not long:
        return
    spans = [(f"{start:%H:%M}–{end:%H:%M}", _minutes(start, end)) for start, end in long]
    is_help = any(item.kind == "desk" for item in course.agenda)
    yield PlanWarning(
        kind="help_day_no_break" if is_help else "no_break",
        where=f"courses.{course.code}",
        message=Words(
            zh=f"{course.title}中間沒有休息：" + "、".join(f"{s}（{m} 分鐘）" for s, m in spans),
            en=f"{course.title} has no break in "
            + ", ".join(f"{s} ({m} minutes)" for s, m in spans),
        ),
        severity="notice",
    )


def _unbroken(course: Course) -> list[tuple[time, time]]:
    """Join classes that follow one another without a break or a gap."""
    joined: list[tuple[time, time]] = []
    for item in course.agenda:
        if item.kind not in _TAUGHT or item.ends_at is None:
            continue
        if joined and joined[-1][1] >= item.starts_at:
            joined[-1] = (joined[-1][0], max(joined[-1][1], item.ends_at))
        else:
            joined.append((item.starts_at, item.ends_at))
    return joined


def _minutes(start: time, end: time) -> int:
    length = datetime.combine(_ANY_DAY, end) - datetime.combine(_ANY_DAY, start)
    return int(length.total_seconds()) // 60


def _sign_in(session: EventSession) -> Iterator[PlanWarning]:
    if session.sign_in_until <= session.starts_at:
        return
    words = Words(
        zh=f"{session.title}簽到到 {session.sign_in_until:%H:%M}，"
        f"{session.starts_at:%H:%M} 已經開始",
        en=f"{session.title} takes sign-ins until {session.sign_in_until:%H:%M},"
        f" after its start at {session.starts_at:%H:%M}",
    )
    where = f"sessions.{session.code}"
    yield PlanWarning(kind="sign_in_after_start", where=where, message=words)


def _cover(session: EventSession, course: Course) -> Iterator[PlanWarning]:
    """Compare a session's start and end with the first and last class of the agenda."""
    taught = [item for item in course.agenda if item.kind in _TAUGHT]
    if not taught:
        return
    starts, ends = taught[0].starts_at, [item.ends_at for item in taught if item.ends_at]
    last = max(ends, default=None)
    if starts == session.starts_at and last in (None, session.ends_at):
        return
    agenda = f"{starts:%H:%M}–{last:%H:%M}" if last else f"{starts:%H:%M}–"
    times = f"{session.starts_at:%H:%M}–{session.ends_at:%H:%M}"
    words = Words(
        zh=f"{session.title}是 {times}，但議程的課程是 {agenda}",
        en=f"{session.title} is {times}, but its agenda's classes are {agenda}",
    )
    yield PlanWarning(kind="agenda_cover", where=f"sessions.{session.code}", message=words)
