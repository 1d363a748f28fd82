"""What a day report is made of: numbered blocks of text, figures, tables and charts."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from app.papers.flow import MARGIN, Flow
from app.papers.ink import DARK, INK, MUTED, PALE, Fill, fill_box, painted
from app.papers.pages import Pages, mm
from app.papers.wrapped_table import WrappedTable, draw_wrapped_table
from app.papers.wrapping import wrap

Draw = Callable[[Pages, tuple[float, float], float], None]
"""Draws on pages from an upper left corner, so wide."""
TILE = mm(17.5)
TILES_IN_ROW = 6
LABEL = mm(34)
NOTE = mm(11)
"""Room for the note under a drawing."""
TOGETHER = 4
"""A paragraph of so many lines is not parted by the end of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or a few; a note is a definition, set small; a head names what follows."""

    text: str
    is_note: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure set big: its words and, small, what to compare it with."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Labels with their texts, one below the other."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart of a known height; `draw` gets its upper left corner and its width."""

    height: float
    draw: Draw


Item = Paragraph | Tiles | Pairs | Drawing | WrappedTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of the report; `number` 0 has none."""

    number: int
    title: str
    items: tuple[Item, ...]


def draw_block(flow: Flow, block: Block) -> None:
    """Draw a block; its title stays with what follows."""
    first = block.items[0]
    flow.make_room(mm(16) + (_height(first) if isinstance(first, Drawing) else mm(28)))
    flow.y -= mm(7)
    with painted(flow.pages, DARK):
        title = f"{block.number}　{block.title}" if block.number else block.title
        flow.pages.fitted((MARGIN, flow.y), title, flow.width, size=13, bold=True)
        flow.y -= mm(1.8)
        flow.pages.line((MARGIN, flow.y), (MARGIN + flow.width, flow.y), 0.9)
    flow.y -= mm(2.2)
    for item, following in zip_longest(block.items, block.items[1:]):
        if isinstance(item, Paragraph) and item.is_head:
            flow.make_room(mm(12) + (_height(following) if following else 0))
        draw_item(flow, item)


def _height(item: Item) -> float:
    """Return how much room an item needs to begin with, a drawing's note included."""
    return item.height + NOTE if isinstance(item, Drawing) else mm(16)


def draw_item(flow: Flow, item: Item) -> None:
    """Draw one part of a block."""
    if isinstance(item, Paragraph):
        _draw_paragraph(flow, item)
    elif isinstance(item, Tiles):
        _draw_tiles(flow, item)
    elif isinstance(item, Pairs):
        _draw_pairs(flow, item)
    elif isinstance(item, Drawing):
        flow.make_room(_height(item))
        item.draw(flow.pages, (MARGIN, flow.y - mm(1)), flow.width)
        flow.y -= item.height + mm(2)
    else:
        flow.y -= mm(1)
        draw_wrapped_table(flow, item)


def _draw_paragraph(flow: Flow, paragraph: Paragraph) -> None:
    size = 8.5 if paragraph.is_note else 10.5
    flow.y -= mm(2) if paragraph.is_head else 0
    lines = wrap(flow.pages.fonts, paragraph.text, flow.width, size)
    if len(lines) <= TOGETHER:
        flow.make_room(size * 1.45 * len(lines))
    for line in lines:
        flow.make_room(size * 1.45)
        flow.y -= size * 1.45
        with painted(flow.pages, MUTED if paragraph.is_note else INK):
            at = (MARGIN, flow.y + size * 0.25)
            flow.pages.text(at, line, size, bold=paragraph.is_head)
    flow.y -= size * 0.35


def _draw_pairs(flow: Flow, pairs: Pairs) -> None:
    size = 10.0
    for label, text in pairs.pairs:
        lines = wrap(flow.pages.fonts, text, flow.width - LABEL, size)
        flow.make_room(size * 1.45 * len(lines))
        with painted(flow.pages, MUTED):
            at = (MARGIN, flow.y - size * 1.15)
            flow.pages.fitted(at, label, LABEL - mm(2), size=size)
        for line in lines:
            flow.y -= size * 1.45
            with painted(flow.pages, INK):
                flow.pages.text((MARGIN + LABEL, flow.y + size * 0.35), line, size)
    flow.y -= mm(1.5)


def _draw_tiles(flow: Flow, tiles: Tiles) -> None:
    for start in range(0, len(tiles.tiles), TILES_IN_ROW):
        flow.make_room(TILE + mm(3))
        row = tiles.tiles[start : start + TILES_IN_ROW]
        each = flow.width / TILES_IN_ROW
        for index, tile in enumerate(row):
            _draw_tile(flow, (MARGIN + index * each, flow.y - TILE - mm(1)), each, tile)
        flow.y -= TILE + mm(2.5)


def _draw_tile(flow: Flow, at: tuple[float, float], each: float, tile: Tile) -> None:
    x, y = at
    inner = each - mm(5)
    fill_box(flow.pages, (x, y, each - mm(1.5), TILE), Fill(colour=PALE))
    left = x + mm(2)
    with painted(flow.pages, MUTED):
        flow.pages.fitted((left, y + TILE - mm(3.9)), tile.label, inner, size=8.5)
        flow.pages.fitted((left, y + mm(1.5)), tile.beside, inner, size=8)
    with painted(flow.pages, DARK):
        flow.pages.fitted((left, y + mm(6.1)), tile.value, inner, size=19, bold=True)
