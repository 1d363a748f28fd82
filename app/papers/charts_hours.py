"""The heat map: what an hour was like at a glance, with every number written in."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.ink import HAIRLINE, INK, MUTED, Fill, fill_box, ink_on, painted, shade
from app.papers.pages import Pages, mm

LABEL_WIDTH = mm(38)
HEADER = mm(6)
CELL = mm(9.5)
KEY = mm(8)
GAP = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One row: a value for each column, None where nothing can be said, and what is written."""

    label: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Rows over columns, each row shaded by its own largest value. `key`: words for the shades."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    key: tuple[str, str, str]
    """Words for the light end, the dark end, and how to read the rows."""
    cell_pt: float = CELL
    label_pt: float = LABEL_WIDTH
    text_pt: float = 12


def heat_map_height(heat: HeatMap) -> float:
    """Return how much room a heat map takes."""
    return HEADER + heat.cell_pt * len(heat.rows) + KEY


def draw_heat_map(pages: Pages, at: tuple[float, float], width: float, heat: HeatMap) -> None:
    """Draw a heat map; `at` is its upper left corner."""
    left, top = at
    each = (width - heat.label_pt) / max(1, len(heat.columns))
    with painted(pages, MUTED):
        for index, column in enumerate(heat.columns):
            middle = left + heat.label_pt + each * (index + 0.5)
            pages.fitted((middle, top - HEADER * 0.65), column, each, size=9, align="center")
    y = top - HEADER
    for row in heat.rows:
        y -= heat.cell_pt
        _draw_row(pages, (left, y), each, (row, heat))
    _draw_key(pages, (left + width, y - KEY), heat.key)


def _draw_row(
    pages: Pages, at: tuple[float, float], each: float, drawn: tuple[HeatRow, HeatMap]
) -> None:
    (left, y), (row, heat) = at, drawn
    baseline = y + heat.cell_pt / 2
    with painted(pages, INK):
        size = min(10.0, heat.text_pt)
        pages.fitted((left, baseline - size * 0.36), row.label, heat.label_pt - mm(2), size=size)
    most = max((value for value in row.values if value is not None), default=0.0) or 1.0
    for index, (value, text) in enumerate(zip(row.values, row.texts, strict=True)):
        x = left + heat.label_pt + each * index
        box = (x + GAP / 2, y + GAP / 2, each - GAP, heat.cell_pt - GAP)
        colour = shade(value / most) if value is not None else (1.0, 1.0, 1.0)
        fill_box(pages, box, Fill(colour=colour))
        if value is None:
            _frame(pages, box)
        middle = (x + each / 2, baseline - heat.text_pt * 0.36)
        with painted(pages, ink_on(colour) if value is not None else MUTED):
            pages.fitted(middle, text, each - 4, size=heat.text_pt, align="center")


def _frame(pages: Pages, box: tuple[float, float, float, float]) -> None:
    """Draw the frame of a cell about which nothing can be said."""
    pages.canvas.setStrokeColorRGB(*HAIRLINE)
    pages.canvas.setLineWidth(0.5)
    pages.canvas.rect(*box)
    pages.canvas.setStrokeGray(0)


def _draw_key(pages: Pages, at: tuple[float, float], key: Sequence[str]) -> None:
    """Draw the shades with their words, ending at the right margin."""
    x, y = at
    light, dark, note = key
    side = mm(4)
    with painted(pages, MUTED):
        pages.text((x, y + 4), dark, 8, align="right")
    x -= pages.fonts.width(dark, 8) + 3
    for step in (1.0, 0.75, 0.5, 0.25, 0.0):
        x -= side
        fill_box(pages, (x, y + 2.5, side, mm(3)), Fill(colour=shade(step)))
    with painted(pages, MUTED):
        pages.text((x - 3, y + 4), light, 8, align="right")
        pages.text((x - 10 - pages.fonts.width(light, 8), y + 4), note, 8, align="right")
