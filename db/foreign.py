"""Storing facts that other machines wrote: rows, heads, erasures and what they do to the tables.

Everything that depends on what facts say is worked out before anything is written, so a fact that
cannot be folded leaves no trace.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlcipher3 import dbapi2

from app.domain import clock
from app.domain.facts import Fact, FactKind
from db.corrections import Corrections, find_corrections
from db.engine import Connection
from db.journal import COLUMNS, fact_of, load_own
from db.projection.parts import kinds_beside
from db.projection.regrouping import regroup
from db.projection.writing import Changes
from db.storing import insert_rows
from db.turnstile import nothing

Row = Sequence[Any]
SUBJECTS_AT_ONCE = 500
ROWS_AT_ONCE = 250
"""A statement of so many is over within about 6 ms; an act may wait for its end."""
_ERASED = FactKind.PRIVATE_ERASED


class IdTaken(Exception):
    """A fact of that id is here with other bytes."""


def store_rows(
    connection: Connection,
    rows: Sequence[Row],
    wall_ms: int,
    *,
    facts: Sequence[Fact] | None = None,
    is_fork: bool = False,
    between: Callable[[], object] = nothing,
) -> None:
    """Store rows that continue their chains (or branch off), and bring the tables up to date.

    `facts`: the same as facts, where the caller has them. `wall_ms` is our wall clock: a chain far
    ahead of it is stored, but does not pull our own clock along. `between` is called every few
    milliseconds; what it raises leaves the transaction half done. Raises ValueError, TypeError,
    LookupError or AttributeError, before it writes, for facts that cannot be folded, and IdTaken.
    """
    corrections = find_corrections(connection)
    new = corrections.apply(list(facts) if facts is not None else [fact_of(tuple(r)) for r in rows])
    changes, erased = _fold(connection, new, corrections, between)
    table, other = ("fork_fact", "fact") if is_fork else ("fact", "fork_fact")
    _refuse_taken_ids(connection, other, [row[0] for row in rows])
    _insert(connection, table, rows, between)
    for _chain, run in groupby(rows, key=lambda row: (row[2], row[3])):
        _move_head(connection, list(run), wall_ms, is_fork=is_fork)
    for subject, hlc in erased.items():
        _erase_again(connection, subject, hlc)
    changes.write(connection, load_own, between)


def _fold(
    connection: Connection,
    new: Sequence[Fact],
    corrections: Corrections,
    between: Callable[[], object],
) -> tuple[Changes, dict[str, int]]:
    """Return what new facts change, and for each erased subject the erasure's hybrid clock."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in new:
        by_subject[fact.subject].append(fact)
    earlier = _load_beside(connection, by_subject, corrections)
    changes = Changes(new)
    regrouped = regroup(connection, by_subject, load_own, keep=_kept)
    changes.add_rows(regrouped.before, regrouped.after)
    erased: dict[str, int] = {}
    for subject, added in by_subject.items():
        between()
        before = earlier.get(subject, [])
        after = [*before, *added]
        erased_hlc = _erased_hlc(after)
        if erased_hlc:
            erased[subject] = erased_hlc
        if subject not in regrouped.subjects:
            changes.add(subject, before, _kept(after))
    return changes, erased


def _load_beside(
    connection: Connection, added: Mapping[str, Sequence[Fact]], corrections: Corrections
) -> dict[str, list[Fact]]:
    """Return what is here of the same subjects, as far as it matters for what is added."""
    by_kinds: dict[frozenset[FactKind] | None, list[str]] = defaultdict(list)
    for subject, facts in added.items():
        by_kinds[kinds_beside(subject, {fact.kind for fact in facts})].append(subject)
    found: dict[str, list[Fact]] = {}
    for kinds, subjects in by_kinds.items():
        found |= _load_subjects(connection, subjects, kinds, corrections)
    return found


