"""The forms a field can take in a file: which there are for its type, and how they look."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType, UnionType
from typing import get_args, get_type_hints

from app.domain.id_numbers import id_tail
from app.papers.dates import clock, roc_compact, roc_slashed
from app.papers.export_rows import ROW_TYPES
from app.papers.sheet_cells import Cell

Style = Callable[[object], Cell]
CHECK_ONLY = {"course_hours"}
"""Fields that rows carry to be checked, not to be written."""


def _on(value: object) -> date:
    """Return a value of a date field; the tables below pair styles and types."""
    if not isinstance(value, date):
        raise TypeError
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError
    return value


def _number(value: object) -> Cell:
    """Return whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else str(value)


STYLES: Mapping[type, Mapping[str, Style]] = MappingProxyType(
    {
        str: {
            "plain": str,
            "upper": lambda value: str(value).upper(),
            "tail": lambda value: id_tail(str(value)),
            "or-no-number": lambda value: str(value) or "無文號",
        },
        date: {
            "iso": lambda value: _on(value).isoformat(),
            "roc": lambda value: roc_slashed(_on(value)),
            "roc-compact": lambda value: roc_compact(_on(value)),
            "gregorian-slash": lambda value: _on(value).strftime("%Y/%m/%d"),
        },
        datetime: {
            "iso": lambda value: _moment(value).isoformat(timespec="seconds"),
            "clock": lambda value: clock(_moment(value)),
            "clock-seconds": lambda value: _moment(value).strftime("%H:%M:%S"),
        },
        bool: {
            "yes-no": lambda value: "是" if value else "否",
            "digit": lambda value: int(bool(value)),
        },
        int: {"number": _number, "text": lambda value: str(_number(value))},
    }
)
"""By type, the first style is the one used when a profile names none."""


def fields_of(kind: str) -> Mapping[str, type]:
    """Return the fields a profile of this kind may use, each with its type."""
    hints = get_type_hints(ROW_TYPES[kind])
    return {name: _plain(hint) for name, hint in hints.items() if name not in CHECK_ONLY}


def _plain(hint: object) -> type:
    """Return the type of a field that may be empty; hours count as whole numbers."""
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    first = options[0]
    return first if isinstance(first, type) else str
