"""XLSX: text cells typed as text, a fixed date, no temporary files."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

from app.papers.column_widths import column_widths
from app.papers.sheet_cells import Cell, Sheet, sheet_name, xml_safe
from app.papers.zip_file import zip_bytes

if TYPE_CHECKING:
    from xlsxwriter import Format, Worksheet

FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - xlsxwriter wants it naive
LONGEST_TEXT = 32_767
"""XLSX holds no longer text in a cell."""
OPTIONS = {
    "in_memory": True,  # no personal data in temporary files
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def xlsx_bytes(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """Return an XLSX file with one worksheet, the header bold and always in sight."""
    return xlsx_book_bytes([Sheet(title, columns, rows)], title=title)


def xlsx_book_bytes(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """Return an XLSX file with worksheets in the order given."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "created": FIXED_DATE})
    formats = (book.add_format({"bold": True}), book.add_format({"num_format": "@"}))
    for sheet in sheets:
        _fill(book.add_worksheet(sheet_name(sheet.title)), sheet, formats)
    book.close()
    return zip_bytes(_entries(buffer))


def _fill(worksheet: "Worksheet", sheet: Sheet, formats: "tuple[Format, Format]") -> None:
    bold, as_text = formats
    widths = column_widths(sheet.columns, sheet.rows)
    for index, (header, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        worksheet.write_string(0, index, xml_safe(header), bold)
        worksheet.set_column(index, index, width)
    worksheet.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, 1):
        for index, cell in enumerate(row):
            if isinstance(cell, str):
                worksheet.write_string(number, index, xml_safe(cell)[:LONGEST_TEXT], as_text)
            elif cell is not None:
                worksheet.write_number(number, index, cell)


def _entries(buffer: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(buffer) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
