"""How long to wait before the hub is tried again."""

import random
from collections.abc import Callable

PULL_SECONDS = 5.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0


def wait_after(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Return seconds to wait after so many failures in a row: twice as long each time, up to a
    minute, and never the same on two laptops, which would all come back at once."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures, 10))
    return longest * (0.5 + 0.5 * chance())
