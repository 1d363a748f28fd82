"""Units and rosters: bringing them in, and reading them back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.facts import PersonId, UnitId
from app.domain.people import Unit
from app.roster.problems import Problem
from app.services.people import PersonCard

Progress = Callable[[int, int], bool]
"""Called with (done, total); return False to cancel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """One line of the difference between a file and what is known."""

    row: int
    what: str
    """`added`, `changed`, `unchanged`, `gone` or `skipped`."""
    name: str
    unit: str
    fields: tuple[str, ...] = ()
    """Fields that differ, for `changed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPreview:
    """What importing a file would do. Nothing is written yet."""

    file: str
    kind: str
    encoding: str
    header_row: int
    """1-based row of the column names."""
    mapping: Mapping[str, str]
    """Our field → the file's column name."""
    columns: tuple[str, ...]
    rows: int
    added: int
    changed: int
    unchanged: int
    gone: int
    skipped: int
    problems: tuple[Problem, ...]
    changes: tuple[RosterChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One registration as the roster place lists it."""

    person: PersonCard
    session: str
    status: str
    origin: str
    arrived_at: datetime | None
    left_at: datetime | None
    badge_code: str
    has_id: bool
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitImport:
    """What importing a school list did."""

    file: str
    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: int
    problems: tuple[Problem, ...] = ()


class RegistrationService:
    """Rosters and units of one event."""

    def preview_roster(
        self,
        file: Path,
        session: str,
        *,
        mapping: Mapping[str, str] | None = None,
        skip_kinds: Sequence[str] = (),
        cancel_gone: bool = False,
        progress: Progress | None = None,
    ) -> RosterPreview:
        """Read a file and say what importing it would do. Raises InvalidInput, NotFound, Cancelled.

        `skip_kinds`: rows with a problem of these kinds are left out.
        """
        raise NotImplementedError

    def import_roster(
        self,
        file: Path,
        session: str,
        *,
        mapping: Mapping[str, str] | None = None,
        skip_kinds: Sequence[str] = (),
        cancel_gone: bool = False,
        progress: Progress | None = None,
    ) -> RosterPreview:
        """Apply a file in one transaction and return what was done (same shape as the preview)."""
        raise NotImplementedError

    def import_units(self, file: Path, *, progress: Progress | None = None) -> UnitImport:
        """Add or amend units from the Ministry's CSV or any sheet with name (+ code, township)."""
        raise NotImplementedError

    def list_units(self) -> tuple[Unit, ...]:
        """Return every unit, by region, township and name."""
        raise NotImplementedError

    def find_units(self, text: str, *, limit: int = 20) -> tuple[Unit, ...]:
        """Return units whose name or code contains 1+ characters, best first."""
        raise NotImplementedError

    def list_roster(
        self, session: str, *, text: str = "", limit: int = 5000
    ) -> tuple[RosterRow, ...]:
        """Return a session's registrations by unit and name."""
        raise NotImplementedError

    def cancel_registration(self, person_id: PersonId, session: str, reason: str) -> None:
        """Cancel one registration with a reason."""
        raise NotImplementedError

    def missing_units(self, course: str) -> tuple[Unit, ...]:
        """Return the units nobody of whom has attended any session of a course yet."""
        raise NotImplementedError


NO_UNIT = UnitId("")
