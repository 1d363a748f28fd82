"""The door of this window: scans in, outcomes out. Lives as long as the event is open."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.facts import FactId, PersonId
from app.domain.scans import CHOICES, StationDirection
from app.services.cards import FoundPerson, PersonCard
from app.services.outcomes import Counts, ScanOutcome, Station, WalkIn
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.latest import LatestOnly
from ui.place import Desk
from ui.scan_filter import ScannedText

if TYPE_CHECKING:  # only a name for a type; the shell paints without it
    from app.domain.people import Unit

RECENT_LIMIT = 20
_REFRESH_AFTER_MS = 120
"""A quiet moment after a scan, in which numbers and last scans are read again."""
_NEXT_DIRECTION = {
    StationDirection.AUTO: StationDirection.IN,
    StationDirection.IN: StationDirection.OUT,
    StationDirection.OUT: StationDirection.AUTO,
}


def local_today() -> date:
    """Return today's date on this machine."""
    return datetime.now().astimezone().date()


def default_session(sessions: Sequence[SessionSummary], today: date) -> SessionSummary | None:
    """Return today's session, else the next to come, else the last one."""
    by_day = sorted(sessions, key=lambda session: session.held_on)
    coming = (session for session in by_day if session.held_on >= today)
    return next(coming, by_day[-1] if by_day else None)


