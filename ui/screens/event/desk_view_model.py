"""This laptop: the sessions its station can serve, its backups, where its key is kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.words import Words
from app.services.summaries import SessionSummary
from ui.language import say
from ui.office import Backups
from ui.place import Desk
from ui.screens.event import wording
from ui.screens.event.import_choice import Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """What the page shows of this laptop."""

    sessions: tuple[SessionSummary, ...]
    last_backup_at: datetime | None
    key_note: Words


class DeskViewModel(QObject):
    """Shows the state of this laptop and makes backups.

    Signals:
        state_loaded: a DeskState.
        backup_made: the Path of the backup.
    """

    state_loaded = Signal(object)
    backup_made = Signal(object)

    def __init__(
        self, backups: Backups, sessions: Sessions, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backups = backups
        self._sessions = sessions
        self._desk = desk

    def load(self) -> None:
        """Fetch the state of this laptop."""
        run = self._desk.tasks.run
        run(self, self._read, self.state_loaded.emit, self._desk.report, lane="reading")

    def make_backup(self) -> None:
        """Make a backup now."""
        self._desk.long_work(
            say(wording.WORK["backup"]),
            lambda _report: self._backups.make_backup(),
            self._on_backed_up,
            owner=self,
        )

    def _read(self) -> DeskState:
        return DeskState(
            sessions=self._sessions.list_sessions(),
            last_backup_at=self._backups.last_backup_at(),
            key_note=self._backups.key_note(),
        )

    def _on_backed_up(self, file: Path) -> None:
        self.backup_made.emit(file)
        self.load()
