"""On duty, on a break, away, off: one key for the consultant chosen, and the periods so far."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.help_desk import DutyPeriod, DutyState
from app.services.visit_views import ConsultantLoad
from ui.language import say
from ui.screens.help_desk import people_wording as wording
from ui.screens.help_desk.people_rows import period_lines
from ui.theme import scaled
from ui.widgets.parts import button, column, label, name_widget, row
from ui.widgets.speaker import Speaker

ORDER = (DutyState.ON, DutyState.BREAK, DutyState.AWAY, DutyState.OFF)
"""The order of the keys 1 to 4."""


class DutyBar(QWidget):
    """Acts on whoever is chosen in the list.

    Signals:
        duty_wanted: the `DutyState` and the desk's sign.
    """

    duty_wanted = Signal(object, str)

    def __init__(self, clock: Callable[[int], str]) -> None:
        super().__init__()
        self._clock = clock
        self._load: ConsultantLoad | None = None
        self._periods: tuple[DutyPeriod, ...] = ()
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._show)

    def show_load(self, load: ConsultantLoad | None, periods: Sequence[DutyPeriod]) -> None:
        """Show whose duty is changed here."""
        is_other = self._load is None or load is None or self._load.consultant != load.consultant
        self._load, self._periods = load, tuple(periods)
        if load is not None and (is_other or not self.desk.hasFocus()):
            self.desk.setText(load.desk or (self.desk.text() if not is_other else ""))
        self._show()

    def press(self, place: int) -> None:
        """Change the duty of whoever is chosen, by the number of the key."""
        if self._load is not None:
            self.duty_wanted.emit(ORDER[place - 1], self.desk.text())

    def _build(self) -> None:
        self.whose = label("heading")
        desk = label("muted")
        self._speak(desk.setText, wording.AT_DESK)
        self.desk = QLineEdit()
        self.desk.setMaxLength(4)
        self.desk.setFixedWidth(scaled(58))
        name_widget(self._speak, self.desk, wording.AT_DESK)
        self.buttons = [
            button(self._speak, wording.duty_button(place, state), partial(self.press, place))
            for place, state in enumerate(ORDER, 1)
        ]
        self.periods = label("muted", wraps=True)
        keys = row(*self.buttons, None, desk, self.desk, space=6)
        self.setLayout(column(self.whose, keys, self.periods, space=6))
        self._show()

    def _show(self) -> None:
        load = self._load
        self.setEnabled(load is not None)
        whose = say(wording.now_on(load.consultant.name, load.state)) if load else ""
        self.whose.setText(whose or say(wording.DUTY))
        staff = load.consultant.id if load else ""
        lines = period_lines(self._periods, staff, self._clock)
        told = "　｜　".join(lines) if lines else say(wording.PERIODS_NONE)
        self.periods.setText(f"{say(wording.PERIODS)}　{told}" if load else "")
        for made, state in zip(self.buttons, ORDER, strict=True):
            made.setCheckable(True)
            made.setChecked(load is not None and load.state is state)
