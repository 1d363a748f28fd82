"""A long turn of background work is given up for an act, and nothing of it is lost or left over."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from exchange_days import facts_of, second_laptop, store_of, tables_of
from factories import KEY, Room

from app.domain.exchange import Fault, Run, RunFate
from app.services.care import rebuild_tables, verify_event
from app.services.profile import Profile
from db import exchange_intake
from db.engine import Database
from db.exchange_intake import QUIET_S
from db.journal import COLUMNS
from db.turnstile import GiveWay, Turnstile

PATIENCE_S = 30


@pytest.fixture
def other(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    opened = second_laptop(stocked_template, tmp_path / "other")
    yield opened
    opened.close()


@pytest.fixture
def runs(room: Room, other: Room) -> list[Run]:
    """Some hundred registrations, and scans of people who are known here."""
    other.at("08:40")
    other.import_people(range(1000, 1400))
    for number in range(8):
        other.clock.pass_ms(1500)
        other.scan(other.code(number), letter="B")
    return list(store_of(other).list_lacking(store_of(room).list_tips()).runs)


@pytest.fixture(autouse=True)
def nobody_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_intake, "QUIET_S", -1.0)


def count_facts(room: Room) -> int:
    return int(room.connection.execute("SELECT count(*) FROM fact").fetchone()[0])


def give_way_at(
    room: Room, monkeypatch: pytest.MonkeyPatch, step: int, act: Callable[[], object]
) -> list[int]:
    """Let somebody act at a step of the first long turn; return a list that counts the steps."""
    database, steps = room.desk.context.database, [0]
    ask = database.give_way

    def counting() -> None:
        steps[0] += 1
        if steps[0] == step:
            act()
        ask()

    monkeypatch.setattr(database, "give_way", counting)
    return steps


@pytest.mark.parametrize("step", [1, 60, 300, 404, 407, 409, 411])
def test_what_was_given_up_is_stored_in_the_next_turn(
    room: Room, runs: list[Run], monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Whether it was folding, storing facts, or writing read tables."""
    database, before = room.desk.context.database, count_facts(room)
    inside: list[int] = []

    def act() -> None:
        inside.append(room.connection.execute("SELECT count(*) FROM fact").fetchone()[0])
        raise GiveWay

    steps = give_way_at(room, monkeypatch, step, act)
    results = store_of(room).take(runs)
    assert {result.fate for result in results} == {RunFate.STORED}
    assert sum(result.stored for result in results) == count_facts(room) - before
    assert steps[0] > step
    assert inside
    assert not database.connection().in_transaction
    tables = tables_of(room)
    assert verify_event(room.desk.context).is_sound
    rebuild_tables(room.desk.context)
    assert tables_of(room) == tables


def test_who_acts_in_another_process_has_the_next_turn(
    room: Room, runs: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another `Database` knows nothing of our turns; it has only the file, like another process."""
    far = Database(room.desk.context.database.path, KEY)
    seen: list[int] = []

    def write() -> None:
        with far.write() as connection:
            seen.append(connection.execute("SELECT count(*) FROM fact").fetchone()[0])
            connection.execute("INSERT INTO local_state (key, value) VALUES ('far', '1')")

    person = threading.Thread(target=write)
    before = count_facts(room)

    def come() -> None:
        person.start()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:  # the turn is held until the other has asked for it
            ask_once()
            time.sleep(0.0005)

    ask_once = room.desk.context.database.give_way
    give_way_at(room, monkeypatch, 100, come)
    monkeypatch.setattr(exchange_intake, "QUIET_S", QUIET_S)
    monkeypatch.setattr(room.desk.context.database, "quiet_seconds", lambda: QUIET_S + not_acted())

    def not_acted() -> float:
        return -1.0 if person.ident is not None else 1.0

    results = store_of(room).take(runs)
    person.join(PATIENCE_S)
    far.close()
    assert seen
    assert seen[0] < before + 400  # it did not wait for the whole run
    assert sum(result.stored for result in results) == count_facts(room) - before
    assert verify_event(room.desk.context).is_sound


def test_a_taken_id_leaves_nothing_of_a_long_run(room: Room, runs: list[Run]) -> None:
    """Many rows go in by several statements; what the last one refuses, the first left."""
    long = max(runs, key=lambda run: len(run.rows))
    assert len(long.rows) > 300
    marks = ",".join("?" * 21)
    stolen = list(long.rows[-1])
    stolen[2], stolen[6] = "somebody", "tally:nowhere"
    room.connection.execute(
        f"INSERT INTO fact ({COLUMNS}) VALUES ({marks})",  # noqa: S608 - constants
        stolen,
    )
    facts, tables = facts_of(room), tables_of(room)
    result = store_of(room).take([long])[0]
    assert (result.fate, result.why) == (RunFate.QUARANTINED, Fault.ID_TAKEN)
    assert facts_of(room) == facts
    assert tables_of(room) == tables


def test_what_a_long_turn_stored_is_synced_before_it_is_answered(
    room: Room, runs: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its own commit where it wrote anything, else by one that does."""
    database = room.desk.context.database
    turns: list[bool] = []
    turn = database.write_between

    def noting(*, unsynced: bool = False) -> object:
        turns.append(not unsynced)
        return turn(unsynced=unsynced)

    monkeypatch.setattr(database, "write_between", noting)
    store = store_of(room)
    store.take(runs)
    assert turns[-1]
    turns.clear()
    store_of(room).take(runs)  # all known: a run of the program before may have stored it unsynced
    assert len(turns) > 1
    assert turns[-1]


def test_quiet_begins_anew_with_each_act() -> None:
    turns = Turnstile()
    assert turns.quiet_seconds() < QUIET_S
    with turns.act():
        assert turns.quiet_seconds() == 0.0
    before = turns.quiet_seconds()
    time.sleep(0.01)
    assert turns.quiet_seconds() > before
    turns.note_act()
    assert turns.quiet_seconds() < 0.01
