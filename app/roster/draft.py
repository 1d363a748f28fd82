"""What reading a roster yields: people and problems, and how the file was understood."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.people import PersonData
from app.roster.problems import Problem
from app.roster.sheet import FileKind

Progress = Callable[[int, int], bool]
"""Called with (rows done, all rows); return False to cancel."""


@dataclass(slots=True)
class RosterEntry:
    """One person of a roster, with the keys that identify people."""

    row: int
    """1-based row of the file."""
    data: PersonData
    id_key: str
    """Normalised ID number, or empty."""
    name_key: str
    unit_key: str
    """The same for all writings of one unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDraft:
    """A roster as read; nothing is stored yet."""

    file: str
    kind: FileKind
    encoding: str
    """Empty where the format fixes it."""
    header_row: int
    """1-based row of the column names."""
    columns: tuple[str, ...]
    """The file's column names, blank ones left out."""
    mapping: dict[str, str]
    """Field → the file's column name."""
    rows: int
    """Rows that speak of a person, skipped ones included; no totals, blank or title rows."""
    people: list[RosterEntry]
    problems: list[Problem]

    @property
    def skipped(self) -> int:
        """Rows that speak of a person and are left out."""
        return self.rows - len(self.people)
