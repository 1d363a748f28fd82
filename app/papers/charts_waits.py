"""The distribution of waits: how many waited how long, with the lines people promise by."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.ink import (
    AMBER,
    BRICK,
    DARK,
    INK,
    MIDDLE,
    MUTED,
    WHITE,
    Colour,
    Fill,
    fill_box,
    painted,
)
from app.papers.pages import Pages, mm

HEIGHT = mm(61)
MARK_ROW = mm(4.2)
ABOVE = mm(19)
"""Room above the bars for the words of the lines."""
BELOW = mm(10)
BIN_MINUTES = 5
LONGEST_MINUTES = 60
"""Longer waits share the last bar."""
LIMITS = (15, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitChart:
    """Waits in minutes, and the words of its lines and axes."""

    minutes: tuple[float, ...]
    median: tuple[float, str]
    p90: tuple[float, str]
    limits: tuple[tuple[int, str], ...]
    """(minutes, words) of each promised limit, e.g. 「15 分內 82%」."""
    axis: str
    longer: str
    """Words under the last bar, e.g. 「60 以上」."""


def wait_bins(minutes: Sequence[float]) -> tuple[int, ...]:
    """Return how many waits fall into each five minutes; the last takes all longer ones."""
    last = LONGEST_MINUTES // BIN_MINUTES
    longest = max(minutes, default=0.0)
    used = max(5, min(last, int(longest // BIN_MINUTES)) + 1)
    counts = [0] * used
    for each in minutes:
        counts[min(int(each // BIN_MINUTES), used - 1)] += 1
    return tuple(counts)


def draw_wait_chart(pages: Pages, at: tuple[float, float], width: float, chart: WaitChart) -> None:
    """Draw the distribution; `at` is the upper left corner, it is `HEIGHT` high."""
    left, top = at
    counts = wait_bins(chart.minutes)
    each = width / len(counts)
    floor, room = top - HEIGHT + BELOW, HEIGHT - ABOVE - BELOW
    for index, count in enumerate(counts):
        x, high = left + index * each, room * count / (max(counts) or 1)
        fill_box(pages, (x + 1.5, floor, each - 3, high), _fill(index * BIN_MINUTES))
        _draw_bin_words(pages, (x, floor), each, _bin_words(index, len(counts), chart.longer))
    _draw_marks(pages, (left, floor), each, (len(counts), chart))
    for index, count in enumerate(counts):
        top = floor + room * count / (max(counts) or 1)
        _draw_count(pages, (left + (index + 0.5) * each, top + 3), count)
    with painted(pages, INK):
        pages.line((left, floor), (left + width, floor), 0.8)
    with painted(pages, MUTED):
        pages.text((left + width, floor - BELOW + 1), chart.axis, 8.5, align="right")


def _fill(minutes: int) -> Fill:
    """Return how waits from so many minutes are painted: within, between and beyond the limits."""
    if minutes < LIMITS[0]:
        return Fill(colour=MIDDLE)
    if minutes < LIMITS[1]:
        return Fill(colour=AMBER, hatch=WHITE)
    return Fill(colour=BRICK, hatch=WHITE, is_rising=False)


def _bin_words(index: int, bins: int, longer: str) -> str:
    start = index * BIN_MINUTES
    is_open = index == bins - 1 and start >= LONGEST_MINUTES
    return longer if is_open else f"{start}–{start + BIN_MINUTES}"


def _draw_count(pages: Pages, at: tuple[float, float], count: int) -> None:
    """Write a bar's number above it, on white, as a mark may pass there."""
    if not count:
        return
    wide = pages.fonts.width(str(count), 9.5) + 3
    fill_box(pages, (at[0] - wide / 2, at[1] - 2, wide, 11), Fill(colour=WHITE))
    with painted(pages, INK):
        pages.text(at, str(count), 9.5, align="center")


def _draw_bin_words(pages: Pages, at: tuple[float, float], each: float, words: str) -> None:
    x, floor = at
    with painted(pages, MUTED):
        pages.fitted((x + each / 2, floor - mm(3.8)), words, each - 2, size=8.5, align="center")


def _draw_marks(
    pages: Pages, at: tuple[float, float], each: float, drawn: tuple[int, WaitChart]
) -> None:
    """Draw the promised limits, the median and P90 as lines, each with its words in a row."""
    (left, floor), (bins, chart) = at, drawn
    marks = [(*chart.median, DARK, 1.4), (*chart.p90, BRICK, 1.4)]
    marks += [(minutes, words, MUTED, 0.7) for minutes, words in chart.limits]
    tops = [floor + HEIGHT - BELOW - row * MARK_ROW for row in range(len(marks))]
    for top, (minutes, _, colour, thick) in zip(tops, marks, strict=True):
        x = left + each * min(minutes / BIN_MINUTES, bins)
        with painted(pages, colour):
            pages.canvas.setDash(*((1, 2) if colour == MUTED else (1000, 0)))
            pages.line((x, floor), (x, top), thick)
            pages.canvas.setDash()
    for top, (minutes, words, colour, _) in zip(tops, marks, strict=True):
        x = left + each * min(minutes / BIN_MINUTES, bins)
        _draw_words(pages, (x, top - 8), (words, colour), left + each * bins)


def _draw_words(
    pages: Pages, at: tuple[float, float], told: tuple[str, Colour], edge: float
) -> None:
    """Write a line's words beside it, on white, before the line where the chart ends."""
    (x, y), (words, colour) = at, told
    wide = pages.fonts.width(words, 9)
    start = x - 3 - wide if x + wide + 6 > edge else x + 3
    fill_box(pages, (start - 1, y - 2, wide + 2, 10), Fill(colour=WHITE))
    with painted(pages, colour):
        pages.text((start, y), words, 9, bold=colour != MUTED)
