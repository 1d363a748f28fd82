"""Finding the row of column names: not always the first row, nor on the first sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.roster.fields import column_forms
from app.roster.refusals import refusal
from app.roster.sheet import Book, Row, Sheet, row_texts

HEADER_ROWS = 20
"""Rows searched for the column names; titles and notices stand above them."""

Names = Mapping[str, tuple[str, int]]
"""Folded column name → (field, rank among the names of that field)."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the column names are and what the columns mean."""

    sheet: Sheet
    index: int
    """0-based row of the column names in the sheet."""
    names: tuple[str, ...]
    """Every column's name as written; may be empty."""
    columns: Mapping[str, int]
    """Field → 0-based column."""

    @property
    def mapping(self) -> dict[str, str]:
        """Field → the file's column name."""
        return {field: self.names[column] for field, column in self.columns.items()}


def find_header(
    book: Book,
    names: Names,
    *,
    mapping: Mapping[str, str] | None = None,
    required: str = "name",
    missing: str = "no_header",
) -> Header:
    """Return the row with the most known column names. Raises InvalidInput when there is none.

    `mapping` (field → column name) overrules what names suggest; an empty column name switches a
    field off. `missing` is the refusal when no row names the `required` column.
    """
    if not any(len(row) for sheet in book.sheets for row in sheet.rows[:HEADER_ROWS]):
        raise refusal("no_table")
    candidates = [
        header
        for sheet in book.sheets
        for header in _sheet_headers(sheet, names, mapping or {})
        if required in header.columns
    ]
    if candidates:
        return max(candidates, key=_score)  # the first of equals
    if mapping:
        raise refusal("no_such_column", field="mapping")
    raise refusal(missing, most=HEADER_ROWS)


def _sheet_headers(sheet: Sheet, names: Names, mapping: Mapping[str, str]) -> Iterator[Header]:
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        header = _header_at(sheet, index, row_texts(row), names)
        chosen = _choose_columns(header, mapping)
        if chosen is not None and (mapping or _looks_like_names(row, chosen)):
            yield Header(sheet, index, header.names, chosen)


def _header_at(sheet: Sheet, index: int, texts: Sequence[str], names: Names) -> Header:
    best: dict[str, tuple[int, int]] = {}
    for column, text in enumerate(texts):
        known = next((names[form] for form in column_forms(text) if form in names), None)
        if known is not None:
            field, rank = known
            best[field] = min(best.get(field, (rank, column)), (rank, column))
    return Header(sheet, index, tuple(texts), {field: at for field, (_, at) in best.items()})


def _choose_columns(header: Header, mapping: Mapping[str, str]) -> dict[str, int] | None:
    """Return the columns with the person's choices in place, or None if one is not here."""
    wanted = {field: _find_column(header.names, name) for field, name in mapping.items() if name}
    chosen = {field: column for field, column in wanted.items() if column is not None}
    if len(chosen) < len(wanted):
        return None
    taken = set(chosen.values())
    guessed = {
        field: column
        for field, column in header.columns.items()
        if field not in mapping and column not in taken
    }
    return guessed | chosen


def _find_column(names: Sequence[str], wanted: str) -> int | None:
    forms = set(column_forms(wanted))
    exact = (at for at, name in enumerate(names) if name == wanted)
    alike = (at for at, name in enumerate(names) if forms.intersection(column_forms(name)))
    return next(exact, next(alike, None))


def _looks_like_names(row: Row, columns: Mapping[str, int]) -> bool:
    """One known word among many cells is chance (a person's title 教師), not a row of names."""
    filled = sum(1 for cell in row if cell != "")
    return len(columns) > 1 or filled == 1


def _score(header: Header) -> int:
    return len(header.columns)
