"""What stands where on the verdict panel, shaped once and kept as long as it is shown again.

Shaping a text costs more than painting it, and much of a verdict (headline, tag, unit) is the
same as before: what is known is taken over, and only what differs is painted again.
"""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTextOption

from app.domain.scans import Tone
from ui.theme import pixel_font

_KEPT = 128
"""Shaped texts kept; a few verdicts' worth of names and all headlines."""


class Line(NamedTuple):
    """One text in its place, in pixels of the panel. Equal lines look the same."""

    text: str
    pixels: int
    bold: bool
    x: float
    y: float
    wrap: float
    """Width to break lines at; 0 for a single line."""
    width: float
    height: float

    def box(self) -> QRect:
        """Return where its ink may be: glyphs reach a little beyond their line."""
        over = 2 + self.pixels // 8
        left, top = int(self.x) - over, int(self.y) - over
        return QRect(left, top, int(self.width) + 2 * over + 1, int(self.height) + 2 * over + 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """All the panel shows at one moment."""

    tone: Tone | None = None
    colours: tuple[str, str, str] = ("", "", "")
    """Background, text, and the mark inside the shape."""
    lines: tuple[Line, ...] = ()

    def differs_from(self, earlier: "Frame") -> QRect | None:
        """Return the part to paint again after `earlier`, empty if none; None for all of it."""
        if (self.tone, self.colours) != (earlier.tone, earlier.colours):
            return None
        part = QRect()
        for line in set(self.lines) ^ set(earlier.lines):
            part = part.united(line.box())
        return part


_SMALLEST = 0.28
"""How far a long line shrinks before it is shortened: a name of 45 letters is still whole."""


class Typesetter:
    """Shapes texts for one text size and one size of the panel."""

    def __init__(self) -> None:
        self._faces: dict[tuple[int, bool], tuple[QFont, float]] = {}
        self._shaped: dict[tuple[str, int, bool, float], tuple[QStaticText, float, float]] = {}

    def line(
        self, text: str, pixels: float, at: tuple[float, float], room: float, *, bold: bool = False
    ) -> Line:
        """Return one line, smaller or shortened where `room` asks for it."""
        size = round(pixels)
        width = self._shape(text, size, bold, 0)[1]
        if width > room:
            size = round(max(pixels * _SMALLEST, pixels * room / width * 0.98))
            metrics = QFontMetricsF(self._face(size, bold=bold)[0])
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = self._shape(text, size, bold, 0)[1]
        height = self._face(size, bold=bold)[1]
        return Line(text, size, bold, *at, 0, width, height)

    def paragraph(self, text: str, pixels: float, at: tuple[float, float], room: float) -> Line:
        """Return a text broken into lines no wider than `room`."""
        size = round(pixels)
        _shaped, width, height = self._shape(text, size, bold=False, wrap=room)
        x, y = at
        return Line(text, size, bold=False, x=x, y=y, wrap=room, width=width, height=height)

    def draw(self, painter: QPainter, line: Line) -> None:
        """Paint a line in the painter's colour."""
        shaped = self._shape(line.text, line.pixels, line.bold, line.wrap)[0]
        painter.setFont(self._face(line.pixels, bold=line.bold)[0])
        painter.drawStaticText(QPointF(line.x, line.y), shaped)

    def _face(self, pixels: int, *, bold: bool) -> tuple[QFont, float]:
        """Return a font and the height of its lines."""
        face = self._faces.get((pixels, bold))
        if face is None:
            font = pixel_font(pixels, bold=bold)
            face = self._faces[pixels, bold] = (font, QFontMetricsF(font).height())
        return face

    def _shape(
        self, text: str, pixels: int, bold: bool, wrap: float
    ) -> tuple[QStaticText, float, float]:
        """Return a shaped text with its width and height."""
        key = (text, pixels, bold, wrap)
        found = self._shaped.get(key)
        if found is None:
            if len(self._shaped) >= _KEPT:
                self._shaped.pop(next(iter(self._shaped)))
            static = _static_text(text, wrap)
            static.prepare(font=self._face(pixels, bold=bold)[0])
            size = static.size()
            found = self._shaped[key] = (static, size.width(), size.height())
        return found


def _static_text(text: str, wrap: float) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        static.setTextOption(option)
        static.setTextWidth(wrap)
    return static
