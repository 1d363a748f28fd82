"""Registrations as lists, and everybody as a roster import needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.domain.bound_cards import KEY_PREFIX
from app.domain.facts import PersonId, UnitId
from app.domain.people import Person, PersonData
from app.domain.text import fold_text
from db.engine import Connection
from db.tables import AttendanceRow, BadgeRow, PersonRow, RegistrationRow, UnitRow


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One registration with what the roster place shows of it."""

    person: PersonRow
    registration: RegistrationRow
    unit_name: str
    first_in_ms: int | None
    last_out_ms: int | None
    badge_code: str


def list_registrations(
    db: Session, session: str, *, text: str = "", limit: int
) -> list[RosterLine]:
    """Return a session's registrations by unit and name; `text` filters names and units."""
    unit_name = func.coalesce(UnitRow.name, PersonRow.unit_text)
    statement = (
        select(PersonRow, RegistrationRow, unit_name, AttendanceRow)
        .join(RegistrationRow, col(RegistrationRow.person_id) == col(PersonRow.id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PersonRow.unit_id))
        .outerjoin(
            AttendanceRow,
            (col(AttendanceRow.person_id) == col(PersonRow.id))
            & (col(AttendanceRow.session) == session),
        )
        .where(RegistrationRow.session == session)
        .order_by(unit_name, col(PersonRow.name_key), col(PersonRow.id))
        .limit(limit)
    )
    if text.strip():
        wanted = fold_text(text)
        statement = statement.where(
            col(PersonRow.name_key).contains(wanted, autoescape=True)
            | unit_name.contains(text.strip(), autoescape=True)
        )
    # An outer join may have no attendance; the types of SQLModel's select do not say so.
    found: Iterable[tuple[PersonRow, RegistrationRow, str, AttendanceRow | None]]
    found = db.exec(statement)
    codes = _active_codes(db, session)
    return [
        RosterLine(
            person,
            registration,
            name,
            None if attendance is None else attendance.first_in_ms,
            None if attendance is None else attendance.last_out_ms,
            codes.get(person.id, ""),
        )
        for person, registration, name, attendance in found
    ]


def _active_codes(db: Session, session: str) -> dict[str, str]:
    """Return person → badge code for a session's people."""
    registered = select(RegistrationRow.person_id).where(RegistrationRow.session == session)
    rows = db.exec(
        select(BadgeRow.person_id, func.min(BadgeRow.code))
        .where(
            col(BadgeRow.revoked_ms).is_(None),
            col(BadgeRow.person_id).in_(registered),
            ~col(BadgeRow.code).startswith(KEY_PREFIX),  # a card somebody brought is no badge
        )
        .group_by(col(BadgeRow.person_id))
    )
    return dict(iter(rows))


def list_people(connection: Connection) -> list[Person]:
    """Return everybody in the event."""
    rows = connection.execute(
        "SELECT id, name, unit_text, unit_id, title, id_number, phone, email, attention, meal"
        " FROM person"
    )
    return [_person(row) for row in rows]


def _person(row: tuple[Any, ...]) -> Person:
    data = PersonData(
        name=row[1],
        unit_text=row[2],
        unit_id=UnitId(row[3]) if row[3] else None,
        title=row[4],
        id_number=row[5],
        phone=row[6],
        email=row[7],
        attention=row[8],
        meal=row[9],
    )
    return Person(id=PersonId(row[0]), data=data)


def list_registered(connection: Connection, session: str) -> dict[PersonId, str]:
    """Return the people registered for a session with the origin of their registration."""
    rows = connection.execute(
        "SELECT person_id, origin FROM registration WHERE session=? AND status='active'",
        (session,),
    )
    return {PersonId(row[0]): row[1] for row in rows}


def list_attended(connection: Connection, session: str) -> set[PersonId]:
    """Return the people who were seen at a session."""
    rows = connection.execute("SELECT person_id FROM attendance WHERE session=?", (session,))
    return {PersonId(row[0]) for row in rows}


def list_without_unit(connection: Connection) -> list[tuple[PersonId, str]]:
    """Return people whose unit is known by its text only."""
    rows = connection.execute("SELECT id, unit_text FROM person WHERE unit_id IS NULL")
    return [(PersonId(row[0]), row[1]) for row in rows]
