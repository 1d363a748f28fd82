"""The shape of each tone, told apart without colour: check, i, triangle, octagon, dots."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.scans import Tone

_OCTAGON = ((30, 4), (70, 4), (96, 30), (96, 70), (70, 96), (30, 96), (4, 70), (4, 30))


def draw_tone_shape(painter: QPainter, tone: Tone, box: QRectF, colours: tuple[str, str]) -> None:
    """Draw a tone's shape into a square; colours are (shape, mark inside it)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 100, box.height() / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours[0]))
    painter.drawPath(_outline(tone))
    pen = QPen(QColor(colours[1]), 11)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_mark(tone))
    painter.restore()


def _outline(tone: Tone) -> QPainterPath:
    path = QPainterPath()
    if tone is Tone.OK:
        path.addEllipse(4, 4, 92, 92)
    elif tone is Tone.NOTICE:
        path.addRoundedRect(8, 8, 84, 84, 16, 16)
    elif tone is Tone.WARN:
        path.moveTo(50, 8)
        path.lineTo(96, 90)
        path.lineTo(4, 90)
        path.closeSubpath()
    elif tone is Tone.REFUSE:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _OCTAGON]))
        path.closeSubpath()
    else:
        for x in (20, 50, 80):
            path.addEllipse(QPointF(x, 50), 10, 10)
    return path


def _mark(tone: Tone) -> QPainterPath:
    lines: dict[Tone, tuple[tuple[tuple[float, float], ...], ...]] = {
        Tone.OK: (((29, 52), (44, 67), (72, 36)),),
        Tone.NOTICE: (((50, 47), (50, 72)), ((50, 28), (50, 28.5))),
        Tone.WARN: (((50, 38), (50, 60)), ((50, 75), (50, 75.5))),
        Tone.REFUSE: (((33, 33), (67, 67)), ((67, 33), (33, 67))),
        Tone.QUIET: (),
    }
    path = QPainterPath()
    for (x, y), *rest in lines[tone]:
        path.moveTo(x, y)
        for point in rest:
            path.lineTo(*point)
    return path
