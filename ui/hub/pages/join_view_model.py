"""Joining a hub: found ones, an address and a code, six words to compare, the first load."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import InvalidInput
from ui.background import TaskRunner
from ui.hub.access import FoundHub, JoinProgress
from ui.hub.pages import wording

LOOK_EVERY_MS = 100
DEFAULT_PORT = 8710


class Joins(Protocol):
    """What joining asks."""

    def find_nearby(self) -> tuple[FoundHub, ...]:
        """Return the hubs this network answers with."""
        ...

    def join(self, url: str, code: str, progress: JoinProgress) -> Any:
        """Enrol; returns once this laptop takes part."""
        ...


class JoinViewModel(QObject):
    """Joins in the background; the window reads how far it is on its own clock.

    Signals:
        nearby_found: tuple of FoundHub.
        began: joining is under way.
        moved: the JoinProgress, whenever it is looked at.
        joined: what joining returned.
        ended: joining is over, well or not.
    """

    nearby_found = Signal(tuple)
    began = Signal()
    moved = Signal(object)
    joined = Signal(object)
    ended = Signal()

    def __init__(
        self,
        hub: Joins,
        tasks: TaskRunner,
        report: Callable[[Exception], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._tasks = tasks
        self._report = report
        self._progress: JoinProgress | None = None
        self._is_looking = False
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._tell)

    @property
    def is_joining(self) -> bool:
        """Whether joining is under way."""
        return self._progress is not None

    def look_around(self) -> None:
        """Find hubs on this network; one that finds none says nothing."""
        if self._is_looking or self.is_joining:
            return
        self._is_looking = True
        run, find = self._tasks.run, self._hub.find_nearby
        run(self, find, self._on_nearby, lambda _error: self._on_nearby(()), lane="nearby")

    def join(self, address: str, code: str) -> None:
        """Begin joining."""
        if self.is_joining:
            return
        if not address.strip() or not code.strip():
            field = "address" if not address.strip() else "code"
            self._report(
                InvalidInput(wording.FIELDS_EMPTY, remedy=wording.FIELDS_REMEDY, field=field)
            )
            return
        progress = JoinProgress()
        self._progress = progress
        self.began.emit()
        self._look.start()
        work = partial(self._hub.join, full_address(address), code.strip(), progress)
        self._tasks.run(self, work, self._on_joined, self._on_failed, lane="hub")

    def cancel(self) -> None:
        """Stop joining at its next look."""
        if self._progress is not None:
            self._progress.cancel()

    def _on_nearby(self, found: tuple[FoundHub, ...]) -> None:
        self._is_looking = False
        self.nearby_found.emit(found)

    def _tell(self) -> None:
        if self._progress is not None:
            self.moved.emit(self._progress)

    def _on_joined(self, made: Any) -> None:
        self._end()
        self.joined.emit(made)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._report(error)

    def _end(self) -> None:
        self._look.stop()
        self._progress = None
        self.ended.emit()


def full_address(typed: str) -> str:
    """Return a typed address as a URL: hubs speak TLS unless somebody says otherwise."""
    address = typed.strip().rstrip("/")
    if "://" in address:
        return address
    host = address.rpartition("]")[2]  # an IPv6 address has colons of its own
    return f"https://{address}" if ":" in host else f"https://{address}:{DEFAULT_PORT}"
