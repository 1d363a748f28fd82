"""Several hub processes on one database: nothing is stored twice, nothing is given out twice."""

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hub_places import open_place
from invented_chains import EVENT, Device, TestClock

from app.domain.devices import DeviceRole
from app.domain.errors import StorageFailed
from db.hub.devices import HubDevices
from db.hub.engine import HubDatabase
from db.hub.identity import HubIdentity
from db.hub.schema import prepare
from db.hub.store import HubStore

CHILD = Path(__file__).with_name("storing_child.py")
ROOT = Path(__file__).resolve().parents[2]


def at_once(place: str, what: str, given: list[Any]) -> list[str]:
    """Let one process for each thing given do it, all at the same moment; return what they say."""
    paths = os.pathsep.join([str(ROOT), str(CHILD.parent)])
    children = [
        subprocess.Popen(
            [sys.executable, str(CHILD), place, what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        for _ in given
    ]
    for child, thing in zip(children, given, strict=True):
        assert child.stdin is not None
        child.stdin.write(pickle.dumps(thing))
        child.stdin.flush()
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
    said = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.flush()
    for child in children:
        out, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        said.append(out.decode().strip())
    return said


@dataclass
class Asking:
    """What a device says of itself."""

    code: str
    device: str
    public_key: str = "ab" * 32
    label: str = ""
    event_id: str = EVENT
    event_name: str = ""
    seal_key: str = ""


def test_processes_that_start_at_once_make_one_hub(hub_place: str) -> None:
    said = at_once(hub_place, "start", [None] * 3)
    assert len(set(said)) == 1
    database = open_place(hub_place)
    assert HubIdentity(database).key.public == said[0].split()[0]
    database.close()


def test_one_chain_pushed_by_two_processes_is_stored_once(hub_place: str, store: HubStore) -> None:
    device = Device()
    runs = [device.write(20) for _ in range(10)]
    said = " ".join(at_once(hub_place, "push", [runs, runs])).split()
    assert sum(int(word.split(":")[1]) for word in said) == 200
    assert {word.split(":")[0] for word in said} <= {"stored", "known"}
    assert store.total_facts() == 200


def test_the_hubs_own_chain_is_one_in_two_processes(hub_place: str, store: HubStore) -> None:
    at_once(hub_place, "own", [10, 10])
    assert [tip.seq for tip in store.list_tips()] == [21]


def test_a_code_is_good_for_one_of_two_that_race(
    hub_place: str, hub_database: HubDatabase, test_clock: TestClock
) -> None:
    devices = HubDevices(hub_database, test_clock)
    code = devices.invite(EVENT, DeviceRole.STATION, confirm=False).code
    said = at_once(hub_place, "enrol", [Asking(code, "one"), Asking(code, "two")])
    assert sorted(said) == ["A", "code_used"]
    assert len(devices.list_devices(EVENT)) == 1


def test_letters_are_given_out_once(
    hub_place: str, hub_database: HubDatabase, test_clock: TestClock
) -> None:
    devices = HubDevices(hub_database, test_clock)
    asking = [
        Asking(devices.invite(EVENT, DeviceRole.STATION, confirm=False).code, f"d{number}")
        for number in range(3)
    ]
    assert sorted(at_once(hub_place, "enrol", asking)) == ["A", "B", "C"]


def test_a_newer_database_is_refused(hub_database: HubDatabase) -> None:
    hub_database.write(
        lambda connection: connection.exec_driver_sql(
            "UPDATE hub_state SET value='99' WHERE key='schema_version'"
        )
    )
    with pytest.raises(StorageFailed, match="newer version"):
        prepare(hub_database)
