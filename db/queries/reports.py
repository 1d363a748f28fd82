"""What a help day's report asks beside the desk's own questions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.help_desk import Tally
from app.domain.visit_json import visit_from_json
from app.domain.visits import Visit
from db.engine import Connection

# Facts of a copied laptop's second branch lie beside the journal and count as well.
_CHAINS = """
WITH known AS (
    SELECT device, kind, body, at, offset_ms, offset_quality, hlc FROM fact
    UNION ALL SELECT device, kind, body, at, offset_ms, offset_quality, hlc FROM fork_fact)
SELECT f.device,
    group_concat(DISTINCT CASE WHEN f.kind IN ('visit.opened', 'tally.counted')
        THEN f.body ->> '$.station' END),
    count(*), max(f.at + f.offset_ms),
    (SELECT CASE WHEN l.offset_quality='unknown' THEN NULL ELSE l.offset_ms END
        FROM known l WHERE l.device=f.device ORDER BY l.hlc DESC LIMIT 1)
FROM known f
WHERE f.kind LIKE 'visit.%' OR f.kind LIKE 'issue.%' OR f.kind LIKE 'tally.%'
GROUP BY f.device ORDER BY 2, 1
"""
_CARRIED = """
SELECT substr(subject, 7), max(body ->> '$.from_ms') FROM (
    SELECT kind, subject, body FROM fact UNION ALL SELECT kind, subject, body FROM fork_fact)
WHERE kind='visit.carried' GROUP BY subject
"""
_WORDS = "SELECT id, CASE WHEN symptom<>'' THEN symptom ELSE resolution END FROM issue"


@dataclass(frozen=True, slots=True)
class DeskChain:
    """One device's help-desk facts: how many, the last one, and what is known of its clock."""

    device: str
    letters: str
    """Station letters it gave tickets under, comma between."""
    facts: int
    last_ms: int
    offset_ms: int | None
    """Of its last fact; None where its clock was never compared."""


def list_day_visits(connection: Connection, session: str) -> list[Visit]:
    """Return the visits that arrived at a help day or were carried to it, by arrival."""
    rows = connection.execute(
        "SELECT doc FROM visit WHERE session=:day OR doc ->> '$.carried_from' = :day"
        " ORDER BY arrived_ms, id",
        {"day": session},
    )
    return [visit_from_json(json.loads(row[0])) for row in rows]


def list_carried(connection: Connection) -> dict[str, int]:
    """Return visit id → when its line began anew on the help day it was carried to."""
    rows = connection.execute(_CARRIED)
    return {row[0]: int(row[1]) for row in rows}


def list_tallies(connection: Connection, session: str) -> list[Tally]:
    """Return a help day's door questions, oldest first."""
    rows = connection.execute(
        "SELECT fact_id, session, station, topic, staff, at_ms FROM tally WHERE session=?"
        " ORDER BY at_ms, fact_id",
        (session,),
    )
    return [
        Tally(
            fact_id=row[0], session=row[1], station=row[2], topic=row[3], staff=row[4], at_ms=row[5]
        )
        for row in rows
    ]


def list_desk_chains(connection: Connection) -> list[DeskChain]:
    """Return the devices whose help-desk facts are here, by station letter."""
    rows = connection.execute(_CHAINS)
    return [DeskChain(row[0], row[1] or "", row[2], row[3], row[4]) for row in rows]


def list_issue_words(connection: Connection, issue_ids: Sequence[str]) -> dict[str, str]:
    """Return what issues are known by: the symptom, or what solved them."""
    marks = ",".join("?" * len(issue_ids))
    rows = connection.execute(f"{_WORDS} WHERE id IN ({marks})", issue_ids)
    return dict(rows.fetchall())
