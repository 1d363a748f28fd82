"""The journal: facts are appended to this device's chain and never changed.

`append` numbers, clocks, hashes and stores drafts inside the caller's write transaction, then lets
the projection re-fold the touched subjects, so that a commit holds all of a human act or nothing.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, repeat
from operator import call
from typing import Any

from app.domain import chain, clock
from app.domain.chain import Origin
from app.domain.clock import Clock, ClockReading, MeasuredClock
from app.domain.facts import Draft, Fact, FactKind
from app.domain.merging import Groups, standing_merges
from db.corrections import Corrections, find_corrections
from db.engine import Connection
from db.projection.device_rows import CLOCK_CORRECTION
from db.projection.newcomers import Newcomer, newcomer_rows, write_newcomers
from db.projection.rows import rows_of
from db.projection.writing import NOTHING_KNOWN, Difference, KnownFacts, project
from db.same_people import subjects_together
from db.storing import insert_rows, one_behind

COLUMNS = (
    "id, event_id, device, incarnation, seq, kind, subject, actor, body, private, salt,"
    " private_hash, at, tz, mono, boot, offset_ms, offset_quality, hlc, prev_hash, hash"
)
_INTO = f"INSERT INTO fact ({COLUMNS})"
_SELECT = f"SELECT {COLUMNS} FROM fact"  # noqa: S608 - constants
_SELECT_FORKS = f"SELECT {COLUMNS} FROM fork_fact"  # noqa: S608 - constants
_BY_SUBJECT = f"{_SELECT} WHERE subject=? UNION ALL {_SELECT_FORKS} WHERE subject=?"
_BY_ID = f"{_SELECT} WHERE id=? UNION ALL {_SELECT_FORKS} WHERE id=?"
_ALL = f"{_SELECT} UNION ALL {_SELECT_FORKS} ORDER BY subject"
_SUBJECTS_WITH = (
    "SELECT subject FROM fact WHERE kind=? UNION SELECT subject FROM fork_fact WHERE kind=?"
)
NEWCOMERS_AT_ONCE = 2_000
"""Facts stored between two calls of `progress`."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: where the next fact goes on."""

    seq: int = 0
    hash: str = chain.GENESIS
    hlc: int = 0
    reading: ClockReading | None = None


class Journal:
    """This device's hand on the journal of one event."""

    def __init__(self, origin: Origin, clock_source: Clock) -> None:
        self.origin = origin
        self._clock = clock_source
        self._measured: MeasuredClock | None = None

    def find_offset(self, reading: ClockReading) -> int | None:
        """Return what to add to the wall clock as read, None while nobody measured it."""
        measured = self._measured
        return measured.offset_ms(reading) if measured is not None else None

    def set_offset(self, offset_ms: int) -> MeasuredClock:
        """Let facts from now on carry what was measured to add to this machine's wall clock."""
        self._measured = MeasuredClock.of(clock.read_clock(self._clock), offset_ms)
        return self._measured

    def move_to(self, origin: Origin) -> None:
        """Go on in another chain of this device. Called while the write lock is held."""
        self.origin = origin

    def append(
        self,
        connection: Connection,
        drafts: Sequence[Draft],
        *,
        known: KnownFacts = NOTHING_KNOWN,
    ) -> list[Fact]:
        """Store drafts as facts, re-fold what they touch, and return them. Not yet committed.

        `known`: facts that subjects had before, where the caller has just read them.
        """
        if not drafts:
            return []
        links = self._links(connection)
        rows = [links.link(draft) for draft in drafts]
        insert_rows(connection, _INTO, rows)
        self._move_head(connection, links)
        facts = [
            fact_with(row, draft.body, draft.private)
            for row, draft in zip(rows, drafts, strict=True)
        ]
        project(connection, facts, load_own, known)
        return facts

    def append_newcomers(
        self, connection: Connection, drafts: Iterable[Draft], progress: Progress | None = None
    ) -> None:
        """Store registrations, each of a person of whom there is no other fact. Not yet committed.

        What `append` would store, without folding; `progress` is told how many are done and may
        raise Cancelled.
        """
        links, drafts, done = self._links(connection), iter(drafts), 0
        with one_behind() as store:
            while block := list(islice(drafts, NEWCOMERS_AT_ONCE)):
                rows = [links.link(draft) for draft in block]
                now_ms = links.reading.wall_ms + links.offset_ms
                newcomers = [newcomer_rows(draft, now_ms) for draft in block]
                store(partial(_store_newcomers, connection, rows, newcomers))
                done += len(block)
                if progress is not None:
                    progress(done)
        if done:
            self._move_head(connection, links)

    def _links(self, connection: Connection) -> "_Linker":
        """Return what goes on at the end of this device's chain, with all clocks read now."""
        reading = clock.read_clock(self._clock)
        head = self._head(connection)
        hlc = clock.next_hlc(max(head.hlc, _highest_hlc(connection)), reading.wall_ms)
        offset = self.find_offset(reading)
        quality = _clock_quality(head.reading, reading) if offset is None else "measured"
        state = ClockState(reading, offset or 0, quality)
        return _Linker(self.origin, state, replace(head, hlc=hlc))

    def _head(self, connection: Connection) -> Head:
        row = connection.execute(
            "SELECT seq, hash, hlc, wall_ms, mono_ms, boot FROM chain_head"
            " WHERE device=? AND incarnation=?",
            (self.origin.device, self.origin.incarnation),
        ).fetchone()
        if row is None:
            return Head()
        return Head(row[0], row[1], row[2], ClockReading(row[3], row[4], row[5], 0))

    def _move_head(self, connection: Connection, links: "_Linker") -> None:
        head, reading = links.head(), links.reading
        connection.execute(
            "INSERT OR REPLACE INTO chain_head"
            " (device, incarnation, seq, hash, hlc, wall_ms, mono_ms, boot)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                self.origin.device,
                self.origin.incarnation,
                head.seq,
                head.hash,
                head.hlc,
                reading.wall_ms,
                reading.mono_ms,
                reading.boot,
            ),
        )


