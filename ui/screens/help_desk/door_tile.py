"""A button with the key that presses it and a text of one or two lines."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme import palette, scaled, text_font

_CAP = 24
"""Side of the key cap in pixels at 100 %."""
_TWO_LINES = 44
"""Height from which there is room for a second line."""


class KeyTile(QPushButton):
    """Paints itself: a long title ends in an ellipsis; the tip tells all."""

    def __init__(self, key: str = "", *, tall: int = 49) -> None:
        super().__init__()
        self._key, self._words, self._tall = key, "", tall
        self.ink = ""
        """A colour for the words, "" for the ordinary one."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def words(self) -> str:
        """What the tile says."""
        return self._words

    def show_words(self, text: str, *, spoken: str = "", ink: str = "") -> None:
        """Say something else; `spoken` is what screen readers say where it differs."""
        self._words, self.ink = text, ink
        self.setAccessibleName(spoken or text)
        self.setToolTip(spoken or text)
        self.update()

    def show_key(self, key: str) -> None:
        """Show something else in the cap."""
        self._key = key
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the height of two lines; the width is what there is."""
        return QSize(scaled(90), scaled(self._tall))

    def minimumSizeHint(self) -> QSize:
        """Give way in width, never in height."""
        return QSize(scaled(60), scaled(self._tall))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button as the style sheet has it, then the cap and the words."""
        super().paintEvent(event)
        if not self._words and not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(_CAP)
        cap = QRect(scaled(8), (self.height() - side) // 2, side, side)
        self._paint_cap(painter, cap)
        left = cap.right() + scaled(8)
        self._paint_words(painter, QRect(left, 0, self.width() - left - scaled(6), self.height()))

    def _paint_cap(self, painter: QPainter, cap: QRect) -> None:
        colours = palette()
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(cap, scaled(4), scaled(4))
        painter.setFont(text_font(13, bold=True))
        painter.setPen(QColor(colours.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        colours = palette()
        plain = colours.on_selected if self.isChecked() else colours.text
        painter.setPen(QColor(self.ink or plain))
        most = 2 if self._tall >= _TWO_LINES else 1
        lines = _broken(self._words, 15, room.width())
        if len(lines) > most:
            lines = _broken(self._words, 13, room.width())
            painter.setFont(text_font(13))
        else:
            painter.setFont(text_font(15))
        metrics = painter.fontMetrics()
        if len(lines) > most:
            rest = "".join(lines[most - 1 :])
            mode = Qt.TextElideMode.ElideRight
            lines = [*lines[: most - 1], metrics.elidedText(rest, mode, room.width())]
        tall = metrics.height()
        top = room.center().y() + 1 - tall * len(lines) / 2 + metrics.ascent()
        for place, line in enumerate(lines):
            painter.drawText(QPointF(room.left(), top + tall * place), line.rstrip())


def _broken(text: str, pixels: int, width: int) -> list[str]:
    """Break a text into lines of a width."""
    layout = QTextLayout(text, text_font(pixels))
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
