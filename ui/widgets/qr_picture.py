"""A QR code on screen: always dark on white, with its quiet zone, as readers need it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.words import Words
from ui.theme import scaled
from ui.widgets.parts import name_widget
from ui.widgets.speaker import Speaker

QUIET_MODULES = 4
NAME = Words("邀請的 QR 碼", "QR code of the invitation")


class QrPicture(QWidget):
    """Draws one text; nothing before there is one."""

    def __init__(self, pixels: int = 200) -> None:
        super().__init__()
        self._pixels = pixels
        self._rows: tuple[tuple[tuple[int, int], ...], ...] = ()
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name_widget(Speaker(self), self, NAME)

    def show_text(self, text: str) -> None:
        """Show another text; empty shows nothing."""
        if text == self.text:
            return
        from app.papers.codes import qr_rows  # noqa: PLC0415 - brings the library of papers

        self.text = text
        self._rows = tuple(tuple(row) for row in qr_rows(text)) if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(scaled(self._pixels), scaled(self._pixels))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw whole pixels a module, so that edges stay sharp."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        ratio = self.devicePixelRatioF()
        modules = len(self._rows) + 2 * QUIET_MODULES
        side = max(1, int(min(self.width(), self.height()) * ratio) // modules)
        painter.scale(1 / ratio, 1 / ratio)
        left = (int(self.width() * ratio) - side * len(self._rows)) // 2
        top = (int(self.height() * ratio) - side * len(self._rows)) // 2
        for place, bars in enumerate(self._rows):
            for first, wide in bars:
                painter.fillRect(
                    left + first * side, top + place * side, wide * side, side, QColor("black")
                )
        painter.end()
