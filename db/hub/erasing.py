"""Private parts that an erasure covers are cleared: those that are here, and those that come."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from app.domain.facts import FactKind
from db.hub.intake import Row
from db.hub.rows import FACT_TABLES, many

_ERASED = FactKind.PRIVATE_ERASED.value
_SUBJECTS_AT_ONCE = 1_000


def is_erasing(rows: Sequence[Row]) -> bool:
    """Tell whether an erasure is among these rows."""
    return any(row[5] == _ERASED for row in rows)


def clear_erased(connection: Connection, event_id: str, stored: Sequence[Row]) -> None:
    """Clear what erasures cover among facts just stored, and what fresh erasures cover at all.

    The caller holds the event's row: shared where it only adds facts, alone where it erases. So
    whoever adds a fact of an erased subject either sees the erasure or is seen by it.
    """
    erasures = [
        {"event": event_id, "subject": row[6], "hlc": row[18]}
        for row in stored
        if row[5] == _ERASED
    ]
    if erasures:
        connection.execute(
            text(
                "INSERT INTO hub_erasure (event_id, subject, hlc) VALUES (:event, :subject, :hlc)"
                " ON CONFLICT (event_id, subject) DO UPDATE SET hlc=excluded.hlc"
                " WHERE hub_erasure.hlc < excluded.hlc"
            ),
            erasures,
        )
    subjects = {str(erasure["subject"]) for erasure in erasures}
    subjects |= {row[6] for row in stored if row[9] is not None}
    covered = _list_erasures(connection, event_id, sorted(subjects))
    if covered:
        for table in FACT_TABLES:
            connection.execute(
                text(
                    f"UPDATE {table} SET private=NULL, salt=NULL"  # noqa: S608 - constants
                    " WHERE event_id=:event AND subject=:subject AND hlc<:hlc"
                    " AND private IS NOT NULL"
                ),
                covered,
            )


def _list_erasures(
    connection: Connection, event_id: str, subjects: Sequence[str]
) -> list[dict[str, object]]:
    some = text("SELECT 1 FROM hub_erasure WHERE event_id=:event LIMIT 1")
    if not subjects or connection.execute(some, {"event": event_id}).first() is None:
        return []
    statement = many(
        "SELECT subject, hlc FROM hub_erasure WHERE event_id=:event AND subject IN :subjects",
        "subjects",
    )
    found: list[dict[str, object]] = []
    for start in range(0, len(subjects), _SUBJECTS_AT_ONCE):
        block = subjects[start : start + _SUBJECTS_AT_ONCE]
        rows = connection.execute(statement, {"event": event_id, "subjects": list(block)})
        found += ({"event": event_id, "subject": row[0], "hlc": row[1]} for row in rows)
    return found
