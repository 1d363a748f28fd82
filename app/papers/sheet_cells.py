"""What a cell may hold, and what keeps a spreadsheet from running it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

Cell = str | int | float | None
"""Text, a number, or nothing. Dates arrive as text in the form the profile asks for."""


class Sheet(NamedTuple):
    """One worksheet of a workbook."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


# Spreadsheets run a cell that begins so; full-width signs are folded by some input methods.
# Blanks before the sign are skipped, as some programs trim them on import.
_FORMULA = re.compile("[\\s\u3000]*[=+\\-@＝＋－＠]|[\t\r\n\0]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
REPLACEMENT = "\ufffd"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet opening a CSV might run the text.

    There is no exception for `-` and `+`: a phone such as +886-8-7320415 would be computed too.
    """
    return _FORMULA.match(text) is not None


def csv_safe(text: str) -> str:
    """Return the text with a leading apostrophe where a spreadsheet might run it."""
    return f"'{text}" if looks_like_formula(text) else text


def xml_safe(text: str) -> str:
    """Return the text without characters that no XML file may hold."""
    return _NOT_XML.sub(REPLACEMENT, text)


def sheet_name(title: str) -> str:
    """Return a title as a worksheet name every program takes: at most 31 UTF-16 units."""
    plain = _FORBIDDEN_IN_SHEET_NAME.sub(" ", xml_safe(unicodedata.normalize("NFC", title)))
    plain = " ".join(plain.split())
    while len(plain.encode("utf-16-le")) > 62:
        plain = plain[:-1]
    return plain.strip() or "1"
