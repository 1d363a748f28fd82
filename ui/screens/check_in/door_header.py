"""The head of the check-in place: which station, session and direction, and the live numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.domain.scans import StationDirection
from app.domain.words import Words
from app.services.outcomes import Counts, Station
from app.services.summaries import SessionSummary
from ui.language import say
from ui.screens.check_in import wording
from ui.station import LETTERS
from ui.theme import scaled
from ui.widgets.parts import label, name_widget, row
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class DoorHeader(QWidget):
    """Station, session, direction, and three numbers of people.

    Signals:
        letter_picked: the station letter somebody chose.
        direction_picked: the `StationDirection` somebody chose.
    """

    letter_picked = Signal(str)
    direction_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak = Speaker(self)
        self._build_station()
        self._build_directions()
        self.arrived, self.expected, self.present = (label("number") for _ in range(3))
        self._numbers = QWidget()
        self._numbers.setLayout(
            row(
                None,
                self._number(wording.ARRIVED, self.arrived),
                self._number(wording.EXPECTED, self.expected),
                self._number(wording.PRESENT, self.present),
                space=18,
            )
        )
        self._choices = QWidget()
        choices = row(
            self.letters,
            self.sessions,
            row(*self.directions.values(), space=4),
            None,
            space=10,
        )
        choices.setStretch(1, 3)
        self._choices.setLayout(choices)
        self._rows = row(self._choices, self._numbers, space=12)
        self._rows.setStretch(0, 1)
        self.setLayout(self._rows)
        self.show_counts(Counts(expected=0, arrived=0, present=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers below the choices where the text is too large for one row."""
        super().resizeEvent(event)
        needed = self._choices.minimumSizeHint().width() + self._numbers.sizeHint().width()
        way = QBoxLayout.Direction
        is_narrow = self.width() < needed + scaled(12)
        self._rows.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def show_counts(self, counts: Counts) -> None:
        """Show the live numbers."""
        for shown, number in (
            (self.arrived, counts.arrived),
            (self.expected, counts.expected),
            (self.present, counts.present),
        ):
            shown.setText(f"{number:,}")

    def show_station(self, station: Station) -> None:
        """Show the station's letter, session and direction."""
        self.letters.setCurrentIndex(self.letters.findData(station.letter))
        self.sessions.pick(station.session)
        self.directions[station.direction].setChecked(True)

    def show_sessions(self, sessions: Sequence[SessionSummary], station: Station) -> None:
        """Fill the session picker."""
        self.sessions.show_sessions(sessions, prefer=station.session)
        self.show_station(station)

    def _build_station(self) -> None:
        self.letters = QComboBox()
        self.letters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for letter in LETTERS:
            self.letters.addItem("", letter)
        self._name_letters()
        self._speak.language_changed.connect(self._name_letters)
        name_widget(self._speak, self.letters, wording.STATION)
        self._speak(self.letters.setToolTip, wording.STATION_TIP)
        self.letters.activated.connect(
            lambda _place: self.letter_picked.emit(self.letters.currentData())
        )
        self.sessions = SessionPicker()
        self.sessions.setMinimumContentsLength(5)
        self.sessions.setMaximumWidth(scaled(420))
        self.sessions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _name_letters(self) -> None:
        for place, letter in enumerate(LETTERS):
            self.letters.setItemText(place, say(wording.station_named(letter)))

    def _build_directions(self) -> None:
        self.directions = {direction: QPushButton() for direction in StationDirection}
        group = QButtonGroup(self)
        for direction, choice in self.directions.items():
            choice.setCheckable(True)
            choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            group.addButton(choice)
            self._speak(choice.setText, wording.STATION_DIRECTIONS[direction])
            self._speak(choice.setToolTip, wording.DIRECTION_TIP)
            choice.clicked.connect(
                lambda _checked=False, d=direction: self.direction_picked.emit(d)
            )

    def _number(self, words: Words, shown: QLabel) -> QWidget:
        caption = label("muted")
        self._speak(caption.setText, words)
        self._speak(shown.setAccessibleName, words)
        whole = QWidget()
        whole.setLayout(row(caption, shown, space=6))
        return whole
