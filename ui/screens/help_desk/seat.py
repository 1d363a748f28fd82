"""Which seat this window is at the help desk: the day, the consultant "I am", the desk's sign."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.help_desk import Consultant
from app.domain.visits import Seat
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.office import office_of
from ui.place import Desk

_KIND = "helpdesk"


class SeatMemory(Protocol):
    """Where this laptop keeps its seat."""

    def seat(self) -> dict[str, str]:
        """Return session, staff and desk of last time."""
        ...

    def keep_seat(self, seat: dict[str, str]) -> None:
        """Remember session, staff and desk."""
        ...


def default_day(days: Sequence[SessionSummary], today: date) -> str:
    """Return the code of today's help day, else of the next, else of the last one."""
    by_day = sorted(days, key=lambda day: day.held_on)
    coming = (day for day in by_day if day.held_on >= today)
    chosen = next(coming, by_day[-1] if by_day else None)
    return chosen.code if chosen else ""


class SeatState(QObject):
    """The seat of this window; every page of the help desk acts as it.

    Signals:
        changed: the new `Seat`.
        days_changed: the event's help days, as `SessionSummary`s.
        consultants_changed: the event's `Consultant`s.
    """

    changed = Signal(object)
    days_changed = Signal(object)
    consultants_changed = Signal(object)

    def __init__(self, desk: Desk, memory: SeatMemory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._memory = memory
        self.days: tuple[SessionSummary, ...] = ()
        self.consultants: tuple[Consultant, ...] = ()
        kept = memory.seat()
        self._seat = Seat(
            session=kept.get("session", ""),
            staff=kept.get("staff", ""),
            desk=kept.get("desk", ""),
            station=desk.station.current.letter,
        )
        desk.station.changed.connect(self._on_station)

    @property
    def current(self) -> Seat:
        """The seat as it is now."""
        return self._seat

    @property
    def is_taken(self) -> bool:
        """Whether it is known which day it is and who sits here."""
        return bool(self._seat.session and self._seat.staff)

    def name_of(self, staff: str) -> str:
        """Return a consultant's name, "" where nobody knows."""
        return next((one.name for one in self.consultants if one.id == staff), "")

    def load(self) -> None:
        """Read the help days and the consultants."""
        office = office_of(self._desk)
        self._desk.tasks.run(
            self, office.events.list_sessions, self._on_days, self._desk.report, lane="reading"
        )
        self._load_consultants()

    def set_day(self, session: str) -> None:
        """Work on another help day."""
        self._set(replace(self._seat, session=session))

    def set_staff(self, staff: str) -> None:
        """Be another consultant."""
        self._set(replace(self._seat, staff=staff))

    def set_desk(self, sign: str) -> None:
        """Sit at another desk; the sign is what the board shows."""
        self._set(replace(self._seat, desk=sign.strip()))

    def sit_down_as(self, name: str) -> None:
        """Be the consultant of this name, who is added where nobody has it yet."""
        name = " ".join(name.split())
        if not name:
            return
        work = partial(self._find_or_add, name)
        self._desk.tasks.run(self, work, self._on_sat_down, self._desk.report)

    def reload(self, changes: frozenset[Change]) -> None:
        """Read again what others changed."""
        if Change.EVENT in changes:
            self.load()
        elif changes & {Change.STAFF, Change.HELP_DESK}:
            self._load_consultants()

    def _load_consultants(self) -> None:
        self._desk.tasks.run(
            self,
            lambda: tuple(self._desk.services.help_desk.consultants.list_consultants()),
            self._on_consultants,
            self._desk.report,
            lane="reading",
        )

    def _find_or_add(self, name: str) -> Consultant:
        return self._desk.services.help_desk.consultants.find_or_add(name)

    def _on_sat_down(self, consultant: Consultant) -> None:
        known = {one.id: one for one in self.consultants} | {consultant.id: consultant}
        self._on_consultants(tuple(known.values()))
        self.set_staff(consultant.id)
        self._desk.changes.tell(Change.HELP_DESK, Change.STAFF)

    def _on_days(self, sessions: Sequence[SessionSummary]) -> None:
        self.days = tuple(session for session in sessions if session.kind == _KIND)
        self.days_changed.emit(self.days)
        if self._seat.session not in {day.code for day in self.days}:
            today = office_of(self._desk).events.now().date()
            self.set_day(default_day(self.days, today))

    def _on_consultants(self, consultants: tuple[Consultant, ...]) -> None:
        if consultants == self.consultants:
            return
        self.consultants = consultants
        self.consultants_changed.emit(consultants)
        if self._seat.staff and self._seat.staff not in {one.id for one in consultants}:
            self.set_staff("")  # a seat kept from another event

    def _on_station(self, _station: object) -> None:
        self._set(replace(self._seat, station=self._desk.station.current.letter))

    def _set(self, seat: Seat) -> None:
        if seat == self._seat:
            return
        self._seat = seat
        kept = {"session": seat.session, "staff": seat.staff, "desk": seat.desk}
        self._memory.keep_seat(kept)
        self.changed.emit(seat)
