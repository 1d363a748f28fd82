"""`bench hub`: facts taken by a hub, against bare batched inserts of the same rows into the same
table of the same engine; on PostgreSQL too where `VENUEDESK_BENCH_DATABASE` names a server.
"""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine, make_url

from app.bench.crowd import SESSION, UNITS, invented_name
from app.bench.figures import Report, machine, tell
from app.domain import chain
from app.domain.chain import Envelope, Origin
from app.domain.clock import Uuid7Series
from app.domain.exchange import MOST_FACTS, Run, RunFate, SignedHead
from app.domain.facts import FactKind
from app.system_clock import SystemClock
from db.hub.engine import HubDatabase, open_hub_file, open_hub_server
from db.hub.events import hold_event
from db.hub.intake import size_of
from db.hub.rows import insert_facts
from db.hub.schema import prepare
from db.hub.store import HubStore

SERVER_VARIABLE = "VENUEDESK_BENCH_DATABASE"
DEVICES = 4
Row = tuple[Any, ...]


def measure(size: int) -> Report:
    """Take `size` facts of four devices in requests of a thousand."""
    event_id = str(uuid.uuid4())
    tell(f"writing {size:,} facts of {DEVICES} devices …")
    runs = list(_write_runs(event_id, size))
    report: Report = {"bench": "hub", "size": sum(len(run.rows) for run in runs)}
    with TemporaryDirectory(prefix="venuedesk-bench-", ignore_cleanup_errors=True) as folder:
        files = iter(range(9))
        report["sqlite"] = _measure_engine(
            lambda: _file(Path(folder) / f"{next(files)}.db"), event_id, runs
        )
    url = os.environ.get(SERVER_VARIABLE, "")
    if url:
        report["postgresql"] = _measure_engine(lambda: _server(url), event_id, runs)
    return report | {"machine": machine()}


@contextmanager
def _file(path: Path) -> Iterator[HubDatabase]:
    database = open_hub_file(path, os.urandom(32).hex())
    prepare(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _server(url: str) -> Iterator[HubDatabase]:
    """Make a database of its own on a server, and drop it at the end."""
    name = f"venuedesk_bench_{uuid.uuid4().hex[:8]}"
    keeper = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = open_hub_server(
        make_url(url).set(database=name).render_as_string(hide_password=False)
    )
    prepare(database)
    try:
        yield database
    finally:
        database.close()
        with keeper.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name}")
        keeper.dispose()


def _measure_engine(
    make: Callable[[], Any], event_id: str, runs: Sequence[Run]
) -> dict[str, object]:
    count = sum(len(run.rows) for run in runs)
    with make() as database:
        bare = _bare(database, event_id, runs)
    with make() as database:
        store = HubStore(database, event_id, SystemClock())
        start = time.perf_counter()
        for run in runs:
            (result,) = store.take([run])
            if result.fate is not RunFate.STORED:
                raise AssertionError(f"the bench's own facts were {result.fate}")
        taken = time.perf_counter() - start
        start = time.perf_counter()
        handed_out = _hand_out(store)
        given = time.perf_counter() - start
    return {
        "seconds": round(taken, 3),
        "facts_per_second": round(count / taken),
        "floor": {
            "bare_insert_seconds": round(bare, 3),
            "bare_per_second": round(count / bare),
            "rate_against_bare": round(bare / taken, 2),
        },
        "handed_out_per_second": round(handed_out / given),
    }


def _bare(database: HubDatabase, event_id: str, runs: Sequence[Run]) -> float:
    """Return the seconds of nothing but the inserts, as many to a transaction."""
    now = SystemClock().wall_ms()
    batches = [[(*row, size_of(row), now) for row in run.rows] for run in runs]
    database.write(lambda connection: hold_event(connection, event_id, now))
    start = time.perf_counter()
    for batch in batches:
        database.write(lambda connection, rows=batch: insert_facts(connection, "hub_fact", rows))  # type: ignore[misc] # bound per batch
    return time.perf_counter() - start


def _hand_out(store: HubStore) -> int:
    """Give everything to somebody who has nothing."""
    tips: dict[str, Any] = {}
    count = 0
    while True:
        batch = store.list_lacking(list(tips.values()))
        count += batch.count
        tips |= {run.head.device: run.head.tip for run in batch.runs}
        if not batch.has_more:
            return count


def _write_runs(event_id: str, size: int) -> Iterator[Run]:
    """Yield runs of registrations and scans, the devices by turns."""
    devices = [_Device(event_id, number) for number in range(DEVICES)]
    left = size
    while left > 0:
        for device in devices:
            count = min(left, MOST_FACTS)
            if count > 0:
                yield device.write(count)
            left -= count


class _Device:
    """A laptop that writes its chain without a file."""

    def __init__(self, event_id: str, number: int) -> None:
        self._origin = Origin(event_id, str(uuid.uuid4()), str(uuid.uuid4()))
        self._key = Ed25519PrivateKey.generate()
        self._public = self._key.public_key().public_bytes_raw().hex()
        self._chance = random.Random(number)  # noqa: S311 - invented people
        self._ids = Uuid7Series()
        self._seq, self._hash = 0, chain.GENESIS

    def write(self, count: int) -> Run:
        """Return the next facts, signed."""
        rows = [self._row() for _ in range(count)]
        message = chain.signed_head_bytes(self._origin, self._seq, self._hash)
        head = SignedHead(
            self._origin.device,
            self._origin.incarnation,
            self._seq,
            self._hash,
            self._public,
            self._key.sign(message).hex(),
        )
        return Run(rows, head)

    def _row(self) -> Row:
        now = 1_691_380_000_000 + self._seq * 250
        subject, kind, content, private = self._content(self._ids.next(now))
        body = chain.canonical(content)
        text = None if private is None else chain.canonical(private)
        salt = None if text is None else self._chance.randbytes(16).hex()
        digest = "" if text is None or salt is None else chain.private_digest(salt, text)
        clocks = {
            "at": now,
            "tz": 480,
            "mono": now % 10_000_000,
            "boot": self._origin.incarnation,
            "offset_ms": 0,
            "offset_quality": "unknown",
            "hlc": now << 16,
        }
        origin, fact_id, previous = self._origin, self._ids.next(now), self._hash
        self._seq += 1
        envelope = Envelope(
            origin, self._seq, fact_id, kind.value, subject, "bench", body, digest, clocks, previous
        )
        self._hash = chain.fact_hash(envelope)
        return (
            fact_id, origin.event_id, origin.device, origin.incarnation, self._seq, kind.value,
            subject, "bench", body, text, salt, digest, *clocks.values(), previous, self._hash,
        )  # fmt: skip

    def _content(self, person: str) -> tuple[str, FactKind, dict[str, Any], dict[str, Any] | None]:
        """Return subject, kind, body and private part: one registration to three scans."""
        if self._seq == 0:
            body = {"incarnation": self._origin.incarnation, "public_key": self._public}
            return f"device:{self._origin.device}", FactKind.DEVICE_ENROLLED, body, None
        if self._seq % 4 == 1:
            private = {
                "name": invented_name(self._chance),
                "unit_text": self._chance.choice(UNITS),
                "phone": f"0900{self._seq % 1_000_000:06d}",
            }
            body = {"session": SESSION, "origin": "imported"}
            return f"person:{person}", FactKind.REGISTRATION_ADDED, body, private
        scan = {
            "session": SESSION,
            "station": "A",
            "direction": "in",
            "verdict": "checked_in",
            "counts": True,
            "code": f"{self._seq:017d}",
            "reader": "keyboard",
        }
        return f"person:{person}", FactKind.SCAN_RECORDED, scan, None
