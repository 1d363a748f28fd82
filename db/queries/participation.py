"""Which units came to a course."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.engine import Connection


@dataclass(frozen=True, slots=True)
class UnitTurnout:
    """A unit with the numbers of its people registered for and seen at some sessions."""

    id: str
    name: str
    code: str
    level: str
    township: str
    region: str
    phone: str
    registered: int
    attended: int


def count_people(connection: Connection) -> int:
    """Return how many different people were seen at any session."""
    row = connection.execute("SELECT count(DISTINCT person_id) FROM attendance").fetchone()
    return int(row[0])


def list_units(connection: Connection, sessions: Sequence[str]) -> list[UnitTurnout]:
    """Return every unit's turnout over these sessions, by region, township and code."""
    marks = ",".join("?" * len(sessions))
    registered = (
        "SELECT p.unit_id, count(DISTINCT r.person_id) AS n FROM registration r"  # noqa: S608
        f" JOIN person p ON p.id=r.person_id WHERE r.status='active' AND r.session IN ({marks})"
        " GROUP BY p.unit_id"
    )
    attended = (
        "SELECT p.unit_id, count(DISTINCT a.person_id) AS n FROM attendance a"  # noqa: S608
        # Seen is seen: whoever only signed out came too.
        f" JOIN person p ON p.id=a.person_id WHERE a.session IN ({marks}) GROUP BY p.unit_id"
    )
    rows = connection.execute(
        "SELECT u.id, u.name, u.code, u.level, u.township, u.region, u.phone,"  # noqa: S608
        f" COALESCE(r.n, 0), COALESCE(a.n, 0) FROM unit u LEFT JOIN ({registered}) r"
        f" ON r.unit_id=u.id LEFT JOIN ({attended}) a ON a.unit_id=u.id"
        " ORDER BY u.region, u.township, u.code, u.name",
        (*sessions, *sessions),
    )
    return [UnitTurnout(*row) for row in rows]
