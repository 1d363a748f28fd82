"""The numbers on the board."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.services.outcomes import Counts
from app.services.summaries import SessionSummary
from ui.background import T
from ui.place import Desk


class Door(Protocol):
    """Where the live numbers come from."""

    def counts(self, session: str) -> Counts:
        """Return the live numbers of a session."""
        ...


class Sessions(Protocol):
    """Where the list of sessions comes from."""

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event."""
        ...


class BoardViewModel(QObject):
    """Follows the session of this laptop's station.

    Signals:
        session_changed: the SessionSummary on the board, or None.
        counts_changed: the Counts on the board.
    """

    session_changed = Signal(object)
    counts_changed = Signal(object)

    def __init__(
        self, door: Door, sessions: Sessions, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._sessions = sessions
        self._desk = desk
        desk.station.changed.connect(lambda _station: self.load())

    def load(self) -> None:
        """Read the session and its numbers."""
        self._run(self._sessions.list_sessions, self._on_sessions)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers again."""
        code = self._desk.station.current.session
        if code:
            self._run(partial(self._door.counts, code), self.counts_changed.emit)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")

    def _on_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        code = self._desk.station.current.session
        found = next((session for session in sessions if session.code == code), None)
        self.session_changed.emit(found)
