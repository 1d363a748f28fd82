"""How a help day runs: what came and what was finished, hour by hour; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from app.domain.clock import moment_of
from app.domain.visits import GoneReason, Visit, VisitState
from app.services.visit_views import BoardState, DeskNumbers

HOUR = timedelta(hours=1)
HOURS_AT_MOST = 14
"""What is earlier or later is counted in the first or last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourFigures:
    """One hour of a help day."""

    starts_at: datetime
    arrived: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLoad:
    """Everything the place shows of a help day."""

    numbers: DeskNumbers
    board: BoardState
    hours: tuple[HourFigures, ...]
    read_at: datetime


def figures_by_hour(
    visits: Sequence[Visit], zone: tzinfo, opening: tuple[datetime, datetime] | None = None
) -> tuple[HourFigures, ...]:
    """Count arrivals and finished visits per hour, without holes; voided numbers never came.

    `opening`: from when to when the day is open; its hours are there before anybody came.
    """
    real = [visit for visit in visits if visit.reason != GoneReason.VOID]
    arrived = Counter(_hour_of(moment_of(visit.arrived_ms), zone) for visit in real)
    finished = Counter(
        _hour_of(moment_of(visit.closed_ms), zone)
        for visit in real
        if visit.state is VisitState.DONE and visit.closed_ms is not None
    )
    if not (arrived or finished):
        return ()
    hours = _hours((*arrived, *finished), zone, opening)
    return tuple(
        HourFigures(
            starts_at=hour,
            arrived=_counted(arrived, hour, hours[0]),
            finished=_counted(finished, hour, hours[0]),
        )
        for hour in hours
    )


def _hours(
    counted: Iterable[datetime], zone: tzinfo, opening: tuple[datetime, datetime] | None
) -> list[datetime]:
    """Return the hours to show, the day's own and those around them in which something was."""
    begin, end = opening or (None, None)
    known = [*counted]
    if begin is not None and end is not None:
        known += [_hour_of(begin, zone), _hour_of(end - timedelta(minutes=1), zone)]
    count = min(int((max(known) - min(known)) / HOUR) + 1, HOURS_AT_MOST)
    first = max(known) - HOUR * (count - 1)
    return [first + HOUR * place for place in range(count)]


def _counted(counts: Counter[datetime], hour: datetime, first: datetime) -> int:
    """Return an hour's count; the first one takes what was earlier (carried over)."""
    if hour > first:
        return counts[hour]
    return sum(count for at, count in counts.items() if at <= first)


def _hour_of(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
