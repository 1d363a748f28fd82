"""What the closing list needs of a session, in a few passes over its rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables import (
    AttendanceRow,
    CreditDecisionRow,
    PersonRow,
    RegistrationRow,
    ScanRow,
    SessionStateRow,
    UnitRow,
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person of a session with the unit's name and code."""

    person: PersonRow
    unit_name: str
    unit_code: str
    origin: str
    """How the standing registration came about; empty without one."""


def list_attendees(db: Session, session: str) -> list[Attendee]:
    """Return everybody registered for or seen at a session, by unit and name."""
    is_active = (RegistrationRow.session == session) & (RegistrationRow.status == "active")
    registered = select(RegistrationRow.person_id).where(is_active)
    seen = select(AttendanceRow.person_id).where(AttendanceRow.session == session)
    origins = dict(
        db.exec(select(RegistrationRow.person_id, RegistrationRow.origin).where(is_active)).all()
    )
    # An outer join may have no unit; the types of SQLModel's select do not say so.
    people: Iterable[tuple[PersonRow, UnitRow | None]] = db.exec(
        select(PersonRow, UnitRow)
        .outerjoin(UnitRow, col(UnitRow.id) == col(PersonRow.unit_id))
        .where(col(PersonRow.id).in_(registered) | col(PersonRow.id).in_(seen))
    )
    attendees = [
        Attendee(
            person,
            person.unit_text if unit is None else unit.name,
            "" if unit is None else unit.code,
            origins.get(person.id, ""),
        )
        for person, unit in people
    ]
    attendees.sort(key=lambda item: (item.unit_name, item.person.name_key, item.person.id))
    return attendees


def list_counting_scans(db: Session, sessions: Iterable[str]) -> list[ScanRow]:
    """Return the scans that count at these sessions, oldest first."""
    return list(
        db.exec(
            select(ScanRow)
            .where(col(ScanRow.session).in_(list(sessions)), ScanRow.counts == 1)
            .order_by(col(ScanRow.at_ms), col(ScanRow.fact_id))
        )
    )


def list_decisions(db: Session, course: str) -> list[CreditDecisionRow]:
    """Return the standing decisions on a course, whatever session they were made at."""
    return list(
        db.exec(
            select(CreditDecisionRow)
            .where(CreditDecisionRow.course == course)
            .order_by(col(CreditDecisionRow.at_ms), col(CreditDecisionRow.session))
        )
    )


def id_numbers_of_decided(db: Session, course: str) -> dict[str, str]:
    """Return person → ID number of everybody with a decision on a course."""
    decided = select(CreditDecisionRow.person_id).where(CreditDecisionRow.course == course)
    people = select(PersonRow.id, PersonRow.id_number).where(col(PersonRow.id).in_(decided))
    return dict(db.exec(people).all())


def find_seal(db: Session, session: str) -> SessionStateRow | None:
    """Return a session's seal, if it is sealed."""
    return db.get(SessionStateRow, session)
