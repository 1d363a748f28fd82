"""The head of the check-in place: which session and direction, and the live numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QWidget

from app.domain.scans import StationDirection
from app.domain.words import Words
from app.services.outcomes import Counts, Station
from app.services.summaries import SessionSummary
from ui.screens.check_in import wording
from ui.theme import scaled
from ui.widgets.parts import label, row
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class DoorHeader(QWidget):
    """Session, direction, and three numbers of people.

    Signals:
        direction_picked: the `StationDirection` somebody chose.
    """

    direction_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak = Speaker(self)
        self.sessions = SessionPicker()
        self.sessions.setMinimumContentsLength(5)
        self.sessions.setMaximumWidth(scaled(360))
        self.sessions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        self.arrived = label("number")
        self.expected = label("number")
        self.present = label("number")
        layout = row(
            self.sessions,
            row(*self.directions.values(), space=4),
            None,
            self._number(wording.ARRIVED, self.arrived),
            self._number(wording.EXPECTED, self.expected),
            self._number(wording.PRESENT, self.present),
            space=18,
        )
        layout.setStretch(0, 3)
        self.setLayout(layout)
        self.show_counts(Counts(expected=0, arrived=0, present=0))

    def show_counts(self, counts: Counts) -> None:
        """Show the live numbers."""
        for shown, number in (
            (self.arrived, counts.arrived),
            (self.expected, counts.expected),
            (self.present, counts.present),
        ):
            shown.setText(f"{number:,}")

    def show_station(self, station: Station) -> None:
        """Show the station's session and direction."""
        self.sessions.pick(station.session)
        self.directions[station.direction].setChecked(True)

    def show_sessions(self, sessions: Sequence[SessionSummary], station: Station) -> None:
        """Fill the session picker."""
        self.sessions.show_sessions(sessions, prefer=station.session)
        self.show_station(station)

    def _number(self, words: Words, shown: QLabel) -> QWidget:
        caption = label("muted")
        self._speak(caption.setText, words)
        self._speak(shown.setAccessibleName, words)
        whole = QWidget()
        whole.setLayout(row(caption, shown, space=6))
        return whole
