"""Tables with texts of any length: cells wrap, rows grow, hairlines part them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.flow import FOOT, MARGIN, Flow
from app.papers.ink import HAIRLINE, INK, LIGHT, MUTED, Fill, fill_box, painted
from app.papers.pages import Align, mm
from app.papers.wrapping import wrap

TEXT_PT = 9.5
SMALL_PT = 8.5
LEADING = 1.32
PAD = mm(1.3)
SIDE = mm(1.9)
INDENT = mm(4)
LONGEST_LINES = 40
"""A cell never fills a page by itself; what is longer stands in the raw tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedColumn:
    """A column; `share` is its part of the width beside the others'."""

    header: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedTable:
    """Rows of text. `inner`: rows that belong to the one above are set small and indented."""

    columns: tuple[WrappedColumn, ...]
    rows: Sequence[tuple[str, ...]]
    inner: frozenset[int] = frozenset()


def draw_wrapped_table(flow: Flow, table: WrappedTable) -> None:
    """Draw a table; its header comes again on every page."""
    edges = _edges(table.columns, flow.width)
    flow.make_room(mm(18))
    _draw_header(flow, table, edges)
    for index, row in enumerate(table.rows):
        is_inner = index in table.inner
        cells = _cells(flow, row, edges, is_inner=is_inner)
        size = SMALL_PT if is_inner else TEXT_PT
        height = max(map(len, cells)) * size * LEADING + 2 * PAD
        if flow.y - height < FOOT:
            flow.next_page()
            _draw_header(flow, table, edges)
        _draw_row(flow, (table, edges), cells, is_inner=is_inner)
        flow.y -= height
        with painted(flow.pages, HAIRLINE):
            flow.pages.line((MARGIN, flow.y), (MARGIN + flow.width, flow.y), 0.5)
    flow.y -= mm(2)


def _cells(
    flow: Flow, row: Sequence[str], edges: Sequence[float], *, is_inner: bool
) -> list[tuple[str, ...]]:
    size = SMALL_PT if is_inner else TEXT_PT
    cells = []
    for index, text in enumerate(row):
        width = edges[index + 1] - edges[index] - 2 * SIDE - _indent(index, is_inner=is_inner)
        lines = wrap(flow.pages.fonts, text, width, size, most=LONGEST_LINES + 1)
        cells.append((*lines[: LONGEST_LINES - 1], "…") if len(lines) > LONGEST_LINES else lines)
    return cells


def _draw_header(flow: Flow, table: WrappedTable, edges: Sequence[float]) -> None:
    fonts = flow.pages.fonts
    cells = [
        wrap(fonts, column.header, edges[index + 1] - edges[index] - 2 * SIDE, SMALL_PT)
        for index, column in enumerate(table.columns)
    ]
    height = max(map(len, cells)) * SMALL_PT * LEADING + 2 * PAD
    box = (MARGIN, flow.y - height, flow.width, height)
    fill_box(flow.pages, box, Fill(colour=LIGHT))
    for index, lines in enumerate(cells):
        at = _at(table.columns[index].align, (edges[index], edges[index + 1]))
        y = flow.y - height + PAD + (len(lines) - 1) * SMALL_PT * LEADING + 2
        with painted(flow.pages, INK):
            for number, line in enumerate(lines):
                place = (at, y - number * SMALL_PT * LEADING)
                align = table.columns[index].align
                flow.pages.text(place, line, SMALL_PT, align=align, bold=True)
    flow.y -= height


def _draw_row(
    flow: Flow,
    drawn: tuple[WrappedTable, Sequence[float]],
    cells: Sequence[tuple[str, ...]],
    *,
    is_inner: bool,
) -> None:
    table, edges = drawn
    size = SMALL_PT if is_inner else TEXT_PT
    with painted(flow.pages, MUTED if is_inner else INK):
        for index, lines in enumerate(cells):
            align = table.columns[index].align
            left = edges[index] + _indent(index, is_inner=is_inner)
            x = _at(align, (left, edges[index + 1]))
            for number, line in enumerate(lines):
                y = flow.y - PAD - size * (1.0 + number * LEADING)
                flow.pages.text((x, y), line, size, align=align)


def _indent(index: int, *, is_inner: bool) -> float:
    return INDENT if is_inner and index == 0 else 0.0


def _at(align: Align, edges: tuple[float, float]) -> float:
    left, right = edges[0] + SIDE, edges[1] - SIDE
    return {"left": left, "center": (left + right) / 2, "right": right}[align]


def _edges(columns: Sequence[WrappedColumn], width: float) -> list[float]:
    whole = sum(column.share for column in columns)
    edges = [MARGIN]
    for column in columns:
        edges.append(edges[-1] + width * column.share / whole)
    return edges
