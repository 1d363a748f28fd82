"""The hour grid: arrivals, people waiting, desks on duty and the median wait, hour by hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.desk_figures import arrived_here, real_visits
from app.domain.desk_records import MINUTE_MS, DeskDay, Stretch
from app.domain.desk_spread import spread_of
from app.domain.desk_times import Span, first_called_ms, wait_ms

HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class HourFigures:
    """One hour.

    None means nothing can be said: the hour begins after the last thing known, nobody was called,
    or no duty was recorded.
    """

    from_ms: int
    arrivals: int | None
    most_waiting: int | None
    """Most visits waiting at one moment of the hour."""
    desks: int | None
    """Most consultants on duty at one moment."""
    median_wait_ms: int | None
    """Of those first called in this hour."""
    called: int


def hour_grid(day: DeskDay) -> tuple[HourFigures, ...]:
    """Return the hours from opening (or the first arrival) to closing (or the last event).

    They are those of one calendar day; what was entered with another date is not among them.
    """
    visits = real_visits(day)
    stretches = [part for visit in visits for part in visit.stretches if _touches(day, part)]
    return tuple(_hour(day, stretches, from_ms) for from_ms in _hours(day, stretches))


def topic_hours(day: DeskDay) -> dict[str, tuple[int, ...]]:
    """Return issues by topic for each hour of the grid, by the hour the visit arrived in."""
    hours = [hour.from_ms for hour in hour_grid(day)]
    found: dict[str, list[int]] = {}
    for visit in arrived_here(day):
        for issue in visit.issues:
            counts = found.setdefault(issue.topic, [0] * len(hours))
            for index, from_ms in enumerate(hours):
                if _in(visit.arrived_ms, (from_ms, from_ms + HOUR_MS)):
                    counts[index] += issue.quantity
    return {topic: tuple(counts) for topic, counts in found.items()}


def most_at_once(spans: Iterable[Span], during: Span) -> int:
    """Return how many spans overlap at the busiest moment of a time."""
    steps = []
    for from_ms, until_ms in spans:
        start, end = max(from_ms, during[0]), min(until_ms, during[1])
        if start < end:
            steps += [(start, 1), (end, -1)]
    count = most = 0
    for _, step in sorted(steps):  # at one moment ends come before starts
        count += step
        most = max(most, count)
    return most


def _hours(day: DeskDay, stretches: Sequence[Stretch]) -> range:
    """Return where each hour of the calendar day begins."""
    starts = [visit.arrived_ms for visit in arrived_here(day) if _in(visit.arrived_ms, _all(day))]
    first = min([day.opens_ms, *starts])
    # Whoever was left in line or parked at the evening keeps no hour of the night open.
    busy = [part.until_ms for part in stretches if part.state in ("called", "serving")]
    last = max([day.closes_ms, *starts, *busy])
    begin = first - (first - day.midnight_ms) % HOUR_MS
    return range(max(begin, day.midnight_ms), min(last, day.midnight_ms + DAY_MS), HOUR_MS)


def _hour(day: DeskDay, stretches: Sequence[Stretch], from_ms: int) -> HourFigures:
    during = (from_ms, from_ms + HOUR_MS)
    is_known = from_ms <= day.as_of_ms
    called = [visit for visit in real_visits(day) if _in(first_called_ms(visit), during)]
    waits = [wait for wait in map(wait_ms, called) if wait is not None]
    waiting = [(part.from_ms, part.until_ms) for part in stretches if part.state == "waiting"]
    on_duty = [(duty.from_ms, duty.until_ms) for duty in day.duties if duty.kind == "on"]
    return HourFigures(
        from_ms=from_ms,
        arrivals=sum(_in(visit.arrived_ms, during) for visit in arrived_here(day))
        if is_known
        else None,
        most_waiting=most_at_once(waiting, during) if is_known else None,
        desks=most_at_once(on_duty, during) if on_duty and is_known else None,
        median_wait_ms=spread_of(waits).median_ms,
        called=len(called),
    )


def _in(at_ms: int | None, during: Span) -> bool:
    return at_ms is not None and during[0] <= at_ms < during[1]


def _all(day: DeskDay) -> Span:
    return (day.midnight_ms, day.midnight_ms + DAY_MS)


def _touches(day: DeskDay, part: Stretch) -> bool:
    return part.from_ms < day.midnight_ms + DAY_MS and part.until_ms > day.midnight_ms
