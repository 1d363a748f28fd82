"""Badges of a session's people."""

from typing import Any

from app.domain.facts import PersonId
from db.engine import Connection
from db.queries.desk import find_face

__all__ = [
    "find_card",
    "find_face",
    "get_badge",
    "list_active",
    "list_active_codes",
    "list_event_seeds",
    "list_without_badge",
]
NO_CARD = "NOT (b.code >= 'card:' AND b.code < 'card;')"
"""Bound cards are codes too; nobody prints those."""
_SEEDS = (
    "SELECT id, json_extract(private, '$.seed') AS seed FROM {table}"
    " WHERE subject=:event AND kind='event_key.made' AND private IS NOT NULL"
)


def list_without_badge(connection: Connection, session: str) -> list[str]:
    """Return the registered people of a session who have no active badge."""
    rows = connection.execute(
        "SELECT r.person_id FROM registration r WHERE r.session=? AND r.status='active'"  # noqa: S608 - constants
        " AND NOT EXISTS (SELECT 1 FROM badge b"
        f" WHERE b.person_id=r.person_id AND b.revoked_ms IS NULL AND {NO_CARD})"
        " ORDER BY r.person_id",
        (session,),
    )
    return [row[0] for row in rows]


def list_active(connection: Connection, session: str) -> list[tuple[Any, ...]]:
    """Return (person id, name, unit, code) of a session's badges by unit and name."""
    return connection.execute(
        "SELECT p.id, p.name, COALESCE(u.name, p.unit_text) AS unit_name, min(b.code)"  # noqa: S608 - constants
        " FROM registration r JOIN person p ON p.id=r.person_id"
        f" JOIN badge b ON b.person_id=p.id AND b.revoked_ms IS NULL AND {NO_CARD}"
        " LEFT JOIN unit u ON u.id=p.unit_id"
        " WHERE r.session=? AND r.status='active'"
        " GROUP BY p.id ORDER BY unit_name, p.name_key, p.id",
        (session,),
    ).fetchall()


def list_active_codes(connection: Connection, person_id: str, *, cards: bool = False) -> list[str]:
    """Return a person's badge codes that are not revoked: of badges, or of bound cards."""
    rows = connection.execute(
        "SELECT b.code FROM badge b WHERE b.person_id=? AND b.revoked_ms IS NULL"  # noqa: S608 - constants
        f" AND ({NO_CARD})=? ORDER BY b.issued_ms, b.code",
        (person_id, int(not cards)),
    )
    return [row[0] for row in rows]


def find_card(connection: Connection, key: str) -> list[tuple[str, str, int | None]]:
    """Return (code, person id, revoked) of every time a card was bound, newest first."""
    rows = connection.execute(
        "SELECT code, person_id, revoked_ms FROM badge WHERE code >= ? AND code < ?"
        " ORDER BY issued_ms DESC, code",
        (f"{key}.", f"{key}/"),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def get_badge(connection: Connection, code: str) -> tuple[PersonId, int, int | None]:
    """Return whose a code is, when it was issued and when revoked."""
    row = connection.execute(
        "SELECT person_id, issued_ms, revoked_ms FROM badge WHERE code=?", (code,)
    ).fetchone()
    return PersonId(row[0]), row[1], row[2]


def list_event_seeds(connection: Connection, event_id: str) -> list[str]:
    """Return the secrets of an event's keys, by the fact that made them."""
    rows = connection.execute(
        f"{_SEEDS.format(table='fact')} UNION {_SEEDS.format(table='fork_fact')} ORDER BY id",
        {"event": f"event:{event_id}"},
    )
    return [row[1] for row in rows if row[1]]
