"""Figures of a session made from its registrations; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.people import Unit
from app.services.outcomes import Counts
from app.services.registrations import RosterRow

STEP = timedelta(minutes=5)
BARS_AT_MOST = 48
"""Four hours; people who come later are counted in the last bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """How many of a unit are expected, have come and are in the room."""

    unit: str
    expected: int
    arrived: int
    present: int

    @property
    def not_yet(self) -> int:
        """How many have not come."""
        return self.expected - self.arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDay:
    """How people came to the session before, at the same times of the day."""

    held_on: date
    arrivals: tuple[tuple[datetime, int], ...]
    """On its own date, per five minutes."""
    by_now: int
    """How many had come by the time of the day it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the place shows of one session."""

    counts: Counts
    units: tuple[UnitFigures, ...]
    arrivals: tuple[tuple[datetime, int], ...]
    """Start of each five minutes and how many first came in then, without holes."""
    missing: tuple[Unit, ...]
    read_at: datetime
    before: EarlierDay | None = None
    everybody: int = 0
    """How many different people have come to any session of the event."""


def figures_by_unit(rows: Sequence[RosterRow]) -> tuple[UnitFigures, ...]:
    """Count people by unit; units with the most people still missing come first."""
    standing = [row for row in rows if row.status != "cancelled" or row.arrived_at]
    expected = Counter(row.person.unit for row in standing)
    arrived = Counter(row.person.unit for row in standing if row.arrived_at)
    present = Counter(row.person.unit for row in standing if row.arrived_at and row.left_at is None)
    figures = [
        UnitFigures(unit=unit, expected=count, arrived=arrived[unit], present=present[unit])
        for unit, count in expected.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.not_yet, one.unit)))


def arrivals_per_step(rows: Sequence[RosterRow]) -> tuple[tuple[datetime, int], ...]:
    """Count first arrivals per five minutes, from the first to the last, without holes."""
    counted = Counter(_step_of(row.arrived_at) for row in rows if row.arrived_at)
    if not counted:
        return ()
    first = min(counted)
    last_bar = min(int((max(counted) - first) / STEP), BARS_AT_MOST - 1)
    bars = [0] * (last_bar + 1)
    for step, count in counted.items():
        bars[min(int((step - first) / STEP), last_bar)] += count
    return tuple((first + STEP * place, count) for place, count in enumerate(bars))


def earlier_day(rows: Sequence[RosterRow], held_on: date, now: datetime) -> EarlierDay | None:
    """Return how people came on an earlier day; None where nobody did."""
    came = [row.arrived_at for row in rows if row.arrived_at]
    if not came:
        return None
    return EarlierDay(
        held_on=held_on,
        arrivals=arrivals_per_step(rows),
        by_now=sum(at.time() <= now.time() for at in came),
    )


def beside(
    arrivals: Sequence[tuple[datetime, int]], before: Sequence[tuple[datetime, int]]
) -> tuple[tuple[datetime, int, int], ...]:
    """Return each five minutes with the arrivals then and those at that time the day before."""
    if not arrivals:
        return ()
    day = arrivals[0][0]
    moved = {at.replace(year=day.year, month=day.month, day=day.day): count for at, count in before}
    counts = dict(arrivals)
    first, last = min((*counts, *moved)), max((*counts, *moved))
    steps = min(int((last - first) / STEP) + 1, BARS_AT_MOST)
    times = [first + STEP * place for place in range(steps)]
    return tuple((at, counts.get(at, 0), moved.get(at, 0)) for at in times)


def _step_of(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)
