"""Writers commit in another order than they insert: who asks by chains loses nothing.

The negative control is the usual cursor, `id > the last one seen`: it must lose rows.
"""

import random
import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from hub_places import open_place
from invented_chains import EVENT, Device, TestClock
from postgres import Server

from db.hub.store import HubStore

WRITERS = 8


def together(writers: list[Callable[[], None]], poll: Callable[[], None]) -> None:
    """Run the writers at once and poll until all are done, then once more."""
    threads = [threading.Thread(target=write) for write in writers]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        poll()
    poll()


@pytest.mark.parametrize(
    "each", [40, pytest.param(400, marks=pytest.mark.slow)], ids=["40 runs", "400 runs"]
)
def test_by_chains_nothing_is_lost(postgres_url: str, each: int) -> None:
    database = open_place(postgres_url)
    store = HubStore(database, EVENT, TestClock())
    devices = [Device(f"d{number}") for number in range(WRITERS)]
    runs = [[device.write(2) for _ in range(each)] for device in devices]
    seen: set[str] = set()
    tips: dict[str, object] = {}

    def poll() -> None:
        while True:
            batch = store.list_lacking(list(tips.values()))  # type: ignore[arg-type] # tips
            for run in batch.runs:
                assert len(run.rows) == run.head.seq - run.first_seq + 1
                seen.update(row[0] for row in run.rows)
                tips[run.head.device] = run.head.tip
            if not batch.has_more:
                return

    together([lambda mine=mine: [store.take([run]) for run in mine] for mine in runs], poll)  # type: ignore[misc] # bound per writer
    assert len(seen) == WRITERS * each * 2
    database.close()


def test_by_the_last_id_rows_are_lost(postgres: Server, postgres_url: str) -> None:
    address = postgres.address(postgres_url.rpartition("/")[2])
    with psycopg.connect(address, autocommit=True) as reader:
        reader.execute("CREATE TABLE naive (id bigserial PRIMARY KEY, writer int)")
        seen: set[int] = set()
        each = 100

        def poll() -> None:
            last = max(seen, default=0)
            rows = reader.execute("SELECT id FROM naive WHERE id>%s ORDER BY id", (last,))
            seen.update(row[0] for row in rows)

        def write(number: int) -> None:
            chance = random.Random(number)
            with psycopg.connect(address) as connection:
                for _ in range(each):
                    connection.execute("INSERT INTO naive (writer) VALUES (%s)", (number,))
                    if chance.random() < 0.1:
                        time.sleep(chance.random() / 100)  # what a transaction does besides
                    connection.commit()

        together([lambda number=number: write(number) for number in range(WRITERS)], poll)  # type: ignore[misc] # bound per writer
        written = reader.execute("SELECT count(*) FROM naive").fetchone()
    assert written == (WRITERS * each,)
    lost = WRITERS * each - len(seen)
    print(f"naive cursor: {lost} of {WRITERS * each} rows never seen")  # noqa: T201 - the proof's count
    assert lost > 0
