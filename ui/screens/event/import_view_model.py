"""Bringing in a roster: recognise, choose, see the difference, apply."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.roster.problems import ProblemKind
from app.services.registrations import RosterPreview, UnitImport
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.event import wording
from ui.screens.event.import_choice import (
    ImportChoice,
    ProblemGroup,
    Rosters,
    Sessions,
    group_problems,
)


class ImportViewModel(QObject):
    """Keeps the choices, asks for a preview after each, applies the file.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        choice_changed: the ImportChoice now in force; what was previewed no longer holds.
        preview_ready: a RosterPreview; nothing is written yet.
        roster_imported: the RosterPreview of what was done.
        units_imported: the UnitImport of what was done.
    """

    sessions_loaded = Signal(tuple)
    choice_changed = Signal(object)
    preview_ready = Signal(object)
    roster_imported = Signal(object)
    units_imported = Signal(object)

    def __init__(
        self, rosters: Rosters, sessions: Sessions, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rosters = rosters
        self._sessions = sessions
        self._desk = desk
        self.choice = ImportChoice()
        self.preview: RosterPreview | None = None

    def load_sessions(self) -> None:
        """Fetch the sessions a roster can be for."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def choose_file(self, file: Path) -> None:
        """Take a file; the columns of a new file are recognised afresh."""
        self._choose(replace(self.choice, file=file, mapping=None, left_out=frozenset()))

    def choose_session(self, session: str) -> None:
        """Say which session the roster is for."""
        if session != self.choice.session:
            self._choose(replace(self.choice, session=session))

    def map_column(self, ours: str, column: str) -> None:
        """Read one of our fields from another column of the file; empty reads it from none."""
        known = self.preview.mapping if self.preview else self.choice.mapping or {}
        mapping = {name: value for name, value in known.items() if name != ours}
        self._choose(replace(self.choice, mapping=mapping | ({ours: column} if column else {})))

    def leave_out(self, kind: ProblemKind, *, left_out: bool) -> None:
        """Take or leave out the rows with a kind of problem."""
        kinds = self.choice.left_out | {kind} if left_out else self.choice.left_out - {kind}
        self._choose(replace(self.choice, left_out=kinds))

    def cancel_gone(self, *, cancelled: bool) -> None:
        """Cancel the registrations of people the file no longer has, or leave them."""
        self._choose(replace(self.choice, cancel_gone=cancelled))

    def problem_groups(self) -> tuple[ProblemGroup, ...]:
        """Return the problems by kind, the most frequent first."""
        return group_problems(self.preview.problems if self.preview else (), self.choice.left_out)

    def apply(self) -> None:
        """Import the file as previewed, in one transaction."""
        if self.preview is not None:
            self._run("import", self._rosters.import_roster, self._on_imported)

    def import_units(self, file: Path) -> None:
        """Import a list of units."""
        self._desk.long_work(
            say(wording.WORK["units"]),
            lambda report: self._rosters.import_units(file, progress=report),
            self._on_units_imported,
            owner=self,
        )

    def _choose(self, choice: ImportChoice) -> None:
        self.choice, self.preview = choice, None
        self.choice_changed.emit(choice)
        if choice.is_complete:
            self._run("preview", self._rosters.preview_roster, partial(self._on_previewed, choice))

    def _run(
        self,
        what: str,
        service: Callable[..., RosterPreview],
        on_done: Callable[[RosterPreview], None],
    ) -> None:
        choice = self.choice
        work = partial(
            service,
            choice.file,
            choice.session,
            mapping=choice.mapping,
            skip_kinds=tuple(sorted(choice.left_out)),
            cancel_gone=choice.cancel_gone,
        )
        self._desk.long_work(
            say(wording.WORK[what]), lambda report: work(progress=report), on_done, owner=self
        )

    def _on_previewed(self, choice: ImportChoice, preview: RosterPreview) -> None:
        if choice is self.choice:  # else the person has chosen something else meanwhile
            self.preview = preview
            self.preview_ready.emit(preview)

    def _on_imported(self, done: RosterPreview) -> None:
        self.preview = None
        self.roster_imported.emit(done)
        self._desk.changes.tell(Change.ROSTER, Change.UNITS)

    def _on_units_imported(self, done: UnitImport) -> None:
        self.units_imported.emit(done)
        self._desk.changes.tell(Change.UNITS)
