"""How wide a column must be for its texts."""

import unicodedata
from collections.abc import Sequence

from app.papers.sheet_cells import Cell

NARROWEST, WIDEST = 6, 48
ROWS_LOOKED_AT = 500


def column_widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return each column's width in Latin characters, from its header and first rows."""
    widths = [_width(header) for header in columns]
    for row in rows[:ROWS_LOOKED_AT]:
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], _width(cell))
    return [min(WIDEST, max(NARROWEST, width + 2)) for width in widths]


def _width(cell: Cell) -> int:
    if cell is None:
        return 0
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in str(cell))