class CheckInViewModel(QObject):
    """Turns readings, picks and forms into recorded scans, and keeps what the door shows.

    Signals:
        outcome_shown: the `ScanOutcome` now on the panel.
        recent_changed: the last scans, newest first.
        counts_changed: `Counts` of the station's session.
        sessions_changed: the event's `SessionSummary`s.
        people_found: `FoundPerson`s for the newest search text.
        units_found: `Unit`s for the newest unit text.
        similar_found: `PersonCard`s who may be the one at the desk.
        walk_in_recorded: the form was used and may be emptied.
        walk_in_refused: the error that the form has to show.
    """

    outcome_shown = Signal(object)
    recent_changed = Signal(object)
    counts_changed = Signal(object)
    sessions_changed = Signal(object)
    people_found = Signal(object)
    units_found = Signal(object)
    similar_found = Signal(object)
    walk_in_recorded = Signal()
    walk_in_refused = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date] = local_today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self.outcome: ScanOutcome | None = None
        self.recent: tuple[ScanOutcome, ...] = ()
        self.counts = Counts(expected=0, arrived=0, present=0)
        self.sessions: tuple[SessionSummary, ...] = ()
        self._people = LatestOnly(desk.tasks, desk.report, self)
        self._units = LatestOnly(desk.tasks, desk.report, self)
        self._similar = LatestOnly(desk.tasks, desk.report, self)
        self._refresh_soon = QTimer(self, singleShot=True, interval=_REFRESH_AFTER_MS)
        self._refresh_soon.timeout.connect(self.refresh)
        desk.station.changed.connect(self._on_station_changed)

    @property
    def station(self) -> Station:
        """The station scans are recorded at."""
        return self._desk.station.current

    # --- what the place shows

    def load(self) -> None:
        """Read the sessions, pick one, and read its last scans and counts."""
        self._read(self._desk.services.events.list_sessions, self._on_sessions)

    def refresh(self) -> None:
        """Read the last scans and counts of the station's session again; a scan puts it off."""
        if not self.station.session or self._refresh_soon.isActive():
            return
        recent = partial(
            self._desk.services.checkin.recent_scans, self.station.session, limit=RECENT_LIMIT
        )
        self._read(recent, self._show_recent)
        self._count()

    def session_title(self, code: str) -> str:
        """Return a session's title, or its code where the plan does not know it."""
        return next((s.title for s in self.sessions if s.code == code), code)

    # --- scans

    def scan(self, scanned: ScannedText) -> None:
        """Record a reading at this station."""
        work = partial(
            self._desk.services.checkin.scan,
            scanned.text,
            self.station,
            at=scanned.at,
            reader=scanned.reader,
        )
        self._record(work)

    def scan_person(self, person_id: PersonId) -> None:
        """Check in or out a person picked from a list."""
        self._record(partial(self._desk.services.checkin.scan_person, person_id, self.station))

    def toggle_direction(self) -> None:
        """Go from automatic to in, to out, and back."""
        self._desk.station.set_direction(_NEXT_DIRECTION[self.station.direction])

    def find_admittable(self) -> ScanOutcome | None:
        """Return the outcome on the panel if it waits for somebody's choice."""
        outcome = self.outcome
        if outcome is None or outcome.voided or outcome.admitted:
            return None
        return outcome if outcome.verdict in CHOICES else None

    def find_undoable(self) -> ScanOutcome | None:
        """Return the newest scan that was not undone yet."""
        return next((scan for scan in self.recent if not scan.voided), None)

    def admit(self, fact_id: FactId, reason: str) -> None:
        """Admit somebody in spite of the verdict."""
        self._record(partial(self._desk.services.checkin.admit, fact_id, reason))

    def undo(self, fact_id: FactId, reason: str) -> None:
        """Take a scan back."""
        self._record(partial(self._desk.services.checkin.undo_scan, fact_id, reason))

    # --- finding and walk-ins

    def find_people(self, text: str) -> None:
        """Search as somebody types; empty text finds nobody."""
        text = text.strip()
        if not text:
            self._people.forget()
            self.people_found.emit(())
            return
        session = self.station.session or None
        find = partial(self._desk.services.people.find_people, text, session=session)
        self._people.ask(find, self._found_people)

    def find_units(self, text: str) -> None:
        """Look for units as somebody types."""
        text = text.strip()
        if not text:
            self._units.forget()
            self.units_found.emit(())
            return
        find = partial(self._desk.services.registrations.find_units, text, limit=8)
        self._units.ask(find, self._found_units)

    def suggest_similar(self, form: WalkIn) -> None:
        """Look for people who may be the one described."""
        if not form.name.strip():
            self._similar.forget()
            self.similar_found.emit(())
            return
        suggest = partial(self._desk.services.checkin.similar_people, form)
        self._similar.ask(suggest, self._found_similar)

    def walk_in(self, form: WalkIn) -> None:
        """Register somebody here and now."""
        work = partial(self._desk.services.checkin.walk_in, form, self.station)
        self._desk.tasks.run(self, work, self._on_walk_in, self.walk_in_refused.emit)

    # --- answers

    def _record(self, work: Callable[[], ScanOutcome]) -> None:
        self._desk.tasks.run(self, work, self._on_outcome, self._desk.report)

    def _read(self, work: Callable[[], object], on_done: Callable[..., object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")

    def _on_outcome(self, outcome: ScanOutcome) -> None:
        self.outcome = outcome
        self.outcome_shown.emit(outcome)
        others = tuple(scan for scan in self.recent if scan.fact_id != outcome.fact_id)
        if len(others) < len(self.recent):
            recent = [outcome if s.fact_id == outcome.fact_id else s for s in self.recent]
            self._show_recent(tuple(recent))
        else:
            self._show_recent((outcome, *others)[:RECENT_LIMIT])
        self._refresh_soon.start()
        self._desk.changes.tell(Change.SCANS)

    def _on_walk_in(self, outcome: ScanOutcome) -> None:
        self.walk_in_recorded.emit()
        self._on_outcome(outcome)
        self._desk.changes.tell(Change.ROSTER)

    def _on_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions = sessions
        if all(session.code != self.station.session for session in sessions):
            chosen = default_session(sessions, self._today())
            self._desk.station.set_session(chosen.code if chosen else "")
        self.sessions_changed.emit(sessions)
        self.refresh()

    def _on_station_changed(self, _station: Station) -> None:
        self.refresh()

    def _show_recent(self, recent: tuple[ScanOutcome, ...]) -> None:
        if recent == self.recent:
            return
        self.recent = recent
        self.recent_changed.emit(recent)

    def _count(self) -> None:
        if self.station.session:
            count = partial(self._desk.services.checkin.counts, self.station.session)
            self._read(count, self._show_counts)

    def _show_counts(self, counts: Counts) -> None:
        self.counts = counts
        self.counts_changed.emit(counts)

    def _found_people(self, found: tuple[FoundPerson, ...]) -> None:
        self.people_found.emit(found)

    def _found_units(self, found: "tuple[Unit, ...]") -> None:
        self.units_found.emit(found)

    def _found_similar(self, found: tuple[PersonCard, ...]) -> None:
        self.similar_found.emit(found)
