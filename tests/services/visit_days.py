"""A help day's room with two seats, and short words for what happens at them."""

from pathlib import Path

from factories import Room, make_help_plan, new_event, open_room

from app.domain.visits import Outcome, Seat, Visit
from app.services.visit_views import IssueForm, VisitForm

MINUTE = 60_000
SOLVED = IssueForm(outcome=Outcome.RESOLVED)


def help_room(folder: Path) -> Room:
    """Return an open event with two help days and topics, at the first one's opening."""
    room = open_room(new_event(folder, make_help_plan()))
    room.at("09:00")
    return room


def came(room: Room, unit: str = "縣立星東國小", *, letter: str = "A", **told: object) -> Visit:
    """Let somebody take a number, a minute after the last one."""
    room.clock.pass_ms(MINUTE)
    seat = Seat(session="help", station=letter)
    return room.help_desk.visits.open(VisitForm(unit_text=unit, **told), seat)  # type: ignore[arg-type] # fields


def served(room: Room, seat: Seat, visit: Visit | None = None) -> Visit:
    """Call and start a visit (the next one) a minute later."""
    room.clock.pass_ms(MINUTE)
    visits = room.help_desk.visits
    called = visits.call(visit.id, seat) if visit else visits.call_next(seat)
    assert called is not None
    return visits.start(called.id, seat)
