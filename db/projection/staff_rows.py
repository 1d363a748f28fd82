"""From the facts of a staff member to its row."""

from collections.abc import Sequence

from app.domain.facts import Fact
from app.domain.staff import fold_staff
from db.projection.read_table import ReadTable, TableRows

STAFF = ReadTable("staff", ("id", "name", "role", "active", "pin"), 1)


def staff_rows(staff_id: str, facts: Sequence[Fact]) -> TableRows:
    """Return a member's row, none where nobody said who it is."""
    member = fold_staff(staff_id, facts)
    if member is None:
        return {}
    row = (member.id, member.name, member.role.value, int(member.active), member.pin)
    return {("staff", staff_id): row}
