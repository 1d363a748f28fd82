"""What a person chooses while bringing in a file, and the problems as choices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.roster.problems import Problem, ProblemKind
from app.services.registrations import Progress, RosterPreview, UnitImport
from app.services.summaries import SessionSummary


class Sessions(Protocol):
    """Where the list of sessions comes from."""

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event."""
        ...


class Rosters(Protocol):
    """What the import page asks of the registration service."""

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
        """Say what importing a file would do."""
        ...

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
        """Apply a file."""
        ...

    def import_units(self, file: Path, *, progress: Progress | None = None) -> UnitImport:
        """Apply a list of units."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoice:
    """What the person has chosen so far."""

    file: Path | None = None
    session: str = ""
    mapping: Mapping[str, str] | None = None
    """None until a person changes a column: the program recognises them."""
    left_out: frozenset[ProblemKind] = field(default_factory=frozenset)
    cancel_gone: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether there is enough to preview."""
        return self.file is not None and bool(self.session)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """All problems of one kind, with what happens to their rows."""

    kind: ProblemKind
    rows: tuple[int, ...]
    is_always_left_out: bool
    """The rows cannot be taken, whatever a person chooses."""
    is_left_out: bool


def group_problems(
    problems: Sequence[Problem], left_out: frozenset[ProblemKind]
) -> tuple[ProblemGroup, ...]:
    """Group problems by kind, the most frequent first."""
    counted = Counter(problem.kind for problem in problems)
    return tuple(_group_of(kind, problems, left_out) for kind, _ in counted.most_common())


def _group_of(
    kind: ProblemKind, problems: Sequence[Problem], left_out: frozenset[ProblemKind]
) -> ProblemGroup:
    of_kind = [problem for problem in problems if problem.kind is kind]
    always = kind not in left_out and all(problem.severity == "skip" for problem in of_kind)
    return ProblemGroup(
        kind=kind,
        rows=tuple(sorted({problem.row for problem in of_kind})),
        is_always_left_out=always,
        is_left_out=always or kind in left_out,
    )