def _insert(
    connection: Connection, table: str, rows: Sequence[Row], between: Callable[[], object]
) -> None:
    """Put rows into the journal, all or none. Raises IdTaken."""
    into, values = f"INSERT INTO {table} ({COLUMNS})", [tuple(row) for row in rows]
    connection.execute("SAVEPOINT rows")
    try:
        insert_rows(connection, into, values, at_once=ROWS_AT_ONCE, between=between)
    except dbapi2.IntegrityError as error:
        connection.execute("ROLLBACK TO rows")
        raise IdTaken from error
    finally:
        if connection.in_transaction:  # a full disk has rolled all of it back
            connection.execute("RELEASE rows")


def _refuse_taken_ids(connection: Connection, table: str, ids: Sequence[str]) -> None:
    """Look for ids in the other table; of the one that is written SQLite itself takes care."""
    if not connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]:  # noqa: S608
        return
    for start in range(0, len(ids), SUBJECTS_AT_ONCE):
        some = ids[start : start + SUBJECTS_AT_ONCE]
        marks = ",".join("?" * len(some))
        if connection.execute(f"SELECT 1 FROM {table} WHERE id IN ({marks})", some).fetchone():  # noqa: S608
            raise IdTaken


def _load_subjects(
    connection: Connection,
    subjects: Sequence[str],
    kinds: frozenset[FactKind] | None,
    corrections: Corrections,
) -> dict[str, list[Fact]]:
    """Return the facts of subjects, of these kinds or (None) all; who has none is left out."""
    has_forks = connection.execute("SELECT EXISTS (SELECT 1 FROM fork_fact)").fetchone()[0]
    tables = ("fact", "fork_fact") if has_forks else ("fact",)
    found: dict[str, list[Fact]] = defaultdict(list)
    of_kinds = sorted(kind.value for kind in kinds or ())
    only = f" AND +kind IN ({','.join('?' * len(of_kinds))})" if of_kinds else ""
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        some = subjects[start : start + SUBJECTS_AT_ONCE]
        marks = ",".join("?" * len(some))
        for table in tables:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM {table} WHERE subject IN ({marks}){only}",  # noqa: S608
                [*some, *of_kinds],
            )
            for fact in corrections.apply([fact_of(row) for row in rows]):
                found[fact.subject].append(fact)
    return found


def _erased_hlc(facts: Sequence[Fact]) -> int:
    return max((fact.hlc for fact in facts if fact.kind is _ERASED), default=0)


def _kept(facts: list[Fact]) -> list[Fact]:
    """Return a subject's facts without what an erasure among them covers."""
    erased_hlc = _erased_hlc(facts)
    return [_without_private(fact, erased_hlc) for fact in facts] if erased_hlc else facts


def _without_private(fact: Fact, erased_hlc: int) -> Fact:
    """Return a fact as it is once an erasure covers it."""
    if fact.private is None or fact.hlc >= erased_hlc:
        return fact
    return replace(fact, private=None, salt=None)


def _erase_again(connection: Connection, subject: str, erased_hlc: int) -> None:
    """Clear private parts that an erasure covers: what came late must not bring them back."""
    for table in ("fact", "fork_fact"):
        connection.execute(
            f"UPDATE {table} SET private=NULL, salt=NULL"  # noqa: S608 - constants
            " WHERE subject=? AND hlc<? AND private IS NOT NULL",
            (subject, erased_hlc),
        )


def _move_head(connection: Connection, run: Sequence[Row], wall_ms: int, *, is_fork: bool) -> None:
    """Note where a chain ends now, and its hybrid clock: our next fact comes after all we saw."""
    last = run[-1]
    chain = (last[2], last[3])
    row = connection.execute(
        "SELECT hlc FROM chain_head WHERE device=? AND incarnation=?", chain
    ).fetchone()
    hlc = row[0] if row else 0
    for fact in run:
        hlc = clock.merged_hlc(hlc, fact[18], wall_ms)
    if is_fork:
        connection.execute(
            "UPDATE chain_head SET hlc=? WHERE device=? AND incarnation=?", (hlc, *chain)
        )
        return
    connection.execute(
        "INSERT OR REPLACE INTO chain_head"
        " (device, incarnation, seq, hash, hlc, wall_ms, mono_ms, boot) VALUES (?,?,?,?,?,?,?,?)",
        (*chain, last[4], last[20], hlc, last[12], last[14], last[15]),
    )
