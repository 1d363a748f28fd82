"""The role of this laptop: letter, direction, session."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.scans import StationDirection
from app.services.outcomes import Station
from app.services.summaries import SessionSummary
from ui.language import say
from ui.screens.event import wording
from ui.station import LETTERS, StationState
from ui.theme import scaled
from ui.widgets.parts import combo, label, row
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class StationCard(QFrame):
    """Changes apply at once; the next scan already uses them."""

    def __init__(self, state: StationState) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._state = state
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self._show(state.current)

    def show_sessions(self, sessions: Sequence[SessionSummary]) -> None:
        """Fill the sessions this laptop can serve."""
        self.sessions.show_sessions(sessions, prefer=self._state.current.session)

    def _build(self) -> None:
        heading, text = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.STATION)
        self._speak(text.setText, wording.STATION_TEXT)
        self.letters = combo(self._speak, wording.LETTER, characters=3)
        self.letters.addItems(list(LETTERS))
        self.directions = combo(self._speak, wording.DIRECTION, characters=12)
        self.sessions = SessionPicker()
        self._fill_directions()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(14))
        inside.addWidget(heading)
        inside.addWidget(text)
        captions = [label("muted") for _ in range(3)]
        for caption, words in zip(
            captions, (wording.LETTER, wording.DIRECTION, wording.STATION_SESSION), strict=True
        ):
            self._speak(caption.setText, words)
        inside.addLayout(
            row(
                captions[0],
                self.letters,
                captions[1],
                self.directions,
                captions[2],
                self.sessions,
                None,
            )
        )

    def _connect(self) -> None:
        state = self._state
        self.letters.textActivated.connect(state.set_letter)
        self.directions.activated.connect(self._on_direction)
        self.sessions.activated.connect(lambda _: state.set_session(self.sessions.session()))
        state.changed.connect(self._show)
        self._speak.language_changed.connect(self._fill_directions)

    def _fill_directions(self) -> None:
        self.directions.clear()
        for direction, words in wording.DIRECTIONS.items():
            self.directions.addItem(say(words), direction.value)
        self._show(self._state.current)

    def _on_direction(self) -> None:
        self._state.set_direction(StationDirection(self.directions.currentData()))

    def _show(self, station: Station) -> None:
        self.letters.setCurrentText(station.letter)
        self.directions.setCurrentIndex(self.directions.findData(station.direction.value))
        self.sessions.pick(station.session)
