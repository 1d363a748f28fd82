"""How a help day runs: what came and what was finished, hour by hour; pure."""

from collections import Counter
from collections.abc import Sequence
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


def figures_by_hour(visits: Sequence[Visit], zone: tzinfo) -> tuple[HourFigures, ...]:
    """Count arrivals and finished visits per hour, without holes; voided numbers never came."""
    real = [visit for visit in visits if visit.reason != GoneReason.VOID]
    arrived = Counter(_hour_of(visit.arrived_ms, zone) for visit in real)
    finished = Counter(
        _hour_of(visit.closed_ms, zone)
        for visit in real
        if visit.state is VisitState.DONE and visit.closed_ms is not None
    )
    hours = [*arrived, *finished]
    if not hours:
        return ()
    last = max(hours)
    count = min(int((last - min(hours)) / HOUR) + 1, HOURS_AT_MOST)
    first = last - HOUR * (count - 1)
    shown = [first + HOUR * place for place in range(count)]
    return tuple(
        HourFigures(
            starts_at=hour,
            arrived=_counted(arrived, hour, first),
            finished=_counted(finished, hour, first),
        )
        for hour in shown
    )


def _counted(counts: Counter[datetime], hour: datetime, first: datetime) -> int:
    """Return an hour's count; the first one takes what was earlier (carried over)."""
    if hour > first:
        return counts[hour]
    return sum(count for at, count in counts.items() if at <= first)


def _hour_of(at_ms: int, zone: tzinfo) -> datetime:
    return moment_of(at_ms).astimezone(zone).replace(minute=0, second=0, microsecond=0)