@dataclass(frozen=True, slots=True)
class ClockState:
    """All clocks at one moment, and what is known of the wall clock's error."""

    reading: ClockReading
    offset_ms: int
    quality: str


class _Linker:
    """Turns drafts into the rows of linked facts, one after another on one chain."""

    def __init__(self, origin: Origin, state: ClockState, last: Head) -> None:
        reading = self.reading = state.reading
        self.offset_ms = state.offset_ms
        self._origin = origin
        self._quality = state.quality
        self._seq = last.seq
        self._hash = last.hash
        self._hlc = last.hlc
        self._ids = clock.Uuid7Series()
        self._salts = _salts()
        clocks = {
            "boot": reading.boot,
            "mono": reading.mono_ms,
            "offset_ms": self.offset_ms,
            "offset_quality": self._quality,
            "tz": reading.tz,
        }
        self._form = chain.envelope_form(origin, clocks)
        # A moment that a person or a log tells is no reading of this machine's clock.
        self._told_form = chain.envelope_form(origin, {**clocks, "offset_ms": 0})

    def head(self) -> Head:
        """Return the end of the chain as it is now."""
        return Head(self._seq, self._hash, self._hlc - 1)

    def link(self, draft: Draft) -> tuple[Any, ...]:
        """Return the row of the chain's next fact (the columns of `COLUMNS`)."""
        origin, reading = self._origin, self.reading
        at, offset, form = reading.wall_ms, self.offset_ms, self._form
        if draft.at_ms is not None:
            at, offset, form = draft.at_ms, 0, self._told_form
        kind, body = draft.kind.value, chain.canonical(draft.body)
        private = salt = None
        digest = chain.NO_PRIVATE
        if draft.private is not None:
            private = chain.canonical(draft.private)
            salt = next(self._salts)
            digest = chain.private_digest(salt, private)
        fact_id = self._ids.next(reading.wall_ms)
        seq, hlc, previous = self._seq + 1, self._hlc, self._hash
        envelope = form % (
            chain.quoted(draft.actor),
            at,
            body,
            hlc,
            fact_id,
            kind,
            previous,
            digest,
            seq,
            chain.quoted(draft.subject),
        )
        self._seq, self._hlc, self._hash = seq, hlc + 1, chain.digest_of(envelope)
        return (
            fact_id,
            origin.event_id,
            origin.device,
            origin.incarnation,
            seq,
            kind,
            draft.subject,
            draft.actor,
            body,
            private,
            salt,
            digest,
            at,
            reading.tz,
            reading.mono_ms,
            reading.boot,
            offset,
            self._quality,
            hlc,
            previous,
            self._hash,
        )


def _store_newcomers(
    connection: Connection, facts: list[tuple[Any, ...]], newcomers: list[Newcomer]
) -> None:
    insert_rows(connection, _INTO, facts)
    write_newcomers(connection, newcomers)


def _salts() -> Iterator[str]:
    """Yield salts of 128 random bits; the system is asked for more and more at a time."""
    count = 1
    while True:
        salts = os.urandom(16 * count).hex()
        for start in range(0, len(salts), 32):
            yield salts[start : start + 32]
        count = min(2 * count, 256)


def _clock_quality(before: ClockReading | None, now: ClockReading) -> str:
    """Say `doubtful` for the facts written right after somebody set the clock."""
    if before is not None and clock.has_jumped(before, now):
        return "doubtful"
    return "unknown"


def _highest_hlc(connection: Connection) -> int:
    row = connection.execute("SELECT max(hlc) FROM chain_head").fetchone()
    return row[0] or 0


