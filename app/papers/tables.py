"""Tables for other programs: ODS, XLSX and CSV with the same cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.papers.csv_file import csv_bytes
from app.papers.files import save_paper
from app.papers.ods_file import ods_bytes
from app.papers.sheet_cells import Cell
from app.papers.xlsx_file import xlsx_bytes

FORMATS = ("ods", "xlsx", "csv")
ENCODINGS = ("utf-8-sig", "cp950")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headers and rows. Text stays text, whatever it looks like; only numbers are numbers."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    title: str = ""
    """Name of the worksheet."""


def write_table(out: Path, table: Table, file_format: str, *, encoding: str = "utf-8-sig") -> None:
    """Write a table. `encoding` counts for CSV only.

    Raises InvalidInput: format or encoding unknown, the file cannot be written, or
    `UnencodableText` when cp950 cannot hold every name.
    """
    save_paper(out, table_bytes(table, file_format, encoding=encoding))


def table_bytes(table: Table, file_format: str, *, encoding: str = "utf-8-sig") -> bytes:
    """Return the file's content; the same table gives the same bytes."""
    if file_format not in FORMATS:
        raise _unknown("沒有這種檔案格式。", "There is no such file format.", "format", FORMATS)
    if encoding not in ENCODINGS:
        raise _unknown("沒有這種編碼。", "There is no such encoding.", "encoding", ENCODINGS)
    if file_format == "csv":
        return csv_bytes(table.columns, table.rows, encoding=encoding)
    write = ods_bytes if file_format == "ods" else xlsx_bytes
    return write(table.columns, table.rows, title=table.title or "1")


def _unknown(zh: str, en: str, field: str, known: Sequence[str]) -> InvalidInput:
    remedy = Words(zh=f"可用：{'、'.join(known)}。", en=f"Use one of: {', '.join(known)}.")
    return InvalidInput(Words(zh=zh, en=en), remedy=remedy, field=field)
