"""An event file as the exchange's thread uses it: it can be closed at any moment, and it tells."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from app.domain.exchange import MOST_BYTES, MOST_FACTS, Batch, Run, RunResult, Tip
from db.exchange import Holdings, Queue, StationStore


class ExchangeEnded(Exception):
    """The event is being closed: nothing more is read or written. Only for the own thread."""


class WatchedStore:
    """A StationStore that refuses everything once it is closed, and tells what came."""

    def __init__(self, store: StationStore, on_facts: Callable[[frozenset[str]], None]) -> None:
        self._store = store
        self._on_facts = on_facts
        self._use = threading.Lock()
        self._is_closed = False

    def close(self) -> None:
        """Return once nothing is under way in the file; nothing will be any more."""
        self._is_closed = True
        with self._use:
            pass

    @contextmanager
    def open(self) -> Iterator[StationStore]:
        """Use the store. Raises ExchangeEnded."""
        with self._use:
            if self._is_closed:
                raise ExchangeEnded
            yield self._store

    def list_tips(self) -> Sequence[Tip]:
        """Return the end of every branch of every chain here, in order."""
        with self.open() as store:
            return store.list_tips()

    def list_have(self) -> Sequence[Tip]:
        """Return what to tell a peer when asking for what we lack."""
        with self.open() as store:
            return store.list_have()

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        """Return what somebody with these tips lacks."""
        with self.open() as store:
            return store.list_lacking(tips, most_facts=most_facts, most_bytes=most_bytes)

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs and tell which kinds of facts came."""
        with self.open() as store:
            results = store.take(runs)
        kinds = {
            str(row[5])
            for run, result in zip(runs, results, strict=True)
            if result.stored
            for row in run.rows
        }
        if kinds:
            self._on_facts(frozenset(kinds))
        return results

    def count_lacking(self, tips: Sequence[Tip]) -> Queue:
        """Return how many facts a peer with these tips lacks."""
        with self.open() as store:
            return store.count_lacking(tips)

    def holdings(self) -> Holdings:
        """Return figures of what is here."""
        with self.open() as store:
            return store.holdings()

    def begin_incarnation(self, forked: str) -> bool:
        """Leave a chain that another machine writes too."""
        with self.open() as store:
            return store.begin_incarnation(forked)
