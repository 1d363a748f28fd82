"""Reading visits: the list, whose turn it is, earlier visits, a school's card, who did what."""

import unicodedata
from collections.abc import Iterable

from app.domain.badge import read_code
from app.domain.errors import Conflict, NotFound
from app.domain.facts import Fact, FactKind
from app.domain.fold import corrected_ms
from app.domain.next_in_line import Turn, list_turns
from app.domain.people import unit_key
from app.domain.visit_fold import in_order_seen
from app.domain.visits import LIVE, Claim, Outcome, Seat, Visit, VisitState
from app.domain.words import Words
from app.services.context import EventContext
from app.services.people import PersonCard, card_of
from app.services.recording import ScanRecorder
from app.services.visit_acts import get_help_day, no_such_visit
from app.services.visit_board import board_of, numbers_of
from app.services.visit_opening import find_live
from app.services.visit_views import (
    BoardState,
    DeskNumbers,
    OpenPoint,
    UnitCard,
    VisitAct,
    VisitForm,
)
from app.services.visit_who import completed
from db.engine import Connection
from db.journal import load_subject
from db.queries import visits as queries
from db.queries import visits_desk
from db.queries.units import find_unit_name

_HOLDS = ("serving", "called", "offered")
SETTLED = frozenset((Outcome.RESOLVED, Outcome.INFORMATION))


class VisitReadings:
    """What the screens ask of visits."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def list_visits(self, session: str, states: Iterable[VisitState] = LIVE) -> tuple[Visit, ...]:
        """Return a help day's visits in these states, by arrival."""
        with self._context.database.read() as connection:
            return tuple(queries.list_visits(connection, session, states))

    def get_visit(self, id_or_ticket: str) -> Visit:
        """Return a visit by its id or number (`A017`, `a17`): a live one, else the newest.

        Raises NotFound, Conflict (two live visits have the number).
        """
        with self._context.database.read() as connection:
            return _get_visit(connection, id_or_ticket)

    def find_live_visit(self, form: VisitForm) -> Visit | None:
        """Return the live visit of the same person: by roster, or by name and unit."""
        with self._context.database.read() as connection:
            return find_live(connection, completed(self._context, connection, form))

    def badge_visitor(self, raw: str) -> PersonCard | None:
        """Return who a badge or an ID number read at the door belongs to."""
        reading = read_code(raw, self._context.tag)
        with self._context.database.read() as connection:
            holder = ScanRecorder(self._context).find_holder(connection, reading)
        return card_of(holder.face) if holder and holder.face else None

    def list_turns(self, seat: Seat) -> tuple[Turn, ...]:
        """Return whom the consultant would call, in order, each with the reason of its place."""
        with self._context.database.read() as connection:
            return turns_of(connection, seat, self._context.clock.wall_ms())

    def my_visit(self, seat: Seat) -> Visit | None:
        """Return the visit the consultant holds: served, else called, else offered."""
        with self._context.database.read() as connection:
            held = by_hold(queries.list_held_by(connection, seat.staff), seat.staff)
        return held[0] if held else None

    def earlier_visits(self, of: Visit | str) -> tuple[Visit, ...]:
        """Return earlier visits of the same person or unit, newest first.

        `of`: a visit (itself left out), or a unit's or person's id, or a ticket.
        """
        with self._context.database.read() as connection:
            if isinstance(of, Visit):
                found = _kin(connection, of)
                found.pop(of.id, None)
            else:
                found = _found_by(connection, of)
        return _newest_first(found.values())

    def unit_card(self, unit: str) -> UnitCard:
        """Return what is known of a unit, given by its id or as people write it."""
        with self._context.database.read() as connection:
            name = find_unit_name(connection, unit)
            form = VisitForm(unit_id=unit) if name else VisitForm(unit_text=unit)
            form = completed(self._context, connection, form)
            key = unit_key(form.unit_text)
            visits = queries.list_of_unit(connection, form.unit_id or "", key)
            loans = visits_desk.list_loans(connection, only_out=True)
        ordered, ids = _newest_first(visits), {visit.id for visit in visits}
        return UnitCard(
            unit_id=form.unit_id or "",
            name=name or form.unit_text,
            visits=ordered,
            here_now=tuple(visit for visit in ordered if visit.is_live),
            open_points=tuple(_open_points(ordered)),
            loans=tuple(loan for loan in loans if loan.visit in ids),
        )

    def history(self, visit_id: str) -> tuple[VisitAct, ...]:
        """Return everything that was done to a visit, in order; undone acts are marked."""
        with self._context.database.read() as connection:
            facts = load_subject(connection, f"visit:{visit_id}")
            names = {one.id: one.name for one in visits_desk.list_consultants(connection)}
        undone = {fact.body["fact"] for fact in facts if fact.kind == FactKind.VISIT_UNDONE}
        return tuple(_act(fact, names, fact.id in undone) for fact in in_order_seen(facts))

    def leftovers(self, session: str) -> tuple[Visit, ...]:
        """Return who is still there at the end of a help day, by arrival."""
        return self.list_visits(session, LIVE)

    def board(self, session: str) -> BoardState:
        """Return what the second screen shows of a help day."""
        get_help_day(self._context, session)
        with self._context.database.read() as connection:
            visits = queries.list_visits(connection, session)
            duty = visits_desk.list_duty(connection, session)
        return board_of(session, visits, duty, self._context.clock.wall_ms())

    def numbers(self, session: str) -> DeskNumbers:
        """Return a help day in numbers."""
        with self._context.database.read() as connection:
            visits = queries.list_visits(connection, session)
            tallies = queries.count_tallies(connection, session)
        return numbers_of(visits, tallies, self._context.clock.wall_ms())