def load_subject(connection: Connection, subject: str) -> list[Fact]:
    """Return every fact of a subject; of a person also those of all who are one with them."""
    subjects = subjects_together(connection, subject)
    return [fact for each in subjects for fact in load_own(connection, each)]


def load_own(connection: Connection, subject: str) -> list[Fact]:
    """Return every fact of one subject, of all branches, with what is known of their clocks."""
    rows = connection.execute(_BY_SUBJECT, (subject, subject))
    return find_corrections(connection).apply([fact_of(row) for row in rows])


def find_fact(connection: Connection, fact_id: str) -> Fact | None:
    """Return one fact by id, if it is here."""
    row = connection.execute(_BY_ID, (fact_id, fact_id)).fetchone()
    return find_corrections(connection).apply([fact_of(row)])[0] if row else None


def list_chain(connection: Connection, device: str, incarnation: str) -> Iterator[tuple[Any, ...]]:
    """Yield one chain's stored rows (the columns of `COLUMNS`) in sequence."""
    yield from connection.execute(
        f"{_SELECT} WHERE device=? AND incarnation=? ORDER BY seq", (device, incarnation)
    )


def list_facts_by_subject(connection: Connection) -> Iterator[Fact]:
    """Yield all facts grouped by subject, for a rebuild."""
    corrections = _recorded_corrections(connection)
    for row in connection.execute(_ALL):
        yield from corrections.apply([fact_of(row)])


def _recorded_corrections(connection: Connection) -> Corrections:
    """Return the corrections the journal itself speaks of, for a rebuild."""
    subjects = _subjects_with(connection, FactKind.CLOCK_CORRECTED)
    rows = [rows_of(subject, load_own(connection, subject)) for subject in subjects]
    return Corrections(
        row for tables in rows for key, row in tables.items() if key[0] == CLOCK_CORRECTION.name
    )


def list_recorded_merges(connection: Connection) -> Groups:
    """Return who is one with whom as the journal itself says it, for a rebuild."""
    subjects = _subjects_with(connection, FactKind.PERSON_MERGED)
    merges = (standing_merges(load_own(connection, subject)) for subject in subjects)
    return Groups((each.person, each.into) for said in merges for each in said)


def _subjects_with(connection: Connection, kind: FactKind) -> list[str]:
    rows = connection.execute(_SUBJECTS_WITH, (kind.value, kind.value))
    return [row[0] for row in rows]


def fact_of(row: tuple[Any, ...]) -> Fact:
    """Return the fact of one stored row (the columns of `COLUMNS`)."""
    private = row[9]
    return fact_with(row, read_json(row[8]), None if private is None else read_json(private))


def fact_with(
    row: tuple[Any, ...], body: Mapping[str, Any], private: Mapping[str, Any] | None
) -> Fact:
    """Return the fact of a row whose JSON was read already. Raises ValueError for its kind."""
    kind = _KINDS.get(row[5]) or FactKind(row[5])
    fact = object.__new__(Fact)
    # A frozen class's own way takes three times as long, and merging makes a fact of every row.
    deque(
        map(call, _SETTERS, repeat(fact), (*row[:5], kind, *row[6:8], body, private, *row[10:])), 0
    )
    return fact


_KINDS = {kind.value: kind for kind in FactKind}
_SETTERS = tuple(getattr(Fact, name).__set__ for name in COLUMNS.replace(" ", "").split(","))
_DECODER: Any = json.JSONDecoder()  # whose types do not name what it scans with
_scan_json = _DECODER.scan_once


def read_json(text: str) -> Any:
    """Return what `json.loads` returns; for a text without blanks around it in a third of the time.

    Raises ValueError or TypeError.
    """
    try:
        value, end = _scan_json(text, 0)
    except StopIteration:
        return json.loads(text)
    return value if end == len(text) else json.loads(text)


def erase_private(
    connection: Connection, journal: Journal, subjects: Iterable[str], actor: str
) -> int:
    """Erase the private part of every fact of these subjects; the erasure is itself a fact.

    The chain goes on verifying, because it covers only the digest of what was erased.
    """
    erased = 0
    difference = Difference()
    for subject in subjects:
        together = subjects_together(connection, subject)
        before = rows_of(together[0], load_subject(connection, subject))
        for table in ("fact", "fork_fact"):
            cursor = connection.execute(
                f"UPDATE {table} SET private=NULL, salt=NULL"  # noqa: S608 - constants
                " WHERE subject=? AND private IS NOT NULL",
                (subject,),
            )
            erased += cursor.rowcount
        journal.append(
            connection,
            [Draft(kind=FactKind.PRIVATE_ERASED, subject=subject, body={}, actor=actor)],
        )
        # What `append` compares is erased on both sides; the tables still hold it.
        difference.add(before, rows_of(together[0], load_subject(connection, subject)))
    difference.write(connection)
    return erased
