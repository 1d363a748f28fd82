"""How a two-line entry looks, drawn once: a list that moves down by one scan only copies rows."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from app.domain.scans import Tone
from ui.theme import palette, scaled, text_font, tone_paint
from ui.widgets.tone_shape import draw_tone_shape

_KEPT = 48
"""Pictures kept: a little more than a list shows at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLines:
    """One entry as the list paints it and screen readers speak it."""

    first: str
    second: str = ""
    end: str = ""
    tone: Tone | None = None
    is_struck: bool = False
    """Undone: still there, no longer counts."""

    @property
    def spoken(self) -> str:
        """The entry as one sentence."""
        return "，".join(part for part in (self.first, self.second, self.end) if part)


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row's picture depends on besides its entry."""

    width: int
    height: int
    ratio: float
    is_selected: bool


class RowPictures:
    """The rows painted lately, in the colours and text size of their time."""

    def __init__(self) -> None:
        self._kept: dict[tuple[TwoLines, RowLook], QPixmap] = {}

    def forget(self) -> None:
        """Forget all: colours or text size changed."""
        self._kept.clear()

    def picture(self, lines: TwoLines, look: RowLook) -> QPixmap:
        """Return the picture of an entry."""
        key = (lines, look)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            picture = self._kept[key] = _drawn(lines, look)
        return picture


def _drawn(lines: TwoLines, look: RowLook) -> QPixmap:
    """Draw a row without its first line of pixels, which holds the rule under the row above."""
    colours = palette()
    picture = QPixmap(round(look.width * look.ratio), round(look.height * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    # Clear where nothing is marked: the list's rounded corners show through.
    ground = QColor(colours.selected) if look.is_selected else Qt.GlobalColor.transparent
    picture.fill(ground)
    painter = QPainter(picture)
    painter.translate(0, -1)
    box = QRectF(0, 0, look.width, look.height)
    _paint_lines(painter, lines, box, is_selected=look.is_selected)
    painter.setPen(QColor(colours.line))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.end()
    return picture


def _paint_lines(painter: QPainter, lines: TwoLines, box: QRectF, *, is_selected: bool) -> None:
    colours = palette()
    left = box.left() + scaled(10)
    if lines.tone is not None:
        side = scaled(22)
        shape = QRectF(left, box.center().y() - side / 2, side, side)
        paint = tone_paint(lines.tone)
        # On a list the quiet panel colour would vanish; its text colour stands in.
        fill = paint.on_soft if lines.tone is Tone.QUIET else paint.panel
        draw_tone_shape(painter, lines.tone, shape, (fill, paint.on_panel))
        left += side + scaled(10)
    right = box.right() - scaled(10) - _paint_end(painter, lines.end, box)
    text = colours.on_selected if is_selected else colours.text
    muted = colours.on_selected if is_selected else colours.muted
    font = text_font(15, bold=True)
    font.setStrikeOut(lines.is_struck)
    painter.setFont(font)
    half = box.height() / 2
    first = QRectF(left, box.top() + scaled(5), right - left, half - scaled(5))
    _paint_text(painter, first, lines.first, text)
    painter.setFont(text_font(13))
    second = QRectF(left, box.top() + half, right - left, half - scaled(5))
    _paint_text(painter, second, lines.second, muted)


def _paint_end(painter: QPainter, text: str, box: QRectF) -> float:
    """Paint what stands at the end; return the width it takes."""
    if not text:
        return 0.0
    font = text_font(13)
    width = QFontMetricsF(font).horizontalAdvance(text) + scaled(8)
    painter.setFont(font)
    painter.setPen(QColor(palette().muted))
    place = QRectF(box.right() - scaled(10) - width, box.top(), width, box.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return width


def _paint_text(painter: QPainter, box: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
