"""Opening a visit: the next number, who came, and what the door asked."""

from dataclasses import replace
from typing import Any

from app.domain.clock import uuid7
from app.domain.errors import Conflict, InvalidInput
from app.domain.facts import Draft, Fact, FactKind
from app.domain.people import unit_key
from app.domain.secrets_typed import without_secrets
from app.domain.text import fold_text
from app.domain.visits import ReadinessItem, Ready, Seat, Visit
from app.domain.words import Words
from app.services.context import EventContext
from app.services.text_lengths import check_lengths
from app.services.topics import check_topic
from app.services.visit_acts import fold_known, get_help_day
from app.services.visit_views import VisitForm
from app.services.visit_who import completed
from db.engine import Connection
from db.queries import visits as queries

HIGHEST_NUMBER = 999


def open_visit(
    context: EventContext, connection: Connection, form: VisitForm, seat: Seat, at_ms: int | None
) -> tuple[Visit, list[Fact]]:
    """Append a visit's opening with the station's next number. Raises Conflict, InvalidInput."""
    get_help_day(context, seat.session)
    form = completed(context, connection, form)
    _check_form(form)
    check_topic(context, connection, form.topic)
    _refuse_second(connection, form)
    visit_id = uuid7(context.clock.wall_ms())
    body: dict[str, Any] = {
        "session": seat.session,
        "ticket": next_ticket(connection, seat.station, seat.session),
        "station": seat.station,
        "channel": form.channel,
        "party_size": form.party_size,
    }
    named = ("unit_id", "person_id", "topic", "return_of", "readiness")
    body |= {name: value for name in named if (value := getattr(form, name))}
    if seat.staff:
        body["staff"] = seat.staff
    draft = Draft(
        kind=FactKind.VISIT_OPENED,
        subject=f"visit:{visit_id}",
        body=body,
        private=private_of(form),
        actor=context.actor,
        at_ms=at_ms,
    )
    facts = context.journal.append(connection, [draft], known={draft.subject: ()})
    return fold_known(visit_id, facts), facts


def private_of(form: VisitForm) -> dict[str, str] | None:
    """Return a form's personal data, blanks left out. Raises InvalidInput (too long)."""
    values = {
        "unit_text": form.unit_text.strip(),
        "name": form.name.strip(),
        "title": form.title.strip(),
        "phone": form.phone.strip(),
        "note": without_secrets(form.note.strip()),
    }
    check_lengths(values)
    return {name: value for name, value in values.items() if value} or None


def _check_form(form: VisitForm) -> None:
    who = (form.unit_id, form.person_id, fold_text(form.unit_text), fold_text(form.name))
    if form.channel != "desk" and not any(who):
        raise InvalidInput(
            Words(zh="請選擇或輸入服務單位。", en="Pick or type the unit."), field="unit"
        )
    if not 1 <= form.party_size <= 99:
        raise InvalidInput(
            Words(zh="人數要在 1 到 99 之間。", en="A party has 1 to 99 people."),
            field="party_size",
        )
    check_readiness(form.readiness)


def check_readiness(values: Any) -> dict[str, str]:
    """Return readiness as plain values. Raises InvalidInput with the words there are."""
    items, states = [item.value for item in ReadinessItem], [item.value for item in Ready]
    for item, value in values.items():
        if item not in items or value not in states:
            named = f"{', '.join(items)} = {', '.join(states)}"
            raise InvalidInput(
                Words(zh="沒有這個準備項目或狀態。", en="No such readiness item or value."),
                remedy=Words(zh=f"可用：{named}", en=f"There are: {named}"),
                field="readiness",
            )
    return {str(item): str(value) for item, value in values.items()}


def _refuse_second(connection: Connection, form: VisitForm) -> None:
    """Refuse a second live number for one person on a roster."""
    if form.person_id is None:
        return
    known = find_live(connection, replace(form, name="", unit_text="", unit_id=None))
    if known is not None:
        raise already_here(known)


def already_here(known: Visit) -> Conflict:
    """Return the refusal of a second live number for one person."""
    return Conflict(
        Words(
            zh=f"這個人已經有號碼 {known.ticket}。",
            en=f"This person already has the number {known.ticket}.",
        ),
        remedy=Words(zh="可併入既有號碼（同行）。", en="Join the existing number instead."),
    )


def find_live(connection: Connection, form: VisitForm) -> Visit | None:
    """Return the live visit of this person, or of this name from this unit."""
    if form.person_id:
        for visit in queries.list_of_person(connection, form.person_id):
            if visit.is_live:
                return visit
    name = fold_text(form.name)
    if not name:
        return None
    wanted = unit_key(form.unit_text)
    for visit in queries.list_named(connection, name):
        same_id = bool(form.unit_id) and visit.unit_id == form.unit_id
        if same_id or (wanted and unit_key(visit.unit_text) == wanted):
            return visit
    return None


def next_ticket(connection: Connection, station: str, session: str) -> str:
    """Return the station's next number: on from the last one, round after 999.

    Numbers of this help day and of live visits are passed over; where all are used, live ones.
    """
    last = queries.find_last_ticket(connection, station)
    begin = int(last[len(station) :]) if last else 0
    used = queries.list_tickets(connection, station)
    order = [
        f"{station}{(begin + step) % HIGHEST_NUMBER + 1:03d}" for step in range(HIGHEST_NUMBER)
    ]
    for taken in (
        {ticket for ticket, day, live in used if live or day == session},
        {ticket for ticket, _, live in used if live},
    ):
        free = next((ticket for ticket in order if ticket not in taken), None)
        if free is not None:
            return free
    raise Conflict(
        Words(zh="這一站的號碼都還在使用中。", en="All numbers of this station are in use."),
        remedy=Words(zh="請先結束已離開的號碼。", en="First end the numbers of those who left."),
    )
