"""Whose scans may not agree: few of many, so that only these are judged again."""

import json
from collections.abc import Iterable
from typing import Any

from app.domain.facts import PersonId
from app.domain.visit_json import visit_from_json
from app.domain.visits import LIVE, Visit
from db.engine import Connection

# `last` is the time of the last scan that counted, doubled; odd after an exit. So one pass over the
# scans finds an entry while present, an exit while absent, and a refusal that another door's scan
# makes wrong.
_SEEN = """
WITH read AS (
    SELECT person_id, session, at_ms, fact_id, counts, admitted, body ->> '$.code' AS code,
        body ->> '$.direction' AS way, body ->> '$.verdict' AS verdict
    FROM scan WHERE person_id IS NOT NULL AND voided_ms IS NULL {here}
), seen AS (
    SELECT *, max(CASE WHEN counts=1 THEN at_ms*2+(way='out') END) OVER (
        PARTITION BY person_id, session ORDER BY at_ms, fact_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last
    FROM read
)
SELECT person_id FROM seen WHERE CASE
    WHEN counts=1 AND way='in' THEN last%2=0
    WHEN counts=1 THEN last IS NULL OR last%2=1
    WHEN verdict='already_in' THEN last%2=1
    WHEN verdict='already_out' THEN last%2=0
    END
UNION SELECT seen.person_id FROM seen JOIN badge ON badge.code=seen.code
    WHERE counts=1 AND badge.revoked_ms<=seen.at_ms
UNION SELECT seen.person_id FROM seen JOIN registration r
    ON r.person_id=seen.person_id AND r.session=seen.session
    WHERE (counts=1 AND admitted=0 AND r.status='cancelled')
    OR (counts=0 AND verdict IN ('cancelled', 'not_on_roster') AND r.status='active')
"""
_TWO_ROOMS = """
SELECT a.person_id FROM attendance a JOIN attendance b
    ON b.person_id=a.person_id AND b.session<>a.session AND b.first_in_ms>=a.first_in_ms
    AND (b.first_in_ms<a.last_out_ms
        OR (a.present=1 AND b.first_in_ms<a.first_in_ms+86400000)) {here}
"""
_DECIDED = "SELECT person_id FROM conflict_resolution {here}"


def list_candidates(connection: Connection, session: str | None) -> list[PersonId]:
    """Return the people whose scans may not agree, at a session or at all."""
    seen = _SEEN.format(here="AND +session=:session" if session else "")
    rooms = _TWO_ROOMS.format(
        here="AND (a.session=:session OR b.session=:session)" if session else ""
    )
    rows = connection.execute(f"{seen} UNION {rooms}", {"session": session} if session else {})
    return [PersonId(row[0]) for row in rows]


def list_decided(connection: Connection, session: str | None) -> list[PersonId]:
    """Return the people about whose scans something was decided."""
    here = "WHERE session=:session" if session else ""
    rows = connection.execute(_DECIDED.format(here=here), {"session": session} if session else {})
    return [PersonId(row[0]) for row in rows]


def list_device_labels(connection: Connection) -> dict[str, str]:
    """Return device → what people call it, where a hub gave it a name."""
    return dict(connection.execute("SELECT id, label FROM device WHERE label<>''").fetchall())


def list_claimed_twice(connection: Connection, session: str | None) -> list[Visit]:
    """Return the live visits that two consultants hold, by arrival."""
    states = ",".join(f"'{state.value}'" for state in sorted(LIVE))
    rows = connection.execute(
        f"SELECT doc FROM visit WHERE state IN ({states})"  # noqa: S608 - constants
        " AND id IN (SELECT visit_id FROM visit_claim GROUP BY visit_id HAVING count(*)>1)"
        + (" AND session=:session" if session else "")
        + " ORDER BY arrived_ms, id",
        {"session": session} if session else {},
    )
    return [visit_from_json(json.loads(row[0])) for row in rows]


def named_staff(connection: Connection, staff: Iterable[str]) -> dict[str, str]:
    """Return consultant → name."""
    names: dict[str, Any] = {}
    for each in staff:
        row = connection.execute("SELECT name FROM consultant WHERE id=?", (each,)).fetchone()
        if row is not None:
            names[each] = row[0]
    return names
