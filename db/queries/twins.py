"""Everybody in few columns, to see who may be in the event twice."""

from dataclasses import dataclass

from db.engine import Connection

_EVERYBODY = (
    "SELECT p.id, p.name_key, COALESCE(u.name, p.unit_text), p.id_number, p.phone"
    " FROM person p LEFT JOIN unit u ON u.id=p.unit_id ORDER BY p.id"
)
_BY_HAND = (
    "SELECT DISTINCT person_id FROM registration WHERE origin IN ('walk_in', 'added', 'portable')"
)
_REGISTERED = "SELECT person_id FROM registration WHERE session=?"
_SEEN = "SELECT DISTINCT person_id FROM attendance"


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """What tells one person from another."""

    id: str
    name: str
    """Folded."""
    unit: str
    id_number: str
    phone: str


def list_everybody(connection: Connection) -> list[PersonMarks]:
    """Return everybody, oldest record first."""
    return [PersonMarks(*row) for row in connection.execute(_EVERYBODY)]


def list_by_hand(connection: Connection) -> set[str]:
    """Return the people that a desk registered, not a roster."""
    return {row[0] for row in connection.execute(_BY_HAND)}


def list_registered_ever(connection: Connection, session: str) -> set[str]:
    """Return the people who are or were registered for a session."""
    return {row[0] for row in connection.execute(_REGISTERED, (session,))}


def list_seen(connection: Connection) -> set[str]:
    """Return the people who came to any session."""
    return {row[0] for row in connection.execute(_SEEN)}
