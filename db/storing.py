"""Storing many rows while the next ones are being made.

SQLite works without Python's lock while a statement runs. With a thousand rows to a statement, a
second thread stores one block while this one prepares the next, and both cores are busy.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from typing import Any

from db.engine import Connection

ROWS_AT_ONCE = 1_000
"""Times the columns of a fact this stays below the 32,766 values SQLite takes at once."""


def insert_rows(connection: Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into a table; `into` is a statement's beginning, up to the columns."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        block = rows[start : start + ROWS_AT_ONCE]
        marks = f"({','.join('?' * len(block[0]))})"
        values = tuple(chain.from_iterable(block))
        connection.execute(f"{into} VALUES {','.join([marks] * len(block))}", values)


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
