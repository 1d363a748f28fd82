"""Follow-ups with what their issues say: one question, whatever the filter."""

from dataclasses import dataclass

from app.domain.help_desk import Followup, FollowupState
from db.engine import Connection

_FOLLOWUP = (
    "SELECT f.id, f.visit, f.issue, f.vendor, f.owner, f.due_on, f.state, f.reference, f.contact,"
    " f.note, f.answer, f.opened_ms, f.changed_ms"
)
_LINES = (
    f"{_FOLLOWUP}, COALESCE(v.ticket, ''), COALESCE(i.unit_text, ''), COALESCE(i.topic, ''),"
    " COALESCE(i.symptom, ''), COALESCE(i.steps, ''), COALESCE(c.name, '')"
    " FROM followup f LEFT JOIN visit v ON v.id=f.visit LEFT JOIN issue i ON i.id=f.issue"
    " LEFT JOIN consultant c ON c.id=f.owner ORDER BY f.opened_ms, f.id"
)


@dataclass(frozen=True, slots=True)
class StoredFollowup:
    """A follow-up with its issue's words and its owner's name."""

    followup: Followup
    ticket: str
    unit_text: str
    topic: str
    symptom: str
    steps: str
    owner_name: str


def list_followups(connection: Connection) -> list[StoredFollowup]:
    """Return every follow-up, oldest first; there are some hundreds."""
    return [_stored(row) for row in connection.execute(_LINES)]


def find_followup(connection: Connection, followup_id: str) -> Followup | None:
    """Return a follow-up by its id."""
    row = connection.execute(f"{_FOLLOWUP} FROM followup f WHERE f.id=?", (followup_id,)).fetchone()
    return _followup(row) if row else None


def has_visit(connection: Connection, visit_id: str) -> bool:
    """Whether a visit is known here."""
    return connection.execute("SELECT 1 FROM visit WHERE id=?", (visit_id,)).fetchone() is not None


def _stored(row: tuple[str, ...]) -> StoredFollowup:
    return StoredFollowup(_followup(row), *row[13:])


def _followup(row: tuple[str, ...]) -> Followup:
    return Followup(
        id=row[0],
        visit=row[1],
        issue=row[2],
        vendor=row[3],
        owner=row[4],
        due_on=row[5],
        state=FollowupState(row[6]),
        reference=row[7],
        contact=row[8],
        note=row[9],
        answer=row[10],
        opened_ms=int(row[11]),
        changed_ms=int(row[12]),
    )
