"""What a read table is, and the rows a subject has in it."""

from dataclasses import dataclass
from typing import Any

Key = tuple[str, ...]
"""Table name, then the row's key values."""
TableRows = dict[Key, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A read table's columns; the first `keys` of them are its primary key."""

    name: str
    columns: tuple[str, ...]
    keys: int
