"""Which font draws which character of a name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

import resources
from app.papers.fallback_fonts import installed_fallbacks
from app.papers.to_unicode import correct_reportlab

BUNDLED = "fonts/NotoSansTC-Regular.ttf"
MAIN = "VenueDesk"
MISSING = ""
"""The font of characters nobody can draw; they become boxes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters drawn with one font; font `MISSING` means boxes."""

    font: str
    text: str


class FontBook:
    """The bundled font, then each fallback in turn, opened only when a rare character asks."""

    def __init__(self, fallbacks: Sequence[Path] | None = None) -> None:
        """Take the given fallbacks, or those installed here."""
        self._main = _load_font(MAIN, resources.path(BUNDLED)).face.charToGlyph
        self._fallbacks = tuple(fallbacks) if fallbacks is not None else None
        self._font_of: dict[str, str] = {}
        self._runs_of: dict[str, tuple[Run, ...]] = {}

    def runs(self, text: str) -> tuple[Run, ...]:
        """Split a text into runs of one font each; units and titles come again and again."""
        if text not in self._runs_of:
            self._runs_of[text] = self._split(text)
        return self._runs_of[text]

    def has_missing(self, text: str) -> bool:
        """Whether a character of the text can only be drawn as a box."""
        return any(run.font == MISSING for run in self.runs(text))

    def width(self, text: str, size: float) -> float:
        """Return the drawn width in points."""
        return sum(run_width(run, size) for run in self.runs(text))

    def _split(self, text: str) -> tuple[Run, ...]:
        shown = drawable(text)
        if all(ord(character) in self._main for character in shown):
            return (Run(MAIN, shown),) if shown else ()
        runs: list[Run] = []
        for character in shown:
            font = self._font(character)
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + character)
            else:
                runs.append(Run(font, character))
        return tuple(runs)

    def _font(self, character: str) -> str:
        if ord(character) in self._main:
            return MAIN
        if character not in self._font_of:
            self._font_of[character] = self._find_fallback(character)
        return self._font_of[character]

    def _find_fallback(self, character: str) -> str:
        paths = installed_fallbacks() if self._fallbacks is None else self._fallbacks
        for path in paths:
            font = _find_font(path)
            if font is not None and ord(character) in font.face.charToGlyph:
                return str(font.fontName)
        return MISSING


def run_width(run: Run, size: float) -> float:
    """Return a run's width in points; a box is one em wide."""
    if run.font == MISSING:
        return len(run.text) * size
    return float(pdfmetrics.stringWidth(run.text, run.font, size))


def drawable(text: str) -> str:
    """Return the text as drawn: control and invisible characters gone, accents composed."""
    if text.isascii() and text.isprintable():
        return text
    spaced = "".join(_spaced(character) for character in text)
    if any(unicodedata.combining(character) for character in spaced):
        spaced = unicodedata.normalize("NFC", spaced)
    return "".join(character for character in spaced if not _is_invisible(character))


def _spaced(character: str) -> str:
    return " " if character.isspace() and character != "\u3000" else character


def _is_invisible(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return True
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF


@cache
def _load_font(name: str, path: Path) -> TTFont:
    correct_reportlab()
    font = TTFont(name, str(path))
    pdfmetrics.registerFont(font)
    return font


@cache
def _find_font(path: Path) -> TTFont | None:
    """Open a fallback; one that is not what its name promises is passed over."""
    try:
        return _load_font(f"{MAIN}-{path.stem}", path)
    except (TTFError, OSError):
        return None
