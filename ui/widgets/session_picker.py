"""Choosing one session of the event."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.domain.words import Words
from app.services.summaries import SessionSummary
from ui.dates import short_date
from ui.widgets.elided_combo import ElidedCombo
from ui.widgets.speaker import Speaker

NAME = Words(zh="場次", en="Session")


class SessionPicker(ElidedCombo):
    """The sessions of the event with their dates; remembers the choice across refills.

    Signals:
        session_picked: the code of the session a person chose, or the first of a first fill.
    """

    session_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._sessions: tuple[SessionSummary, ...] = ()
        self.setMinimumContentsLength(40)
        self._speak = Speaker(self)
        self._speak(self.setAccessibleName, NAME)
        self._speak.language_changed.connect(lambda: self._fill(self.session()))
        self.currentIndexChanged.connect(self._on_index)

    def show_sessions(self, sessions: Sequence[SessionSummary], *, prefer: str = "") -> None:
        """Fill the list; keeps the choice, else takes `prefer`, else the first."""
        self._sessions = tuple(sessions)
        kept = self.session()
        self._fill(kept or prefer)
        if self.session() != kept:
            self._on_index()

    def session(self) -> str:
        """Return the code of the chosen session, empty where there is none."""
        return str(self.currentData() or "")

    def summary(self) -> SessionSummary | None:
        """Return the chosen session."""
        chosen = self.session()
        return next((session for session in self._sessions if session.code == chosen), None)

    def pick(self, code: str) -> None:
        """Choose a session by its code."""
        place = self.findData(code)
        if place >= 0:
            self.setCurrentIndex(place)

    def _fill(self, code: str) -> None:
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.clear()
        for session in self._sessions:
            self.addItem(session_name(session), session.code)
        self.setCurrentIndex(max(self.findData(code), 0) if self._sessions else -1)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _on_index(self) -> None:
        if self.session():
            self.session_picked.emit(self.session())


def session_name(session: SessionSummary) -> str:
    """Return how lists name a session: its code, its day, what it is."""
    return f"{session.code}  {short_date(session.held_on)}  {session.title}"
