"""The registrations of one session: loaded once, filtered while typing, changed with reasons."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.facts import PersonId
from app.services.badges import IssuedBadge
from app.services.registrations import RosterRow
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.roster import sheet_wording, wording

LIMIT = 100_000
"""Rows fetched at most; filtering then happens in the window, at typing speed."""


class Registrations(Protocol):
    """What the roster asks of the registration service."""

    def list_roster(
        self, session: str, *, text: str = "", limit: int = 5000
    ) -> tuple[RosterRow, ...]:
        """Return a session's registrations."""
        ...

    def cancel_registration(self, person_id: PersonId, session: str, reason: str) -> None:
        """Cancel one registration with a reason."""
        ...


class Badges(Protocol):
    """What the roster asks of the badge service."""

    def replace_badge(self, person_id: PersonId, reason: str) -> IssuedBadge:
        """Revoke the active badge and issue a new one."""
        ...


class Persons(Protocol):
    """What the roster asks of the persons service."""

    def restore(self, people: Sequence[PersonId], session: str, reason: str = "") -> int:
        """Take cancellations back."""
        ...


class Sessions(Protocol):
    """Where the list of sessions comes from."""

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event."""
        ...


class RosterViewModel(QObject):
    """Loads a session's rows and narrows them by what is typed.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        rows_changed: the rows to show (tuple of RosterRow) and how many there are in all.
    """

    sessions_loaded = Signal(tuple)
    rows_changed = Signal(tuple, int)

    def __init__(
        self,
        registrations: Registrations,
        badges: Badges,
        sessions: Sessions,
        persons: Persons,
        desk: Desk,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._registrations = registrations
        self._badges = badges
        self._sessions = sessions
        self._persons = persons
        self._desk = desk
        self._session = ""
        self._text = ""
        self._rows: tuple[RosterRow, ...] = ()
        self._keys: tuple[str, ...] = ()

    def load_sessions(self) -> None:
        """Fetch the sessions."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def choose_session(self, session: str) -> None:
        """Show another session's roster."""
        self._session = session
        self.reload()

    def reload(self) -> None:
        """Fetch the rows again."""
        if self._session:
            self._desk.tasks.run(
                self,
                partial(self._registrations.list_roster, self._session, limit=LIMIT),
                partial(self._on_rows, self._session),
                self._desk.report,
                lane="reading",
            )

    def filter_rows(self, text: str) -> None:
        """Narrow the list to rows that contain every word typed."""
        self._text = text
        self._show()

    def cancel_registration(self, row: RosterRow, reason: str) -> None:
        """Cancel a registration with a reason."""
        act = partial(self._registrations.cancel_registration, row.person.id, row.session, reason)
        self._desk.tasks.run(self, act, self._on_cancelled, self._desk.report)

    def restore_registration(self, row: RosterRow) -> None:
        """Take a cancellation back."""
        act = partial(self._persons.restore, [row.person.id], row.session)
        self._desk.tasks.run(self, act, self._on_restored, self._desk.report)

    def replace_badge(self, row: RosterRow, reason: str) -> None:
        """Revoke a badge and issue a new one with a reason."""
        act = partial(self._badges.replace_badge, row.person.id, reason)
        self._desk.tasks.run(self, act, self._on_replaced, self._desk.report)

    def _on_rows(self, session: str, rows: tuple[RosterRow, ...]) -> None:
        if session == self._session:
            self._rows = rows
            self._keys = tuple(_search_key(row) for row in rows)
            self._show()

    def _show(self) -> None:
        wanted = self._text.casefold().split()
        if wanted:
            pairs = zip(self._rows, self._keys, strict=True)
            shown = tuple(row for row, key in pairs if all(word in key for word in wanted))
        else:
            shown = self._rows
        self.rows_changed.emit(shown, len(self._rows))

    def _on_cancelled(self, _nothing: None) -> None:
        self._desk.notice(say(wording.cancelled()))
        self.reload()
        self._desk.changes.tell(Change.ROSTER)

    def _on_restored(self, _count: int) -> None:
        self._desk.notice(say(sheet_wording.RESTORED))
        self.reload()
        self._desk.changes.tell(Change.ROSTER)

    def _on_replaced(self, badge: IssuedBadge) -> None:
        self._desk.notice(say(wording.replaced(badge.code)))
        self.reload()
        self._desk.changes.tell(Change.BADGES)


def _search_key(row: RosterRow) -> str:
    person = row.person
    parts = (person.name, person.unit, person.title, person.id_tail, row.badge_code, row.phone)
    return " ".join(parts).casefold()
