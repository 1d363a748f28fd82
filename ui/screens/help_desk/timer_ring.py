"""The timer: a ring that fills towards the usual time, the time in its middle. Never a block."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.scans import Tone
from ui.screens.help_desk.timer import TimerState, clock_words
from ui.theme import palette, pixel_font, scaled, tone_paint

_SIDE, _WIDEST = 88, 112
_TURN = 16 * 360


class TimerRing(QWidget):
    """Draws a TimerState; above the target a second lap in amber, and the word says it too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TimerState(0, 0)
        self._told = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return a square at the text size in use."""
        side = min(scaled(_SIDE), _WIDEST)
        return QSize(side, side)

    def show_state(self, state: TimerState) -> None:
        """Show a newer time; repaints only where a second has passed."""
        told = clock_words(state.elapsed_ms)
        if (told, state.target_ms) == (self._told, self._state.target_ms):
            return
        self._state, self._told = state, told
        self.setAccessibleName(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ring and time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = scaled(7)
        inset = thick / 2 + 1
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(palette().raised), thick))
        painter.drawEllipse(ring)
        if self._state.target_ms:
            self._paint_part(painter, ring, thick)
        painter.setPen(QColor(palette().text))
        long = len(self._told) > 5  # above an hour
        painter.setFont(pixel_font(round(self.width() * (0.19 if long else 0.25)), bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._told)
        painter.end()

    def _paint_part(self, painter: QPainter, ring: QRectF, thick: int) -> None:
        part = self._state.part
        flat = Qt.PenCapStyle.FlatCap
        solid = Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(palette().accent), thick, solid, flat))
        painter.drawArc(ring, _TURN // 4, -round(_TURN * min(part, 1.0)))
        if part > 1:
            amber = QColor(tone_paint(Tone.WARN).panel)
            painter.setPen(QPen(amber, thick, solid, flat))
            painter.drawArc(ring, _TURN // 4, -round(_TURN * min(part - 1, 1.0)))
