"""The welcome itself: drawn to be read from across a hall, at any size."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services.outcomes import Counts
from app.services.summaries import SessionSummary
from ui.language import say
from ui.screens.board import wording
from ui.screens.board.lettering import draw_text
from ui.theme import palette
from ui.widgets.speaker import Speaker


class Welcome(QWidget):
    """Session and numbers; there is no way to put a name on it."""

    def __init__(self) -> None:
        super().__init__()
        self._session: SessionSummary | None = None
        self._counts = Counts(expected=0, arrived=0, present=0)
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self.update)
        self._speak(self.setAccessibleName, wording.PREVIEW)
        self.setMinimumSize(320, 180)

    def show_session(self, session: SessionSummary | None) -> None:
        """Welcome people to another session."""
        self._session = session
        self.update()

    def show_counts(self, counts: Counts) -> None:
        """Show newer numbers."""
        self._counts = counts
        told = say(wording.arrived_of(counts.arrived, counts.expected))
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, _qt_event: QPaintEvent) -> None:
        """Draw everything in proportion to the height."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette().rail))
        session, counts = self._session, self._counts
        if session is None:
            self._line(painter, 0.42, 0.07, say(wording.NO_SESSION))
        else:
            self._line(painter, 0.10, 0.05, say(wording.WELCOME), muted=True)
            self._line(painter, 0.19, 0.085, session.title)
            self._line(painter, 0.32, 0.045, session.venue, muted=True)
            arrived = say(wording.arrived_of(counts.arrived, counts.expected))
            self._line(painter, 0.46, 0.18, arrived)
            self._line(painter, 0.70, 0.05, say(wording.ARRIVED), muted=True)
            self._line(painter, 0.85, 0.045, say(wording.SCAN_HERE))
        painter.end()

    def _line(
        self, painter: QPainter, top: float, size: float, text: str, *, muted: bool = False
    ) -> None:
        high, wide = self.height(), self.width()
        draw_text(
            painter,
            QRectF(wide * 0.04, high * top, wide * 0.92, high * size * 1.5),
            text,
            pixels=high * size,
            colour=palette().rail_muted if muted else palette().on_rail,
            bold=not muted,
        )
