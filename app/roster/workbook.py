"""XLSX, XLS and ODS through calamine, after the checks that keep hostile files harmless."""

import io
from collections.abc import Iterator, MutableSequence, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.domain.errors import InvalidInput
from app.roster.extent import check_extent
from app.roster.limits import ReadLimits
from app.roster.office_zip import open_office_zip
from app.roster.ole import check_xls
from app.roster.refusals import refusal
from app.roster.sheet import Book, Cell, FileKind, Sheet

_MOST_MERGES = 20_000
_MOST_MERGED_ROWS = 500


def read_zip_book(content: bytes, limits: ReadLimits) -> Book:
    """Read an XLSX or ODS file. Raises InvalidInput."""
    office = open_office_zip(content, limits)
    check_extent(office, limits)
    return _read_book(office.as_zip(), office.kind, limits)


def read_xls_book(content: bytes, limits: ReadLimits) -> Book:
    """Read an old binary XLS file. Raises InvalidInput."""
    check_xls(content, limits)
    return _read_book(io.BytesIO(content), FileKind.XLS, limits)


def _read_book(stream: io.BytesIO, kind: FileKind, limits: ReadLimits) -> Book:
    try:
        with CalamineWorkbook.from_filelike(stream) as workbook:
            return Book(kind, "", list(_read_sheets(workbook, limits)))
    except PasswordError as error:
        raise refusal("encrypted") from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise refusal("broken") from error
    except BaseException as error:
        raise _panic_refused(error) from error


def _panic_refused(error: BaseException) -> BaseException:
    """A panic of the library is no Exception, and its class cannot be imported to be caught."""
    if isinstance(error, InvalidInput) or type(error).__name__ != "PanicException":
        return error
    return refusal("broken")


def _read_sheets(workbook: CalamineWorkbook, limits: ReadLimits) -> Iterator[Sheet]:
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]
    left = limits.cells
    for name in shown[: limits.sheets]:
        sheet = workbook.get_sheet_by_name(name)
        last_row, last_column = sheet.end or (0, 0)
        if last_row >= limits.rows:
            raise refusal("too_many_rows", most=limits.rows)
        left -= (last_row + 1) * (last_column + 1)
        if left < 0:
            raise refusal("too_many_cells")
        yield Sheet(name, _read_rows(sheet))


def _read_rows(sheet: CalamineSheet) -> Sequence[Sequence[Cell]]:
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:_MOST_MERGES]:
        if left == right and bottom - top < _MOST_MERGED_ROWS:
            _fill_down(rows, left, top, bottom)
    return rows


def _fill_down(rows: Sequence[MutableSequence[Cell]], column: int, top: int, bottom: int) -> None:
    """A unit merged over the rows of its people belongs to each of them."""
    for row in rows[top + 1 : bottom + 1]:
        if column < len(row) and row[column] == "":
            row[column] = rows[top][column]
