"""Facts of other chains: stored as they are or not at all, in whatever order they come."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from factories import KEY, Room, copied, open_room

from app.domain.facts import Draft, FactKind
from app.services.care import begin_incarnation, verify_event
from app.services.profile import Profile
from db.engine import Connection
from db.journal import COLUMNS, erase_private
from db.merging import Merged, store_foreign

Row = tuple[Any, ...]


@pytest.fixture
def other(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    """Another laptop of the same event, with a chain of its own."""
    profile = copied(stocked_template, tmp_path / "other")
    event_id = profile.list_event_ids()[0]
    opened = open_room(profile)
    clock = opened.clock
    opened.close()
    begin_incarnation(profile.event_path(event_id), KEY, event_id, clock)
    opened = open_room(profile, clock)
    yield opened
    opened.desk.context.database.close()


def rows_of(room: Room) -> list[Row]:
    return list(room.connection.execute(f"SELECT {COLUMNS} FROM fact ORDER BY row"))  # noqa: S608


def merge(room: Room, rows: Sequence[Row]) -> Merged:
    context = room.desk.context
    with context.database.write() as connection:
        return store_foreign(
            connection, rows, event_id=context.event_id, wall_ms=context.clock.wall_ms()
        )


def tables(connection: Connection) -> list[object]:
    names = ("registration", "badge", "scan", "attendance", "session_tally")
    return [
        sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))  # noqa: S608
        for name in names
    ]


def busy(room: Room, numbers: Sequence[int], letter: str) -> None:
    room.at("08:45")
    for number in numbers:
        room.clock.pass_ms(1500)
        room.scan(room.code(number), letter=letter)
    room.import_people(range(numbers[0] + 100, numbers[0] + 103))


def test_two_laptops_that_met_know_the_same(room: Room, other: Room) -> None:
    busy(room, range(6), "A")
    busy(other, range(4, 10), "B")
    mine, theirs = rows_of(room), rows_of(other)
    assert merge(room, theirs).stored == len(theirs) - len(set(mine) & set(theirs))
    assert merge(other, mine).refusals == []
    assert set(rows_of(room)) == set(rows_of(other)) == set(mine) | set(theirs)
    assert tables(room.connection) == tables(other.connection)
    for each in (room, other):
        assert verify_event(each.desk.context).is_sound


def test_the_same_facts_again_change_nothing(room: Room, other: Room) -> None:
    busy(other, range(4), "B")
    theirs = rows_of(other)
    merge(room, theirs)
    before = rows_of(room)
    again = merge(room, theirs)
    assert (again.stored, again.known, again.refusals) == (0, len(theirs), [])
    assert rows_of(room) == before
    assert merge(room, [*theirs, *theirs]).stored == 0


@pytest.mark.parametrize("seed", range(5))
def test_pieces_in_any_order_end_the_same(room: Room, other: Room, seed: int) -> None:
    busy(other, range(8), "B")
    theirs = rows_of(other)
    pieces = [theirs[at : at + 3] for at in range(0, len(theirs), 3)]
    chance = random.Random(seed)
    while missing := set(theirs) - set(rows_of(room)):
        stored = sum(merge(room, chance.choice(pieces)).stored for _ in range(20))
        assert stored >= 0
        assert missing
    assert verify_event(room.desk.context).is_sound


def new_run(room: Room, other: Room) -> list[Row]:
    """Return what the other has and this one lacks, with at least five facts in one chain."""
    busy(other, range(5), "B")
    known = set(rows_of(room))
    return [row for row in rows_of(other) if row not in known]


def changed(row: Row, place: int, value: object) -> Row:
    return (*row[:place], value, *row[place + 1 :])


def test_a_gap_waits_for_what_is_missing(room: Room, other: Room) -> None:
    run = new_run(room, other)
    merged = merge(room, [*run[:2], *run[3:]])
    assert merged.stored == 2
    (refusal,) = merged.refusals
    assert (refusal.why, refusal.seq) == ("gap", run[3][4])
    assert merge(room, run).refusals == []
    assert verify_event(room.desk.context).is_sound


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (1, "another-event", "other_event"),
        (5, "tea.served", "unknown_kind"),
        (6, "person:somebody", "altered"),
        (7, "somebody", "altered"),
        (8, "{}", "altered"),
        (9, '{"x":1}', "altered"),
        (12, 5, "altered"),
        (18, 5, "altered"),
        (19, "0" * 64, "broken"),
        (20, "0" * 64, "altered"),
    ],
)
def test_what_does_not_fit_stops_its_chain_and_nothing_else(
    room: Room, other: Room, place: int, value: object, why: str
) -> None:
    run = new_run(room, other)
    before = rows_of(room)
    merged = merge(room, [*run[:2], changed(run[2], place, value), *run[3:]])
    assert [refusal.why for refusal in merged.refusals] == [why]
    assert rows_of(room) == [*before, *run[:2]]
    assert verify_event(room.desk.context).is_sound
    assert merge(room, run).stored == len(run) - 2


def test_another_fact_in_the_same_place_is_a_fork(room: Room, other: Room) -> None:
    run = new_run(room, other)
    merge(room, run)
    forged = changed(run[1], 20, "f" * 64)
    before = rows_of(room)
    assert [refusal.why for refusal in merge(room, [forged]).refusals] == ["fork"]
    assert rows_of(room) == before


def test_a_fork_inside_one_delivery_is_seen(room: Room, other: Room) -> None:
    run = new_run(room, other)
    forged = changed(run[1], 20, "f" * 64)
    assert [r.why for r in merge(room, [*run[:2], forged]).refusals] == ["fork"]


def test_an_id_that_is_taken_is_refused(room: Room, other: Room) -> None:
    run = new_run(room, other)
    taken = rows_of(room)[0][0]
    assert [r.why for r in merge(room, [changed(run[0], 0, taken)]).refusals] == ["id_taken"]
    stranger = [changed(changed(row, 3, "another-chain"), 20, "e" * 64) for row in run[:1]]
    assert merge(room, [*run, *stranger]).stored == len(run)


def test_what_was_erased_does_not_come_back(room: Room, other: Room) -> None:
    """One laptop erases a person; the other's facts of that person arrive later."""
    person = f"person:{room.person(1)}"
    busy(other, range(3), "B")
    theirs = rows_of(other)
    room.at("12:00")
    context = room.desk.context
    with context.database.write() as connection:
        erase_private(connection, context.journal, [person], "tester")
    erased = rows_of(room)
    merge(room, theirs)
    merge(other, erased)
    for each in (room, other):
        assert all(row[9] is None for row in rows_of(each) if row[6] == person)
        assert verify_event(each.desk.context).is_sound
    assert tables(room.connection) == tables(other.connection)


def test_a_wild_clock_does_not_pull_ours_along(room: Room, other: Room) -> None:
    other.clock.pass_ms(400 * 24 * 3600 * 1000)
    other.append(Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"}))
    merge(room, rows_of(other))
    fact = room.append(Draft(kind=FactKind.UNIT_ADDED, subject="unit:v", body={"name": "y"}))[0]
    assert fact.hlc >> 16 < room.clock.wall_ms() + 24 * 3600 * 1000
    assert verify_event(room.desk.context).is_sound


def test_nothing_is_nothing(room: Room) -> None:
    merged = merge(room, [])
    assert (merged.stored, merged.known, merged.refusals) == (0, 0, [])
