"""The picture one covers parts of: drag with the mouse, or move a frame with the arrow keys."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import palette, scaled
from ui.widgets.picture_blur_image import Cover, covered

LEAST_SIDE = 4
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BlurCanvas(QWidget):
    """Shows the picture as it will be kept.

    Signals:
        covers_changed: how many covers there are.
    """

    covers_changed = Signal(int)

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = image
        self.covers: list[Cover] = []
        self.is_mosaic = False
        self.frame = QRect(image.rect().center() - QPoint(60, 16), QSize(120, 32))
        """The frame the keys move, in the picture's pixels."""
        self._dragged: QRect | None = None
        self._shown = image
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for the picture's own size, as far as a small window has it."""
        return self.image.size().boundedTo(QSize(scaled(900), scaled(480)))

    def minimumSizeHint(self) -> QSize:
        """Ask for enough to see what one covers."""
        return QSize(scaled(320), scaled(200))

    def cover(self, place: QRect) -> None:
        """Cover a part."""
        place = place.normalized().intersected(self.image.rect())
        if min(place.width(), place.height()) >= LEAST_SIDE:
            self._set([*self.covers, Cover(place, self.is_mosaic)])

    def undo(self) -> None:
        """Take the last cover off."""
        self._set(self.covers[:-1])

    def result(self) -> QImage:
        """Return the picture with its covers burnt in."""
        return covered(self.image, self.covers)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, what is being dragged, and the frame of the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._place(), self._shown)
        line = QPen(QColor(palette().focus), scaled(2), Qt.PenStyle.DashLine)
        painter.setPen(line)
        if self._dragged is not None:
            painter.fillRect(self._on_screen(self._dragged), QColor(0, 0, 0, 110))
            painter.drawRect(self._on_screen(self._dragged))
        elif self.hasFocus():
            painter.drawRect(self._on_screen(self.frame))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a cover."""
        if event.button() is Qt.MouseButton.LeftButton:
            at = self._in_picture(event.position().toPoint())
            self._dragged = QRect(at, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the cover larger."""
        if self._dragged is not None:
            self._dragged.setBottomRight(self._in_picture(event.position().toPoint()))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the cover."""
        dragged, self._dragged = self._dragged, None
        if dragged is not None:
            self.cover(dragged)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame; with Shift change its size; Space covers what it frames."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            self._move(step, grows=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Space:
            self.cover(self.frame)
        elif event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    def _move(self, step: tuple[int, int], *, grows: bool) -> None:
        across, down = step[0] * 8, step[1] * 8
        moved = self.frame.translated(across, down)
        frame = self.frame.adjusted(0, 0, across, down) if grows else moved
        inside = frame.intersected(self.image.rect())
        if min(inside.width(), inside.height()) >= LEAST_SIDE:
            self.frame = inside if grows else frame
        self.update()

    def _set(self, covers: list[Cover]) -> None:
        self.covers = covers
        self._shown = self.result()
        self.update()
        self.covers_changed.emit(len(covers))

    def _place(self) -> QRectF:
        """Return where the picture is painted: as large as there is room, never enlarged."""
        room = self.size().boundedTo(self.image.size())
        size = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _scale(self) -> float:
        return self._place().width() / max(1, self.image.width())

    def _in_picture(self, at: QPoint) -> QPoint:
        place, scale = self._place(), self._scale() or 1
        x, y = (at.x() - place.left()) / scale, (at.y() - place.top()) / scale
        return QPoint(
            round(min(max(x, 0), self.image.width() - 1)),
            round(min(max(y, 0), self.image.height() - 1)),
        )

    def _on_screen(self, rect: QRect) -> QRectF:
        place, scale = self._place(), self._scale()
        shown = rect.normalized()
        return QRectF(
            place.left() + shown.left() * scale,
            place.top() + shown.top() * scale,
            shown.width() * scale,
            shown.height() * scale,
        )
