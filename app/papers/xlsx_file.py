"""XLSX: text cells typed as text, a fixed date, no temporary files."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

import xlsxwriter

from app.papers.column_widths import column_widths
from app.papers.sheet_cells import Cell, sheet_name, xml_safe
from app.papers.zip_file import zip_bytes

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
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "created": FIXED_DATE})
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True})
    as_text = book.add_format({"num_format": "@"})
    for index, (header, width) in enumerate(
        zip(columns, column_widths(columns, rows), strict=True)
    ):
        sheet.write_string(0, index, xml_safe(header), bold)
        sheet.set_column(index, index, width)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for index, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, index, xml_safe(cell)[:LONGEST_TEXT], as_text)
            elif cell is not None:
                sheet.write_number(number, index, cell)
    book.close()
    return zip_bytes(_entries(buffer))


def _entries(buffer: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(buffer) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
