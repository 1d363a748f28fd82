"""Several tables: a workbook of sheets (ODS, XLSX), a zip of CSVs, or CSVs side by side."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.papers.csv_file import csv_bytes
from app.papers.files import save_paper
from app.papers.ods_file import ods_book_bytes
from app.papers.sheet_cells import Sheet
from app.papers.tables import Table
from app.papers.xlsx_file import xlsx_book_bytes
from app.papers.zip_file import zip_bytes

FORMATS = ("ods", "xlsx", "zip", "csv")


def write_workbook(
    out: Path, tables: Sequence[Table], file_format: str, *, encoding: str = "utf-8-sig"
) -> None:
    """Write tables as one file; as `csv` the first one goes to `out`, the others beside it.

    Raises InvalidInput (format unknown, not writable) or UnencodableText.
    """
    if file_format != "csv":
        save_paper(out, workbook_bytes(tables, file_format, encoding=encoding))
        return
    contents = [csv_bytes(table.columns, table.rows, encoding=encoding) for table in tables]
    for table, content in zip(tables, contents, strict=True):
        is_first = table is tables[0]
        save_paper(out if is_first else out.with_stem(f"{out.stem}-{table.title}"), content)


def workbook_bytes(
    tables: Sequence[Table], file_format: str, *, encoding: str = "utf-8-sig"
) -> bytes:
    """Return the file's content; the same tables give the same bytes."""
    sheets = [Sheet(table.title, table.columns, table.rows) for table in tables]
    title = sheets[0].title
    if file_format == "ods":
        return ods_book_bytes(sheets, title=title)
    if file_format == "xlsx":
        return xlsx_book_bytes(sheets, title=title)
    if file_format not in FORMATS:
        raise InvalidInput(
            Words(zh="沒有這種檔案格式。", en="There is no such file format."),
            remedy=Words(
                zh=f"可用：{'、'.join(FORMATS)}。", en=f"Use one of: {', '.join(FORMATS)}."
            ),
            field="format",
        )
    return zip_bytes(
        (f"{number}-{sheet.title}.csv", csv_bytes(sheet.columns, sheet.rows, encoding=encoding))
        for number, sheet in enumerate(sheets, 1)
    )
