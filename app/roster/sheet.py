"""A sheet as read, before anybody knows what its columns mean."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = Sequence[Cell]

_ERROR_CELLS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


class FileKind(StrEnum):
    """What a file turned out to be."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    XML = "xml"
    """SpreadsheetML 2003."""
    CSV = "csv"
    TSV = "tsv"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet or table: rows as the file has them, blank ones included."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets; `encoding` is empty where the format fixes it."""

    kind: FileKind
    encoding: str
    sheets: Sequence[Sheet]


def cell_text(cell: Cell) -> str:
    """Return a cell as one line of text: 912345678.0 → `912345678`, dates ISO, errors empty."""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def clean_text(text: str) -> str:
    """Return the text on one line without outer blanks; a spreadsheet's error is no text."""
    text = text.strip()
    if text[:1] == "#" and text in _ERROR_CELLS:
        return ""
    return text if text.isprintable() else " ".join(_visible(text).split())


def _visible(text: str) -> str:
    """Return the text without marks that show nothing; private characters (Big5) stay."""
    kinds = ((character, unicodedata.category(character)) for character in text)
    return "".join(" " if kind == "Cc" else character for character, kind in kinds if kind != "Cf")


def row_texts(row: Iterable[Cell]) -> list[str]:
    """Return every cell of a row as text."""
    return [cell_text(cell) for cell in row]
