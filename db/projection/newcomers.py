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
from db.projection.writing import ADD_TALLY, INDEX_NEW_PEOPLE, NEWEST_PERSON, into
from db.storing import insert_rows

Row = tuple[Any, ...]
Newcomer = tuple[Row, Row]
"""The person's row and that of the registration."""
_ACTIVE = RegistrationStatus.ACTIVE.value


def write_newcomers(connection: Connection, newcomers: Sequence[Newcomer]) -> None:
    """Put people nobody has heard of into the read tables."""
    newest = connection.execute(NEWEST_PERSON).fetchone()
    people, registrations = zip(*newcomers, strict=True)
    insert_rows(connection, into(PERSON), people)
    insert_rows(connection, into(REGISTRATION), registrations)
    connection.execute(INDEX_NEW_PEOPLE, newest)
    sessions = Counter(row[1] for row in registrations)
    connection.executemany(ADD_TALLY, [(name, count, 0, 0) for name, count in sessions.items()])


def newcomer_rows(draft: Draft, at_ms: int) -> Newcomer:
    """Return the rows of the one person a `registration.added` is about.

    `at_ms`: when it happened, if the draft has no time of its own.
    """
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
