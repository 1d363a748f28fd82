"""Finding people by a few characters among a million."""

import re
from dataclasses import dataclass

from app.domain.facts import PersonId
from app.domain.name_sounds import (
    SoundQuery,
    is_zhuyin,
    read_pinyin,
    read_zhuyin,
    spell_initials,
)
from app.domain.text import fold_text, query_grams
from db.engine import Connection
from db.name_sounds import load_readings
from db.queries.desk import PersonFace

_FACE = (
    "SELECT p.id, p.name, COALESCE(u.name, p.unit_text), p.title, p.id_number, p.attention"
    " FROM person p LEFT JOIN unit u ON u.id=p.unit_id"
)
_MATCHING = (
    f"{_FACE} WHERE p.row IN (SELECT rowid FROM person_search"  # noqa: S608 - constants
    " WHERE person_search MATCH ? LIMIT ?)"
)
_ID_NUMBER = re.compile(r"[a-z][a-z0-9]\d{8}")
HIGHEST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands: registered where, present where."""

    registered: tuple[str, ...]
    arrived: tuple[str, ...]
    present: tuple[str, ...]


def find_faces(connection: Connection, text: str, limit: int) -> list[PersonFace]:
    """Return people matching a text: exact name first, then its beginning, then anywhere."""
    wanted = fold_text(text)
    if not wanted:
        return []
    found: dict[str, PersonFace] = {}
    beginning = (
        f"{_FACE} WHERE p.name_key>=? AND p.name_key<? ORDER BY p.name_key LIMIT ?",
        (wanted, wanted + HIGHEST, limit),
    )
    _collect(connection, *beginning, found)
    for match in match_expressions(text):
        if len(found) < limit:
            _collect(connection, _MATCHING, (match, limit * 2), found)
    return list(found.values())[:limit]


def _collect(
    connection: Connection, sql: str, values: tuple[object, ...], found: dict[str, PersonFace]
) -> None:
    for row in connection.execute(sql, values):
        found.setdefault(row[0], PersonFace(*row))


def match_expressions(text: str) -> tuple[str, ...]:
    """Return full-text expressions for what somebody typed, to be tried in turn.

    All parts must match. Whole terms come first: what merely begins with letters is many more.
    """
    if is_zhuyin(text):
        asked = read_zhuyin(text, load_readings())
        return tuple(expression for each in asked for expression in _sounding(each))
    parts = [fold_text(part) for part in text.split()]
    plain = " AND ".join(term for part in parts if (term := _term(part)))
    letters = read_pinyin(text)
    is_latin = all(char.isspace() or (char.isalpha() and char < "\u0250") for char in text)
    sounds = _spelled(letters) if letters and is_latin else ()
    return tuple(dict.fromkeys(each for each in (*sounds[:1], plain, *sounds[1:]) if each))


def _sounding(asked: SoundQuery) -> tuple[str, ...]:
    whole = [f'"{term}"' for term in asked.all_of]
    if not asked.begins:
        return (" AND ".join(whole),)
    return (
        " AND ".join([*whole, f'"{asked.begins}"']),
        " AND ".join([*whole, f'"{asked.begins}"*']),
    )


def _spelled(letters: str) -> tuple[str, ...]:
    """Return the expressions of pinyin: as a whole or as initials, then as its beginning."""
    whole = " OR ".join(f'"{term}"' for term in (letters, *spell_initials(letters)))
    return (whole, f'"{letters}"*') if len(letters) > 1 else (whole,)


def _term(part: str) -> str:
    """Return the index term of one part: digits by their tail, words by their pairs."""
    clean = "".join(char for char in part if char.isalnum())
    if not clean:
        return ""
    if clean.isdigit() or _ID_NUMBER.fullmatch(clean):
        return f'"{clean[-4:]}"*'
    pairs = " AND ".join(f'"{gram}"' for gram in query_grams(clean))
    if clean.isascii() and len(clean) > 1:
        # The beginning of an e-mail address is indexed as a whole word.
        return f'(({pairs}) OR "{clean}"*)'
    return f"({pairs})"


def standings(connection: Connection, people: list[PersonId]) -> dict[PersonId, Standing]:
    """Return how each of these people stands, in two questions."""
    registered: dict[str, list[str]] = {}
    arrived: dict[str, list[str]] = {}
    present: dict[str, list[str]] = {}
    marks = ",".join("?" * len(people))
    for person_id, session in connection.execute(
        f"SELECT person_id, session FROM registration WHERE person_id IN ({marks})"  # noqa: S608 - marks only
        " AND status='active' ORDER BY session",
        people,
    ):
        registered.setdefault(person_id, []).append(session)
    for person_id, session, is_present in connection.execute(
        f"SELECT person_id, session, present FROM attendance WHERE person_id IN ({marks})"  # noqa: S608 - marks only
        " AND first_in_ms IS NOT NULL",
        people,
    ):
        arrived.setdefault(person_id, []).append(session)
        if is_present:
            present.setdefault(person_id, []).append(session)
    return {
        person_id: Standing(
            tuple(registered.get(person_id, ())),
            tuple(arrived.get(person_id, ())),
            tuple(present.get(person_id, ())),
        )
        for person_id in people
    }
