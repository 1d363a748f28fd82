"""How much a file may hold before it is refused: files come from mail and may be hostile."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """Upper bounds on one file. A roster of 100,000 rows and 12 columns fits well inside."""

    file_bytes: int = 20 * MEGABYTE
    rows: int = 200_000
    columns: int = 256
    cells: int = 6_000_000
    """Rows times columns of one sheet; a sheet is held as a full rectangle."""
    zip_entries: int = 1_000
    unpacked_bytes: int = 400 * MEGABYTE
    unpacked_ratio: int = 100
    """Unpacked size over packed size; small files may pass it."""
    sheets: int = 12
    """Sheets looked at, first ones first."""
    text_bytes: int = 512 * MEGABYTE
    """Text of all cells together, where many cells may share one long text."""


DEFAULT_LIMITS = ReadLimits()
