"""Who may sign in at the desks of this event, and when a desk locks itself."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QWidget

from app.domain.errors import InvalidInput
from app.domain.staff import LONGEST_PIN, ROLE_WORDS, Role, StaffMember
from app.domain.words import Words
from ui.errors import describe_error
from ui.language import say
from ui.office import Preferences
from ui.preferences import IDLE_MINUTES
from ui.screens.event import staff_wording as wording
from ui.screens.event.staff_view_model import StaffViewModel
from ui.theme import palette, scaled
from ui.widgets.parts import button, card, column, combo, label, name_widget, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

_COLUMNS: tuple[Column[StaffMember], ...] = (
    Column(heading=wording.NAME, text=lambda member: member.name),
    Column(heading=wording.ROLE, text=lambda member: say(ROLE_WORDS[member.role])),
    Column(
        heading=wording.STATE,
        text=lambda member: say(wording.WORKS if member.active else wording.GONE),
        colour=lambda member: palette().good if member.active else palette().muted,
    ),
)
_FORM_WIDTH = 380


class StaffPage(QWidget):
    """The list at the left, one form for adding and changing at the right."""

    def __init__(self, model: StaffViewModel, preferences: Preferences) -> None:
        super().__init__()
        self._model = model
        self._preferences = preferences
        self._shown: StaffMember | None = None
        self._speak = Speaker(self)
        self._build_list()
        form = self._build_form()
        body = row(self.list, form, space=16)
        body.setStretch(0, 1)
        whole = column(self._build_lock(), body, space=12)
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, scaled(14), 0, 0)
        self.setLayout(whole)
        self._connect()
        self.show_member(None)

    def load(self) -> None:
        """Read everybody again."""
        self._model.load()

    def show_member(self, member: StaffMember | None) -> None:
        """Show somebody to change, or an empty form for somebody new."""
        self._shown = member
        self.name.setText(member.name if member else "")
        self.roles.setCurrentIndex(self.roles.findData(member.role if member else Role.DOOR))
        self.active.setChecked(member.active if member else True)
        self.active.setVisible(member is not None)
        self.pin.clear()
        self.again.clear()
        self._say_problem("")
        self._retell()

    def save(self) -> None:
        """Keep what the form says."""
        if self.pin.text() != self.again.text():
            self._say_problem(say(wording.PINS_DIFFER))
            self.again.setFocus()
            return
        role = Role(self.roles.currentData())
        if self._shown is None:
            self._model.add(self.name.text(), role, self.pin.text())
            return
        after = replace(
            self._shown, name=self.name.text().strip(), role=role, active=self.active.isChecked()
        )
        self._model.change(self._shown, after, self.pin.text())

    def _build_list(self) -> None:
        self.list = RowView(RowTable(_COLUMNS, key=lambda m: m.id), name=wording.LIST, stretch=0)
        self.list.set_widths((0, 160, 120))
        self.list.set_empty_note(wording.EMPTY)

    def _build_form(self) -> QFrame:
        self.heading = label("heading")
        self.name = self._field(wording.NAME)
        self.roles = combo(self._speak, wording.ROLE)
        for role in Role:
            self.roles.addItem(say(ROLE_WORDS[role]), role)
        self.pin, self.again = self._field(wording.PIN), self._field(wording.PIN_AGAIN)
        for field in (self.pin, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaxLength(LONGEST_PIN)
        self.active = QCheckBox()
        self._speak(self.active.setText, wording.WORKS)
        self.pin_note = label("muted", wraps=True)
        self.problem = label("danger", wraps=True)
        save = button(self._speak, wording.SAVE, self.save, kind="primary")
        self.another = button(self._speak, wording.ADD_ANOTHER, self._start_anew)
        form = card(
            self.heading,
            self._caption(wording.NAME),
            self.name,
            self._caption(wording.ROLE),
            self.roles,
            self._caption(wording.PIN),
            self.pin,
            self.again,
            self.pin_note,
            self.active,
            self.problem,
            row(save, self.another, None, space=8),
            None,
            space=6,
        )
        form.setFixedWidth(scaled(_FORM_WIDTH))
        return form

    def _build_lock(self) -> QWidget:
        explained = label("muted", wraps=True)
        self._speak(explained.setText, wording.EXPLAINED)
        self.idle = combo(self._speak, wording.IDLE, characters=10)
        self._fill_idle()
        line = row(explained, self._caption(wording.IDLE), self.idle, space=12)
        line.setStretch(0, 1)
        made = QWidget()
        made.setLayout(line)
        return made

    def _fill_idle(self) -> None:
        self.idle.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.idle.clear()
        for minutes in IDLE_MINUTES:
            self.idle.addItem(say(wording.minutes(minutes)), minutes)
        self.idle.setCurrentIndex(self.idle.findData(self._preferences.idle_minutes()))
        self.idle.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _field(self, words: Words) -> QLineEdit:
        field = QLineEdit()
        name_widget(self._speak, field, words)
        return field

    def _caption(self, words: Words) -> QWidget:
        caption = label("muted")
        self._speak(caption.setText, words)
        return caption

    def _connect(self) -> None:
        self._model.staff_loaded.connect(self._show_staff)
        self._model.saved.connect(self._on_saved)
        self._model.refused.connect(self._on_refused)
        self.list.row_selected.connect(self.show_member)
        self.idle.currentIndexChanged.connect(
            lambda _at: self._preferences.set_idle_minutes(self.idle.currentData())
        )
        for field in (self.name, self.pin, self.again):
            field.returnPressed.connect(self.save)
        self._speak.language_changed.connect(self._retell)

    def _show_staff(self, staff: tuple[StaffMember, ...]) -> None:
        self.list.show_rows(staff)

    def _start_anew(self) -> None:
        self.list.clearSelection()
        self.show_member(None)
        self.name.setFocus()

    def _on_saved(self, _member: StaffMember) -> None:
        self._start_anew()

    def _on_refused(self, error: Exception) -> None:
        self._say_problem(describe_error(error).sentence)
        if isinstance(error, InvalidInput) and error.field == "pin":
            self.pin.setFocus()

    def _retell(self) -> None:
        self.heading.setText(say(wording.CHANGE if self._shown else wording.NEW))
        self.pin.setPlaceholderText(say(wording.PIN))
        self.again.setPlaceholderText(say(wording.PIN_AGAIN))
        self.pin_note.setText(say(wording.PIN_KEPT) if self._shown else "")
        self.pin_note.setVisible(self._shown is not None)
        for place, role in enumerate(Role):
            self.roles.setItemText(place, say(ROLE_WORDS[role]))
        for place, minutes in enumerate(IDLE_MINUTES):
            self.idle.setItemText(place, say(wording.minutes(minutes)))

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
