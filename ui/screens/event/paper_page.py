"""Paper fallback: print the sheet beforehand, type its times afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.services.paper_entry import PaperEntry, PaperLine
from app.services.summaries import SessionSummary
from ui.errors import describe_error
from ui.language import say
from ui.screens.event import ready_wording as wording
from ui.screens.event.paper_view_model import PaperViewModel
from ui.theme import scaled
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, combo, label, name_widget, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was typed; `fate` is empty until it is recorded."""

    number: int
    line: PaperLine
    fate: str = ""


def _clock(pick: Callable[[PaperLine], datetime | None]) -> Callable[[Typed], str]:
    def text(typed: Typed) -> str:
        at = pick(typed.line)
        return f"{at:%H:%M}" if at else "–"

    return text


_COLUMNS: tuple[Column[Typed], ...] = (
    Column(heading=wording.NUMBER_OF, text=lambda typed: typed.line.person.name),
    Column(heading=wording.UNIT, text=lambda typed: typed.line.person.unit),
    Column(heading=wording.CAME, text=_clock(lambda line: line.came_at)),
    Column(heading=wording.LEFT, text=_clock(lambda line: line.left_at)),
    Column(heading=wording.STATE, text=lambda typed: typed.fate or say(wording.WAITING)),
)


class PaperPage(QWidget):
    """One field takes line after line; nothing is recorded before "Record all"."""

    def __init__(self, model: PaperViewModel) -> None:
        super().__init__()
        self._model = model
        self._typed: list[Typed] = []
        self._count = 0
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self._retell()

    def load(self) -> None:
        """Fetch the sessions."""
        self._model.load()

    def take_scan(self, text: str) -> bool:
        """Put a scanned bar code where the number belongs."""
        self.field.setText(f"{text} ")
        self.field.setFocus()
        return True

    def _build(self) -> None:
        self.sessions = SessionPicker()
        page = column(self._build_sheet(), self._build_entry(), space=14)
        page.setStretch(1, 1)
        page.setContentsMargins(0, scaled(4), 0, 0)
        self.setLayout(page)

    def _build_sheet(self) -> QWidget:
        intro = label("muted", wraps=True)
        self._speak(intro.setText, wording.PAPER_INTRO)
        self.units = combo(self._speak, wording.UNIT, characters=14)
        self.by_unit = QCheckBox()
        self._speak(self.by_unit.setText, wording.BY_UNIT)
        self.sheet_button = button(self._speak, wording.MAKE_SHEET, self._save)
        return card(
            intro,
            row(self.sessions, self.units, None),
            row(self.by_unit, self.sheet_button, None),
            space=10,
        )

    def _build_entry(self) -> QWidget:
        heading, why = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.ENTER_HEADING)
        self._speak(why.setText, wording.ENTER_WHY)
        self.field = QLineEdit()
        self._speak(self.field.setPlaceholderText, wording.LINE)
        name_widget(self._speak, self.field, wording.LINE)
        self.problem = label("danger", wraps=True)
        self.list = RowView(
            RowTable(_COLUMNS, key=lambda typed: typed.number), name=wording.LINES, stretch=1
        )
        self.list.set_widths((140, 0, 80, 80, 160))
        self.list.set_empty_note(wording.LINES_EMPTY)
        self.back_button = button(self._speak, wording.TAKE_BACK, self._take_back)
        self.record_button = button(self._speak, wording.RECORD, self._record, kind="primary")
        made = card(
            heading,
            why,
            self.field,
            self.problem,
            self.list,
            row(self.record_button, self.back_button, None),
            space=8,
        )
        made.layout().setStretch(4, 1)  # type: ignore[union-attr]
        return made

    def _connect(self) -> None:
        self._model.sessions_loaded.connect(self._show_sessions)
        self._model.units_loaded.connect(self._show_units)
        self._model.line_read.connect(self._take_line)
        self._model.line_refused.connect(self._refuse_line)
        self._model.entered.connect(self._show_entered)
        self.sessions.session_picked.connect(self._on_session)
        self.field.returnPressed.connect(self._read)
        self._speak.language_changed.connect(self._retell)

    def _show_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions.show_sessions(sessions)
        if self.sessions.session():
            self._model.load_units(self.sessions.session())

    def _on_session(self, session: str) -> None:
        self._typed = []  # a line belongs to the session it was typed for
        self._model.load_units(session)
        self._retell()

    def _show_units(self, units: tuple[str, ...]) -> None:
        self.units.clear()
        self.units.addItem(say(wording.ALL_UNITS), "")
        for unit in units:
            self.units.addItem(unit, unit)

    def _read(self) -> None:
        if self.field.text().strip():
            self._model.read_line(self.sessions.session(), self.field.text())

    def _take_line(self, line: PaperLine) -> None:
        self._count += 1
        self._typed.insert(0, Typed(self._count, line))
        self.field.clear()
        self._say_problem("")
        self._retell()

    def _refuse_line(self, error: Exception) -> None:
        told = describe_error(error)
        self._say_problem(told.sentence)
        self.field.selectAll()

    def _take_back(self) -> None:
        chosen = self.list.current_row()
        self._typed = [typed for typed in self._typed if typed is not chosen]
        self._retell()
        self.field.setFocus()

    def _record(self) -> None:
        waiting = [typed.line for typed in reversed(self._typed) if not typed.fate]
        if waiting:
            self._model.enter(self.sessions.session(), waiting)

    def _show_entered(self, entries: tuple[PaperEntry, ...]) -> None:
        fates: dict[str, list[str]] = {}
        for entry in entries:
            words = say(wording.FATES[entry.fate.value])
            fates.setdefault(entry.person.id, []).append(words)
        self._typed = [
            typed if typed.fate else Typed(typed.number, typed.line, _told(fates, typed))
            for typed in self._typed
        ]
        self._retell()
        self.field.setFocus()

    def _retell(self) -> None:
        self.list.show_rows(tuple(self._typed))
        self.record_button.setEnabled(any(not typed.fate for typed in self._typed))
        self.back_button.setEnabled(bool(self._typed))
        self.problem.setVisible(bool(self.problem.text()))
        if self.units.count():
            self.units.setItemText(0, say(wording.ALL_UNITS))

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _save(self) -> None:
        session, unit = self.sessions.session(), str(self.units.currentData() or "")
        ask_save(
            self,
            wording.SAVE_AS,
            wording.PDF_FILTER,
            lambda file: self._model.write_sheet(
                session, file, unit, by_unit=self.by_unit.isChecked()
            ),
            suggested=papers_folder() / f"paper-{session}.pdf",
        )


def _told(fates: dict[str, list[str]], typed: Typed) -> str:
    return "・".join(dict.fromkeys(fates.get(typed.line.person.id, [])))
