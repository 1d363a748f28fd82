"""PDF pages: text with fallback fonts, the same bytes for the same content."""

import io
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from app.papers.fonts import MISSING, FontBook, Run, drawable, run_width

POINTS_IN_MM = 72 / 25.4
A4_PT = (210 * POINTS_IN_MM, 297 * POINTS_IN_MM)
BOLD_STROKE = 0.022
"""Width of the outline that makes text bold, in ems: cheaper than a second 7 MB font."""
NARROWEST_EM = 0.2
"""Hardly a character is narrower, so this tells how many could stand in a width at all."""
HEX_IN_BOX_FROM_PT = 9.0
"""Smallest text size whose boxes can hold the code of the missing character."""

Align = Literal["left", "center", "right"]


def mm(length: float) -> float:
    """Return millimetres as points."""
    return length * POINTS_IN_MM


def clipped(text: str, width: float, smallest: float) -> str:
    """Return a text without what could not stand in a width even at the smallest size.

    Measuring all of a text of thousands of characters, cell after cell, takes minutes.
    """
    most = int(width / (smallest * NARROWEST_EM)) + 1
    return text if len(text) <= most else text[:most] + "…"


class Pages:
    """A PDF being drawn. Lengths are points from the lower left corner.

    `compress`: smaller, yet deflate libraries differ between systems, so official papers go without
    and are the same bytes everywhere.
    """

    def __init__(
        self,
        title: str,
        *,
        fonts: FontBook,
        author: str = "",
        compress: bool = False,
        size_pt: tuple[float, float] = A4_PT,
    ) -> None:
        self.fonts = fonts
        self.count = 1
        self._buffer = io.BytesIO()
        self.canvas = Canvas(
            self._buffer, pagesize=size_pt, invariant=1, pageCompression=int(compress)
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setProducer("Venue Desk")
        self.canvas.setCreator("Venue Desk")

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        align: Align = "left",
        bold: bool = False,
    ) -> None:
        """Draw one line of text; `at` is its baseline's left end, middle or right end."""
        runs = self.fonts.runs(text)
        x, y = at
        if align != "left":
            width = sum(run_width(run, size) for run in runs)
            x -= width / 2 if align == "center" else width
        for run in runs:
            self._run((x, y), run, size, bold=bold)
            x += run_width(run, size)

    def fit(self, text: str, width: float, *, size: float, smallest: float = 4.0) -> float:
        """Return the size, at most `size`, at which the text is no wider than `width`."""
        natural = self.fonts.width(text, size)
        return size if natural <= width else max(smallest, size * width / natural)

    def fitted(
        self,
        at: tuple[float, float],
        text: str,
        width: float,
        *,
        size: float,
        smallest: float = 5.0,
        align: Align = "left",
        bold: bool = False,
    ) -> None:
        """Draw a line shrunk, and at the smallest size cut with …, to a width."""
        shown = clipped(text, width, smallest)
        fitting = self.fit(shown, width, size=size, smallest=smallest)
        self.text(at, self._cut(shown, width, fitting), fitting, align=align, bold=bold)

    def line(self, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """Draw a straight line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(*start, *end)

    def next_page(self) -> None:
        """End this page and begin another."""
        self.canvas.showPage()
        self.count += 1

    def finish(self) -> bytes:
        """End the last page and return the whole document."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def _cut(self, text: str, width: float, size: float) -> str:
        if self.fonts.width(text, size) <= width + 0.01:
            return text
        shown, room = drawable(text), width - self.fonts.width("…", size)
        for place, character in enumerate(shown):
            room -= self.fonts.width(character, size)
            if room < 0:
                return shown[:place] + "…"
        return shown

    def _run(self, at: tuple[float, float], run: Run, size: float, *, bold: bool) -> None:
        if run.font == MISSING:
            for index, character in enumerate(run.text):
                self._box((at[0] + index * size, at[1]), character, size)
            return
        self.canvas.setFont(run.font, size)
        if bold:
            self.canvas.setLineWidth(size * BOLD_STROKE)
        self.canvas.drawString(*at, run.text, mode=2 if bold else None)

    def _box(self, at: tuple[float, float], character: str, size: float) -> None:
        """Draw a character nobody has as a box; big enough, the box tells its code."""
        x, y = at[0] + size * 0.06, at[1] - size * 0.12
        side = size * 0.88
        self.canvas.setLineWidth(max(0.5, size * 0.04))
        self.canvas.rect(x, y, side, side)
        if size < HEX_IN_BOX_FROM_PT:
            return
        code = f"{ord(character):06X}"
        small = size * 0.36
        for part, height in ((code[:3], 0.56), (code[3:], 0.14)):
            self.text((x + side / 2, y + side * height), part, small, align="center")
