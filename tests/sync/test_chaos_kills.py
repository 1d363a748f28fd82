"""Laptops and a hub killed at any moment lose nothing they acknowledged and need no repair.

Real commands (`venuedesk hub`, `scan -`, `sync --watch`), real sockets, SIGKILL. By default about
20 seconds of it; longer:

    VENUEDESK_KILL_SECONDS=3600 pytest -m slow tests/sync/test_chaos_kills.py
"""

import json
import os
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from chaos_nursery import Child, Nursery
from factories import KEY, new_profile, open_room
from history_checker import check
from history_export import (
    list_hub_heads,
    list_hub_rows,
    list_station_heads,
    list_station_rows,
    records_of,
)

from app.services.profile import Profile
from app.system_clock import SystemClock
from db import verify as proof
from db.engine import Database
from db.forks import list_tips
from db.hub.engine import open_hub_file
from db.hub.store import HubStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks and kills")
SECONDS = 12.0
LONG_SECONDS = float(os.environ.get("VENUEDESK_KILL_SECONDS", "600"))
FEWEST_KILLS = 6
MOST_SYNCS = 10


@dataclass
class Place:
    """A hub and two laptops, each of which may be dead at the moment."""

    nursery: Nursery
    hub: Path
    laptops: dict[str, Path]
    codes: list[str]
    event_id: str
    port: int
    running: dict[str, Child] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> None:
        """Start one of: `hub`, `scan A`, `watch A`, ..."""
        if name == "hub":
            self.running[name] = self.nursery.start(*self.hub_words)
            self.running[name].read_line()
            return
        kind, laptop = name.split()
        where = ("--profile", self.laptops[laptop], "--json")
        if kind == "scan":
            words: tuple[object, ...] = ("scan", "-", "--session", "b1d1", "--station", laptop)
        else:
            words = ("sync", "--watch")
        self.running[name] = self.nursery.start(*words, *where)

    @property
    def hub_words(self) -> tuple[object, ...]:
        return (
            "hub", "--profile", self.hub, "--json", "--host", "127.0.0.1", "--no-announce",
            "--port", self.port,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """Kill one and keep what it had acknowledged."""
        self.note(name, self.running.pop(name).kill())
        self.kills[name.split(maxsplit=1)[0]] += 1

    def note(self, name: str, lines: list[str]) -> None:
        """Remember scans a person was shown."""
        if name.startswith("scan"):
            ids = [json.loads(line)["fact"] for line in lines]
            self.acknowledged.setdefault(name[-1], []).extend(ids)

    def scan_some(self, name: str, chance: random.Random) -> None:
        """Read badges and wait until the first is acknowledged."""
        child = self.running[name]
        child.say([chance.choice(self.codes) for _ in range(chance.randrange(1, 6))])
        self.note(name, [child.read_line()])

    def kill_everything(self) -> None:
        """Let nobody be left."""
        for name in list(self.running):
            self.kill(name)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path, profile: Profile) -> Iterator[Place]:
    room = open_room(profile)
    codes, event_id = [room.code(number) for number in range(12)], room.desk.context.event_id
    room.close()
    nursery = Nursery(tmp_path)
    try:
        made = Place(
            nursery,
            new_profile(tmp_path / "hub").folder,
            {"A": profile.folder, "B": new_profile(tmp_path / "B").folder},
            codes,
            event_id,
            free_port(),
        )
        made.start("hub")
        for laptop, role in (("A", "organizer"), ("B", "station")):
            invitation = nursery.run("hub", "invite", "--role", role, "--profile", made.hub)
            url = f"http://127.0.0.1:{made.port}"
            nursery.run("join", url, invitation["code"], "--profile", made.laptops[laptop])
        yield made
    finally:
        nursery.close()


NAMES = ("hub", "scan A", "watch A", "scan B", "watch B")


def live_and_die(place: Place, seconds: float, chance: random.Random) -> None:
    """Scan at both doors while everybody is killed and started again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name in NAMES:
            if name not in place.running:
                place.start(name)
        for door in ("scan A", "scan B"):
            place.scan_some(door, chance)
        # Then anywhere inside the next exchange: the moment is the fault that is injected here.
        time.sleep(chance.random() * 0.15)
        for name in chance.sample(NAMES, chance.choice((1, 1, 2, 5))):
            place.kill(name)
    place.kill_everything()


def converge(place: Place) -> None:
    """Start the hub once more and let both laptops exchange; nobody repairs anything."""
    place.start("hub")
    for _ in range(MOST_SYNCS):
        reports = [
            place.nursery.run("sync", "--profile", folder) for folder in place.laptops.values()
        ]
        if all(report["equal"] and not report["sent"] + report["received"] for report in reports):
            break
    assert all(report["equal"] for report in reports)
    assert not any(report["quarantined"] or report["forks"] for report in reports)
    place.running.pop("hub").stop()


def export_history(place: Place) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the history of all three, and what each laptop's own verification finds."""
    records: list[dict[str, Any]] = []
    faults: list[str] = []
    known: dict[str, dict[str, Any]] = {}
    for laptop, folder in place.laptops.items():
        database = Database(Profile(folder).event_path(place.event_id), KEY)
        connection = database.connection()
        lines = records_of(
            laptop, list_station_rows(connection), list_station_heads(connection),
            list_tips(connection), is_goal=True,
        )  # fmt: skip
        records += lines
        report = proof.verify(connection)
        faults += [*report.faults, *(fault for each in report.chains for fault in each.faults)]
        database.close()
    hub = open_hub_file(place.hub / "hub" / "hub.db", KEY)
    store = HubStore(hub, place.event_id, SystemClock())
    records += records_of(
        "hub", list_hub_rows(hub), list_hub_heads(hub), store.list_tips(), is_goal=True
    )
    hub.close()
    known = {record["id"]: record for record in records if record["record"] == "fact"}
    for laptop, ids in place.acknowledged.items():
        for id_ in ids:
            # Of a lost fact nothing is known but its id, which is enough to miss it.
            fact = known.get(id_, {"hash": ""})
            records.append({"record": "ack", "node": laptop, "id": id_, "hash": fact["hash"]})
    return records, faults


def prove(place: Place, seconds: float, capsys: pytest.CaptureFixture[str]) -> None:
    seed = random.randrange(2**32)
    live_and_die(place, seconds, random.Random(seed))
    converge(place)
    records, faults = export_history(place)
    count = sum(len(ids) for ids in place.acknowledged.values())
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed}: kills {dict(place.kills)}, {count} scans acknowledged\n")
    assert [*check(records), *faults] == []
    assert sum(place.kills.values()) >= FEWEST_KILLS
    assert all(place.acknowledged.values())


def test_kills_lose_nothing(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    prove(place, SECONDS, capsys)


@pytest.mark.slow
def test_many_kills_lose_nothing(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    prove(place, LONG_SECONDS, capsys)
