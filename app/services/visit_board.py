"""What the second screen and the numbers row tell of a help day's visits."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from app.domain.help_desk import DutyPeriod, DutyState
from app.domain.visits import Segment, Visit, VisitState
from app.domain.wait_range import find_wait_range
from app.services.visit_views import BoardState, CalledNumber, DeskNumbers

LAST_CALLED = 4
_HELD = frozenset((VisitState.CALLED, VisitState.SERVING))
_OVER = frozenset((VisitState.DONE, VisitState.GONE))
_MINUTE_MS = 60_000


def board_of(
    session: str, visits: Sequence[Visit], duty: Sequence[DutyPeriod], now_ms: int
) -> BoardState:
    """Return what the board shows now."""
    waiting = [visit for visit in visits if visit.state is VisitState.WAITING]
    busy = {claim.staff for visit in visits for claim in visit.claims.values()}
    on = {item.staff for item in duty if item.end_ms is None and item.state is DutyState.ON}
    handles = tuple(_held_ms(visit, now_ms) for visit in visits if _was_handled(visit))
    desks = len(on | busy)
    free = len(on - busy)
    return BoardState(
        session=session,
        called=_called(visits),
        waiting=len(waiting),
        longest_wait_min=_longest_min(waiting, now_ms),
        people_ahead=len(waiting),
        desks_serving=desks,
        desks_free=free,
        handle_ms=handles,
        range=find_wait_range(handles, ahead=len(waiting), desks=desks, free=free),
        as_of=now_ms,
    )


def numbers_of(visits: Sequence[Visit], tallies: int, now_ms: int) -> DeskNumbers:
    """Return a help day in numbers."""
    states = Counter(visit.state for visit in visits)
    waiting = [visit for visit in visits if visit.state is VisitState.WAITING]
    waits = [visit.wait_ms(now_ms) for visit in visits if visit.first_called_ms is not None]
    return DeskNumbers(
        arrived=len(visits),
        people=sum(visit.party_size for visit in visits),
        units=len({visit.unit_id or visit.unit_text for visit in visits} - {""}),
        waiting=states[VisitState.WAITING],
        called=states[VisitState.CALLED],
        serving=states[VisitState.SERVING],
        parked=states[VisitState.PARKED],
        done=states[VisitState.DONE],
        gone=states[VisitState.GONE],
        tallies=tallies,
        longest_wait_min=_longest_min(waiting, now_ms),
        median_wait_min=round(median(waits) / _MINUTE_MS) if waits else 0,
        conflicts=sum(1 for visit in visits if visit.conflicts and visit.is_live),
    )


def _called(visits: Sequence[Visit]) -> tuple[CalledNumber, ...]:
    """Return the numbers called last, newest first; people look up late, so they stay.

    Only who is back in line or gone leaves the board before others push them off it.
    """
    numbers = [
        _called_number(visit, calls[-1])
        for visit in visits
        if visit.state not in (VisitState.WAITING, VisitState.GONE)
        and (calls := [item for item in visit.segments if item.state is VisitState.CALLED])
    ]
    numbers.sort(key=lambda number: number.at_ms, reverse=True)
    return tuple(numbers[:LAST_CALLED])


def _called_number(visit: Visit, call: Segment) -> CalledNumber:
    claim = visit.claims.get(call.staff)
    # Going on after a pause is no call: the board must not ring for it.
    recalled_ms = claim.called_ms if claim is not None and claim.recalls > 1 else 0
    return CalledNumber(
        ticket=visit.ticket,
        desk=call.desk if claim is None else claim.desk,
        at_ms=max(call.start_ms, recalled_ms),
        recalls=1 if claim is None else claim.recalls,
        serving=claim is not None and claim.state is VisitState.SERVING,
    )


def _longest_min(waiting: Sequence[Visit], now_ms: int) -> int:
    return max((visit.wait_ms(now_ms) // _MINUTE_MS for visit in waiting), default=0)


def _was_handled(visit: Visit) -> bool:
    return visit.state in _OVER and any(item.state in _HELD for item in visit.segments)


def _held_ms(visit: Visit, now_ms: int) -> int:
    """Return how long a visit held desks: from call to end, parked time left out."""
    return sum(_length_ms(item, now_ms) for item in visit.segments if item.state in _HELD)


def _length_ms(segment: Segment, now_ms: int) -> int:
    return (now_ms if segment.end_ms is None else segment.end_ms) - segment.start_ms
