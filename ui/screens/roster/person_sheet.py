"""One person as a page of the Roster place: data to change, every fact, who may be the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import InvalidInput
from app.domain.facts import PersonId
from app.domain.people import id_tail
from app.domain.person_changes import FIELD_WORDS
from app.services.persons import HistoryLine
from ui.dates import clock_time, date_and_time
from ui.errors import describe_error
from ui.language import say
from ui.screens.roster import sheet_wording as wording
from ui.screens.roster.person_sheet_model import Alike, PersonPage, PersonSheetModel
from ui.theme import scaled
from ui.widgets.parts import button, card, column, label, name_widget, row
from ui.widgets.reason_bar import ReasonBar
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

_FORM_WIDTH = 380
_HISTORY: tuple[Column[HistoryLine], ...] = (
    Column(heading=wording.WHEN, text=lambda line: date_and_time(line.at)),
    Column(heading=wording.WHAT, text=lambda line: say(line.text)),
    Column(
        heading=wording.DETAILS,
        text=lambda line: "；".join(f"{say(name)} {text}" for name, text in line.details),
    ),
    Column(heading=wording.WHO, text=lambda line: line.actor),
    Column(heading=wording.WHY, text=lambda line: line.reason),
)
_ALIKE: tuple[Column[Alike], ...] = (
    Column(heading=wording.NAME, text=lambda other: other.name),
    Column(heading=wording.UNIT, text=lambda other: other.unit),
    Column(heading=wording.SIGNS, text=lambda other: say(other.why)),
)


class PersonSheet(QWidget):
    """Form at the left; at the right the history over those alike.

    Signals:
        closed: back to the list.
    """

    closed = Signal()

    def __init__(self, model: PersonSheetModel) -> None:
        super().__init__()
        self._model = model
        self._page: PersonPage | None = None
        self._is_binding = False
        self._speak = Speaker(self)
        head = self._build_head()
        body = row(self._build_form(), self._build_right(), space=16)
        body.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addLayout(body, 1)
        self._connect()

    def open_person(self, person_id: PersonId) -> None:
        """Show somebody."""
        self._page = None
        if self._is_binding:
            self._toggle_binding()
        self._say_problem("")
        self.reason_bar.leave()
        self._model.load(person_id)
        self.fields["name"].setFocus()

    def reload(self) -> None:
        """Read the same person again; what is being typed stays."""
        if self._page is not None and not self._changes():
            self._model.load(self._page.person.id)

    def save(self) -> None:
        """Record what differs from what is known."""
        if self._page is not None:
            self._say_problem("")
            self._model.amend(self._page.person, self._changes(), self.why.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc; a question that is open takes its own first."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build_head(self) -> QVBoxLayout:
        self.name, self.unit = label("title"), label("muted")
        back = button(self._speak, wording.BACK, self.closed.emit)
        self.carries = label("muted")
        self.bind_button = button(self._speak, wording.BIND, self._toggle_binding)
        line = row(back, self.name, self.unit, None, self.carries, self.bind_button, space=12)
        return column(line)

    def take_scan(self, text: str) -> bool:
        """Bind a card where one was asked for; everything else goes to the door."""
        if not self._is_binding or self._page is None:
            return False
        self._toggle_binding()
        self._say_problem("")
        self._model.bind_card(self._page.person, text)
        return True

    def _toggle_binding(self) -> None:
        self._is_binding = not self._is_binding and self._page is not None
        self.bind_button.setText(say(wording.BIND_NOW if self._is_binding else wording.BIND))

    def _build_form(self) -> QFrame:
        heading = label("heading")
        self._speak(heading.setText, wording.DATA)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.fields: dict[str, QLineEdit] = {}
        for name, words in FIELD_WORDS.items():
            field = self.fields[name] = QLineEdit()
            name_widget(self._speak, field, words)
            caption = label("muted")
            self._speak(caption.setText, words)
            form.addRow(caption, field)
        self.why = QLineEdit()
        name_widget(self._speak, self.why, wording.REASON)
        self._speak(self.why.setPlaceholderText, wording.REASON)
        self.problem = label("danger", wraps=True)
        self.save_button = button(self._speak, wording.SAVE, self.save, kind="primary")
        made = card(heading, form, self.why, self.problem, row(self.save_button, None), None)
        made.setFixedWidth(scaled(_FORM_WIDTH))
        return made

    def _build_right(self) -> QVBoxLayout:
        history, same = label("heading"), label("heading")
        self._speak(history.setText, wording.HISTORY)
        self._speak(same.setText, wording.SAME)
        self.history = RowView(
            RowTable(_HISTORY, key=lambda line: line.fact_id), name=wording.HISTORY, stretch=2
        )
        self.history.set_widths((190, 240, 0, 90, 130))
        self.alike = RowView(
            RowTable(_ALIKE, key=lambda other: other.id), name=wording.SAME, stretch=2
        )
        self.alike.set_widths((110, 180, 0))
        self.alike.set_empty_note(wording.NOBODY_ALIKE)
        self.alike.setMaximumHeight(scaled(150))
        self.merge_button = button(self._speak, wording.MERGE, self._ask_merge)
        self.separate_button = button(self._speak, wording.SEPARATE, self._ask_separate)
        self.reason_bar = ReasonBar()
        acts = row(same, None, self.merge_button, self.separate_button)
        right = column(history, self.history, acts, self.alike, self.reason_bar, space=8)
        right.setStretch(1, 1)
        return right

    def _connect(self) -> None:
        self._model.loaded.connect(self._show)
        self._model.refused.connect(self._on_refused)
        self.alike.row_selected.connect(lambda _row: self._show_acts())
        self.reason_bar.reason_given.connect(self._on_reason)
        self.reason_bar.put_off.connect(self.alike.setFocus)
        for field in (*self.fields.values(), self.why):
            field.returnPressed.connect(self.save)
        self._speak.language_changed.connect(self._retell)

    def _show(self, page: PersonPage) -> None:
        is_other = self._page is None or self._page.person.id != page.person.id
        self._page = page
        self.history.show_rows(page.history[::-1])
        self.alike.show_rows(page.alike)
        for name, field in self.fields.items():
            field.setText("" if name == "id_number" else getattr(page.person.data, name))
        self.fields["unit_text"].setText(page.person.unit)
        self.why.clear()
        if is_other:
            self.alike.select_place(0)
        self._retell()
        self._show_acts()

    def _retell(self) -> None:
        if self._page is None:
            return
        person = self._page.person
        self.name.setText(person.data.name)
        told, where = f"{person.unit}　{person.data.title}", person.where
        if where is not None:
            since = clock_time(where.since)
            told += "　" + say(wording.is_in(where.session.upper(), since, where.station))
        self.unit.setText(told)
        carried = [badge.sort for badge in person.badges if badge.revoked_at is None]
        cards = carried.count("card")
        self.carries.setText(say(wording.carries(len(carried) - cards, cards)))
        tail = id_tail(person.data.id_number)
        told = say(wording.id_kept(tail)) if tail else ""
        self.fields["id_number"].setPlaceholderText(told)

    def _changes(self) -> dict[str, str]:
        if self._page is None:
            return {}
        person = self._page.person
        known = {name: getattr(person.data, name) for name in self.fields}
        known |= {"id_number": "", "unit_text": person.unit}
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        return {name: text for name, text in typed.items() if text != known[name]}

    def _show_acts(self) -> None:
        other: Alike | None = self.alike.current_row()
        self.merge_button.setEnabled(other is not None and not other.is_merged)
        self.separate_button.setVisible(other is not None and other.is_merged)

    def _ask_merge(self) -> None:
        self.reason_bar.ask("merge", wording.MERGE_WHY, wording.REASONS_MERGE)

    def _ask_separate(self) -> None:
        self.reason_bar.ask("separate", wording.SEPARATE_WHY, wording.REASONS_SEPARATE)

    def _on_reason(self, what: str, reason: str) -> None:
        other: Alike | None = self.alike.current_row()
        if other is not None and self._page is not None:
            act = self._model.merge if what == "merge" else self._model.separate
            act(self._page.person, other, reason)

    def _on_refused(self, error: Exception) -> None:
        self._say_problem(describe_error(error).sentence)
        if isinstance(error, InvalidInput) and error.field in self.fields:
            self.fields[error.field].setFocus()

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
