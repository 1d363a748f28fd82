"""One badge on its label."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.badge_layouts import LabelDesign, SheetLayout
from app.papers.codes import draw_code128, draw_qr
from app.papers.pages import Pages, mm
from app.papers.two_lines import has_break, two_lines

CODE_GROUP = 4
ASCENT = 0.88
"""The body of a Chinese character above the baseline, in ems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeFace:
    """What one badge shows. `attention_mark`: a word or sign of at most a few characters."""

    name: str
    unit: str
    code: str
    session_line: str = ""
    attention_mark: str = ""


class BadgeLabel:
    """One badge's place on the page."""

    def __init__(self, pages: Pages, sheet: SheetLayout, corner: tuple[float, float]) -> None:
        self._pages = pages
        self._design: LabelDesign = sheet.design
        self._width_mm = sheet.size[0]
        self._corner = corner
        free = sheet.size[0] - 2 * sheet.design.edge - sheet.design.qr_side
        self._text_width = mm(free + 1)

    def draw(self, badge: BadgeFace, event_title: str) -> bool:
        """Draw the badge; False when it had to go without its bar code."""
        design = self._design
        self._heading(event_title, badge.attention_mark)
        self._name(badge.name)
        self._line(badge.unit, design.unit_pt, design.unit_y)
        self._line(badge.session_line, design.session_pt, design.session_y)
        qr_x = self._width_mm - design.edge - design.qr_side + 1.5
        draw_qr(self._pages, self._at(qr_x, design.qr_y), mm(design.qr_side), badge.code)
        return self._bars(badge.code)

    def _heading(self, event_title: str, mark: str) -> None:
        design, pages = self._design, self._pages
        width = mm(self._width_mm - 2 * design.edge)
        if mark:
            width -= self._mark(mark) + mm(2)
        pages.canvas.setFillGray(0.3)
        at = self._at(design.edge, design.title_y)
        pages.fitted(at, event_title, width, size=design.title_pt, smallest=design.title_pt * 0.7)
        pages.canvas.setFillGray(0)

    def _mark(self, mark: str) -> float:
        """Draw the attention mark, white on black, at the right; return its width."""
        pages, design = self._pages, self._design
        size = design.title_pt * 1.1
        width = pages.fonts.width(mark, size) + size * 0.8
        x, y = self._at(self._width_mm - design.edge, design.title_y)
        pages.canvas.roundRect(
            x - width, y - size * 0.38, width, size * 1.36, size * 0.3, stroke=0, fill=1
        )
        pages.canvas.setFillGray(1)
        pages.text((x - width / 2, y), mark, size, align="center")
        pages.canvas.setFillGray(0)
        return width

    def _name(self, name: str) -> None:
        """Draw the name in one line or two, whichever can be bigger."""
        low, high = (mm(end) for end in self._design.name_y)
        lines = max(name_lines(name), key=lambda lines: self._name_size(lines, high - low))
        size = self._name_size(lines, high - low)
        x, y = self._at(self._design.edge, 0)
        middle = y + (low + high) / 2 + size * len(lines) / 2
        for index, line in enumerate(lines):
            baseline = middle - size * (index + ASCENT)
            self._pages.fitted((x, baseline), line, self._text_width, size=size, bold=True)

    def _name_size(self, lines: Sequence[str], height: float) -> float:
        sizes = (
            self._pages.fit(line, self._text_width, size=self._design.name_pt) for line in lines
        )
        return min(*sizes, height / len(lines))

    def _line(self, text: str, size: float, y_mm: float) -> None:
        at = self._at(self._design.edge, y_mm)
        self._pages.fitted(at, text, self._text_width, size=size, smallest=size * 0.6)

    def _bars(self, code: str) -> bool:
        """Draw bar code and code; without bars the code is bigger, as somebody may type it."""
        design = self._design
        has_bars = draw_code128(
            self._pages,
            self._at(self._width_mm / 2, design.bars_y),
            height=mm(design.bars_height),
            available_mm=self._width_mm - 2,
            text=code,
        )
        size, y_mm = design.code_pt, design.code_y
        if not has_bars:
            size, y_mm = size * 1.4, y_mm + design.bars_height / 2
        at = self._at(self._width_mm / 2, y_mm)
        width = mm(self._width_mm - 2 * design.edge)
        self._pages.fitted(at, grouped(code), width, size=size, smallest=4, align="center")
        return has_bars

    def _at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        return self._corner[0] + mm(x_mm), self._corner[1] + mm(y_mm)


def name_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to set a name: as one line, or in two, broken at a dot or a space."""
    broken = two_lines(name) if has_break(name) else None
    return ((name,), broken) if broken else ((name,),)


def grouped(code: str) -> str:
    """Return a code in groups of four, as people read it aloud."""
    return " ".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))
