"""Colours of charts on paper: told apart in black and white and by colour-blind eyes.

Neighbours differ in lightness first and hue second; what could still be taken for another is
hatched as well. Values are always written in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.papers.pages import Pages

Colour = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""
Box = tuple[float, float, float, float]
"""Left, bottom, width, height in points."""

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
INK: Colour = (0.13, 0.17, 0.23)
MUTED: Colour = (0.40, 0.44, 0.50)
HAIRLINE: Colour = (0.80, 0.83, 0.87)
PALE: Colour = (0.955, 0.965, 0.98)
LIGHT: Colour = (0.90, 0.93, 0.97)
DARK: Colour = (0.09, 0.22, 0.42)
MIDDLE: Colour = (0.38, 0.58, 0.79)
SOFT: Colour = (0.76, 0.85, 0.93)
AMBER: Colour = (0.93, 0.64, 0.18)
BRICK: Colour = (0.62, 0.20, 0.10)
HATCH_GAP = 3.2
GAMMA = 2.2
EQUAL_CONTRAST = 0.22
"""Luminance at which dark ink and white read equally well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How an area is painted: a colour, and lines over it where lightness alone is not enough."""

    colour: Colour
    hatch: Colour | None = None
    is_rising: bool = True
    """Which way the lines go."""


def shade(part: float) -> Colour:
    """Return a blue for 0 (nearly white) to 1 (dark); lightness falls evenly."""
    kept = min(1.0, max(0.0, part))
    stops = (PALE, SOFT, MIDDLE, DARK)
    place = kept * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    low, high, between = stops[index], stops[index + 1], place - index
    red, green, blue = (a + (b - a) * between for a, b in zip(low, high, strict=True))
    return (red, green, blue)


def lightness(colour: Colour) -> float:
    """Return how light a colour prints without colour, 0 to 1 (Rec. 709 luma)."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(colour: Colour) -> Colour:
    """Return the text colour that reads on a fill: the one with more contrast (WCAG)."""
    linear = [part**GAMMA for part in colour]
    brightness = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if brightness > EQUAL_CONTRAST else WHITE


@contextmanager
def painted(pages: Pages, colour: Colour) -> Iterator[None]:
    """Draw text and lines in a colour; bold text takes both kinds of it."""
    pages.canvas.setFillColorRGB(*colour)
    pages.canvas.setStrokeColorRGB(*colour)
    yield
    pages.canvas.setFillColorRGB(*BLACK)
    pages.canvas.setStrokeColorRGB(*BLACK)


def fill_box(pages: Pages, box: Box, fill: Fill) -> None:
    """Paint an area, hatched where its fill says so."""
    x, y, width, height = box
    canvas = pages.canvas
    canvas.setFillColorRGB(*fill.colour)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    if fill.hatch is not None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, y, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColorRGB(*fill.hatch)
        for step in range(int((width + height) / HATCH_GAP) + 1):
            left = x - height + step * HATCH_GAP
            ends = (y, y + height) if fill.is_rising else (y + height, y)
            pages.line((left, ends[0]), (left + height, ends[1]), 0.7)
        canvas.restoreState()
    canvas.setFillColorRGB(*BLACK)
