"""What the help desk keeps beside its visits: consultants, duty, changed topics, loans."""

import json
from typing import Any

from app.domain.help_desk import (
    Consultant,
    DutyPeriod,
    DutyState,
    Loan,
    LoanKind,
    TopicRecord,
)
from db.engine import Connection

_CONSULTANT = "SELECT id, name, name_en, unit_text, title, skills, active FROM consultant"
_DUTY = "SELECT staff, start_ms, session, state, end_ms, desk, ended_by FROM duty"
_LOAN = "SELECT id, kind, tag, visit, session, out_ms, back_ms FROM loan"


def list_consultants(connection: Connection) -> list[Consultant]:
    """Return everybody of the support group."""
    return [_consultant(row) for row in connection.execute(f"{_CONSULTANT} ORDER BY name, id")]


def find_consultant(connection: Connection, consultant_id: str) -> Consultant | None:
    """Return one of the support group by id."""
    row = connection.execute(f"{_CONSULTANT} WHERE id=?", (consultant_id,)).fetchone()
    return _consultant(row) if row else None


def _consultant(row: tuple[Any, ...]) -> Consultant:
    return Consultant(
        id=row[0],
        name=row[1],
        name_en=row[2],
        unit_text=row[3],
        title=row[4],
        skills=json.loads(row[5]),
        active=bool(row[6]),
    )


def list_duty(connection: Connection, session: str) -> list[DutyPeriod]:
    """Return a help day's duty periods and breaks, oldest first."""
    rows = connection.execute(f"{_DUTY} WHERE session=? ORDER BY start_ms, staff", (session,))
    return [_period(row) for row in rows]


def find_open_duty(connection: Connection, staff: str) -> DutyPeriod | None:
    """Return what a consultant is on now."""
    row = connection.execute(
        f"{_DUTY} WHERE staff=? AND end_ms IS NULL ORDER BY start_ms DESC", (staff,)
    ).fetchone()
    return _period(row) if row else None


def _period(row: tuple[Any, ...]) -> DutyPeriod:
    return DutyPeriod(
        staff=row[0],
        start_ms=row[1],
        session=row[2],
        state=DutyState(row[3]),
        end_ms=row[4],
        desk=row[5],
        ended_by=row[6],
    )


def list_topic_records(connection: Connection) -> list[TopicRecord]:
    """Return what people changed of the topics."""
    rows = connection.execute(
        "SELECT code, parent, title, title_en, active, quick, position FROM topic ORDER BY code"
    )
    return [
        TopicRecord(
            code=row[0],
            parent=row[1],
            title=row[2],
            title_en=row[3],
            active=bool(row[4]),
            quick=bool(row[5]),
            position=row[6],
        )
        for row in rows
    ]


def list_loans(connection: Connection, *, only_out: bool) -> list[Loan]:
    """Return what was lent, oldest first."""
    where = " WHERE back_ms IS NULL" if only_out else ""
    return [_loan(row) for row in connection.execute(f"{_LOAN}{where} ORDER BY out_ms, id")]


def find_loan(connection: Connection, loan_id: str) -> Loan | None:
    """Return a loan by id."""
    row = connection.execute(f"{_LOAN} WHERE id=?", (loan_id,)).fetchone()
    return _loan(row) if row else None


def _loan(row: tuple[Any, ...]) -> Loan:
    return Loan(
        id=row[0],
        kind=LoanKind(row[1]),
        tag=row[2],
        visit=row[3],
        session=row[4],
        out_ms=row[5],
        back_ms=row[6],
    )
