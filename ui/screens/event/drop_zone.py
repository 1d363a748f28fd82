"""Where a file can be dropped, while none has been."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from ui.screens.event import wording
from ui.theme import palette, scaled
from ui.widgets.speaker import Speaker


class DropZone(QLabel):
    """A dashed frame that says what to drop and what will happen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(scaled(24))
        self._speak = Speaker(self)
        self._speak(self.setText, wording.DROP_HERE)

    def paintEvent(self, qt_event: QPaintEvent) -> None:
        """Draw the frame in the colours in use, then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette().edge), 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(palette().surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 10, 10)
        painter.end()
        super().paintEvent(qt_event)
