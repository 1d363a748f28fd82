"""How times are summed up: median, P90 and the longest, with the number of cases; never a mean.

One forgotten stop makes a mean useless: at one help queue 9 minutes were typical and 56 the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.desk_records import MINUTE_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A distribution of times in milliseconds; all None where there was no case."""

    count: int = 0
    median_ms: int | None = None
    p90_ms: int | None = None
    max_ms: int | None = None


def spread_of(times_ms: Sequence[int]) -> Spread:
    """Return median, 90th percentile and longest of some times."""
    if not times_ms:
        return Spread()
    ordered = sorted(times_ms)
    return Spread(
        count=len(ordered),
        median_ms=(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2,
        p90_ms=percentile(ordered, 90),
        max_ms=ordered[-1],
    )


def percentile(ordered: Sequence[int], percent: int) -> int:
    """Return the nearest-rank percentile: the least time not exceeded by so many percent."""
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, rank - 1)]


def share(part: int, whole: int) -> Fraction | None:
    """Return a part of a whole; None of nothing."""
    return Fraction(part, whole) if whole else None


def share_within(times_ms: Sequence[int], minutes: int) -> Fraction | None:
    """Return which part of the times is at most so many minutes."""
    return share(sum(time <= minutes * MINUTE_MS for time in times_ms), len(times_ms))
