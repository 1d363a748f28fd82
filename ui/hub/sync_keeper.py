"""Keeps what brings facts from elsewhere running beside the open event; the window only hears.

Sources work in threads of their own. What they tell crosses by one doorbell at a time, and places
are told at most every so often, so that no amount of incoming facts keeps a scan waiting.
"""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.sync.status import SyncStatus
from ui.background import TaskRunner
from ui.changes import Change
from ui.hub.incoming import changes_of

TELL_AFTER_MS = 150
TELL_AT_LEAST_MS = 2_000
"""While facts stream in (an initial load) places read themselves anew this often, no oftener."""
STOPS_WITHIN = 5.0
"""Seconds a closing window waits for a source: for a commit under way, never for a network."""


class Source(Protocol):
    """Something that brings facts: the exchange with a hub, or a hub writing to the same file."""

    def start(self) -> None:
        """Begin, in a thread of its own."""

    def stop(self) -> None:
        """End soon."""

    def poke(self) -> None:
        """Something was just recorded here."""


class SyncKeeper(QObject):
    """Runs the sources of the open event and tells what they brought.

    Signals:
        status_changed: the newest SyncStatus, or None where no hub is joined.
        came: a frozenset of `Change`, from facts recorded elsewhere.
    """

    status_changed = Signal(object)
    came = Signal(object)
    _rang = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        report: Callable[[Exception], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._report = report
        self._sources: dict[str, Source] = {}
        self._generation = 0
        self._lock = threading.Lock()
        self._kinds: set[str] = set()
        self._news: SyncStatus | None = None
        self._is_rung = False
        self.status: SyncStatus | None = None
        """How the exchange stands, None where no hub is joined."""
        self._pause = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._pause.timeout.connect(self._on_pause)
        self._rang.connect(self._on_ring, Qt.ConnectionType.QueuedConnection)

    def keep(self, name: str, make: Callable[["SyncKeeper"], Source | None]) -> None:
        """Make a source in the background (its imports are heavy) and run it until `rest`."""
        self.drop(name)
        self._tasks.run(
            self,
            partial(make, self),
            partial(self._on_made, name, self._generation),
            self._report,
            lane="hub",
        )

    def drop(self, name: str) -> None:
        """End one source."""
        source = self._sources.pop(name, None)
        if source is not None:
            _stop([source])

    def rest(self) -> None:
        """End all sources: the event is being closed. Waits no longer than a moment."""
        self._generation += 1
        sources, self._sources = list(self._sources.values()), {}
        _stop(sources)
        with self._lock:
            self._kinds.clear()
            self._news = None
        self._pause.stop()
        self._show(None)

    def poke(self) -> None:
        """Something was recorded here: send it soon."""
        for source in self._sources.values():
            source.poke()

    # --- called by sources, in their threads

    def take_status(self, status: SyncStatus) -> None:
        """Hear how the exchange stands."""
        with self._lock:
            self._news = status
        self._ring()

    def take_facts(self, kinds: Iterable[str]) -> None:
        """Hear which kinds of facts came."""
        with self._lock:
            self._kinds.update(str(kind) for kind in kinds)
        self._ring()

    def _ring(self) -> None:
        with self._lock:
            is_first, self._is_rung = not self._is_rung, True
        if is_first:
            self._rang.emit()

    # --- in the window's thread

    def _on_made(self, name: str, generation: int, source: Source | None) -> None:
        if source is None:
            return
        if generation != self._generation:  # the event was closed meanwhile
            _stop([source])
            return
        self._sources[name] = source
        source.start()

    @Slot()
    def _on_ring(self) -> None:
        with self._lock:
            self._is_rung = False
            news, self._news = self._news, None
        if news is not None and self._sources:
            self._show(news)
        if not self._pause.isActive():
            self._tell()

    def _on_pause(self) -> None:
        if self._kinds:
            self._pause.setInterval(min(self._pause.interval() * 2, TELL_AT_LEAST_MS))
            self._tell()
        else:
            self._pause.setInterval(TELL_AFTER_MS)

    def _tell(self) -> None:
        with self._lock:
            kinds, self._kinds = self._kinds, set()
        changes: frozenset[Change] = changes_of(kinds)
        if changes:
            self.came.emit(changes)
            self._pause.start()

    def _show(self, status: SyncStatus | None) -> None:
        if status != self.status:
            self.status = status
            self.status_changed.emit(status)


def _stop(sources: list[Source]) -> None:
    """Ask all to end at once, then wait a moment for them together."""
    threads = [threading.Thread(target=source.stop, daemon=True) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(STOPS_WITHIN)
