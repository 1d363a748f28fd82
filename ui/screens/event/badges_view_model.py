"""Printing badge sheets for a session."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.words import Words
from app.services.badges import PrintedBadges
from app.services.registrations import Progress
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.event import wording
from ui.screens.event.import_choice import Sessions


class Badges(Protocol):
    """What the badge page asks of the badge service."""

    def print_sheets(
        self,
        session: str,
        out: Path,
        *,
        layout: str = "a4-10",
        progress: Progress | None = None,
    ) -> PrintedBadges:
        """Write badge sheets as PDF."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheets:
    """What was printed where, and what to look at by hand."""

    file: Path
    badges: int
    warnings: tuple[Words, ...]


class BadgesViewModel(QObject):
    """Prints the sheets of one session.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        sheets_printed: a PrintedSheets.
    """

    sessions_loaded = Signal(tuple)
    sheets_printed = Signal(object)

    def __init__(
        self, badges: Badges, sessions: Sessions, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._badges = badges
        self._sessions = sessions
        self._desk = desk

    def load_sessions(self) -> None:
        """Fetch the sessions badges can be printed for."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def print_sheets(self, session: str, out: Path, layout: str) -> None:
        """Write the sheets; issues badges to those who have none."""
        work = partial(_print, self._badges, session, out, layout)
        self._desk.long_work(say(wording.WORK["badges"]), work, self._on_printed, owner=self)

    def _on_printed(self, printed: PrintedSheets) -> None:
        self.sheets_printed.emit(printed)
        self._desk.changes.tell(Change.BADGES)


def _print(
    badges: Badges, session: str, out: Path, layout: str, progress: Progress
) -> PrintedSheets:
    printed = badges.print_sheets(session, out, layout=layout, progress=progress)
    warnings = tuple(warning.message for warning in printed.report.warnings)
    return PrintedSheets(file=out, badges=len(printed.badges), warnings=warnings)
