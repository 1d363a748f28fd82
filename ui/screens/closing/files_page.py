"""Files of a session: choose, see what is odd, save."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from app.domain.words import Words
from app.papers.credit_check import ExportProblem
from app.services.exports import ExportReport
from ui.language import say
from ui.screens.closing import sentences, wording
from ui.screens.closing.files_view_model import FilesViewModel, FileWish
from ui.theme import palette
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, combo, label, name_widget, row, show_kind
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

PROBLEMS: tuple[Column[ExportProblem], ...] = (
    Column(
        heading=wording.PROBLEM_ROW,
        text=lambda p: str(p.row) if p.row else "–",
        sort_key=lambda p: p.row or 0,
        is_number=True,
    ),
    Column(
        heading=wording.SEVERITY,
        text=lambda p: say(wording.SEVERITIES[p.severity]),
        sort_key=lambda p: list(wording.SEVERITIES).index(p.severity),
        colour=lambda p: {"block": palette().danger, "warn": palette().caution}.get(p.severity),
    ),
    Column(heading=wording.PROBLEM, text=lambda p: say(p.message)),
)

ENCODING_ROW = 3
LANGUAGE_ROW = 4


class FilesPage(QWidget):
    """Every change of the wish is checked at once; saving is one button."""

    def __init__(self, model: FilesViewModel) -> None:
        super().__init__()
        self._model = model
        self._problems: tuple[ExportProblem, ...] | None = None
        self._report: ExportReport | None = None
        self._session = ""
        self._kinds = wording.FILE_KINDS
        self._kind = ""
        self._form = QFormLayout()
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()
        self._fill()

    def choose_session(self, session: str, *, is_help_day: bool = False) -> None:
        """Offer another session's files; a help day has others."""
        self._session = session
        self._report = None
        kinds = wording.HELP_FILE_KINDS if is_help_day else wording.FILE_KINDS
        if kinds is self._kinds:
            self.wish()
            return
        self._kinds = kinds
        self._fill()

    def wish(self) -> None:
        """Check what is chosen now."""
        wish = FileWish(
            session=self._session,
            kind=str(self.kinds.currentData()),
            format=str(self.formats.currentData()),
            columns=str(self.columns.currentData() or "default"),
            encoding=str(self.encodings.currentData()),
            language="en" if self.languages.currentData() == "en" else "zh",
        )
        self._form.setRowVisible(ENCODING_ROW, wish.format == "csv")
        self._form.setRowVisible(LANGUAGE_ROW, wish.kind in wording.TRANSLATED)
        self.columns.setEnabled(self.columns.count() > 1)
        self.file.setText(str(papers_folder() / f"{wish.kind}-{wish.session}.{wish.format}"))
        self._problems = None
        self._retell()
        self._model.want(wish)

    def _build(self) -> None:
        self.kinds = combo(self._speak, wording.KIND, characters=18)
        self.formats = combo(self._speak, wording.FORMAT, characters=18)
        self.columns = combo(self._speak, wording.COLUMNS, characters=18)
        self.encodings = combo(self._speak, wording.ENCODING, characters=18)
        self.languages = combo(self._speak, wording.FILE_LANGUAGE, characters=18)
        self.file = QLineEdit()
        name_widget(self._speak, self.file, wording.OUT_FILE)
        self.browse_button = button(self._speak, wording.BROWSE, self._browse)
        self.save_button = button(self._speak, wording.SAVE, self._save, kind="primary")
        self.open_button = button(self._speak, wording.OPEN_FILE, self._open)
        self.result = label("good", wraps=True)
        self.check = label("", wraps=True)
        self.problems = RowView(
            RowTable(PROBLEMS, key=lambda p: (p.row, p.kind)), name=wording.CHECK
        )
        self.problems.set_widths((64, 110))
        self.problems.setSortingEnabled(True)

    def _lay_out(self) -> None:
        form = self._form
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for words, field in (
            (wording.KIND, row(self.kinds, None)),
            (wording.FORMAT, row(self.formats, None)),
            (wording.COLUMNS, row(self.columns, None)),
            (wording.ENCODING, row(self.encodings, None)),
            (wording.FILE_LANGUAGE, row(self.languages, None)),
            (wording.OUT_FILE, row(self.file, self.browse_button)),
        ):
            self._add(form, words, field)
        heading = label("heading")
        self._speak(heading.setText, wording.CHECK)
        left = column(card(form, row(self.save_button, None)), self.result)
        left.addLayout(row(self.open_button, None))
        left.addStretch(1)
        right = column(heading, self.check, self.problems)
        inside = row(left, right, space=16)
        inside.setStretch(0, 5)
        inside.setStretch(1, 6)
        inside.setContentsMargins(0, 14, 0, 0)
        self.setLayout(inside)

    def _add(self, form: QFormLayout, words: Words, field: QHBoxLayout) -> None:
        caption = label("muted")
        self._speak(caption.setText, words)
        form.addRow(caption, field)

    def _connect(self) -> None:
        self.kinds.activated.connect(self._on_kind)
        for box in (self.formats, self.columns, self.encodings, self.languages):
            box.activated.connect(self.wish)
        self._model.checked.connect(self._show_problems)
        self._model.file_written.connect(self._show_written)
        self._model.profiles_loaded.connect(self._show_profiles)
        self._speak.language_changed.connect(self._fill)

    def _fill(self) -> None:
        _refill(self.kinds, {key: say(words) for key, words in self._kinds.items()})
        _refill(self.languages, {key: say(words) for key, words in wording.LANGUAGES.items()})
        _refill(self.encodings, {key: say(words) for key, words in wording.ENCODINGS.items()})
        self._on_kind()

    def _on_kind(self) -> None:
        kind = str(self.kinds.currentData())
        names = {key: say(wording.FORMAT_NAMES[key]) for key in wording.FORMATS[kind]}
        if kind != self._kind:  # each kind has its own first choice
            self.formats.clear()
        self._kind = kind
        _refill(self.formats, names)
        self._model.load_profiles(kind)
        self._report = None
        self.wish()

    def _show_profiles(self, profiles: tuple[tuple[str, str], ...]) -> None:
        _refill(self.columns, dict(profiles) or {"default": say(wording.PROFILES["default"])})
        self.columns.setEnabled(self.columns.count() > 1)

    def _show_problems(self, problems: tuple[ExportProblem, ...]) -> None:
        self._problems = problems
        self._retell()

    def _show_written(self, report: ExportReport) -> None:
        self._report = report
        self._retell()

    def _retell(self) -> None:
        found = self._problems or ()
        self.problems.show_rows(found)
        self.problems.setVisible(bool(found))
        words = sentences.problems(len(found)) if found else wording.CHECK_CLEAN
        show_kind(self.check, "caution" if found else "good")
        self.check.setText(say(words) if self._problems is not None else "")
        done = self._report
        self.result.setText(say(sentences.saved(str(done.file), done.rows)) if done else "")
        self.open_button.setVisible(done is not None)

    def _browse(self) -> None:
        ask_save(
            self,
            wording.OUT_FILE,
            wording.ANY_FILE,
            lambda file: self.file.setText(str(file)),
            suggested=Path(self.file.text()),
        )

    def _save(self) -> None:
        self._model.save(Path(self.file.text()))

    def _open(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.file)))


def _refill(box: QComboBox, entries: dict[str, str]) -> None:
    chosen = box.currentData()
    box.clear()
    for key, text in entries.items():
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
