"""Earlier words about a problem: candidates from the index, newest first, proved to contain them.

Straight to the driver: it answers while a person types. Every question is bounded, so that a
character which every text has costs no more than a rare word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.engine import Connection

_COLUMNS = (
    "i.id, i.visit_id, i.ticket, i.unit_id, i.unit_text, i.topic, i.outcome, i.known_problem,"
    " i.at_ms, i.symptom, i.steps, i.resolution, i.next_step, i.folded"
)
_SUSPECTED = (
    f"SELECT {_COLUMNS} FROM issue i WHERE i.row IN (SELECT rowid FROM issue_search"  # noqa: S608 - constants
    " WHERE issue_search MATCH ? ORDER BY rowid DESC LIMIT ?)"
)
_MOST_REUSED = (
    "SELECT substr(source, 7) FROM answer_use WHERE source>='issue:' AND source<'issue;'"
    " GROUP BY source ORDER BY count(*) DESC, source DESC LIMIT ?"
)
_HAS_WORDS = (
    " AND (i.resolution<>'' OR i.steps<>'' OR i.next_step<>''"
    " OR i.known_problem IN (SELECT id FROM problem WHERE answer<>''))"
)


@dataclass(frozen=True, slots=True)
class EarlierIssue:
    """An issue as a search reads it; the fields are those of the columns."""

    id: str
    visit_id: str
    ticket: str
    unit_id: str
    unit_text: str
    topic: str
    outcome: str
    known_problem: str
    at_ms: int
    symptom: str
    steps: str
    resolution: str
    next_step: str
    folded: str


def list_containing(
    connection: Connection, match: str, runs: Sequence[str], limit: int
) -> list[EarlierIssue]:
    """Return issues that say what was done, the index suspects, and that contain every run.

    `limit`: how many of the newest suspects are looked at.
    """
    contains = " AND instr(i.folded, ?)>0" * len(runs)
    rows = connection.execute(_SUSPECTED + _HAS_WORDS + contains, (match, limit, *runs))
    return [EarlierIssue(*row) for row in rows]


def list_most_reused(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of the issues whose words were used most often."""
    return tuple(row[0] for row in connection.execute(_MOST_REUSED, (limit,)))


def list_among(
    connection: Connection, issue_ids: Sequence[str], runs: Sequence[str]
) -> list[EarlierIssue]:
    """Return those of some issues that contain every run."""
    marks = ",".join("?" * len(issue_ids))
    contains = " AND instr(i.folded, ?)>0" * len(runs)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM issue i WHERE i.id IN ({marks}){contains}",  # noqa: S608 - marks only
        (*issue_ids, *runs),
    )
    return [EarlierIssue(*row) for row in rows]


def count_uses(connection: Connection, sources: Sequence[str]) -> dict[str, int]:
    """Return how many issues used the words of each source; unused ones are missing."""
    marks = ",".join("?" * len(sources))
    rows = connection.execute(
        f"SELECT source, count(*) FROM answer_use WHERE source IN ({marks})"  # noqa: S608 - marks only
        " GROUP BY source",
        sources,
    )
    return dict(rows.fetchall())
