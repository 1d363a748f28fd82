"""CSV after RFC 4180: CRLF, quotes where needed, no cell that runs."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.papers.sheet_cells import REPLACEMENT, Cell, csv_safe


@dataclass(frozen=True, slots=True)
class UnencodableCell:
    """A text an encoding cannot hold; `row` is 1-based below the header. Shown, never logged."""

    row: int
    column: str
    text: str


class UnencodableText(InvalidInput):
    """An encoding would lose characters. `details` lists them for the person who asked."""

    def __init__(self, details: Sequence[UnencodableCell]) -> None:
        count = len(details)
        super().__init__(
            Words(
                zh=f"有 {count} 格含有 Big5（cp950）沒有的字，沒有寫出檔案。",
                en=f"{count} cells have characters that Big5 (cp950) lacks; nothing was written.",
            ),
            remedy=Words(zh="請改用 UTF-8，或改用 ODS。", en="Use UTF-8 or ODS instead."),
            field="encoding",
        )
        self.details = tuple(details)


def csv_bytes(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, encoding: str) -> bytes:
    """Return a CSV file. Raises UnencodableText."""
    lost = _lost_cells(columns, rows, encoding)
    if lost:
        raise UnencodableText(lost)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_safe(_text(header)) for header in columns])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def _lost_cells(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], encoding: str
) -> list[UnencodableCell]:
    lost = [UnencodableCell(0, header, header) for header in columns if not _fits(header, encoding)]
    for number, row in enumerate(rows, 1):
        lost += [
            UnencodableCell(number, header, cell)
            for header, cell in zip(columns, row, strict=True)
            if isinstance(cell, str) and not _fits(cell, encoding)
        ]
    return lost


def _fits(text: str, encoding: str) -> bool:
    """Whether the text comes back as it went in."""
    if text.isascii() or encoding != "cp950":
        return True
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def _cell(cell: Cell) -> str | int | float | None:
    return csv_safe(_text(cell)) if isinstance(cell, str) else cell


def _text(text: str) -> str:
    """Return the text without lone surrogates and NUL, which no reader takes."""
    return (
        text.encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .replace("\0", REPLACEMENT)
    )
