"""People nobody has heard of before: their rows straight from the one fact that registers them.

A roster brings a hundred thousand of them. Their rows are those `rows_of` would fold; a test holds
one against the other.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.domain.facts import Draft
from app.domain.text import fold_text
from app.domain.verdict import RegistrationStatus
from db.engine import Connection
from db.projection.rows import PERSON, REGISTRATION, search_text
from db.projection.writing import ADD_TALLY, INDEX_NEW_PEOPLE, NEWEST_PERSON, insert_sql

Row = tuple[Any, ...]

_ADD_PERSON = insert_sql(PERSON)
_ADD_REGISTRATION = insert_sql(REGISTRATION)
_ACTIVE = RegistrationStatus.ACTIVE.value


def write_newcomers(connection: Connection, drafts: Sequence[Draft], at_ms: int) -> None:
    """Bring the read tables up to date with the first and only facts of some people.

    `drafts`: `registration.added`, each of another person; `at_ms`: when those without a time of
    their own happened.
    """
    newest = connection.execute(NEWEST_PERSON).fetchone()
    people, registrations = zip(*[newcomer_rows(draft, at_ms) for draft in drafts], strict=True)
    connection.executemany(_ADD_PERSON, people)
    connection.executemany(_ADD_REGISTRATION, registrations)
    connection.execute(INDEX_NEW_PEOPLE, newest)
    sessions = Counter(row[1] for row in registrations)
    connection.executemany(ADD_TALLY, [(name, count, 0, 0) for name, count in sessions.items()])


def newcomer_rows(draft: Draft, at_ms: int) -> tuple[Row, Row]:
    """Return the person's row and that of the registration."""
    person_id = draft.subject.removeprefix("person:")
    told, body = (draft.private or {}).get, draft.body
    name, unit_text, email = told("name", ""), told("unit_text", ""), told("email", "")
    id_number, phone = told("id_number", ""), told("phone", "")
    person = (
        person_id,
        name,
        fold_text(name),
        body.get("unit_id"),
        unit_text,
        told("title", ""),
        id_number,
        phone,
        email,
        told("attention", ""),
        told("meal", ""),
        search_text(name, unit_text, (phone, id_number), email),
    )
    added_ms = at_ms if draft.at_ms is None else draft.at_ms
    return person, (person_id, body["session"], _ACTIVE, body["origin"], added_ms, None)
