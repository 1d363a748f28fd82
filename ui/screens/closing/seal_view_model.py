"""Sealing a session and taking the seal back."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services.closing import Seal
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.closing import wording
from ui.screens.closing.asked import Closing, Exports


class SealViewModel(QObject):
    """Knows the seal of the chosen session.

    Signals:
        seal_changed: the Seal in force, or None.
        sheet_saved: the Path of the seal sheet.
    """

    seal_changed = Signal(object)
    sheet_saved = Signal(object)

    def __init__(
        self, closing: Closing, exports: Exports, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._closing = closing
        self._exports = exports
        self._desk = desk
        self._session = ""

    @property
    def session(self) -> str:
        """The session the seal is about."""
        return self._session

    def choose_session(self, session: str) -> None:
        """Look at another session's seal."""
        self._session = session
        self.reload()

    def reload(self) -> None:
        """Read the seal in force."""
        if self._session:
            find = partial(self._closing.find_seal, self._session)
            run, report = self._desk.tasks.run, self._desk.report
            run(self, find, self.seal_changed.emit, report, lane="reading")

    def seal(self) -> None:
        """Seal the session."""
        act = partial(self._closing.close_session, self._session)
        self._desk.tasks.run(self, act, self._on_sealed, self._desk.report)

    def reopen(self, reason: str) -> None:
        """Take the seal back with a reason."""
        act = partial(self._closing.reopen_session, self._session, reason)
        self._desk.tasks.run(self, act, self._on_reopened, self._desk.report)

    def save_sheet(self, seal: Seal, out: Path) -> None:
        """Write the seal sheet as PDF."""
        written = self._exports.file_for(out)
        self._desk.long_work(
            say(wording.WORK_EXPORT),
            lambda _report: self._exports.write_seal(seal, out),
            lambda _digest: self.sheet_saved.emit(written),
            owner=self,
        )

    def _on_sealed(self, seal: Seal) -> None:
        self.seal_changed.emit(seal)
        self._desk.changes.tell(Change.CREDITS)

    def _on_reopened(self, _nothing: None) -> None:
        self.seal_changed.emit(None)
        self._desk.changes.tell(Change.CREDITS)
