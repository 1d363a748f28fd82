"""A tone's shape as a small widget."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.scans import Tone
from ui.theme import scaled, tone_paint
from ui.widgets.tone_shape import draw_tone_shape


class ToneMark(QWidget):
    """Draws the shape of one tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.QUIET
        self.setFixedSize(scaled(24), scaled(24))

    def show_tone(self, tone: Tone) -> None:
        """Show another tone."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape in its colours."""
        paint = tone_paint(self._tone)
        fill = paint.on_soft if self._tone is Tone.QUIET else paint.panel
        draw_tone_shape(QPainter(self), self._tone, QRectF(self.rect()), (fill, paint.on_panel))
