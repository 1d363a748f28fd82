"""Badge sheets of a session, as a PDF for any printer."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.domain.words import Words
from app.services.events import SessionSummary
from ui.language import say
from ui.screens.event import sentences, wording
from ui.screens.event.badges_view_model import BadgesViewModel, PrintedSheets
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, combo, label, name_widget, row
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class BadgesPage(QWidget):
    """Choose a session and a layout, make the PDF, see which names to look at."""

    def __init__(self, model: BadgesViewModel) -> None:
        super().__init__()
        self._model = model
        self._printed: PrintedSheets | None = None
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load_sessions()

    def _build(self) -> None:
        self.intro = label("muted", wraps=True)
        self._speak(self.intro.setText, wording.BADGES_INTRO)
        self.sessions = SessionPicker()
        self.layouts = combo(self._speak, wording.LAYOUT, characters=30)
        self.file = QLineEdit()
        name_widget(self._speak, self.file, wording.OUT_FILE)
        self.browse_button = button(self._speak, wording.BROWSE, self._browse)
        self.make_button = button(self._speak, wording.MAKE_SHEETS, self._make, kind="primary")
        self.open_button = button(self._speak, wording.OPEN_FILE, self._open_file)
        self.empty = label("caution", wraps=True)
        self._speak(self.empty.setText, wording.BADGES_EMPTY)
        self.result = label("good", wraps=True)
        self.warnings = label("caution", wraps=True)
        self._fill_layouts()
        self._lay_out()
        self._show_result()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        self._add(form, wording.COLUMN_TITLE, row(self.sessions, None))
        self._add(form, wording.LAYOUT, row(self.layouts, None))
        self._add(form, wording.OUT_FILE, row(self.file, self.browse_button))
        inside = column(
            card(self.intro, form, self.empty, row(self.make_button, None), space=14),
            row(self.result, self.open_button, None),
            self.warnings,
            None,
            space=12,
        )
        inside.setContentsMargins(0, 14, 0, 0)
        self.setLayout(inside)

    def _add(self, form: QFormLayout, words: Words, field: object) -> None:
        caption = label("muted")
        self._speak(caption.setText, words)
        form.addRow(caption, field)  # type: ignore[call-overload]

    def _connect(self) -> None:
        self._model.sessions_loaded.connect(self._show_sessions)
        self._model.sheets_printed.connect(self._show_printed)
        self.sessions.session_picked.connect(self._suggest_file)
        self._speak.language_changed.connect(self._fill_layouts)
        self._speak.language_changed.connect(self._show_result)

    def _fill_layouts(self) -> None:
        chosen = self.layouts.currentData()
        self.layouts.clear()
        for name, words in wording.LAYOUTS.items():
            self.layouts.addItem(say(words), name)
        self.layouts.setCurrentIndex(max(0, self.layouts.findData(chosen)))

    def _suggest_file(self, session: str) -> None:
        self.file.setText(str(papers_folder() / f"badges-{session}.pdf"))
        self._show_readiness()

    def _show_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions.show_sessions(sessions)
        self._show_readiness()  # the same session may have a roster now

    def _show_readiness(self) -> None:
        summary = self.sessions.summary()
        has_people = summary is not None and summary.roster_size > 0
        self.empty.setVisible(not has_people)
        self.make_button.setEnabled(has_people)

    def _browse(self) -> None:
        ask_save(
            self,
            wording.OUT_FILE,
            wording.PDF_FILTER,
            lambda file: self.file.setText(str(file)),
            suggested=Path(self.file.text()),
        )

    def _make(self) -> None:
        layout = str(self.layouts.currentData())
        self._model.print_sheets(self.sessions.session(), Path(self.file.text()), layout)

    def _show_printed(self, printed: PrintedSheets) -> None:
        self._printed = printed
        self._show_result()

    def _show_result(self) -> None:
        done = self._printed
        self.open_button.setVisible(done is not None)
        told = f"✓ {say(sentences.sheets_made(done.badges, str(done.file)))}" if done else ""
        self.result.setText(told)
        lines = [f"⚠ {say(words)}" for words in done.warnings] if done else []
        self.warnings.setText("\n".join(lines))

    def _open_file(self) -> None:
        if self._printed is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._printed.file)))
