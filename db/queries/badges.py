"""Badges of a session's people."""

from typing import Any

from db.engine import Connection
from db.queries.desk import find_face

__all__ = ["find_face", "list_active", "list_active_codes", "list_without_badge"]


def list_without_badge(connection: Connection, session: str) -> list[str]:
    """Return the registered people of a session who have no active badge."""
    rows = connection.execute(
        "SELECT r.person_id FROM registration r WHERE r.session=? AND r.status='active'"
        " AND NOT EXISTS (SELECT 1 FROM badge b"
        " WHERE b.person_id=r.person_id AND b.revoked_ms IS NULL) ORDER BY r.person_id",
        (session,),
    )
    return [row[0] for row in rows]


def list_active(connection: Connection, session: str) -> list[tuple[Any, ...]]:
    """Return (person id, name, unit, code) of a session's badges by unit and name."""
    return connection.execute(
        "SELECT p.id, p.name, COALESCE(u.name, p.unit_text) AS unit_name, min(b.code)"
        " FROM registration r JOIN person p ON p.id=r.person_id"
        " JOIN badge b ON b.person_id=p.id AND b.revoked_ms IS NULL"
        " LEFT JOIN unit u ON u.id=p.unit_id"
        " WHERE r.session=? AND r.status='active'"
        " GROUP BY p.id ORDER BY unit_name, p.name_key, p.id",
        (session,),
    ).fetchall()


def list_active_codes(connection: Connection, person_id: str) -> list[str]:
    """Return a person's badge codes that are not revoked."""
    rows = connection.execute(
        "SELECT code FROM badge WHERE person_id=? AND revoked_ms IS NULL", (person_id,)
    )
    return [row[0] for row in rows]
