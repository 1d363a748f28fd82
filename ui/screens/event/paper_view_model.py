"""Sheets to sign by hand, and their times typed in afterwards."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.services.paper_entry import PaperEntry, PaperLine, Progress, WrittenSheet
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.event import ready_wording as wording
from ui.screens.event.import_choice import Sessions


class Paper(Protocol):
    """What the page asks of the service."""

    def write_sheet(
        self, session: str, out: Path, *, unit: str = "", by_unit: bool = False
    ) -> WrittenSheet:
        """Write the sheet as PDF."""
        ...

    def list_units(self, session: str) -> tuple[str, ...]:
        """Return the roster's units."""
        ...

    def read_line(self, session: str, text: str) -> PaperLine:
        """Understand one line."""
        ...

    def enter(
        self,
        session: str,
        lines: Sequence[PaperLine],
        *,
        letter: str = "A",
        progress: Progress | None = None,
    ) -> tuple[PaperEntry, ...]:
        """Record the lines."""
        ...


class PaperViewModel(QObject):
    """Reads lines in the background; records them as long work.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        units_loaded: tuple of names.
        line_read: a PaperLine.
        line_refused: the error of a line.
        entered: tuple of PaperEntry.
    """

    sessions_loaded = Signal(tuple)
    units_loaded = Signal(tuple)
    line_read = Signal(object)
    line_refused = Signal(object)
    entered = Signal(tuple)

    def __init__(self, paper: Paper, sessions: Sessions, desk: Desk) -> None:
        super().__init__()
        self._paper = paper
        self._sessions = sessions
        self._desk = desk

    def load(self) -> None:
        """Fetch the sessions."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def load_units(self, session: str) -> None:
        """Fetch the units of a session."""
        fetch, run = partial(self._paper.list_units, session), self._desk.tasks.run
        run(self, fetch, self.units_loaded.emit, self._desk.report, lane="reading")

    def write_sheet(self, session: str, out: Path, unit: str, *, by_unit: bool) -> None:
        """Write the sheet; issues badges to those who have none."""
        work = partial(self._paper.write_sheet, session, out, unit=unit, by_unit=by_unit)
        self._desk.tasks.run(self, work, self._on_written, self._desk.report)

    def read_line(self, session: str, text: str) -> None:
        """Understand a line that was typed."""
        work, run = partial(self._paper.read_line, session, text), self._desk.tasks.run
        run(self, work, self.line_read.emit, self.line_refused.emit, lane="reading")

    def enter(self, session: str, lines: Sequence[PaperLine]) -> None:
        """Record what was typed."""
        work = partial(_enter, self._paper, session, lines, self._desk.station.current.letter)
        self._desk.long_work(say(wording.ENTER_HEADING), work, self._on_entered, owner=self)

    def _on_written(self, written: WrittenSheet) -> None:
        self._desk.notice(say(wording.saved(str(written.file))))
        self._desk.changes.tell(Change.BADGES)

    def _on_entered(self, entries: tuple[PaperEntry, ...]) -> None:
        fates = Counter(entry.fate.value for entry in entries)
        told = wording.entered(fates["recorded"], fates["known"], fates["refused"])
        self._desk.notice(say(told))
        self.entered.emit(entries)
        self._desk.changes.tell(Change.SCANS)


def _enter(
    paper: Paper, session: str, lines: Sequence[PaperLine], letter: str, progress: Progress
) -> tuple[PaperEntry, ...]:
    return paper.enter(session, lines, letter=letter, progress=progress)
