"""Who may sign in."""

from typing import Any

from app.domain.staff import Role, StaffMember
from db.engine import Connection

_STAFF = "SELECT id, name, role, active, pin FROM staff"


def list_staff(connection: Connection) -> list[StaffMember]:
    """Return everybody by name, those who are not active any more too."""
    return [_member(row) for row in connection.execute(f"{_STAFF} ORDER BY name, id")]


def find_staff(connection: Connection, staff_id: str) -> StaffMember | None:
    """Return one member by id."""
    row = connection.execute(f"{_STAFF} WHERE id=?", (staff_id,)).fetchone()
    return _member(row) if row else None


def _member(row: tuple[Any, ...]) -> StaffMember:
    return StaffMember(id=row[0], name=row[1], role=Role(row[2]), active=bool(row[3]), pin=row[4])
