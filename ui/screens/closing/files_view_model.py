"""Files of a session: checked before they are written."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.words import Language
from app.papers.column_profiles import list_profiles, load_profile
from app.papers.credit_check import ExportProblem
from app.services.exports import ExportReport
from ui.language import say
from ui.place import Desk
from ui.screens.closing import wording
from ui.screens.closing.asked import Exports


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWish:
    """The file a person wants."""

    session: str = ""
    kind: str = "credit"
    format: str = "ods"
    columns: str = "default"
    encoding: str = "utf-8-sig"
    language: Language = "zh"


class FilesViewModel(QObject):
    """Checks and writes files.

    Signals:
        checked: the problems found for the wish on screen (tuple of ExportProblem).
        file_written: an ExportReport.
        profiles_loaded: (name, title) of the column profiles of the wished kind.
    """

    checked = Signal(tuple)
    file_written = Signal(object)
    profiles_loaded = Signal(tuple)

    def __init__(self, exports: Exports, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exports = exports
        self._desk = desk
        self.wish = FileWish()

    def load_profiles(self, kind: str) -> None:
        """Fetch the column profiles there are for a kind of file."""
        read = partial(_profiles, kind)
        run, report = self._desk.tasks.run, self._desk.report
        run(self, read, self.profiles_loaded.emit, report, lane="reading")

    def want(self, wish: FileWish) -> None:
        """Check the file a person wants; nothing is written."""
        self.wish = wish
        if wish.session:
            check = partial(self._exports.check, wish.kind, wish.session, wish.columns)
            run, report = self._desk.tasks.run, self._desk.report
            run(self, check, partial(self._on_checked, wish), report, lane="reading")

    def save(self, out: Path) -> None:
        """Write the wished file."""
        wish = self.wish
        write = partial(
            self._exports.export,
            wish.kind,
            wish.session,
            wish.format,
            out,
            columns=wish.columns,
            encoding=wish.encoding,
            language=wish.language,
        )
        self._desk.long_work(
            say(wording.WORK_EXPORT), lambda _report: write(), self._on_written, owner=self
        )

    def _on_checked(self, wish: FileWish, problems: tuple[ExportProblem, ...]) -> None:
        if wish == self.wish:
            self.checked.emit(problems)

    def _on_written(self, report: ExportReport) -> None:
        self.file_written.emit(report)


def _profiles(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, load_profile(kind, name).title) for name in list_profiles(kind))
