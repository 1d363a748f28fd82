"""The state of one session, read again whenever somebody comes or goes."""

from datetime import date, datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.people import Unit
from app.domain.visits import VisitState
from app.services.outcomes import Counts
from app.services.registrations import RosterRow
from app.services.summaries import SessionSummary
from ui.office import office_of
from ui.place import Desk
from ui.screens.overview.figures import (
    EarlierDay,
    Overview,
    arrivals_per_step,
    earlier_day,
    figures_by_unit,
)
from ui.screens.overview.help_load import HelpLoad, figures_by_hour

LIMIT = 100_000
DaysBefore = dict[str, tuple[date, tuple[RosterRow, ...]] | None]
"""Session → the day before it on which people came, with the roster of that day."""
HELP_DAY = "helpdesk"
"""The kind of a session that nobody registers for."""


class Registrations(Protocol):
    """What the overview asks of the registration service."""

    def list_roster(
        self, session: str, *, text: str = "", limit: int = 5000
    ) -> tuple[RosterRow, ...]:
        """Return a session's registrations."""
        ...

    def missing_units(self, course: str) -> tuple[Unit, ...]:
        """Return the units nobody of whom has attended a course."""
        ...

    def count_attended(self) -> int:
        """Return how many different people have come to any session."""
        ...


class Door(Protocol):
    """Where the live numbers come from."""

    def counts(self, session: str) -> Counts:
        """Return the live numbers of a session."""
        ...


class Sessions(Protocol):
    """Where the list of sessions comes from, and the time at the venue."""

    def now(self) -> datetime:
        """Return the present moment at the venue."""
        ...

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event."""
        ...


class OverviewViewModel(QObject):
    """Reads the figures of the chosen session.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        overview_loaded: an Overview.
        help_loaded: a HelpLoad, for a help day.
    """

    sessions_loaded = Signal(tuple)
    overview_loaded = Signal(object)
    help_loaded = Signal(object)

    def __init__(
        self,
        registrations: Registrations,
        door: Door,
        sessions: Sessions,
        desk: Desk,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._registrations = registrations
        self._door = door
        self._sessions = sessions
        self._desk = desk
        self._session: SessionSummary | None = None
        self._is_reading = False
        self._is_stale = False
        self._before: DaysBefore = {}

    def load_sessions(self) -> None:
        """Fetch the sessions."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def choose_session(self, session: SessionSummary) -> None:
        """Show another session."""
        self._session = session
        self._before = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the figures again; many calls while reading make one more reading."""
        self._is_stale = True
        if self._session is not None and not self._is_reading:
            self._is_reading, self._is_stale = True, False
            self._desk.tasks.run(
                self,
                partial(self._read, self._session, self._before),
                partial(self._on_read, self._session),
                self._on_failed,
                lane="reading",
            )

    def _read(self, session: SessionSummary, days_before: DaysBefore) -> Overview | HelpLoad:
        if session.kind == HELP_DAY:
            return self._read_help_day(session.code)
        rows, now = self._list(session.code), self._sessions.now()
        return Overview(
            counts=self._door.counts(session.code),
            units=figures_by_unit(rows),
            arrivals=arrivals_per_step(rows),
            missing=self._registrations.missing_units(session.course),
            read_at=now,
            before=self._earlier(session, days_before, now),
            everybody=self._registrations.count_attended(),
        )

    def _list(self, session: str) -> tuple[RosterRow, ...]:
        return self._registrations.list_roster(session, limit=LIMIT)

    def _earlier(
        self, session: SessionSummary, days_before: DaysBefore, now: datetime
    ) -> EarlierDay | None:
        """Return the last day before on which anybody came to a session of this kind."""
        if session.code not in days_before:
            earlier = [
                each
                for each in self._sessions.list_sessions()
                if each.kind == session.kind and each.held_on < session.held_on
            ]
            earlier.sort(key=lambda each: each.held_on, reverse=True)
            found = ((each.held_on, self._list(each.code)) for each in earlier)
            came = ((day, rows) for day, rows in found if any(row.arrived_at for row in rows))
            # A day that is over does not change while somebody watches this one.
            days_before[session.code] = next(came, None)
        known = days_before[session.code]
        return earlier_day(known[1], known[0], now) if known is not None else None

    def _read_help_day(self, code: str) -> HelpLoad:
        visits, plan = self._desk.services.help_desk.visits, office_of(self._desk).events.plan()
        day = plan.find_session(code)
        opening = (plan.moment(day, day.starts_at), plan.moment(day, day.ends_at)) if day else None
        came = visits.list_visits(code, frozenset(VisitState))
        return HelpLoad(
            numbers=visits.numbers(code),
            board=visits.board(code),
            hours=figures_by_hour(came, plan.zone, opening),
            read_at=self._sessions.now(),
        )

    def _on_read(self, session: SessionSummary, read: Overview | HelpLoad) -> None:
        self._is_reading = False
        if session is self._session:
            is_help = isinstance(read, HelpLoad)
            (self.help_loaded if is_help else self.overview_loaded).emit(read)
        if self._is_stale:
            self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._desk.report(error)
