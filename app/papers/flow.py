"""A4 papers that run over pages: heading, tables with repeated header, page x of y."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.words import Language, Words
from app.papers.fonts import FontBook
from app.papers.pages import A4_PT, Align, Pages, clipped, mm
from app.papers.two_lines import two_lines

MARGIN = mm(15)
FOOT = mm(20)
"""Nothing but the footer is drawn below this."""
WIDTH = A4_PT[0] - 2 * MARGIN
"""Between the margins of a page that stands upright."""
CELL_PAD = mm(1.5)
THIN, THICK = 0.4, 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the top of every page, and who is responsible at its foot."""

    title: str
    lines: tuple[str, ...] = ()
    organiser: str = ""
    language: Language = "zh"
    """In which the foot counts the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowColumn:
    """A column of a drawn table; `share` is its part of the width beside the others'."""

    header: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTable:
    """Rows of text to draw. `groups`: a row whose group differs from the last gets a thick line."""

    columns: tuple[FlowColumn, ...]
    rows: Sequence[tuple[str, ...]]
    row_mm: float = 7
    text_pt: float = 10
    groups: Sequence[str] = ()


def compose(
    heading: Heading,
    draw: Callable[["Flow"], None],
    *,
    fonts: FontBook | None = None,
    landscape: bool = False,
) -> bytes:
    """Return a paper as PDF; drawn twice, as only the first time tells how many pages it has."""
    book = fonts or FontBook()
    trial = Flow(heading, book, total=0, landscape=landscape)
    draw(trial)
    final = Flow(heading, book, total=trial.pages.count, landscape=landscape)
    draw(final)
    return final.finish()


class Flow:
    """A paper being drawn from top to bottom."""

    def __init__(
        self, heading: Heading, fonts: FontBook, *, total: int, landscape: bool = False
    ) -> None:
        self._size = (A4_PT[1], A4_PT[0]) if landscape else A4_PT
        self.width = self._size[0] - 2 * MARGIN
        author = heading.organiser
        self.pages = Pages(heading.title, fonts=fonts, author=author, size_pt=self._size)
        self._heading = heading
        self._total = total
        self.y = 0.0
        self._draw_heading()

    def section(self, text: str) -> None:
        """Draw a section's heading; it never stands alone at the foot of a page."""
        self.make_room(mm(30))
        self.y -= mm(9)
        self.pages.fitted((MARGIN, self.y), text, self.width, size=13, bold=True)
        self.y -= mm(3)

    def line(self, text: str, *, size: float = 10.5) -> None:
        """Draw one line of text."""
        self.make_room(size * 1.7)
        self.y -= size * 1.7
        self.pages.fitted((MARGIN, self.y + size * 0.3), text, self.width, size=size)

    def table(self, table: FlowTable) -> None:
        """Draw a table; its header comes again on every page."""
        height = mm(table.row_mm)
        edges = _edges(table.columns, self.width)
        self.make_room(height * 2)
        self._header(table, edges)
        for index, row in enumerate(table.rows):
            if self.y - height < FOOT:
                self._close_group()
                self.next_page()
                self._header(table, edges)
            elif index and table.groups and table.groups[index] != table.groups[index - 1]:
                self._close_group()
            self._row(row, table, edges)
        self._close_group()

    def make_room(self, height: float) -> None:
        """Begin a new page unless `height` is still free on this one."""
        if self.y - height < FOOT:
            self.next_page()

    def next_page(self) -> None:
        """End this page and begin another."""
        self._draw_foot()
        self.pages.next_page()
        self._draw_heading()

    def finish(self) -> bytes:
        """End the last page and return the document."""
        self._draw_foot()
        return self.pages.finish()

    def _draw_heading(self) -> None:
        middle = self._size[0] / 2
        self.y = self._size[1] - MARGIN - mm(7)
        at = (middle, self.y)
        self.pages.fitted(at, self._heading.title, self.width, size=19, align="center", bold=True)
        self.y -= mm(2.5)
        for line in self._heading.lines:
            self.y -= mm(5.8)
            self.pages.fitted((middle, self.y), line, self.width, size=11, align="center")
        self.y -= mm(4.5)

    def _draw_foot(self) -> None:
        y = FOOT - mm(7)
        self.pages.fitted((MARGIN, y), self._heading.organiser, self.width * 0.7, size=9)
        number = Words(
            zh=f"第 {self.pages.count} 頁，共 {self._total} 頁",
            en=f"Page {self.pages.count} of {self._total}",
        ).in_language(self._heading.language)
        self.pages.text((MARGIN + self.width, y), number, 9, align="right")

    def _header(self, table: FlowTable, edges: Sequence[float]) -> None:
        height = mm(min(table.row_mm, 8))
        canvas = self.pages.canvas
        canvas.setFillGray(0.91)
        canvas.rect(MARGIN, self.y - height, self.width, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        self._close_group()
        for index, column in enumerate(table.columns):
            middle = (edges[index] + edges[index + 1]) / 2
            wide = edges[index + 1] - edges[index] - CELL_PAD
            at = (middle, self.y - height / 2 - 10 * 0.36)
            self.pages.fitted(at, column.header, wide, size=10, align="center", bold=True)
        self._grid(edges, height)

    def _row(self, row: Sequence[str], table: FlowTable, edges: Sequence[float]) -> None:
        height = mm(table.row_mm)
        for index, (column, text) in enumerate(zip(table.columns, row, strict=True)):
            left, right = edges[index] + CELL_PAD, edges[index + 1] - CELL_PAD
            x = {"left": left, "center": (left + right) / 2, "right": right}[column.align]
            lines, size = self._cell_lines(text, right - left, table)
            leading = size * 1.2
            y = self.y - height / 2 + leading * (len(lines) - 1) / 2 - size * 0.36
            for number, line in enumerate(lines):
                at = (x, y - leading * number)
                self.pages.fitted(at, line, right - left, size=size, align=column.align)
        self._grid(edges, height)

    def _cell_lines(
        self, text: str, width: float, table: FlowTable
    ) -> tuple[tuple[str, ...], float]:
        """Return a cell's lines and text size: two lines before letters get small."""
        size, smallest = table.text_pt, table.text_pt * 0.6
        text = clipped(text, 2 * width, smallest)
        one = self.pages.fit(text, width, size=size, smallest=smallest)
        broken = two_lines(text) if one < size * 0.85 else None
        if broken is None or mm(table.row_mm) < size * 2.2:
            return (text,), one
        return broken, min(
            self.pages.fit(line, width, size=size, smallest=smallest) for line in broken
        )

    def _grid(self, edges: Sequence[float], height: float) -> None:
        """Draw the lines round a row and go below it."""
        bottom = self.y - height
        for x in edges:
            outer = x in (edges[0], edges[-1])
            self.pages.line((x, self.y), (x, bottom), THICK if outer else THIN)
        self.y = bottom
        self.pages.line((MARGIN, self.y), (MARGIN + self.width, self.y), THIN)

    def _close_group(self) -> None:
        self.pages.line((MARGIN, self.y), (MARGIN + self.width, self.y), THICK)


def _edges(columns: Sequence[FlowColumn], width: float) -> list[float]:
    whole = sum(column.share for column in columns)
    edges = [MARGIN]
    for column in columns:
        edges.append(edges[-1] + width * column.share / whole)
    return edges
