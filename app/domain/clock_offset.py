"""How far our wall clock is from a hub's, learned from the contacts themselves.

An answer's server time lies somewhere between sending and receiving: the offset is taken against
their middle, and half the round trip is the most it can be wrong. The best sample is the one with
the shortest round trip (design: sync page, section 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SAMPLES = 8
SURE_WITHIN_MS = 1_000
"""An offset less certain than this is not noted beside facts."""
DRIFT_MS = 200
"""Clocks that nobody sets drift apart no further than this between eight contacts."""


@dataclass(frozen=True, slots=True)
class ClockSample:
    """What one contact says of the clocks."""

    offset_ms: int
    """To add to our wall clock to get the hub's."""
    error_ms: int
    """The offset is right within this much."""


def clock_sample(server_ms: int, *, sent_ms: int, round_trip_ms: int) -> ClockSample:
    """Return what a contact says; the round trip is of the monotonic clock, so never negative."""
    middle = sent_ms + round_trip_ms // 2
    return ClockSample(server_ms - middle, (round_trip_ms + 1) // 2)


def with_sample(samples: Sequence[ClockSample], fresh: ClockSample) -> tuple[ClockSample, ...]:
    """Return the samples worth keeping: the last few that the fresh one does not contradict.

    What it contradicts was taken before somebody set one of the clocks.
    """
    return (*(old for old in samples if _agree(old, fresh)), fresh)[-MOST_SAMPLES:]


def best_sample(samples: Sequence[ClockSample]) -> ClockSample | None:
    """Return the most exact of the samples, the latest of equally exact ones."""
    best: ClockSample | None = None
    for sample in samples:
        if best is None or sample.error_ms <= best.error_ms:
            best = sample
    return best


def _agree(one: ClockSample, other: ClockSample) -> bool:
    apart = abs(one.offset_ms - other.offset_ms)
    return apart <= one.error_ms + other.error_ms + DRIFT_MS
