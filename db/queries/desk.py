"""What one scan asks: few, indexed, straight to the driver, because people queue behind it."""

import json
from dataclasses import dataclass
from typing import Any

from app.domain.facts import PersonId
from db.engine import Connection
from db.same_people import subjects_together

_SCANS = (
    "SELECT s.fact_id, s.person_id, s.session, s.station, s.at_ms, s.body, s.counts, s.voided_ms,"
    " s.admitted, p.name, COALESCE(u.name, p.unit_text), p.title, p.id_number, p.attention"
    " FROM scan s LEFT JOIN person p ON p.id=s.person_id LEFT JOIN unit u ON u.id=p.unit_id"
)
_BADGE_HOLDER = (
    "SELECT b.person_id, b.revoked_ms,"
    " p.name, COALESCE(u.name, p.unit_text), p.title, p.id_number, p.attention FROM badge b"
    " LEFT JOIN person p ON p.id=b.person_id LEFT JOIN unit u ON u.id=p.unit_id WHERE b.code=?"
)
_PERSON_FACE = (
    "SELECT p.id, p.name, COALESCE(u.name, p.unit_text), p.title, p.id_number, p.attention"
    " FROM person p LEFT JOIN unit u ON u.id=p.unit_id WHERE p.id=?"
)


@dataclass(frozen=True, slots=True)
class PersonFace:
    """A person as read for the desk."""

    id: PersonId
    name: str
    unit: str
    title: str
    id_number: str
    attention: str


@dataclass(frozen=True, slots=True)
class StoredScan:
    """A scan as read for lists."""

    fact_id: str
    session: str
    station: str
    at_ms: int
    body: str
    counts: bool
    voided_ms: int | None
    admitted: bool
    person: PersonFace | None


def find_badge_holder(
    connection: Connection, code: str
) -> tuple[PersonId, int | None, PersonFace | None] | None:
    """Return whose badge a code is, when it was revoked, and the face; None for unknown codes."""
    row = connection.execute(_BADGE_HOLDER, (code,)).fetchone()
    if row is None:
        return None
    person_id = PersonId(row[0])
    return person_id, row[1], PersonFace(person_id, *row[2:]) if row[2] is not None else None


def find_by_id_number(connection: Connection, id_number: str) -> PersonId | None:
    """Return the one person with this ID number; None when nobody or several have it."""
    rows = connection.execute(
        "SELECT id FROM person WHERE row IN (SELECT rowid FROM person_search WHERE"
        " person_search MATCH ?) AND id_number=? LIMIT 2",
        (f'"{id_number[-4:]}"', id_number),
    ).fetchall()
    return PersonId(rows[0][0]) if len(rows) == 1 else None


def find_face(connection: Connection, person_id: str) -> PersonFace | None:
    """Return a person's face by id."""
    row = connection.execute(_PERSON_FACE, (person_id,)).fetchone()
    return PersonFace(*row) if row else None


def counts(connection: Connection, session: str) -> tuple[int, int, int]:
    """Return (expected, arrived, present) of a session."""
    row = connection.execute(
        "SELECT expected, arrived, present FROM session_tally WHERE session=?", (session,)
    ).fetchone()
    return row or (0, 0, 0)


def newest_registration_ms(connection: Connection, session: str) -> int | None:
    """Return when the session's roster last grew."""
    row = connection.execute(
        "SELECT max(added_ms) FROM registration WHERE session=?", (session,)
    ).fetchone()
    return row[0] if row else None


def recent_scans(connection: Connection, session: str, limit: int) -> list[StoredScan]:
    """Return the last scans at a session, newest first."""
    rows = connection.execute(
        f"{_SCANS} WHERE s.session=? ORDER BY s.at_ms DESC, s.fact_id DESC LIMIT ?",
        (session, limit),
    )
    return [_stored_scan(row) for row in rows]


def person_scans(connection: Connection, session: str, person_id: str) -> list[StoredScan]:
    """Return one person's scans at a session, oldest first."""
    subjects = subjects_together(connection, f"person:{person_id}")
    marks = ",".join("?" * len(subjects))
    rows = connection.execute(
        f"{_SCANS} WHERE s.fact_id IN (SELECT id FROM fact WHERE subject IN ({marks})"  # noqa: S608 - marks only
        f" UNION ALL SELECT id FROM fork_fact WHERE subject IN ({marks}))"
        " AND s.session=? ORDER BY s.at_ms, s.fact_id",
        (*subjects, *subjects, session),
    )
    return [_stored_scan(row) for row in rows]


def all_scans(connection: Connection, session: str) -> list[StoredScan]:
    """Return every scan at a session, oldest first."""
    rows = connection.execute(f"{_SCANS} WHERE s.session=? ORDER BY s.at_ms, s.fact_id", (session,))
    return [_stored_scan(row) for row in rows]


def find_scan(connection: Connection, fact_id: str) -> StoredScan | None:
    """Return one scan by its fact's id."""
    row = connection.execute(f"{_SCANS} WHERE s.fact_id=?", (fact_id,)).fetchone()
    return _stored_scan(row) if row else None


def _stored_scan(row: tuple[Any, ...]) -> StoredScan:
    face = PersonFace(PersonId(row[1]), *row[9:14]) if row[9] is not None else None
    return StoredScan(
        fact_id=row[0],
        session=row[2],
        station=row[3],
        at_ms=row[4],
        body=row[5],
        counts=bool(row[6]),
        voided_ms=row[7],
        admitted=bool(row[8]),
        person=face,
    )


def scan_notes(connection: Connection, session: str) -> dict[str, tuple[int, str]]:
    """Return scan → (sequence, why it was undone or admitted) for a session's scans."""
    numbers: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for table in ("fact", "fork_fact"):
        numbers.update(
            connection.execute(
                f"SELECT f.id, f.seq FROM {table} f JOIN scan s ON s.fact_id=f.id"  # noqa: S608 - constants
                " WHERE s.session=?",
                (session,),
            )
        )
        for body, private in connection.execute(
            f"SELECT body, private FROM {table}"  # noqa: S608 - constants
            " WHERE kind IN ('scan.voided', 'scan.admitted')"
        ):
            named = json.loads(body)
            if named.get("session") == session and private is not None:
                reasons[named["scan"]] = json.loads(private).get("reason", "")
    return {fact_id: (seq, reasons.get(fact_id, "")) for fact_id, seq in numbers.items()}