def by_hold(held: list[Visit], staff: str) -> list[Visit]:
    """Return the visits a consultant holds: served, then called, then offered."""
    return sorted(held, key=lambda visit: _HOLDS.index(_hold(visit.claims[staff])))


def _hold(claim: Claim) -> str:
    return "offered" if claim.is_offer else claim.state.value


def turns_of(connection: Connection, seat: Seat, now_ms: int) -> tuple[Turn, ...]:
    """Return the turns of a consultant inside the caller's transaction."""
    waiting = queries.list_visits(connection, seat.session, [VisitState.WAITING, VisitState.PARKED])
    consultant = visits_desk.find_consultant(connection, seat.staff)
    calls = queries.list_calls(connection, seat.session)
    skills = consultant.skills if consultant else {}
    return tuple(list_turns(waiting, seat.staff, skills, now_ms, calls))


def _get_visit(connection: Connection, id_or_ticket: str) -> Visit:
    visit = queries.find_visit(connection, id_or_ticket)
    if visit is not None:
        return visit
    visits = queries.list_by_ticket(connection, written_ticket(id_or_ticket))
    if not visits:
        raise no_such_visit()
    if len(visits) > 1 and visits[1].is_live:
        raise Conflict(
            Words(
                zh=f"有兩筆進行中的求助都是 {visits[0].ticket}。",
                en=f"Two live visits have the number {visits[0].ticket}.",
            ),
            remedy=Words(zh="請改用清單上的識別碼。", en="Use the id shown in the list."),
        )
    return visits[0]


def written_ticket(text: str) -> str:
    """Return a number as it is printed: `a17` is A017."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    number = plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = plain[: len(plain) - len(number)]
    return f"{letters}{int(number):03d}" if number.isdecimal() and len(number) < 3 else plain


def _kin(connection: Connection, visit: Visit) -> dict[str, Visit]:
    """Return the visits of the same person or unit, itself and what it returns from included."""
    named = [queries.find_visit(connection, visit.return_of)] if visit.return_of else []
    found = [
        visit,
        *(item for item in named if item is not None),
        *queries.list_of_person(connection, visit.person_id),
        *queries.list_of_unit(connection, visit.unit_id, unit_key(visit.unit_text)),
    ]
    return {item.id: item for item in found}


def _found_by(connection: Connection, text: str) -> dict[str, Visit]:
    try:
        return _kin(connection, _get_visit(connection, text))
    except NotFound:
        found = [
            *queries.list_of_person(connection, text),
            *queries.list_of_unit(connection, text, unit_key(text)),
        ]
        return {item.id: item for item in found}


def _newest_first(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=lambda visit: (visit.arrived_ms, visit.id), reverse=True))


def _open_points(visits: Iterable[Visit]) -> list[OpenPoint]:
    return [
        OpenPoint(visit=visit, issue=issue)
        for visit in visits
        if not visit.is_live
        for issue in visit.issues.values()
        if issue.outcome not in SETTLED
    ]


def _act(fact: Fact, names: dict[str, str], undone: bool) -> VisitAct:
    staff = fact.body.get("staff", "")
    return VisitAct(
        fact_id=fact.id,
        kind=fact.kind.value,
        at_ms=corrected_ms(fact),
        staff=staff,
        staff_name=names.get(staff, ""),
        desk=fact.body.get("desk", ""),
        reason=fact.body.get("reason", ""),
        note=(fact.private or {}).get("note", ""),
        actor=fact.actor,
        undone=undone,
    )
