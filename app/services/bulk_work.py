"""Making very many objects at once, as an import does."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HAND_OVER_SECONDS = 0.0005


@contextmanager
def bulk_work() -> Iterator[None]:
    """Hold Python's cycle collector back, and hand its lock over sooner than usual.

    Among many new objects the collector takes a third of the time; facts and rows hold no cycles,
    so nothing waits for it. The thread that stores rows needs the lock often, but only briefly.
    """
    was_on, usual = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(min(usual, HAND_OVER_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        if was_on:
            gc.enable()
