"""The stripe that tells a rehearsal from a real day, from anywhere in the room."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.scans import Tone
from app.domain.words import Words
from ui.theme import scaled, tone_paint
from ui.widgets.speaker import Speaker

TEXT = Words("演練模式　這裡的掃描、決定與檔案都不算數", "REHEARSAL　Nothing done here counts")
_HEIGHT, _STEP = 26, 22


class RehearsalStripe(QLabel):
    """Hatched like a building site; hidden on a real day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._speak = Speaker(self)
        self._speak(self.setText, TEXT)
        self._speak(self.setAccessibleName, TEXT)
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Fit height and colours to those in use."""
        paint = tone_paint(Tone.WARN)
        self.setFixedHeight(scaled(_HEIGHT))
        self.setStyleSheet(f"color: {paint.on_panel}; font-weight: 700;")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hatching, a calm middle, then the words."""
        paint = tone_paint(Tone.WARN)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(paint.panel))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paint.on_panel))
        step, height = scaled(_STEP), self.height()
        calm = self.fontMetrics().horizontalAdvance(self.text()) // 2 + scaled(28)
        for x in range(-height, self.width(), 2 * step):
            if abs(x + (step + height) / 2 - self.width() / 2) > calm:
                painter.drawPolygon(_bar(x, step, height))
        painter.end()
        super().paintEvent(event)


def _bar(x: int, width: int, height: int) -> QPolygonF:
    """Return one slanting bar."""
    corners = ((x, height), (x + width, height), (x + width + height, 0), (x + height, 0))
    return QPolygonF([QPointF(*corner) for corner in corners])
