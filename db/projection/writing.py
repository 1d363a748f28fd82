"""Keeping the read tables: fold each touched subject before and after, write the difference."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.domain.facts import Fact, FactKind
from db.corrections import list_corrected_subjects
from db.engine import Connection
from db.projection.read_table import ReadTable, TableRows
from db.projection.regrouping import SubjectLoader, regroup
from db.projection.rows import READ_TABLES, rows_of, tally_of
from db.same_people import list_together
from db.storing import insert_rows
from db.turnstile import nothing

KnownFacts = Mapping[str, Sequence[Fact]]
NOTHING_KNOWN: KnownFacts = {}
Tally = dict[str, tuple[int, int, int]]
FEW_ROWS = 20
"""A statement for any number of rows is made anew; it pays from about here on."""
ROWS_AT_ONCE = 250
"""A statement of so many is over within about 3 ms; an act may wait for its end."""


def project(
    connection: Connection,
    stored: Sequence[Fact],
    load_own: SubjectLoader,
    known: KnownFacts = NOTHING_KNOWN,
) -> None:
    """Bring the read tables up to date with facts that were just stored.

    `load_own` reads a subject's own facts. `known`: those it had before, where the caller has just
    read them; for people who are one with others they are read again.
    """
    new_by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in stored:
        new_by_subject[fact.subject].append(fact)
    changes = Changes(stored)
    regrouped = regroup(connection, new_by_subject, load_own)
    changes.add_rows(regrouped.before, regrouped.after)
    for subject, new in new_by_subject.items():
        if subject in regrouped.subjects:
            continue
        earlier = known.get(subject)
        if earlier is None:
            new_ids = {fact.id for fact in new}
            earlier = [fact for fact in load_own(connection, subject) if fact.id not in new_ids]
        changes.add(subject, earlier, [*earlier, *new])
    changes.write(connection, load_own)


class Changes:
    """What facts that are being stored do to the read tables; clocks' corrections come last."""

    def __init__(self, stored: Sequence[Fact]) -> None:
        self._corrections = [fact for fact in stored if fact.kind is FactKind.CLOCK_CORRECTED]
        self._late = {fact.subject for fact in self._corrections}
        self._difference = Difference()
        self._late_difference = Difference()

    def add(self, subject: str, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Fold a subject before and after."""
        difference = self._late_difference if subject in self._late else self._difference
        difference.add(rows_of(subject, before), rows_of(subject, after))

    def add_rows(self, before: TableRows, after: TableRows) -> None:
        """Take what was folded already: rows of people who are one."""
        self._difference.add(before, after)

    def write(
        self,
        connection: Connection,
        load_own: SubjectLoader,
        between: Callable[[], object] = nothing,
    ) -> None:
        """Write the tables; the facts themselves are stored by now.

        `between` is called every few milliseconds, but where clocks are corrected.
        """
        self._difference.write(connection, between)
        if not self._corrections:
            return
        moved = list_together(connection, list_corrected_subjects(connection, self._corrections))

        def rows(subjects: Sequence[str]) -> TableRows:
            facts = [fact for each in subjects for fact in load_own(connection, each)]
            return rows_of(subjects[0], facts)

        before = [rows(subjects) for subjects in moved]
        self._late_difference.write(connection)  # from here on facts are read with it
        difference = Difference()
        for subjects, earlier in zip(moved, before, strict=True):
            difference.add(earlier, rows(subjects))
        difference.write(connection)


class Difference:
    """Rows to write and to delete, gathered over subjects."""

    def __init__(self) -> None:
        self._upserts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._deletes: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._tally: Tally = {}

    def add(self, before: TableRows, after: TableRows) -> None:
        """Note what one subject's change does to the tables."""
        for key, row in after.items():
            if before.get(key) != row:
                self._upserts[key[0]].append(row)
        self._add_tally(tally_of(after), 1)
        if before:
            for key in before.keys() - after.keys():
                self._deletes[key[0]].append(key[1:])
            self._add_tally(tally_of(before), -1)

    @property
    def _has_people(self) -> bool:
        return "person" in self._upserts

    def _add_tally(self, tally: Tally, sign: int) -> None:
        for session, (expected, arrived, present) in tally.items():
            old = self._tally.get(session, (0, 0, 0))
            self._tally[session] = (
                old[0] + sign * expected,
                old[1] + sign * arrived,
                old[2] + sign * present,
            )

    def write(self, connection: Connection, between: Callable[[], object] = nothing) -> None:
        """Write everything noted; `between` is called before each statement."""
        for name, keys in self._deletes.items():
            between()
            connection.executemany(_DELETES[name], keys)
        newest = connection.execute(NEWEST_PERSON).fetchone() if self._has_people else (0,)
        for name, rows in self._upserts.items():
            _upsert(connection, READ_TABLES[name], rows, between)
        if self._has_people:
            between()
            connection.execute(INDEX_NEW_PEOPLE, newest)
        changed = [(session, *delta) for session, delta in self._tally.items() if any(delta)]
        if changed:
            connection.executemany(ADD_TALLY, changed)


def into(table: ReadTable) -> str:
    """Return the beginning of a statement that adds rows to a read table."""
    return f"INSERT INTO {table.name} ({','.join(table.columns)})"


def _upsert(
    connection: Connection,
    table: ReadTable,
    rows: Sequence[tuple[Any, ...]],
    between: Callable[[], object],
) -> None:
    """Write rows, over those of the same key: many in few statements, else one by one."""
    start, end = into(table), _ON_CONFLICT[table.name]
    if len(rows) < FEW_ROWS:
        marks = ",".join("?" * len(table.columns))
        connection.executemany(f"{start} VALUES ({marks}){end}", rows)
    else:
        insert_rows(connection, start, rows, otherwise=end, at_once=ROWS_AT_ONCE, between=between)


def _on_conflict(table: ReadTable) -> str:
    keys = ",".join(table.columns[: table.keys])
    changes = ",".join(f"{column}=excluded.{column}" for column in table.columns[table.keys :])
    act = f"UPDATE SET {changes}" if changes else "NOTHING"  # a row may be all key
    return f" ON CONFLICT ({keys}) DO {act}"


def _delete_sql(table: ReadTable) -> str:
    keys = " AND ".join(f"{column}=?" for column in table.columns[: table.keys])
    return f"DELETE FROM {table.name} WHERE {keys}"  # noqa: S608 - constants


_ON_CONFLICT = {name: _on_conflict(table) for name, table in READ_TABLES.items()}
_DELETES = {name: _delete_sql(table) for name, table in READ_TABLES.items()}
NEWEST_PERSON = "SELECT COALESCE(max(row), 0) FROM person"
# One statement for all new people: a trigger for each costs four times as much. Changed and
# deleted people are kept in the index by triggers, which know the old grams.
INDEX_NEW_PEOPLE = (
    "INSERT INTO person_search (rowid, grams) SELECT row, grams FROM person WHERE row>?"
)
ADD_TALLY = (
    "INSERT INTO session_tally (session, expected, arrived, present) VALUES (?,?,?,?)"
    " ON CONFLICT (session) DO UPDATE SET expected=expected+excluded.expected,"
    " arrived=arrived+excluded.arrived, present=present+excluded.present"
)


def clear(connection: Connection) -> None:
    """Empty every read table, before a rebuild."""
    for name in (*READ_TABLES, "session_tally"):
        connection.execute(f"DELETE FROM {name}")  # noqa: S608 - constants


def write_all(connection: Connection, subjects: Iterable[tuple[str, list[Fact]]]) -> None:
    """Write the rows of whole subjects into empty read tables."""
    difference = Difference()
    for count, (subject, facts) in enumerate(subjects, start=1):
        difference.add({}, rows_of(subject, facts))
        if count % 1000 == 0:
            difference.write(connection)
            difference = Difference()
    difference.write(connection)
