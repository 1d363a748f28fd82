"""A database that goes away, comes back, or is asked to erase while others store."""

from threading import Thread

import psycopg
import pytest
from hub_places import open_place
from invented_chains import EVENT, NOON, Device, TestClock
from postgres import Server, free_port

from app.bench.hub import measure
from app.domain.errors import StorageFailed
from app.domain.exchange import RunFate
from db.hub.engine import open_hub_server
from db.hub.schema import prepare
from db.hub.store import HubStore


def test_broken_connections_are_replaced(postgres: Server, postgres_url: str) -> None:
    database = open_place(postgres_url)
    store, device = HubStore(database, EVENT, TestClock()), Device()
    store.take([device.write(2)])
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname=%s",
            (postgres_url.rpartition("/")[2],),
        )
    assert store.take([device.write(2)])[0].fate is RunFate.STORED
    assert store.total_facts() == 4
    database.close()


def test_a_server_that_is_not_there_is_told_in_words(postgres: Server) -> None:
    database = open_hub_server(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none")
    with pytest.raises(StorageFailed, match="nothing was stored"):
        prepare(database)
    database.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "not a url", "sqlite:///x.db"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(StorageFailed):
        open_hub_server(url)


def test_an_unsafe_commit_setting_is_not_taken_over(postgres_url: str) -> None:
    database = open_hub_server(f"{postgres_url}?options=-csynchronous_commit%3Doff")
    with database.read() as connection:
        found = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
    assert found == "on"
    database.close()


def test_who_stores_while_another_erases_leaves_nothing_behind(store: HubStore) -> None:
    people = [f"person:{number}" for number in range(12)]
    writers = [Device(f"writer{number}") for number in range(3)]
    eraser = Device("eraser", at=NOON + 1_000_000)
    facts = [
        [device.write(1), *(device.write(1, subject=who, private={"name": "甲"}) for who in people)]
        for device in writers
    ]
    erasures = [eraser.write(1)]
    erasures += [eraser.write(1, kind="private.erased", subject=who, body={}) for who in people]

    def push(runs: list[object]) -> None:
        for run in runs:
            assert store.take([run])[0].fate is RunFate.STORED  # type: ignore[list-item] # runs

    threads = [Thread(target=push, args=(runs,)) for runs in [*facts, erasures]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = store.list_subject_facts(people)
    assert len(stored) == 4 * len(people)
    assert [row[9] for row in stored if row[9] is not None] == []


def test_the_bench_stands_beside_its_floor(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENUEDESK_BENCH_DATABASE", postgres.url())
    report = measure(2_500)
    assert report["size"] == 2_500
    for engine in ("sqlite", "postgresql"):
        assert report[engine]["facts_per_second"] > 0
        assert report[engine]["floor"]["rate_against_bare"] > 0
