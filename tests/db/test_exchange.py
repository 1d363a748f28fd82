"""Two laptops meet: each tells what it has and receives what it lacks, whatever the road."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchange_days import busy, carry, facts_of, meet, second_laptop, store_of, tables_of
from factories import Room

from app.domain.exchange import Fault, Run, RunFate
from app.domain.facts import Draft, FactKind
from app.services.care import verify_event
from app.services.profile import Profile
from db import quarantine
from db.journal import erase_private


@pytest.fixture
def other(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    """Another laptop of the same event, with a chain of its own."""
    opened = second_laptop(stocked_template, tmp_path / "other")
    yield opened
    opened.desk.context.database.close()


def runs_for(room: Room, other: Room) -> list[Run]:
    """Return what the other has and this one lacks: five scans and an import at least."""
    busy(other, range(5), "B")
    return list(store_of(other).list_lacking(store_of(room).list_tips()).runs)


@pytest.mark.parametrize("limits", [{}, {"most_facts": 3}, {"most_bytes": 3_000}])
def test_two_laptops_that_met_know_the_same(
    room: Room, other: Room, limits: dict[str, int]
) -> None:
    busy(room, range(6), "A")
    busy(other, range(4, 10), "B")
    results = meet(store_of(room), store_of(other), **limits)
    assert {result.fate for result in results} <= {RunFate.STORED, RunFate.KNOWN}
    assert facts_of(room) == facts_of(other)
    assert tables_of(room) == tables_of(other)
    for each in (room, other):
        report = verify_event(each.desk.context)
        assert report.is_sound
        assert report.signed_heads
    assert store_of(room).count_lacking(store_of(other).list_tips()).facts == 0


def test_a_batch_keeps_its_limits_and_always_brings_something(room: Room, other: Room) -> None:
    busy(other, range(8), "B")
    tips = store_of(room).list_tips()
    batch = store_of(other).list_lacking(tips, most_facts=4)
    assert batch.count == 4
    assert batch.has_more
    assert store_of(other).list_lacking(tips, most_facts=4, most_bytes=1).count == 1
    assert not store_of(other).list_lacking(tips).has_more


def test_the_same_again_is_known(room: Room, other: Room) -> None:
    runs = runs_for(room, other)
    store = store_of(room)
    assert {result.fate for result in store.take(runs)} == {RunFate.STORED}
    before = facts_of(room)
    assert {result.fate for result in store.take(runs)} == {RunFate.KNOWN}
    assert facts_of(room) == before


def test_a_third_laptop_gets_everything_through_the_second(
    room: Room, other: Room, stocked_template: Profile, tmp_path: Path
) -> None:
    """Runs of others are cut where their device signed."""
    third = second_laptop(stocked_template, tmp_path / "third")
    for hour in range(9, 12):
        busy(other, range(hour - 9, hour - 5), "B", f"{hour:02}:00")
        meet(store_of(room), store_of(other))
    meet(store_of(room), store_of(third), most_facts=2)
    assert facts_of(third) == facts_of(room) > facts_of(other)
    assert verify_event(third.desk.context).is_sound
    third.desk.context.database.close()


def test_a_gap_says_where_the_chain_ends(room: Room, other: Room) -> None:
    busy(other, range(5), "B")
    tips = store_of(room).list_tips()
    theirs = store_of(other)
    first = theirs.list_lacking(tips, most_facts=3)
    rest = theirs.list_lacking([*tips, first.runs[-1].head.tip])
    results = store_of(room).take(rest.runs)
    gap = results[-1]
    assert gap.fate is RunFate.GAP
    assert gap.have == 0
    assert quarantine.count(room.connection) == 0
    assert [r.fate for r in store_of(room).take([*first.runs, *rest.runs])][-1] is RunFate.STORED


def altered(run: Run, place: int, value: object) -> Run:
    row = list(run.rows[1])
    row[place] = value
    return Run((run.rows[0], tuple(row), *run.rows[2:]), run.head)


def cases(run: Run) -> list[tuple[Run, Fault]]:
    head = run.head
    stranger = "ab" * 32
    return [
        (altered(run, 6, "person:somebody"), Fault.ALTERED),
        (altered(run, 8, "{}"), Fault.ALTERED),
        (altered(run, 9, '{"x":1}'), Fault.ALTERED),
        (altered(run, 12, 5), Fault.ALTERED),
        (altered(run, 12, None), Fault.ALTERED),
        (altered(run, 8, None), Fault.ALTERED),
        (altered(run, 7, None), Fault.MALFORMED),
        (altered(run, 1, "another"), Fault.OTHER_EVENT),
        (altered(run, 19, "0" * 64), Fault.BROKEN),
        (altered(run, 4, 77), Fault.BROKEN),
        (altered(run, 2, "somebody"), Fault.BROKEN),
        (Run(run.rows[:-1], head), Fault.BROKEN),
        (Run((*run.rows[:1], *run.rows[2:]), head), Fault.BROKEN),
        (Run((), head), Fault.MALFORMED),
        (Run(run.rows, replace(head, signature="00" * 64)), Fault.SIGNATURE),
        (Run(run.rows, replace(head, signature="zz")), Fault.SIGNATURE),
        (Run(run.rows, replace(head, public_key=stranger)), Fault.SIGNATURE),
    ]


def test_what_is_wrong_is_kept_aside_and_stops_nothing_else(room: Room, other: Room) -> None:
    *_, run = runs_for(room, other)
    before, store = facts_of(room), store_of(room)
    for number, (bad, why) in enumerate(cases(run), start=1):
        (result,) = store.take([bad])
        assert (result.fate, result.why) == (RunFate.QUARANTINED, why)
        assert facts_of(room) == before
        assert quarantine.count(room.connection) <= number
    assert verify_event(room.desk.context).is_sound
    bad = cases(run)[0][0]
    fates = [result.fate for result in store.take([bad, run])]
    assert fates == [RunFate.QUARANTINED, RunFate.STORED]
    assert facts_of(room) == facts_of(other)
    assert store.holdings().quarantined == quarantine.count(room.connection) > 10


def test_a_newer_program_s_facts_wait_for_the_update(
    room: Room, other: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, run = runs_for(room, other)
    kinds = frozenset(row[5] for row in run.rows) - {FactKind.SCAN_RECORDED.value}
    monkeypatch.setattr("db.exchange_checks._KINDS", kinds)
    store = store_of(room)
    (result,) = store.take([run])
    assert (result.fate, result.why) == (RunFate.QUARANTINED, Fault.UNKNOWN_KIND)
    assert not store_of(other).list_lacking(store.list_have()).runs
    assert store_of(other).list_lacking(store.list_tips()).runs
    monkeypatch.undo()
    assert store_of(room).retry_quarantined() == len(run.rows)
    assert store.holdings().quarantined == 0
    assert facts_of(room) == facts_of(other)


def test_a_fact_that_cannot_be_folded_leaves_no_trace(room: Room, other: Room) -> None:
    person = f"person:{room.person(1)}"
    context = other.desk.context
    with context.database.write() as connection:
        journal: Any = context.journal
        links = journal._links(connection)
        row = links.link(Draft(kind=FactKind.SCAN_RECORDED, subject=person, body={"x": 1}))
        marks = ",".join("?" * len(row))
        connection.execute(f"INSERT INTO fact SELECT max(row)+1,{marks} FROM fact", row)  # noqa: S608
        journal._move_head(connection, links)
    before = facts_of(room)
    results = carry(store_of(other), store_of(room), store_of(room).list_tips())
    assert results[-1].why is Fault.MALFORMED
    assert row not in facts_of(room)
    assert facts_of(room) >= before
    assert verify_event(room.desk.context).is_sound


def test_what_was_erased_does_not_come_back(room: Room, other: Room) -> None:
    person = f"person:{room.person(1)}"
    busy(other, range(3), "B")
    room.at("12:00")
    context = room.desk.context
    with context.database.write() as connection:
        erase_private(connection, context.journal, [person], "tester")
    meet(store_of(room), store_of(other))
    for each in (room, other):
        assert all(row[9] is None for row in facts_of(each) if row[6] == person)
        assert verify_event(each.desk.context).is_sound
    assert tables_of(room) == tables_of(other)


def test_the_queue_counts_what_a_peer_lacks(room: Room, other: Room) -> None:
    tips = store_of(other).list_tips()
    before = store_of(room).count_lacking(tips)
    room.at("08:45")
    first = room.clock.wall_ms()
    room.scan(room.code(1))
    room.clock.pass_ms(60_000)
    room.scan(room.code(2))
    queue = store_of(room).count_lacking(tips)
    assert (before.facts, queue.facts, queue.oldest_ms) == (0, 2, first)
    assert store_of(room).count_facts() == len(facts_of(room))
