"""What came of an issue: five big answers, and where it is not settled what stood in the way."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.domain.visits import Barrier, Outcome
from ui.language import say
from ui.screens.help_desk import issue_wording as wording
from ui.theme import scaled
from ui.widgets.parts import column, label, row
from ui.widgets.speaker import Speaker

OUTCOMES = tuple(Outcome)
BARRIERS = tuple(Barrier)
_PER_LINE = 4


class OutcomeRow(QWidget):
    """Five choices, one of them or none.

    Signals:
        picked: the `Outcome`.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.buttons = {outcome: self._choice(outcome) for outcome in OUTCOMES}
        self.setLayout(row(*self.buttons.values(), space=4))
        self._speak(self.setAccessibleName, wording.OUTCOME)
        self._speak.language_changed.connect(self._retell)
        self._retell()

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Mark the outcome of an issue."""
        for each, made in self.buttons.items():
            made.setChecked(each is outcome)

    def _choice(self, outcome: Outcome) -> QPushButton:
        made = QPushButton()
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setStyleSheet(
            f"QPushButton {{ padding: {scaled(1)}px {scaled(3)}px; font-size: {scaled(14)}px;"
            f" min-height: {scaled(40)}px; outline: none; }}"
        )
        made.clicked.connect(lambda _checked=False: self.picked.emit(outcome))
        return made

    def _retell(self) -> None:
        for number, (outcome, made) in enumerate(self.buttons.items(), 1):
            made.setText(f"{say(wording.OUTCOMES_SHORT[outcome])}\nAlt+{number}")
            made.setAccessibleName(f"{say(wording.OUTCOMES[outcome])} Alt+{number}")
            made.setToolTip(say(wording.OUTCOMES[outcome]))


class BarrierRow(QWidget):
    """Eight reasons by plain digits: no text is typed here.

    Signals:
        toggled: all `Barrier`s now chosen, as a tuple.
        done: Enter was pressed; the next step comes next.
    """

    toggled = Signal(object)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._speak = Speaker(self)
        heading = label("muted")
        self._speak(heading.setText, wording.BARRIER)
        self.buttons = {barrier: self._choice() for barrier in BARRIERS}
        grid = QGridLayout()
        grid.setSpacing(scaled(4))
        for place, made in enumerate(self.buttons.values()):
            grid.addWidget(made, place // _PER_LINE, place % _PER_LINE)
            grid.setColumnStretch(place % _PER_LINE, 1)
        self.setLayout(column(heading, grid, space=3))
        self._speak.language_changed.connect(self._retell)
        self._retell()

    def enter(self) -> None:
        """Take the focus."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_barriers(self, barriers: Iterable[Barrier]) -> None:
        """Mark the barriers of an issue."""
        chosen = set(barriers)
        for barrier, made in self.buttons.items():
            made.setChecked(barrier in chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle by digit; Enter goes on."""
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= len(BARRIERS):
            self.buttons[BARRIERS[digit - 1]].click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _choice(self) -> QPushButton:
        made = QPushButton()
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setStyleSheet(
            f"QPushButton {{ padding: {scaled(1)}px; font-size: {scaled(13)}px; outline: none; }}"
        )
        made.clicked.connect(lambda _checked=False: self._tell())
        return made

    def _tell(self) -> None:
        chosen = tuple(each for each, made in self.buttons.items() if made.isChecked())
        self.toggled.emit(chosen)

    def _retell(self) -> None:
        for number, (barrier, made) in enumerate(self.buttons.items(), 1):
            made.setText(f"{number} {say(wording.BARRIERS[barrier])}")
