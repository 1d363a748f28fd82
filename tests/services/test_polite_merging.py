"""Facts of other laptops come in between people's acts, never before them."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factories import KEY, Room, copied, new_clock, open_room

from app.bench.merge import measure
from app.domain.exchange import Run
from app.services.care import begin_incarnation, rebuild_tables, verify_event
from app.services.profile import Profile
from db.engine import Database
from db.exchange import StationStore

PATIENCE_S = 30


@pytest.fixture
def runs(stocked_template: Profile, tmp_path: Path) -> list[Run]:
    """What another laptop of the event wrote: some hundred registrations and scans."""
    profile = copied(stocked_template, tmp_path / "other")
    event_id = profile.list_event_ids()[0]
    begin_incarnation(profile.event_path(event_id), KEY, event_id, new_clock())
    other = open_room(profile)
    other.at("08:40")
    other.import_people(range(1000, 1400))
    for number in range(8):
        other.clock.pass_ms(1500)
        other.scan(other.code(number), letter="B")
    store = store_of(other)
    origin = other.desk.context.journal.origin
    batch = store.list_lacking(
        [tip for tip in store.list_tips() if tip.incarnation != origin.incarnation]
    )
    other.close()
    return list(batch.runs)


def store_of(room: Room) -> StationStore:
    context = room.desk.context
    return StationStore(context.database, context.journal, context.clock)


@pytest.fixture
def taking(room: Room, runs: list[Run]) -> Iterator[threading.Thread]:
    """A thread that takes it all; a test starts it, the fixture waits for its end."""
    thread = threading.Thread(target=store_of(room).take, args=(runs,))
    yield thread
    if thread.ident is not None:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def wait_until(is_so: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.001)


def test_nothing_is_taken_while_somebody_acts(room: Room, taking: threading.Thread) -> None:
    before = room.fact_count()
    with room.desk.context.database.write() as connection:
        taking.start()
        taking.join(0.3)
        assert taking.is_alive()
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (before,)
    taking.join(PATIENCE_S)
    assert room.fact_count() > before + 400


def test_an_act_that_waits_has_the_next_turn(room: Room) -> None:
    database = room.desk.context.database
    order: list[str] = []
    is_inside, may_leave = threading.Event(), threading.Event()

    def work() -> None:
        for number in range(3):
            with database.write_between():
                order.append(f"slice {number}")
                is_inside.set()
                assert may_leave.wait(PATIENCE_S)

    def act() -> None:
        with database.write():
            order.append("act")

    background, person = threading.Thread(target=work), threading.Thread(target=act)
    background.start()
    assert is_inside.wait(PATIENCE_S)
    person.start()
    wait_until(database.is_wanted, "nobody asked for a turn")
    may_leave.set()
    for thread in (background, person):
        thread.join(PATIENCE_S)
    assert order[:2] == ["slice 0", "act"]
    assert len(order) == 4


def test_everything_of_both_is_there_afterwards(room: Room, taking: threading.Thread) -> None:
    room.at("08:45")
    codes = [room.code(number) for number in range(12)]
    taking.start()
    shown = []
    for code in codes:
        room.clock.pass_ms(1500)
        shown.append(room.scan(code).fact_id)
    taking.join(PATIENCE_S)
    assert set(shown) <= set(room.fact_ids())
    assert verify_event(room.desk.context).is_sound
    tally = room.connection.execute("SELECT * FROM session_tally ORDER BY 1").fetchall()
    rebuild_tables(room.desk.context)
    assert room.connection.execute("SELECT * FROM session_tally ORDER BY 1").fetchall() == tally


def test_another_process_at_work_leaves_room(room: Room) -> None:
    """Its slices follow each other closely; an act finds the gap between two."""
    context = room.desk.context
    far = Database(context.database.path, KEY)
    is_over = threading.Event()
    slices: list[int] = []

    def work() -> None:
        while not is_over.is_set():
            with far.write_between() as connection:
                connection.execute("UPDATE local_state SET value=value WHERE key='device'")
                slices.append(1)
                is_over.wait(0.006)

    background = threading.Thread(target=work)
    background.start()
    try:
        wait_until(lambda: slices, "the other never began")
        room.at("08:45")
        for number in range(12):
            room.clock.pass_ms(1500)
            assert room.scan(room.code(number)).fact_id
    finally:
        is_over.set()
        background.join(PATIENCE_S)
        far.close()
    assert len(slices) > 1


@pytest.mark.slow
def test_the_door_notices_nothing_of_a_large_merge() -> None:
    """The figure itself is for a quiet machine; here it must only be of its order."""
    report = measure(6_000)
    assert report["size"] >= 6_000
    assert report["added_p99_ms"] < 6 * report["frame_ms"]


def test_the_bench_runs() -> None:
    report = measure(300)
    assert report["floor"]["ratio"] > 0
    assert report["scan_meanwhile"]["n"] > 0
