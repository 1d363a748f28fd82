"""Work away from the window: one thread each for the journal, for slow reading, for networks.

A worker knows a number and a callable, never a QObject; results cross by queue, and the signal
that follows is only a doorbell. `InlineTaskRunner` does the same at once, for tests.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any, Literal, Protocol, TypeVar, get_args

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.domain.errors import Cancelled
from ui.lane import Lane

LaneName = Literal["journal", "reading", "hub", "nearby"]
"""`hub` asks hubs and `nearby` the local network, so that neither scans nor lists wait for them."""
HUB_ENDS_WITHIN = 1.0
"""Seconds a closing window waits for a request under way."""
T = TypeVar("T")


class TaskRunner(Protocol):
    """The one door to background work."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object],
        *,
        lane: LaneName = "journal",
    ) -> None:
        """Do `work` elsewhere; answer in the window's thread while `owner` still lives.

        Work of one lane runs in the order it was given.
        """

    def shutdown(self) -> None:
        """Finish the journal's recorded work, drop waiting reading, and stop."""


class ProgressReport:
    """How far long work is, and whether it should stop. Callable as a service's `progress`.

    Plain numbers the worker writes and the window reads on its own clock, so no amount of
    reporting can flood the window.
    """

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._cancelled = threading.Event()

    def __call__(self, done: int, total: int) -> bool:
        """Note how far the work is; False asks it to stop."""
        self.done, self.total = done, total
        return not self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._cancelled.is_set()

    def raise_if_cancelled(self) -> None:
        """Leave work that reports by itself. Raises Cancelled."""
        if self.is_cancelled:
            raise Cancelled


@dataclass(frozen=True, slots=True)
class _Caller:
    owner: QObject
    on_done: Callable[[Any], object]
    on_error: Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class _Result:
    task: int
    value: Any
    error: Exception | None = None


def _outcome_of(task: int, work: Callable[[], Any]) -> _Result:
    try:
        return _Result(task, work())
    except Exception as error:  # noqa: BLE001 - every failure belongs to the caller
        return _Result(task, None, error)


def _answer(caller: _Caller | None, result: _Result) -> None:
    # A result that arrives after its screen closed would call into a deleted widget.
    if caller is None or not isValid(caller.owner):
        return
    if result.error is not None:
        caller.on_error(result.error)
    else:
        caller.on_done(result.value)


class ThreadTaskRunner(QObject):
    """The runner of the real window: lanes of one thread each."""

    _rang = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._callers: dict[int, _Caller] = {}
        self._results: SimpleQueue[_Result] = SimpleQueue()
        self._lanes = {name: Lane(name) for name in get_args(LaneName)}
        self._rang.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object],
        *,
        lane: LaneName = "journal",
    ) -> None:
        """Do `work` on a lane's thread; answer in the window's thread."""
        task = next(self._numbers)
        self._callers[task] = _Caller(owner, on_done, on_error)
        self._lanes[lane].put(partial(self._work, task, work))

    def shutdown(self) -> None:
        """Finish the journal's recorded work, drop waiting reading, and stop."""
        for name in ("reading", "hub", "nearby"):
            self._lanes[name].stop(drop=True)
        self._lanes["journal"].stop()
        for name in ("reading", "journal"):
            self._lanes[name].join()
        # Never waits long: a request under way ends with its time limit, or with the program.
        self._lanes["hub"].join(HUB_ENDS_WITHIN)
        while not self._results.empty():
            self._deliver()

    def _work(self, task: int, work: Callable[[], Any]) -> None:
        self._results.put(_outcome_of(task, work))
        self._rang.emit()

    @Slot()
    def _deliver(self) -> None:
        # One ring, one result: an error raised by a caller cannot swallow the next answer.
        try:
            result = self._results.get_nowait()
        except Empty:
            return
        _answer(self._callers.pop(result.task, None), result)


class InlineTaskRunner:
    """Does the work at once, in the caller's thread; for tests and tools."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object],
        *,
        lane: LaneName = "journal",  # noqa: ARG002 - there is only one thread here
    ) -> None:
        """Do `work` now and answer before returning."""
        _answer(_Caller(owner, on_done, on_error), _outcome_of(0, work))

    def shutdown(self) -> None:
        """Nothing waits, so nothing to finish."""
