"""Storing many rows while the next ones are being made.

SQLite works without Python's lock while a statement runs. With a thousand rows to a statement, a
second thread stores one block while this one prepares the next, and both cores are busy.
"""

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from typing import Any

from db.engine import Connection
from db.turnstile import nothing

HAND_OVER_SECONDS = 0.0005
ROWS_AT_ONCE = 1_000
"""Times the columns of a fact this stays below the 32,766 values SQLite takes at once."""


def insert_rows(
    connection: Connection,
    into: str,
    rows: Sequence[tuple[Any, ...]],
    *,
    otherwise: str = "",
    at_once: int = ROWS_AT_ONCE,
    between: Callable[[], object] = nothing,
) -> None:
    """Insert rows into a table; `into` is a statement's beginning, up to the columns.

    `otherwise`: the statement's end, where a row may be there already. `between` is called before
    each statement, which takes `at_once` rows.
    """
    for start in range(0, len(rows), at_once):
        between()
        block = rows[start : start + at_once]
        marks = f"({','.join('?' * len(block[0]))})"
        values = tuple(chain.from_iterable(block))
        connection.execute(f"{into} VALUES {','.join([marks] * len(block))}{otherwise}", values)


@contextmanager
def one_behind() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Yield a function that runs a piece of work in a thread, one at a time and in order.

    It returns while the work goes on, and waits when there is work left from before. What fails
    there is raised by the next call or at the end; nothing runs on after that.
    """
    with ThreadPoolExecutor(1, "storing") as thread:
        left: list[Future[object]] = []

        def store(work: Callable[[], object]) -> None:
            if left:
                left.pop().result()
            left.append(thread.submit(work))

        yield store
        if left:
            left.pop().result()


class _Steadiness:
    """How many threads are at bulk work, and how things were before the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._usual = (True, 0.005)

    def change(self, more: int) -> None:
        """Let one more (or one less) be at work."""
        with self._lock:
            if self._count == 0:
                self._usual = (gc.isenabled(), sys.getswitchinterval())
                gc.disable()
                sys.setswitchinterval(min(self._usual[1], HAND_OVER_SECONDS))
            self._count += more
            if self._count == 0:
                was_on, interval = self._usual
                sys.setswitchinterval(interval)
                if was_on:
                    gc.enable()


_STEADINESS = _Steadiness()


@contextmanager
def bulk_work() -> Iterator[None]:
    """Hold Python's cycle collector back, and hand its lock over sooner than usual.

    Among many new objects the collector takes a third of the time; facts and rows hold no cycles,
    so nothing waits for it. Threads that store rows or answer people need the lock often, but only
    briefly. Both belong to the whole process, so whoever comes first changes them and whoever goes
    last puts them back.
    """
    _STEADINESS.change(1)
    try:
        yield
    finally:
        _STEADINESS.change(-1)
