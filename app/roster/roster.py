"""Reading a roster: file → sheets → column names → people and problems. Nothing is stored."""

from collections.abc import Mapping
from pathlib import Path

from app.domain.errors import Cancelled
from app.roster.book import read_book
from app.roster.draft import Progress, RosterDraft
from app.roster.fields import ROSTER_COLUMNS
from app.roster.header import HEADER_ROWS, find_header
from app.roster.limits import DEFAULT_LIMITS, ReadLimits
from app.roster.mapping import check_mapping
from app.roster.person_rows import RowReader
from app.roster.sheet import Book, row_texts
from app.roster.unit_index import UnitIndex

BLOCK_ROWS = 1_000
"""Rows between two calls of `progress`."""


def read_roster(
    file: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    units: UnitIndex | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> RosterDraft:
    """Read a roster of any supported kind. Raises InvalidInput and Cancelled, nothing else.

    `mapping` (field → column name) overrules what the column names suggest; with `units`, units
    are resolved and unknown ones reported.
    """
    check_mapping(mapping or {})
    book = read_book(file, limits)
    header = find_header(book, ROSTER_COLUMNS, mapping=mapping)
    reader = RowReader(header, units)
    rows = header.sheet.rows
    for start in range(header.index + 1, len(rows), BLOCK_ROWS):
        if progress is not None and not progress(start, len(rows)):
            raise Cancelled
        reader.read_block(start, rows[start : start + BLOCK_ROWS])
    if progress is not None and not progress(len(rows), len(rows)):
        raise Cancelled
    return _draft(file, book, reader)


def first_rows(file: Path, *, limits: ReadLimits = DEFAULT_LIMITS) -> list[list[str]]:
    """Return the first rows of the longest sheet, so that a person can tell the columns.

    For files `read_roster` refuses because no row of column names was found.
    """
    sheets = read_book(file, limits).sheets
    longest = max(sheets, key=lambda sheet: len(sheet.rows), default=None)
    return [row_texts(row) for row in longest.rows[:HEADER_ROWS]] if longest else []


def _draft(file: Path, book: Book, reader: RowReader) -> RosterDraft:
    header = reader.header
    return RosterDraft(
        file=file.name,
        kind=book.kind,
        encoding=book.encoding,
        header_row=header.index + 1,
        columns=tuple(name for name in header.names if name),
        mapping=header.mapping,
        rows=reader.rows,
        people=reader.people,
        problems=sorted(reader.problems, key=lambda found: found.row),
    )
