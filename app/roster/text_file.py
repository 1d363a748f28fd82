"""Text tables: comma, semicolon, tab or bar between cells."""

import csv
import io
from typing import Literal

from app.roster.encodings import DecodedText
from app.roster.limits import ReadLimits
from app.roster.refusals import refusal
from app.roster.sheet import Book, FileKind, Row, Sheet

_DELIMITERS = "\t,;|"
_SAMPLE_LINES = 30


def read_text_book(decoded: DecodedText, limits: ReadLimits) -> Book:
    """Split a text into rows and cells. Raises InvalidInput past the limits."""
    delimiter = find_delimiter(decoded.text)
    try:
        rows = _parse(decoded.text, delimiter, limits, quoted=True)
    except csv.Error:
        rows = _parse_unquoted(decoded.text, delimiter, limits)
    kind = FileKind.TSV if delimiter == "\t" else FileKind.CSV
    return Book(kind, decoded.encoding, [Sheet("", rows)])


def find_delimiter(text: str) -> str:
    """Return the mark that splits the most of the first lines into the same number of cells."""
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def steadiness(mark: str) -> tuple[int, int]:
        counts = [count for line in lines if (count := line.count(mark))]
        common = max(set(counts), key=counts.count, default=0)
        return counts.count(common), common

    return max(_DELIMITERS, key=steadiness) if any(m in text for m in _DELIMITERS) else ","


def _parse(text: str, delimiter: str, limits: ReadLimits, *, quoted: bool) -> list[Row]:
    # newline=None also ends rows at the lone carriage returns of old Macs.
    stream = io.StringIO(text, newline=None)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    rows: list[Row] = []
    for row in csv.reader(stream, delimiter=delimiter, quoting=quoting, strict=True):
        if len(row) > limits.columns:
            raise refusal("too_many_columns", most=limits.columns)
        rows.append(row)
        if len(rows) > limits.rows:
            raise refusal("too_many_rows", most=limits.rows)
    return rows


def _parse_unquoted(text: str, delimiter: str, limits: ReadLimits) -> list[Row]:
    """Some programs write quotes as plain characters; then every mark parts two cells."""
    try:
        rows = _parse(text, delimiter, limits, quoted=False)
    except csv.Error as error:
        raise refusal("text_structure", row=1) from error
    return [[str(cell).strip('"') for cell in row] for row in rows]
