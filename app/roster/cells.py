"""Cleaning the cells of one column: texts, phones, ID numbers, dates."""

import re
from collections.abc import Sequence

from app.domain.dates import parse_date
from app.domain.id_numbers import check_id_number, is_good_id_number
from app.domain.text import clean_phone
from app.roster.problems import ProblemKind
from app.roster.sheet import Row, cell_text

_NO_ID_WORDS = frozenset(
    {"無", "-", "--", "0", "無身分證", "未提供", "NA", "N/A", "NONE", "NULL", "略"}
)
_RANGE = re.compile("至|~|～")
_SHORTEST_NUMBER = 6
"""Passports and the like are numbers too, though not of our form."""
_MOBILE_DIGITS = 10
_LANDLINE_DIGITS = (8, 9)


def column_texts(rows: Sequence[Row], column: int | None) -> list[str]:
    """Return one column of some rows as text; a column that is not there is blank."""
    if column is None:
        return [""] * len(rows)
    cells = [row[column] if column < len(row) else "" for row in rows]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) == len(cells) and _is_clean("".join(texts)):
        return texts
    return [cell_text(cell) for cell in cells]


def _is_clean(texts: str) -> bool:
    """Say of many texts at once that none needs cleaning; most columns are like that."""
    return texts.isprintable() and " " not in texts and "#" not in texts


def phone_texts(rows: Sequence[Row], column: int | None) -> list[str]:
    """Return phones as text; a number cell gets back the zero that spreadsheets drop."""
    texts = column_texts(rows, column)
    if column is None:
        return texts
    return [
        text if column >= len(row) or isinstance(row[column], str) else _with_zero(text)
        for text, row in zip(texts, rows, strict=True)
    ]


def _with_zero(digits: str) -> str:
    return f"0{digits}" if digits.isdigit() and len(digits) in _LANDLINE_DIGITS else digits


def clean_phone_cell(text: str) -> tuple[str, ProblemKind | None]:
    """Return the number to keep, and the problem if it has no phone's shape (kept as typed)."""
    if not text:
        return "", None
    if len(text) == _MOBILE_DIGITS and text.startswith("09") and text.isascii() and text.isdigit():
        return text, None
    phone = clean_phone(text)
    if phone.is_plausible:
        return phone.number, None
    return text, ProblemKind.PHONE_FORMAT


def clean_id_cell(text: str) -> tuple[str, str, ProblemKind | None]:
    """Return the normalised ID number, the key it gives a person, and what is wrong with it.

    A wrong number is kept, for a person to correct; the key is empty where it is nobody's number.
    """
    if not text:
        return "", "", ProblemKind.ID_MISSING
    if is_good_id_number(text):
        return text, text, None
    check = check_id_number(text)
    number = check.number
    if check.checksum_ok:
        return number, number, None
    if check.format_ok:
        return number, number, ProblemKind.ID_CHECKSUM
    if number in _NO_ID_WORDS:
        return "", "", ProblemKind.ID_MISSING
    is_number = len(number) >= _SHORTEST_NUMBER and any(map(str.isdigit, number))
    return number, number if is_number else "", ProblemKind.ID_FORMAT


def is_bad_date(text: str) -> bool:
    """Say whether a date cannot be read or disagrees with its weekday; of a range, its start."""
    parsed = parse_date(_RANGE.split(text, maxsplit=1)[0])
    return parsed is None or parsed.weekday_mismatch
