"""The review: a session's closing list, decisions with reasons, a person's timeline."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.facts import PersonId
from app.domain.plan import Plan
from app.services.closing import CreditLine, CreditSheet
from app.services.outcomes import ScanOutcome
from ui.background import T
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.closing import sentences
from ui.screens.closing.asked import Closing, Events


class ReviewViewModel(QObject):
    """Reads the list and the plan, records decisions.

    Signals:
        sheet_changed: the CreditSheet as it is now.
        timeline_loaded: a PersonId and the person's scans (tuple of ScanOutcome).
        plan_loaded: the Plan, for session times and breaks.
        sessions_loaded: tuple of SessionSummary.
    """

    sheet_changed = Signal(object)
    timeline_loaded = Signal(str, tuple)
    plan_loaded = Signal(object)
    sessions_loaded = Signal(tuple)

    def __init__(
        self, closing: Closing, events: Events, desk: Desk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._closing = closing
        self._events = events
        self._desk = desk
        self._session = ""
        self._decisions = 0
        self.sheet: CreditSheet | None = None

    def load_plan(self) -> None:
        """Fetch the plan once for times and breaks."""
        self._run(self._events.plan, self._on_plan)

    def load_sessions(self) -> None:
        """Fetch the sessions."""
        self._run(self._events.list_sessions, self.sessions_loaded.emit)

    def choose_session(self, session: str) -> None:
        """Show another session's list."""
        self._session = session
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        if self._session:
            read = partial(self._closing.credit_sheet, self._session)
            self._run(read, partial(self._on_sheet, self._session, self._decisions))

    def load_timeline(self, person_id: PersonId) -> None:
        """Fetch one person's scans from all stations."""
        read = partial(self._closing.timeline, person_id, self._session)
        self._run(read, partial(self._on_timeline, person_id))

    def decide(self, line: CreditLine, *, grant: bool, reason: str) -> None:
        """Grant or deny with a reason."""
        self._decisions += 1
        act = partial(
            self._closing.decide, line.person.id, self._session, grant=grant, reason=reason
        )
        self._desk.tasks.run(self, act, self._on_decided, self._desk.report)

    def approve_clean(self) -> None:
        """Grant everybody who is clean and undecided."""
        self._decisions += 1
        act = partial(self._closing.approve_clean, self._session)
        self._desk.tasks.run(self, act, self._on_approved, self._desk.report)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")

    def _on_plan(self, plan: Plan) -> None:
        self.plan_loaded.emit(plan)

    def _on_sheet(self, session: str, decisions: int, sheet: CreditSheet) -> None:
        if session != self._session:
            return
        if decisions != self._decisions:
            self.reload()  # a decision was made while reading: what was read is old
            return
        self._show(sheet)

    def _on_timeline(self, person_id: PersonId, scans: tuple[ScanOutcome, ...]) -> None:
        self.timeline_loaded.emit(person_id, scans)

    def _on_decided(self, line: CreditLine) -> None:
        self._decisions += 1
        granted = line.decision is not None and line.decision.granted
        self._desk.notice(say(sentences.decided(line.person.name, granted=granted)))
        if self.sheet is not None:
            lines = tuple(
                line if old.person.id == line.person.id else old for old in self.sheet.lines
            )
            self._show(replace(self.sheet, lines=lines))
        self._desk.changes.tell(Change.CREDITS)

    def _on_approved(self, count: int) -> None:
        self._decisions += 1
        self._desk.notice(say(sentences.approved(count)))
        self.reload()
        self._desk.changes.tell(Change.CREDITS)

    def _show(self, sheet: CreditSheet) -> None:
        self.sheet = sheet
        self.sheet_changed.emit(sheet)
