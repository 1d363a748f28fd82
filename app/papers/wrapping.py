"""Breaking texts into lines: Chinese between any two characters, Latin words at blanks."""

import re
from collections.abc import Iterator
from itertools import islice

from app.papers.fonts import FontBook, drawable

NEVER_FIRST = "，。、；：！？）」』】》〉…,.;:!?)]}%％"
NEVER_LAST = "（「『【《〈(["
_PIECES = re.compile(r"\s+|[!-~\u00a0-\u024f]+|[^\s!-~\u00a0-\u024f]")


def wrap(
    fonts: FontBook, text: str, width: float, size: float, *, most: int | None = None
) -> tuple[str, ...]:
    """Return the lines of a text no wider than a width; its own line breaks stay.

    `most`: as many lines are looked for and no more, however long the text is.
    """
    lines = (
        line
        for paragraph in text.splitlines() or [""]
        for line in _lines(fonts, drawable(paragraph), (width, size))
    )
    return tuple(islice(lines, most))


def _lines(fonts: FontBook, text: str, room: tuple[float, float]) -> Iterator[str]:
    width, size = room
    current: list[str] = []
    used = 0.0  # a line is as wide as its pieces: each is measured once, not the line each time
    for piece in _pieces(fonts, text, room):
        if current and used + fonts.width(piece.rstrip(), size) > width:
            kept = _kept(current, piece)
            yield "".join(current).rstrip()
            current = [*kept, piece] if kept else [piece.lstrip()]
            used = sum(fonts.width(each, size) for each in current)
        else:
            current.append(piece)
            used += fonts.width(piece, size)
    yield "".join(current).rstrip()


def _kept(current: list[str], piece: str) -> list[str]:
    """Take off a line what goes to the next: no stop begins one, no bracket ends one."""
    kept: list[str] = []
    while len(current) > 1:
        first = kept[0] if kept else piece
        if first not in NEVER_FIRST and current[-1] not in NEVER_LAST:
            break
        kept.insert(0, current.pop())
    return kept


def _pieces(fonts: FontBook, text: str, room: tuple[float, float]) -> Iterator[str]:
    """Yield what may not be broken; a word wider than the room is broken all the same."""
    width, size = room
    for match in _PIECES.finditer(text):
        if fonts.width(match[0], size) <= width:
            yield match[0]
        else:
            yield from match[0]
