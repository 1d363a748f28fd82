"""How long a newcomer will wait, as an honest range, or nothing where nothing honest can be said.

The rule of the helpdesk page (7.6) is `m·q/d ± 1.2·s·√q/d`: q places to clear, d desks, m and s
the mean and deviation of today's visits. In simulated days with no-shows, parking and skills it
kept only 68 to 87 % of the waits inside, and half of them where all visits are equally long. So:
- the mean itself is uncertain while few visits are finished: √q becomes √(q·(1+q/n));
- a newcomer comes in the middle of the visits being served: part of them is over, nobody knows how
  much (a twelfth of m² for each desk);
- 1.6 stands for 1.2.
That costs five minutes of width and keeps four of five waits inside wherever help takes as
unequally long as help does, also as a board shows it that moves one step a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import fmean, stdev
from typing import Final

STEP: Final = 5
"""Minutes of one step: ranges are rounded outward to it."""
LONGEST: Final = 60
"""Minutes; above it the board says "over an hour"."""
FEWEST_FINISHED: Final = 8
SPREAD: Final = 1.6
_OVER: Final = LONGEST + STEP
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class WaitRange:
    """From `low` to `high` minutes, both multiples of five; 65 stands for over an hour."""

    low: int
    high: int

    @property
    def is_none(self) -> bool:
        """Whether nobody has to wait."""
        return self.high == 0

    @property
    def is_over_an_hour(self) -> bool:
        """Whether the wait is over an hour for sure."""
        return self.low > LONGEST

    @property
    def is_open(self) -> bool:
        """Whether the wait may be over an hour: only its low end can be told."""
        return self.high > LONGEST

    def holds(self, minutes: float) -> bool:
        """Tell whether a wait lay inside."""
        return min(self.low, LONGEST) <= minutes and (self.is_open or minutes <= self.high)


def find_wait_range(
    handle_ms: Sequence[float], *, ahead: int, desks: int, free: int = 0
) -> WaitRange | None:
    """Return the range for somebody with so many people ahead, or None where none is honest.

    `handle_ms`: how long each finished visit of today held a desk, from its call to its end
    without parked time; no-shows count as the short ones they are. `desks`: those on duty and
    not at a break, of which `free` hold nobody now.
    """
    if len(handle_ms) < FEWEST_FINISHED or desks < 1:
        return None
    places = ahead + 1 - free
    if places < 1:
        return WaitRange(0, 0)
    mean, deviation = fmean(handle_ms), stdev(handle_ms)
    doubt = deviation**2 * places * (1 + places / len(handle_ms)) + desks * mean**2 / 12
    middle = (mean * places - _begun_ms(mean, deviation)) / desks
    half = SPREAD * sqrt(doubt) / desks
    return _rounded_outward(middle - half, middle + half)


def settle(
    previous: WaitRange | None, new: WaitRange | None, elapsed_ms: float
) -> WaitRange | None:
    """Return what to show now: at most one step from what was shown, once a minute.

    `elapsed_ms`: how long the previous range has been shown. A range that is no longer honest
    goes at once; and whether a desk is free is seen, not guessed, so it is said at once too.
    """
    if previous is None or new is None or previous.is_none or new.is_none:
        return new
    if elapsed_ms < _MINUTE_MS:
        return previous
    return WaitRange(_stepped(previous.low, new.low), _stepped(previous.high, new.high))


def _begun_ms(mean: float, deviation: float) -> float:
    """Return how much of a visit being served is over, on average, when somebody comes.

    Half of it where all are equally long; less where long ones are the likelier to be met.
    """
    return max(0.0, mean**2 - deviation**2) / (2 * mean) if mean else 0.0


def _rounded_outward(low_ms: float, high_ms: float) -> WaitRange:
    low = max(0, floor(low_ms / _MINUTE_MS / STEP) * STEP)
    high = max(STEP, ceil(high_ms / _MINUTE_MS / STEP) * STEP)
    return WaitRange(min(low, _OVER), min(high, _OVER))


def _stepped(shown: int, wanted: int) -> int:
    return max(shown - STEP, min(shown + STEP, wanted))
