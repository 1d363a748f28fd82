"""Units as the door and the office ask for them, without the weight of the roster's lists."""

from app.domain.facts import UnitId
from app.domain.people import Unit, UnitLevel
from db.engine import Connection


def list_units(connection: Connection) -> list[Unit]:
    """Return every unit by region, township, code and name."""
    rows = connection.execute(
        "SELECT id, code, name, level, township, region, phone FROM unit"
        " ORDER BY region, township, code, name"
    )
    return [
        Unit(
            id=UnitId(row[0]),
            code=row[1],
            name=row[2],
            level=UnitLevel(row[3]),
            township=row[4],
            region=row[5],
            phone=row[6],
        )
        for row in rows
    ]


def find_unit_of(connection: Connection, person_id: str) -> UnitId | None:
    """Return the unit of somebody on a roster."""
    row = connection.execute("SELECT unit_id FROM person WHERE id=?", (person_id,)).fetchone()
    return UnitId(row[0]) if row and row[0] else None


def find_unit_name(connection: Connection, unit_id: str) -> str:
    """Return a unit's name, or nothing."""
    row = connection.execute("SELECT name FROM unit WHERE id=?", (unit_id,)).fetchone()
    return str(row[0]) if row else ""
