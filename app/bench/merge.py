"""`bench merge`: facts of other laptops taken in, against bare inserts of the same rows; and what a
person at the door notices of it.

Two floors: the facts' own rows inserted bare, and these with the rows that the facts have in the
read tables and the search index, which is all that SQLite alone does of the work.
"""

import random
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bench.crowd import SESSION, fill
from app.bench.figures import Report, machine, milliseconds, tell
from app.bootstrap import Desk, build_events, open_desk
from app.domain.chain import Origin
from app.domain.clock import uuid7
from app.domain.exchange import Run
from app.domain.facts import Draft, FactKind
from app.domain.scans import StationDirection
from app.services.care import begin_incarnation
from app.services.context import EventContext
from app.services.outcomes import Station
from db import migrations
from db.engine import Database
from db.exchange import StationStore
from db.exchange_intake import QUIET_S
from db.exchange_outgoing import OwnKeys
from db.journal import COLUMNS, Journal, list_chain
from db.projection.rows import READ_TABLES
from db.projection.writing import INDEX_NEW_PEOPLE, NEWEST_PERSON, into
from db.signing import new_device_key
from db.storing import insert_rows

A_RUN = 1_000
FRAME_MS = 1000 / 60
LOCAL_PEOPLE = 1_000
BETWEEN_PEOPLE_S = 0.04
QUIET_SCANS = 500
PAUSE_EVERY = 10
PAUSE_S = 2 * QUIET_S


def measure(size: int) -> Report:
    """Take `size` facts of three devices into a fresh station, then scan while it is done again."""
    with TemporaryDirectory(prefix="venuedesk-bench-", ignore_cleanup_errors=True) as folder:
        fresh, busy, source = (Path(folder) / name for name in ("fresh", "busy", "source"))
        events = build_events(source, actor="bench")[1]
        events.create_event("pingtung-112", rehearsal=True)
        for copy in (fresh, busy):
            shutil.copytree(source, copy)
        tell(f"writing {size:,} facts of three devices …")
        runs = _write_source(source, size)
        tell("taking them …")
        with _station(fresh) as desk:
            taken = _take(desk, runs)
            key = desk.context.database
            bare = _bare_inserts(Path(folder) / "bare.db", key, runs, {})
            tables = _bare_inserts(Path(folder) / "tables.db", key, runs, _read_tables(key))
        tell("scanning meanwhile …")
        with _station(busy) as desk:
            quiet, during, paused = _scan_meanwhile(desk, runs)
    added = max(0.0, milliseconds(during)["p99_ms"] - milliseconds(quiet)["p99_ms"])
    return {
        "bench": "merge",
        "size": sum(len(run.rows) for run in runs),
        "seconds": round(taken, 3),
        "facts_per_second": round(size / taken),
        "floor": {
            "bare_insert_seconds": round(bare, 3),
            "ratio": round(taken / bare, 2),
            "with_read_tables_seconds": round(tables, 3),
            "ratio_with_read_tables": round(taken / tables, 2),
        },
        "scan_alone": {"n": len(quiet), **milliseconds(quiet)},
        "scan_meanwhile": {"n": len(during), **milliseconds(during)},
        "scan_after_pause": {"n": len(paused), **milliseconds(paused)},
        "added_p99_ms": round(added, 3),
        "frame_ms": round(FRAME_MS, 1),
        "machine": machine(),
    }


@contextmanager
def _station(profile: Path) -> Iterator[Desk]:
    """Open a copy of the event as another laptop."""
    opened, events = build_events(profile, actor="bench")
    event_id = opened.list_event_ids()[0]
    desk = open_desk(events)
    clock = desk.context.clock
    desk.close()
    begin_incarnation(opened.event_path(event_id), opened.key().key, event_id, clock)
    desk = open_desk(events)
    try:
        yield desk
    finally:
        desk.close()


