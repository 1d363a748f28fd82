"""Which board to show, of which session, and the numbers of the welcome."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.services.outcomes import Counts
from app.services.summaries import SessionSummary
from ui.background import T
from ui.office import office_of
from ui.place import Desk

HELP_DAY = "helpdesk"
AUTO, WELCOME, SERVING = "auto", "welcome", "serving"


def find_help_day(
    sessions: Sequence[SessionSummary], wished: Sequence[str], today: date
) -> SessionSummary | None:
    """Return the help day wished for, else today's, the next one, or the last one there was."""
    days = sorted(
        (session for session in sessions if session.kind == HELP_DAY), key=lambda one: one.held_on
    )
    by_code = {day.code: day for day in days}
    chosen = next((by_code[code] for code in wished if code in by_code), None)
    coming = next((day for day in days if day.held_on >= today), None)
    return chosen or coming or (days[-1] if days else None)


class BoardViewModel(QObject):
    """Follows the session of this laptop's station.

    Signals:
        kind_changed: `welcome` or `serving`, what the board shows now.
        session_changed: the SessionSummary that the welcome is for, or None.
        help_day_changed: the SessionSummary whose numbers are called, or None.
        counts_changed: the Counts of the welcome.
    """

    kind_changed = Signal(str)
    session_changed = Signal(object)
    help_day_changed = Signal(object)
    counts_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._office = office_of(desk)
        self._chosen = AUTO
        self._session: SessionSummary | None = None
        self._help_day: SessionSummary | None = None
        desk.station.changed.connect(lambda _station: self.load())

    @property
    def kind(self) -> str:
        """What the board shows: as chosen, else now-serving on a help day."""
        if self._chosen != AUTO:
            return self._chosen
        if self._session is not None:
            return SERVING if self._session.kind == HELP_DAY else WELCOME
        return SERVING if self._help_day is not None and self._is_today else WELCOME

    def choose(self, kind: str) -> None:
        """Show the welcome, the numbers, or what the session asks for (`auto`)."""
        self._chosen = kind
        self.kind_changed.emit(self.kind)

    def load(self) -> None:
        """Read the sessions and the numbers of the welcome."""
        self._run(self._office.events.list_sessions, self._on_sessions)
        self.refresh()

    def refresh(self) -> None:
        """Read the numbers of the welcome again."""
        code = self._desk.station.current.session
        if code:
            work: Callable[[], Counts] = partial(self._office.checkin.counts, code)
            self._run(work, self.counts_changed.emit)

    @property
    def _is_today(self) -> bool:
        today = self._office.events.now().date()
        return self._help_day is not None and self._help_day.held_on == today

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")

    def _on_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        code = self._desk.station.current.session
        seat = self._office.preferences.seat().get("session", "")
        today = self._office.events.now().date()
        self._session = next((session for session in sessions if session.code == code), None)
        self._help_day = find_help_day(sessions, (code, seat), today)
        self.session_changed.emit(self._session)
        self.help_day_changed.emit(self._help_day)
        self.kind_changed.emit(self.kind)
