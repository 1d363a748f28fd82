"""Letters drawn as large as they fit; a board is read from across a hall."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme import pixel_font

SMALLEST = 8
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
_BOLD_SHARE = 0.035
"""Of the letters' height; the bundled font has one weight, and Qt thickens no large letters."""


def draw_text(
    painter: QPainter,
    place: QRectF,
    text: str,
    *,
    pixels: float,
    colour: str,
    align: Qt.AlignmentFlag = CENTRE,
    bold: bool = True,
) -> None:
    """Draw one line in the middle of a place's height, smaller where it would not fit the width."""
    font = _fitting_font(text, pixels, place.width())
    metrics = QFontMetricsF(font)
    free = place.width() - metrics.horizontalAdvance(text)
    left = {LEFT: 0.0, RIGHT: free}.get(align, free / 2)
    top = (place.height() - metrics.height()) / 2 + metrics.ascent()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # strokes of a letter may overlap
    path.addText(QPointF(place.left() + left, place.top() + top), font, text)
    painter.setBrush(QColor(colour))
    wide = font.pixelSize() * _BOLD_SHARE if bold else 0
    painter.setPen(QPen(QColor(colour), wide) if wide else Qt.PenStyle.NoPen)
    painter.drawPath(path)


def _fitting_font(text: str, pixels: float, room: float) -> QFont:
    font = pixel_font(max(SMALLEST, int(pixels)))
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide > room:
        font.setPixelSize(max(SMALLEST, int(font.pixelSize() * room / wide)))
    return font
