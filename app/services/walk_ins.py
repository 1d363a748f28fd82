"""Walk-ins: somebody nobody expected is registered and checked in at once."""

from datetime import datetime
from typing import Any

from app.domain.clock import ms_of, uuid7
from app.domain.errors import InvalidInput
from app.domain.facts import Draft, Fact, FactKind, PersonId
from app.domain.people import normalize_id_number, unit_key
from app.domain.text import fold_text
from app.domain.verdict import Direction, Judgement, Verdict
from app.domain.words import Words
from app.services.context import EventContext
from app.services.outcomes import Station, WalkIn
from app.services.people import PersonCard, card_of
from app.services.scan_bodies import scan_body
from db.engine import Connection
from db.queries import desk, people

MOST_SIMILAR = 8


def register_walk_in(
    context: EventContext,
    connection: Connection,
    form: WalkIn,
    station: Station,
    *,
    at: datetime | None,
) -> list[Fact]:
    """Append the registration and the entry of a walk-in; the entry is the last fact."""
    check_form(form)
    person_id = PersonId(uuid7(context.clock.wall_ms()))
    subject = f"person:{person_id}"
    at_ms = ms_of(at) if at is not None else None
    judgement = Judgement(verdict=Verdict.WALK_IN, direction=Direction.IN)
    registered: dict[str, Any] = {"session": station.session, "origin": "walk_in"}
    if form.unit_id:
        registered["unit_id"] = form.unit_id
    body = scan_body(
        judgement, session=station.session, station=station.letter, code="", reader="walk_in"
    )
    return context.journal.append(
        connection,
        [
            Draft(
                kind=FactKind.REGISTRATION_ADDED,
                subject=subject,
                body=registered,
                private=_private(form),
                actor=context.actor,
                at_ms=at_ms,
            ),
            Draft(
                kind=FactKind.SCAN_RECORDED,
                subject=subject,
                body=body,
                actor=context.actor,
                at_ms=at_ms,
            ),
        ],
        known={subject: ()},
    )


def _private(form: WalkIn) -> dict[str, str]:
    values = {
        "name": form.name.strip(),
        "unit_text": form.unit_text.strip(),
        "title": form.title.strip(),
        "id_number": normalize_id_number(form.id_number),
        "phone": form.phone.strip(),
    }
    return {name: value for name, value in values.items() if value}


def check_form(form: WalkIn) -> None:
    """Refuse a form without a name or a unit. Raises InvalidInput(field)."""
    if not fold_text(form.name):
        raise InvalidInput(Words(zh="請輸入姓名。", en="Enter a name."), field="name")
    if not fold_text(form.unit_text):
        raise InvalidInput(
            Words(zh="請選擇或輸入服務單位。", en="Pick or type the unit."), field="unit"
        )


def find_similar(connection: Connection, form: WalkIn) -> tuple[PersonCard, ...]:
    """Return known people with this ID number or this name, those of the same unit first."""
    found: dict[str, desk.PersonFace] = {}
    number = normalize_id_number(form.id_number)
    if number and (known := desk.find_by_id_number(connection, number)):
        face = desk.find_face(connection, known)
        if face is not None:
            found[face.id] = face
    name = fold_text(form.name)
    if name:
        named = [
            face
            for face in people.find_faces(connection, form.name, MOST_SIMILAR)
            if fold_text(face.name) == name
        ]
        wanted = unit_key(form.unit_text)
        named.sort(key=lambda face: unit_key(face.unit) != wanted)
        found |= {face.id: face for face in named}
    return tuple(card_of(face) for face in list(found.values())[:MOST_SIMILAR])
