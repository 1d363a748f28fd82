"""Copied laptops write one chain at several hubs: whoever meets whom, all get all of it."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hub_places import open_place
from invented_chains import Device, TestClock

from app.domain.exchange import Batch, Run, RunResult, Tip
from app.sync.exchange import Exchange
from db.hub.engine import HubDatabase
from db.hub.store import HubStore

HUBS = 3


class AcrossTheRoom:
    """A peer that needs no network."""

    def __init__(self, store: HubStore) -> None:
        self._store = store

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self._store.take(runs)

    def pull(self, tips: Sequence[Tip], *, most_facts: int = 1_000) -> Batch:
        return self._store.list_lacking(tips, most_facts=most_facts)

    def list_tips(self) -> Sequence[Tip]:
        return self._store.list_tips()


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[HubDatabase]]:
    folder: Path = tmp_path_factory.mktemp("hubs")
    databases = [open_place(str(folder / f"{number}.db")) for number in range(HUBS)]
    yield databases
    for database in databases:
        database.close()


def live_through(chance: random.Random, stores: list[HubStore], event_id: str) -> list[Device]:
    """Let copies of one laptop write at hubs that sometimes meet; return the copies."""
    first = Device("laptop", event_id=event_id)
    stores[0].take([first.write(1)])
    copies = [(first, 0)]
    for _ in range(chance.randint(3, 14)):
        device, place = chance.choice(copies)
        what = chance.random()
        if what < 0.25 and len(copies) < 4:
            copies.append((device.copy(), chance.randrange(HUBS)))
        elif what < 0.7:
            device.write(chance.randint(1, 4))
            stores[place].take([device.run(1)])
        else:
            here, there = chance.sample(stores, 2)
            if what < 0.85:  # cut off in the middle
                batch = here.list_lacking(there.list_tips(), most_facts=chance.randint(1, 6))
                there.take(batch.runs)
            else:
                Exchange(here, AcrossTheRoom(there)).run()
    return [device for device, _place in copies]


@pytest.mark.parametrize(
    "seeds",
    [range(40), pytest.param(range(40, 2_000), marks=pytest.mark.slow)],
    ids=["40 schedules", "2000 schedules"],
)
def test_all_branches_reach_every_hub(hubs: list[HubDatabase], seeds: range) -> None:
    for seed in seeds:
        event_id = f"event-{seed}"
        stores = [HubStore(database, event_id, TestClock()) for database in hubs]
        copies = live_through(random.Random(seed), stores, event_id)
        for _ in range(2):
            for here, there in combinations(stores, 2):
                Exchange(here, AcrossTheRoom(there)).run()
        ends = [store.list_tips() for store in stores]
        assert ends[0] == ends[1] == ends[2], f"seed {seed}"
        written = {row[20] for device in copies for row in device.rows}
        everything = stores[0].list_facts_of_kinds(["scan.recorded", "device.enrolled"])
        stored = {row[20] for row in everything}
        assert stored == written, f"seed {seed}"
