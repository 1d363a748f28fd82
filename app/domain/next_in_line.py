"""Whom to call next, and why; the reason stands on the row (reference: helpdesk page, 7.2)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.visits import Visit, VisitState
from app.domain.words import Words

MOST_PASSED_OVER = 3
"""Nobody is passed over more often than this by somebody who came later."""


Call = tuple[int, int | None]
"""When a visit arrived and when it was first called (UTC ms)."""


class WhyNext(StrEnum):
    """What puts a visit where it is in line, the strongest first."""

    MY_PARKED = "my_parked"
    PASSED_OVER = "passed_over"
    PRIORITY = "priority"
    SKILL = "skill"
    ARRIVAL = "arrival"


WHY_WORDS: Mapping[WhyNext, Words] = {
    WhyNext.MY_PARKED: Words(zh="你暫放的，時間到了", en="your parked visit is due"),
    WhyNext.PASSED_OVER: Words(zh="已被越過三次", en="passed over three times"),
    WhyNext.PRIORITY: Words(zh="優先", en="priority"),
    WhyNext.SKILL: Words(zh="你熟悉的主題", en="a topic you know"),
    WhyNext.ARRIVAL: Words(zh="依到達順序", en="by arrival"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A visit that could be called, with the reason of its place."""

    visit: Visit
    why: WhyNext


def list_turns(
    visits: Sequence[Visit],
    staff: str,
    skills: Mapping[str, int],
    now_ms: int,
    calls: Sequence[Call] = (),
) -> list[Turn]:
    """Return whom a consultant calls, in order. `skills`: topic group → level 1 or 2.

    `calls`: of every visit of the day, those that are over too; visits given are counted anyway.
    """
    calls = calls or [(visit.arrived_ms, visit.first_called_ms) for visit in visits]
    called = sorted(arrived_ms for arrived_ms, called_ms in calls if called_ms is not None)
    turns = [
        Turn(visit, why)
        for visit in visits
        if (why := _why(visit, staff, skills, now_ms, called)) is not None
    ]
    order = list(WhyNext)
    return sorted(
        turns,
        key=lambda turn: (
            order.index(turn.why),
            -turn.visit.priority,
            turn.visit.arrived_ms,
            turn.visit.ticket,
        ),
    )


def _why(
    visit: Visit,
    staff: str,
    skills: Mapping[str, int],
    now_ms: int,
    called: Sequence[int],
) -> WhyNext | None:
    if visit.state is VisitState.PARKED:
        is_due = visit.wake_ms is not None and visit.wake_ms <= now_ms
        return WhyNext.MY_PARKED if is_due and visit.owner == staff else None
    if visit.state is not VisitState.WAITING:
        return None
    if passed_over(visit, called) >= MOST_PASSED_OVER:
        return WhyNext.PASSED_OVER
    if visit.priority > 0:
        return WhyNext.PRIORITY
    return WhyNext.SKILL if skills.get(visit.topic[:2], 0) > 0 else WhyNext.ARRIVAL


def passed_over(visit: Visit, called: Sequence[int]) -> int:
    """Return how many who came later were called while this visit waited.

    `called`: when those came who were called by now, in order (UTC ms).
    """
    return len(called) - bisect_right(called, visit.arrived_ms)
