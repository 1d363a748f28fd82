"""Bars of topics: how many issues, what share, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.ink import (
    AMBER,
    BRICK,
    DARK,
    INK,
    LIGHT,
    MIDDLE,
    MUTED,
    SOFT,
    WHITE,
    Fill,
    fill_box,
    ink_on,
    painted,
)
from app.papers.pages import Pages, mm

ROW = mm(7.4)
LEGEND = mm(7)
LABEL_WIDTH = mm(48)
VALUE_WIDTH = mm(36)
BAR = 0.68
"""How much of a row's height its bar takes."""

OUTCOME_FILLS = {
    "resolved": Fill(colour=DARK),
    "resolved_next_step": Fill(colour=MIDDLE),
    "information": Fill(colour=SOFT),
    "escalated": Fill(colour=AMBER, hatch=WHITE),
    "not_resolved": Fill(colour=BRICK, hatch=WHITE, is_rising=False),
    "": Fill(colour=LIGHT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, its parts by fill key, and the words behind it."""

    label: str
    parts: tuple[tuple[str, int], ...]
    value: str

    @property
    def total(self) -> int:
        """The whole bar's length in cases."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars under a legend; `legend` has the words of each fill key that occurs."""

    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]


def bar_chart_height(chart: BarChart) -> float:
    """Return how much room a chart takes."""
    return LEGEND + ROW * len(chart.bars)


def draw_bar_chart(pages: Pages, at: tuple[float, float], width: float, chart: BarChart) -> None:
    """Draw bars; `at` is the upper left corner."""
    left, top = at
    _draw_legend(pages, (left + LABEL_WIDTH, top), chart.legend)
    room = width - LABEL_WIDTH - VALUE_WIDTH
    scale = room / max((bar.total for bar in chart.bars), default=1)
    y = top - LEGEND
    for bar in chart.bars:
        y -= ROW
        _draw_bar(pages, (left, y), scale, bar)


def _draw_bar(pages: Pages, at: tuple[float, float], scale: float, bar: Bar) -> None:
    left, y = at
    baseline = y + ROW / 2 - 10 * 0.36
    with painted(pages, INK):
        pages.fitted((left, baseline), bar.label, LABEL_WIDTH - mm(3), size=10)
    x = left + LABEL_WIDTH
    for key, count in bar.parts:
        wide = count * scale
        _draw_part(pages, (x, y + ROW * (1 - BAR) / 2, wide, ROW * BAR), key, count)
        x += wide
    with painted(pages, INK):
        pages.fitted((x + mm(1.5), baseline), bar.value, VALUE_WIDTH - mm(1.5), size=10)


def _draw_part(pages: Pages, box: tuple[float, float, float, float], key: str, count: int) -> None:
    """Draw one part; its number stands in it where there is room, on a clear patch."""
    x, y, width, height = box
    if not count:
        return
    fill = OUTCOME_FILLS[key]
    fill_box(pages, (x, y, max(0.5, width - 0.8), height), fill)
    text = str(count)
    needed = pages.fonts.width(text, 8.5) + 3
    if width < needed + 2:
        return
    middle = x + width / 2
    if fill.hatch is not None:
        patch = (middle - needed / 2, y + height * 0.12, needed, height * 0.76)
        fill_box(pages, patch, Fill(colour=fill.colour))
    with painted(pages, ink_on(fill.colour)):
        pages.text((middle, y + height / 2 - 8.5 * 0.36), text, 8.5, align="center")


def _draw_legend(pages: Pages, at: tuple[float, float], legend: Sequence[tuple[str, str]]) -> None:
    x, top = at
    y = top - LEGEND * 0.6
    for key, words in legend:
        fill_box(pages, (x, y, mm(5), mm(3)), OUTCOME_FILLS[key])
        x += mm(6)
        with painted(pages, MUTED):
            pages.text((x, y + 0.8), words, 8.5)
        x += pages.fonts.width(words, 8.5) + mm(4)
