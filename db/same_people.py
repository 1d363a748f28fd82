"""Who is one person with whom, as the read table of standing merges has it."""

from collections.abc import Iterable

from app.domain.facts import PersonId
from app.domain.merging import Groups
from db.engine import Connection

PREFIX = "person:"
NOBODY = Groups(())
_PAIRS = "SELECT person_id, into_id FROM person_merge"


def read_groups(connection: Connection) -> Groups:
    """Return who is one with whom; a few rows at most events, none at most of them."""
    pairs = connection.execute(_PAIRS).fetchall()
    return Groups(pairs) if pairs else NOBODY


def find_representative(connection: Connection, person_id: PersonId) -> PersonId:
    """Return whose name somebody goes by now: nearly always their own."""
    return PersonId(read_groups(connection).of(person_id)[0])


def subjects_together(connection: Connection, subject: str) -> tuple[str, ...]:
    """Return the subjects whose facts are about the same person; first whom they all go by."""
    if not subject.startswith(PREFIX):
        return (subject,)
    return subjects_in(read_groups(connection), subject)


def subjects_in(groups: Groups, subject: str) -> tuple[str, ...]:
    """Return the subjects that are one with this one."""
    if not groups or not subject.startswith(PREFIX):
        return (subject,)
    return tuple(f"{PREFIX}{person}" for person in groups.of(subject.removeprefix(PREFIX)))


def list_together(connection: Connection, subjects: Iterable[str]) -> list[tuple[str, ...]]:
    """Return these subjects with all that are one with them, each once."""
    groups = read_groups(connection)
    return list(dict.fromkeys(subjects_in(groups, subject) for subject in subjects))
