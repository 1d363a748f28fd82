"""Day, consultant and desk sign beside the pages' names: who acts here, always in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.help_desk import Consultant
from app.domain.visits import Seat
from app.services.summaries import SessionSummary
from ui.dates import short_date
from ui.screens.help_desk import wording
from ui.screens.help_desk.seat import SeatState
from ui.theme import scaled, text_scale
from ui.widgets.elided_combo import ElidedCombo
from ui.widgets.parts import label, name_widget, row
from ui.widgets.speaker import Speaker

LARGE_TEXT = 1.25


class SeatBar(QWidget):
    """Three small fields over the SeatState; a name nobody has yet makes a new consultant."""

    def __init__(self, seat: SeatState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self._show_days(seat.days)
        self._show_people(seat.consultants)
        self._show_seat(seat.current)

    def ask_who(self) -> None:
        """Put the focus where the consultant says who is sitting here."""
        self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field = self.people.lineEdit()
        if field is not None:
            field.selectAll()

    def _build(self) -> None:
        self.days = ElidedCombo()
        self.days.setMinimumContentsLength(13)
        self.people = QComboBox()
        self.people.setEditable(True)
        self.people.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.people.setMinimumContentsLength(8)
        self.people.setMaximumWidth(scaled(190))
        self.sign = QLineEdit()
        self.sign.setMaxLength(4)
        self.sign.setFixedWidth(scaled(58))
        for field, words in (
            (self.days, wording.DAY),
            (self.people, wording.WHO_AM_I),
            (self.sign, wording.DESK_SIGN),
        ):
            name_widget(self._speak, field, words)
            self._speak(field.setToolTip, words)
        line = self.people.lineEdit()
        if line is not None:
            self._speak(line.setPlaceholderText, wording.WHO_HINT)
        me, desk = label("muted"), label("muted")
        self._speak(me.setText, wording.I_AM)
        self._speak(desk.setText, wording.DESK)
        if text_scale() >= LARGE_TEXT:  # no room; the fields say it themselves
            me.hide()
            desk.hide()
        self._speak(self.sign.setPlaceholderText, wording.DESK)
        inside = row(self.days, me, self.people, desk, self.sign, space=6)
        inside.setContentsMargins(0, 0, 0, scaled(4))
        self.setLayout(inside)

    def _connect(self) -> None:
        self._seat.days_changed.connect(self._show_days)
        self._seat.consultants_changed.connect(self._show_people)
        self._seat.changed.connect(self._show_seat)
        self.days.activated.connect(
            lambda _place: self._seat.set_day(str(self.days.currentData() or ""))
        )
        self.people.activated.connect(self._on_person)
        line = self.people.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._on_enter)
            line.editingFinished.connect(self._on_left)
        self.sign.editingFinished.connect(lambda: self._seat.set_desk(self.sign.text()))
        self._speak.language_changed.connect(lambda: self._show_days(self._seat.days))

    def _on_person(self, place: int) -> None:
        self._seat.set_staff(str(self.people.itemData(place) or ""))

    def _typed(self) -> str:
        return " ".join(self.people.currentText().split())

    def _on_enter(self) -> None:
        if self._typed() != self._seat.name_of(self._seat.current.staff):
            self._seat.sit_down_as(self._typed())

    def _on_left(self) -> None:
        """Take a name that is known; half a name that was left is nobody new."""
        known = {one.name: one.id for one in self._seat.consultants if one.active}
        if self._typed() in known:
            self._seat.set_staff(known[self._typed()])
        else:
            self.people.setEditText(self._seat.name_of(self._seat.current.staff))

    def _show_days(self, days: Sequence[SessionSummary]) -> None:
        self.days.clear()
        for day in days:
            self.days.addItem(short_date(day.held_on), day.code)
            self.days.setItemData(self.days.count() - 1, day.title, Qt.ItemDataRole.ToolTipRole)
        self._show_seat(self._seat.current)

    def _show_people(self, people: Sequence[Consultant]) -> None:
        typed = self.people.currentText()
        self.people.clear()
        for one in people:
            if one.active:
                self.people.addItem(one.name, one.id)
        self.people.setCurrentIndex(-1)
        self.people.setEditText(typed)
        self._show_seat(self._seat.current)

    def _show_seat(self, seat: Seat) -> None:
        self.days.setCurrentIndex(self.days.findData(seat.session))
        place = self.people.findData(seat.staff) if seat.staff else -1
        if place >= 0 and place != self.people.currentIndex():
            self.people.setCurrentIndex(place)
        if not self.sign.hasFocus():
            self.sign.setText(seat.desk)
