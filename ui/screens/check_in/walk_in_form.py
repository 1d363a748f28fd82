"""The walk-in form: unit by one or two characters, name, title, perhaps an ID number.

It is never modal: a scan meanwhile goes to the panel, and the form keeps what was typed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import InvalidInput
from app.domain.people import Unit
from app.domain.words import Words
from app.services.cards import PersonCard
from app.services.outcomes import WalkIn
from ui.errors import describe_error
from ui.language import say
from ui.screens.check_in import wording
from ui.screens.check_in.check_in_view_model import CheckInViewModel
from ui.screens.check_in.entries import card_entry, unit_entry
from ui.widgets.parts import button, column, label, row
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList


class WalkInForm(QWidget):
    """Four fields, units and similar people listed as one types.

    Signals:
        closed: the form was used or given up.
    """

    closed = Signal()

    def __init__(self, model: CheckInViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._unit: Unit | None = None
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def open(self) -> None:
        """Put the focus where typing starts; what was typed before is still there."""
        first = self.unit_input if not self.unit_input.text() else self.name_input
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def form(self) -> WalkIn:
        """Return what the form says."""
        return WalkIn(
            name=self.name_input.text().strip(),
            unit_text=self.unit_input.text().strip(),
            unit_id=self._unit.id if self._unit else None,
            title=self.title_input.text().strip(),
            id_number=self.id_input.text().strip(),
        )

    def clear(self) -> None:
        """Empty the form for the next person."""
        for field in (self.unit_input, self.name_input, self.title_input, self.id_input):
            field.clear()
        self._unit = None
        self.units.hide()
        self._show_similar(())
        self._say_problem("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the unit field work on the list below it."""
        if watched is not self.unit_input or self.units.isHidden():
            return False
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.units.move_selection(step)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self.units.pick_current()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Enter goes on to the next field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._save()
            else:
                self._go_on()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.unit_input = self._field(wording.UNIT)
        self._speak(self.unit_input.setPlaceholderText, wording.UNIT_HINT)
        self.units: TwoLinesList[Unit] = TwoLinesList(unit_entry)
        self.units.setMaximumHeight(220)
        self.units.hide()
        self.name_input = self._field(wording.NAME)
        self.title_input = self._field(wording.TITLE)
        self.id_input = self._field(wording.ID_NUMBER)
        self.problem = label("danger", wraps=True)
        self.problem.hide()
        self.similar_label = label("caution", wraps=True)
        self._speak(self.similar_label.setText, wording.SIMILAR)
        self.similar: TwoLinesList[PersonCard] = TwoLinesList(card_entry)
        self.similar.setMaximumHeight(170)
        heading = label("heading")
        self._speak(heading.setText, wording.WALK_IN)
        save = button(self._speak, wording.SAVE_WALK_IN, self._save, kind="primary")
        cancel = button(self._speak, wording.CANCEL, self.closed.emit, kind="flat")
        self.setLayout(
            column(
                heading,
                self._caption(wording.UNIT, self.unit_input),
                self.unit_input,
                self.units,
                self._caption(wording.NAME, self.name_input),
                self.name_input,
                self._caption(wording.TITLE, self.title_input),
                self.title_input,
                self._caption(wording.ID_NUMBER, self.id_input),
                self.id_input,
                self.problem,
                self.similar_label,
                self.similar,
                row(save, cancel, space=8),
                None,
                space=4,
            )
        )
        self._show_similar(())

    def _field(self, words: Words) -> QLineEdit:
        field = QLineEdit()
        self._speak(field.setAccessibleName, words)
        return field

    def _caption(self, words: Words, field: QLineEdit) -> QWidget:
        caption = label("muted")
        caption.setBuddy(field)
        self._speak(caption.setText, words)
        return caption

    def _connect(self) -> None:
        self.unit_input.installEventFilter(self)
        self.unit_input.textEdited.connect(self._on_unit_typed)
        self.units.picked.connect(self._on_unit_picked)
        self.name_input.textEdited.connect(self._suggest)
        self.similar.picked.connect(self._on_similar_picked)
        self._model.units_found.connect(self._show_units)
        self._model.similar_found.connect(self._show_similar)
        self._model.walk_in_recorded.connect(self._on_recorded)
        self._model.walk_in_refused.connect(self._on_refused)

    def _on_unit_typed(self, text: str) -> None:
        self._unit = None
        self._model.find_units(text)
        self._suggest()

    def _show_units(self, units: Sequence[Unit]) -> None:
        self.units.show_things(units, select_first=True)
        self.units.setVisible(bool(units) and self._unit is None)
        self.units.setFixedHeight(min(len(units), 4) * self.units.sizeHintForRow(0) + 6)

    def _on_unit_picked(self, unit: Unit) -> None:
        self._unit = unit
        self.unit_input.setText(unit.name)
        self.units.hide()
        self.name_input.setFocus(Qt.FocusReason.TabFocusReason)
        self._suggest()

    def _suggest(self) -> None:
        self._model.suggest_similar(self.form())

    def _show_similar(self, cards: Sequence[PersonCard]) -> None:
        self.similar.show_things(cards)
        self.similar_label.setVisible(bool(cards))
        self.similar.setVisible(bool(cards))
        if cards:
            self.similar.setFixedHeight(min(len(cards), 3) * self.similar.sizeHintForRow(0) + 6)

    def _on_similar_picked(self, card: PersonCard) -> None:
        self._model.scan_person(card.id)
        self._on_recorded()

    def _go_on(self) -> None:
        if self.id_input.hasFocus():
            self._save()
        else:
            self.focusNextChild()

    def _save(self) -> None:
        form = self.form()
        missing = wording.UNIT_MISSING if not form.unit_text else wording.NAME_MISSING
        if not form.unit_text or not form.name:
            self._say_problem(say(missing))
            (self.name_input if form.unit_text else self.unit_input).setFocus()
            return
        self._say_problem("")
        self._model.walk_in(form)

    def _on_recorded(self) -> None:
        self.clear()
        self.closed.emit()

    def _on_refused(self, error: Exception) -> None:
        self._say_problem(describe_error(error).sentence)
        fields = {"name": self.name_input, "unit_text": self.unit_input, "id_number": self.id_input}
        if isinstance(error, InvalidInput) and error.field in fields:
            fields[error.field].setFocus()

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