def _write_source(profile: Path, size: int) -> list[Run]:
    """Let one device register people and two scan them; return everything as signed runs."""
    desk = open_desk(build_events(profile, actor="bench")[1])
    try:
        context = desk.context
        first = _own_runs_key(context)
        known = dict(_register(context, size // 3))
        others = [_Device(context) for _ in range(2)]
        for device in others:
            device.scan_everybody(known, size // 6)
        connection = context.database.connection()
        return [
            run
            for origin, keys in [(context.journal.origin, first), *(d.chain for d in others)]
            for run in _runs(list(list_chain(connection, origin.device, origin.incarnation)), keys)
        ]
    finally:
        desk.close()


def _own_runs_key(context: EventContext) -> OwnKeys:
    row = context.database.connection().execute(
        "SELECT value FROM local_state WHERE key='private_key'"
    )
    return OwnKeys(context.event_id, row.fetchone()[0])


def _register(context: EventContext, count: int) -> Iterator[tuple[str, str]]:
    """Register people and issue badges; yield person and code."""
    list(fill(context, count, badges=True))
    yield from context.database.connection().execute("SELECT person_id, code FROM badge")


def _runs(rows: Sequence[tuple[Any, ...]], keys: OwnKeys) -> list[Run]:
    pieces = [rows[at : at + A_RUN] for at in range(0, len(rows), A_RUN)]
    return [Run(piece, keys.sign(piece[-1])) for piece in pieces]


class _Device:
    """Another laptop that writes into the source."""

    def __init__(self, context: EventContext) -> None:
        private, public = new_device_key()
        name = uuid7(context.clock.wall_ms())
        origin = Origin(context.event_id, name, uuid7(context.clock.wall_ms()))
        self.chain = (origin, OwnKeys(context.event_id, private))
        self._context = context
        self._journal = Journal(origin, context.clock)
        self._append(
            [
                Draft(
                    kind=FactKind.DEVICE_ENROLLED,
                    subject=f"device:{name}",
                    body={"incarnation": origin.incarnation, "public_key": public},
                )
            ]
        )

    def _append(self, drafts: Sequence[Draft]) -> None:
        with self._context.database.write() as connection:
            self._journal.append(connection, drafts)

    def scan_everybody(self, people: dict[str, str], count: int) -> None:
        """Record scans of random people, as the door writes them."""
        chance = random.Random(self._journal.origin.device)  # noqa: S311 - who comes when
        chosen = chance.choices(list(people.items()), k=count)
        for at in range(0, count, A_RUN):
            self._append([_scan(person, code) for person, code in chosen[at : at + A_RUN]])


def _scan(person: str, code: str) -> Draft:
    body = {
        "session": SESSION,
        "station": "B",
        "direction": "in",
        "verdict": "checked_in",
        "counts": True,
        "code": code,
        "reader": "bench",
        "detail": {},
    }
    return Draft(kind=FactKind.SCAN_RECORDED, subject=f"person:{person}", body=body)


def _take(desk: Desk, runs: Sequence[Run]) -> float:
    """Take everything, in batches as an exchange would bring them; return the seconds."""
    context = desk.context
    store = StationStore(context.database, context.journal, context.clock)
    start = time.perf_counter()
    for run in runs:
        (result,) = store.take([run])
        if result.stored == 0 and run.first_seq > A_RUN:
            raise RuntimeError(f"a bench's own run was {result.fate}: {result.why}")
    return time.perf_counter() - start


def _read_tables(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every read table, by the beginning of the statement that adds them."""
    connection = database.connection()
    return {
        into(table): connection.execute(
            f"SELECT {','.join(table.columns)} FROM {table.name}"
        ).fetchall()
        for table in READ_TABLES.values()
    }


def _bare_inserts(
    path: Path, like: Database, runs: Sequence[Run], tables: dict[str, list[tuple[Any, ...]]]
) -> float:
    """Insert the same rows into an equal file, a run and its share of others to a transaction."""
    database = like.sibling(path)
    try:
        migrations.upgrade(database)
        connection = database.connection()
        start = time.perf_counter()
        for number, run in enumerate(runs):
            connection.execute("BEGIN IMMEDIATE")
            insert_rows(
                connection, f"INSERT INTO fact ({COLUMNS})", [tuple(row) for row in run.rows]
            )
            newest = connection.execute(NEWEST_PERSON).fetchone()
            for beginning, rows in tables.items():
                first, last = (len(rows) * at // len(runs) for at in (number, number + 1))
                insert_rows(connection, beginning, rows[first:last])
            if tables:
                connection.execute(INDEX_NEW_PEOPLE, newest)
            connection.execute("COMMIT")
        return time.perf_counter() - start
    finally:
        database.close()


def _scan_meanwhile(
    desk: Desk, runs: Sequence[Run]
) -> tuple[list[float], list[float], list[float]]:
    """Scan local people alone, then while everything is taken in another thread.

    Return the seconds of both, and of those scans meanwhile that came after a pause in which the
    merging took longer turns.
    """
    codes = list(fill(desk.context, LOCAL_PEOPLE, badges=True))
    chance = random.Random(3)  # noqa: S311 - which badges come
    alone = min(QUIET_SCANS, max(20, len(runs) * A_RUN // 100))
    quiet = [_timed_scan(desk, chance.choice(codes)) for _ in range(alone)]
    merging = threading.Thread(target=_take, args=(desk, runs))
    merging.start()
    during, paused = [], []
    while merging.is_alive():
        during.append(_timed_scan(desk, chance.choice(codes)))
        if len(during) % PAUSE_EVERY == 0:
            time.sleep(PAUSE_S)
            if merging.is_alive():
                paused.append(_timed_scan(desk, chance.choice(codes)))
    merging.join()
    return quiet, during or quiet, paused or quiet


def _timed_scan(desk: Desk, code: str) -> float:
    time.sleep(BETWEEN_PEOPLE_S)
    station = Station(session=SESSION, direction=StationDirection.AUTO, letter="A")
    start = time.perf_counter()
    desk.checkin.scan(code, station)
    return time.perf_counter() - start
