"""Looking at a kept picture in its own window; Escape closes it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.words import Words
from ui.theme import scaled
from ui.widgets.speaker import Speaker

TITLE = Words(zh="畫面截圖", en="Picture")


class PictureViewer(QDialog):
    """Shows a picture as large as the window has room, never enlarged."""

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._speak = Speaker(self)
        self._speak(self.setWindowTitle, TITLE)
        self._speak(self.setAccessibleName, TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.resize(image.size().boundedTo(QSize(scaled(1100), scaled(640))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle."""
        room = self.size().boundedTo(self._image.size())
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.translate(left, top)
        painter.scale(size.width() / self._image.width(), size.height() / self._image.height())
        painter.drawImage(0, 0, self._image)
        painter.end()
