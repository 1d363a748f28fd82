"""One follow-up: what it is about, and its fields; leaving a field keeps it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.help_desk import Consultant, FollowupState
from app.domain.words import Words
from app.services.followups_views import BACK, FollowupLine
from ui.dates import short_date
from ui.language import say
from ui.screens.help_desk import followups_wording as wording
from ui.screens.help_desk.solutions_lines import headed
from ui.theme import scaled
from ui.widgets.parts import column, combo, label, name_widget, row, scrolling
from ui.widgets.speaker import Speaker


class LeftText(QPlainTextEdit):
    """A few lines of text that are kept when one leaves them, or with Ctrl+Enter.

    Signals:
        left: the text may be kept now.
    """

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(scaled(20 * lines + 18))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Ctrl+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FollowupDetail(QFrame):
    """Shows a line and lets one change it.

    Signals:
        changed: the follow-up's id, the field's name and its new value.
    """

    changed = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._line: FollowupLine | None = None
        self._names: dict[str, str] = {}
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self._build()
        self._lay_out()
        self.show_line(None)

    @property
    def followup_id(self) -> str:
        """The id of what is shown."""
        return self._line.followup.id if self._line is not None else ""

    def show_line(self, line: FollowupLine | None) -> None:
        """Show a follow-up; a field one is in and has changed stays as typed."""
        is_same = line is not None and line.followup.id == self.followup_id
        self._line = line
        self.hint.setVisible(line is None)
        self.inside.setVisible(line is not None)
        if line is None:
            return
        fields: dict[str, QLineEdit | LeftText] = {**self.lines, **self.texts}
        for name, field in fields.items():
            value = getattr(line.followup, name)
            if not (is_same and field.hasFocus()):
                _put(field, short_date(line.due_on) if name == "due_on" and line.due_on else value)
        self._show_owner(line.followup.owner)
        self._retell()

    def show_consultants(self, people: Sequence[Consultant]) -> None:
        """Offer the consultants as owners."""
        self._names = {person.id: person.name for person in people}
        self.owner.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.owner.clear()
        self.owner.addItem(say(wording.NOBODY), "")
        for person_id, name in self._names.items():
            self.owner.addItem(name, person_id)
        self.owner.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._show_owner(self._line.followup.owner if self._line else "")

    def focus_answer(self) -> None:
        """Put the keys where the answer is typed."""
        self.texts["answer"].setFocus()

    def _build(self) -> None:
        self.hint = label("muted", wraps=True)
        self._speak(self.hint.setText, wording.PICK_ONE)
        self.title = label("heading", wraps=True)
        self.about = label(wraps=True)
        self.tell = label("caution", wraps=True)
        self._speak(self.tell.setText, wording.TELL_SCHOOL)
        names = {
            "vendor": wording.VENDOR,
            "due_on": wording.DUE,
            "reference": wording.REFERENCE,
            "contact": wording.CONTACT,
        }
        self.lines = {name: self._line_edit(name, words) for name, words in names.items()}
        self._speak(self.lines["due_on"].setPlaceholderText, wording.DUE_HINT)
        self.texts = {
            "note": self._text_edit("note", wording.NOTE, 2),
            "answer": self._text_edit("answer", wording.ANSWER, 3),
        }
        self.owner: QComboBox = combo(self._speak, wording.OWNER)
        self.owner.addItem(say(wording.NOBODY), "")
        self.owner.activated.connect(lambda _place: self._tell("owner", self.owner.currentData()))
        self.states = {key: self._state_button(state, words) for key, state, words in wording.KEYS}

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(scaled(6))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        named: tuple[tuple[Words, QWidget], ...] = (
            (wording.VENDOR, self.lines["vendor"]),
            (wording.OWNER, self.owner),
            (wording.DUE, self.lines["due_on"]),
            (wording.REFERENCE, self.lines["reference"]),
            (wording.CONTACT, self.lines["contact"]),
            (wording.NOTE, self.texts["note"]),
            (wording.ANSWER, self.texts["answer"]),
        )
        for words, field in named:
            head = label("muted", wraps=True)
            self._speak(head.setText, words)
            form.addRow(head, field)
        states = list(self.states.values())
        self.inside = QWidget()
        top = column(self.title, self.about, self.tell, form, None, space=8)
        content = QWidget()
        content.setLayout(top)
        self.inside.setLayout(
            column(scrolling(content), row(*states[:3], space=6), row(*states[3:], None, space=6))
        )
        layout = column(self.hint, self.inside)
        layout.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.setLayout(layout)

    def _line_edit(self, name: str, words: Words) -> QLineEdit:
        field = QLineEdit()
        name_widget(self._speak, field, words)
        field.editingFinished.connect(lambda: self._keep(name, field.text(), field))
        return field

    def _text_edit(self, name: str, words: Words, lines: int) -> LeftText:
        field = LeftText(lines)
        name_widget(self._speak, field, words)
        field.left.connect(lambda: self._keep(name, field.toPlainText(), field))
        return field

    def _state_button(self, state: FollowupState, words: Words) -> QPushButton:
        made = QPushButton()
        self._speak(made.setText, words)
        made.clicked.connect(lambda _checked=False: self._tell("state", state))
        return made

    def _keep(self, name: str, text: str, field: QLineEdit | LeftText) -> None:
        if self._line is None:
            return
        before = getattr(self._line.followup, name)
        shown = short_date(self._line.due_on) if name == "due_on" and self._line.due_on else before
        if text.strip() != shown.strip():
            self._tell(name, text)
        else:
            _put(field, shown)

    def _tell(self, name: str, value: object) -> None:
        if self._line is not None:
            self.changed.emit(self._line.followup.id, name, value)

    def _show_owner(self, owner: str) -> None:
        self.owner.setCurrentIndex(max(0, self.owner.findData(owner)))

    def _retell(self) -> None:
        self.owner.setItemText(0, say(wording.NOBODY))
        line = self._line
        if line is None:
            return
        parts = (line.ticket, line.unit_text, say(wording.STATES[line.followup.state]))
        self.title.setText(" · ".join(part for part in parts if part))
        about = ((wording.SYMPTOM, line.symptom), (wording.STEPS, line.steps))
        self.about.setText("\n".join(headed(words, text) for words, text in about if text))
        self.tell.setVisible(line.followup.state in BACK)


def _put(field: QLineEdit | LeftText, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    elif field.toPlainText() != text:
        field.setPlainText(text)
