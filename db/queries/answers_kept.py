"""Canned texts, known problems and whom they struck, topics' parents."""

from dataclasses import dataclass

from app.domain.help_desk import Answer, Problem, ProblemState
from db.engine import Connection

_ANSWER = "SELECT id, code, topic, title, body, source_issue, active FROM answer"
_PROBLEM = "SELECT id, topic, title, answer, state, first_seen_ms FROM problem"
_STRUCK = (
    "SELECT known_problem, visit_id, id, ticket, unit_id, unit_text, outcome, at_ms FROM issue"
)


@dataclass(frozen=True, slots=True)
class Struck:
    """An issue attached to a known problem."""

    problem: str
    visit_id: str
    issue_id: str
    ticket: str
    unit_id: str
    unit_text: str
    outcome: str
    at_ms: int


def list_answers(connection: Connection, *, only_active: bool) -> tuple[Answer, ...]:
    """Return the canned texts by code."""
    where = " WHERE active=1" if only_active else ""
    rows = connection.execute(f"{_ANSWER}{where} ORDER BY code, id")
    return tuple(_answer(*row) for row in rows)


def find_answer(connection: Connection, answer_id: str) -> Answer | None:
    """Return a canned text by its id."""
    row = connection.execute(f"{_ANSWER} WHERE id=?", (answer_id,)).fetchone()
    return _answer(*row) if row else None


def _answer(*row: str | int) -> Answer:
    names = ("id", "code", "topic", "title", "body", "source_issue")
    return Answer(
        **{name: str(row[place]) for place, name in enumerate(names)}, active=bool(row[6])
    )


def count_answer_uses(connection: Connection) -> dict[str, int]:
    """Return canned text → how many issues used it; unused ones are missing."""
    rows = connection.execute(
        "SELECT substr(source, 8), count(*) FROM answer_use"
        " WHERE source>='answer:' AND source<'answer;' GROUP BY source"
    )
    return dict(rows.fetchall())


def list_problems(connection: Connection) -> list[Problem]:
    """Return the known problems, the latest first."""
    rows = connection.execute(f"{_PROBLEM} ORDER BY first_seen_ms DESC, id")
    return [_problem(row) for row in rows]


def find_problem(connection: Connection, problem_id: str) -> Problem | None:
    """Return a known problem by its id."""
    row = connection.execute(f"{_PROBLEM} WHERE id=?", (problem_id,)).fetchone()
    return _problem(row) if row else None


def _problem(row: tuple[str, str, str, str, str, int]) -> Problem:
    return Problem(
        id=row[0],
        topic=row[1],
        title=row[2],
        answer=row[3],
        state=ProblemState(row[4]),
        first_seen_ms=row[5],
    )


def list_struck(connection: Connection, *, problem_id: str = "", session: str = "") -> list[Struck]:
    """Return issues attached to one known problem, or to any; newest first."""
    which, values = ("known_problem=?", [problem_id]) if problem_id else ("known_problem>''", [])
    if session:
        which, values = which + " AND session=?", [*values, session]
    rows = connection.execute(
        f"{_STRUCK} WHERE {which} ORDER BY at_ms DESC, id",
        values,
    )
    return [Struck(*row) for row in rows]


def topic_parents(connection: Connection) -> dict[str, str]:
    """Return topic → group of the topics people added or moved."""
    return dict(connection.execute("SELECT code, parent FROM topic WHERE parent<>''").fetchall())
