"""A copied laptop: two machines write one chain. Both branches are kept and folded, and the one
that notices goes on in a chain of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_days import busy, carry, facts_of, meet, second_laptop, store_of, tables_of
from factories import Room, copied, open_room, reopened

from app.domain.exchange import RunFate
from app.domain.visits import Seat
from app.services.care import rebuild_tables, verify_event
from app.services.export_rows import scan_rows
from app.services.profile import Profile
from app.services.visit_views import VisitForm
from db.forks import ChainMap
from db.queries.desk import person_scans
from db.queries.reports import list_desk_chains


@pytest.fixture
def twin(room: Room, tmp_path: Path) -> Iterator[Room]:
    """The same laptop once more: its whole disk was copied."""
    room.close()
    profile = copied(room.profile, tmp_path / "twin")
    again = open_room(room.profile, room.clock)
    room.desk, room.office = again.desk, again.office
    opened = open_room(profile, replace(room.clock))
    yield opened
    opened.desk.context.database.close()


@pytest.fixture
def hub(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    """A third laptop that both meet."""
    opened = second_laptop(stocked_template, tmp_path / "third")
    yield opened
    opened.desk.context.database.close()


def incarnation(room: Room) -> str:
    return room.desk.context.journal.origin.incarnation


def fork(room: Room, twin: Room) -> None:
    busy(room, range(6), "A")
    busy(twin, range(4, 9), "A", "08:50")


def test_both_branches_reach_everybody(room: Room, twin: Room, hub: Room) -> None:
    fork(room, twin)
    old = incarnation(room)
    assert incarnation(twin) == old
    meet(store_of(room), store_of(hub))
    results = meet(store_of(twin), store_of(hub))
    assert RunFate.FORK in {result.fate for result in results}
    assert incarnation(twin) != old
    meet(store_of(room), store_of(hub))
    meet(store_of(twin), store_of(hub))
    assert incarnation(room) != incarnation(twin)
    assert facts_of(room) == facts_of(twin) == facts_of(hub)
    assert tables_of(room) == tables_of(twin) == tables_of(hub)
    for each in (room, twin, hub):
        assert verify_event(each.desk.context).is_sound
        assert store_of(each).holdings().forks == 1
    assert store_of(twin).holdings().own_forked_ms == twin.clock.wall_ms()


def test_files_and_lists_hold_both_branches(room: Room, twin: Room, hub: Room) -> None:
    fork(room, twin)
    for each in (room, twin, hub, room, twin):
        meet(store_of(each), store_of(hub))
    held = room.desk.context.plan.find_session("b1d1")
    assert held is not None
    listed = [scan_rows(each.desk.context, held) for each in (room, twin, hub)]
    assert listed[0] == listed[1] == listed[2]
    assert len(listed[0]) == 6 + 5
    for each in (room, twin, hub):
        once, twice = (
            person_scans(each.connection, "b1d1", each.person(number)) for number in (8, 5)
        )
        assert len(once) == 1
        assert len(twice) == 2


def test_a_report_counts_both_branches(room: Room, twin: Room, hub: Room) -> None:
    for each, at in ((room, "09:10"), (twin, "09:20")):
        each.at(at)
        each.help_desk.visits.open(VisitForm(unit_text="縣立星東國小"), Seat(session="help"))
    for each in (room, twin, hub, room, twin):
        meet(store_of(each), store_of(hub))
    chains = [list_desk_chains(each.connection) for each in (room, twin, hub)]
    assert chains[0] == chains[1] == chains[2]
    assert sum(chain.facts for chain in chains[0]) == 2


def test_after_it_noticed_the_laptop_goes_on(room: Room, twin: Room) -> None:
    fork(room, twin)
    meet(store_of(room), store_of(twin))
    for each in (room, twin):
        scanned = each.scan(each.code(10), letter="C")
        assert scanned.counts or scanned.verdict
    meet(store_of(room), store_of(twin))
    assert tables_of(room) == tables_of(twin)
    again = reopened(twin)
    assert verify_event(again.desk.context).is_sound
    again.scan(again.code(11))
    meet(store_of(room), store_of(again))
    rebuild_tables(room.desk.context)
    assert tables_of(room) == tables_of(again)
    again.desk.context.database.close()


def test_being_told_of_a_fork_begins_a_new_chain_once(room: Room) -> None:
    old, store = incarnation(room), store_of(room)
    assert store.begin_incarnation(old)
    new = incarnation(room)
    assert new != old
    assert not store.begin_incarnation(old)
    assert incarnation(room) == new
    assert verify_event(room.desk.context).is_sound


def test_a_laptop_put_back_to_yesterday_takes_its_own_facts(
    room: Room, twin: Room, hub: Room
) -> None:
    """Nobody forked yet: the copy simply lacks what was written since."""
    busy(room, range(6), "A")
    meet(store_of(room), store_of(hub))
    old = incarnation(twin)
    meet(store_of(hub), store_of(twin))
    assert incarnation(twin) != old
    assert store_of(twin).holdings().forks == 0
    assert facts_of(twin) == facts_of(hub)
    assert verify_event(twin.desk.context).is_sound


def test_a_fork_of_a_fork_and_branches_that_grow(
    room: Room, twin: Room, hub: Room, stocked_template: Profile, tmp_path: Path
) -> None:
    """Three machines write one chain, and the hub hears of the branches piece by piece."""
    fork(room, twin)
    third = second_laptop(stocked_template, tmp_path / "fourth")
    theirs, mine = store_of(hub), store_of(room)
    twins = store_of(twin)
    for _ in range(4):
        carry(mine, theirs, theirs.list_tips(), most_facts=2)
        carry(twins, theirs, theirs.list_tips(), most_facts=3)
    meet(theirs, store_of(third), most_facts=3)
    meet(mine, theirs)
    meet(twins, theirs)
    meet(theirs, store_of(third))
    assert facts_of(third) == facts_of(hub)
    assert tables_of(third) == tables_of(hub)
    assert verify_event(third.desk.context).is_sound
    third.desk.context.database.close()


def test_what_two_branches_share(room: Room, twin: Room) -> None:
    key = (room.desk.context.journal.origin.device, incarnation(room))
    before = ChainMap(room.connection, *key).end
    fork(room, twin)
    own = ChainMap(room.connection, *key).end
    foreign = ChainMap(twin.connection, *key).end
    meet(store_of(room), store_of(twin))
    for each in (room, twin):
        chain_map = ChainMap(each.connection, *key)
        assert chain_map.shared(own, foreign) == chain_map.shared(foreign, own) == before[0]
        assert chain_map.shared(own, own) == own[0]
        assert chain_map.shared(before, foreign) == before[0]
        assert chain_map.shared((before[0] - 1, chain_map.hash_at(before[0] - 1)), foreign) == (
            before[0] - 1
        )


def test_a_fork_that_was_altered_is_found(room: Room, twin: Room) -> None:
    fork(room, twin)
    meet(store_of(room), store_of(twin))
    forked = next(
        r
        for r in (room, twin)
        if r.connection.execute("SELECT count(*) FROM fork_fact").fetchone()[0]
    )
    connection = forked.connection
    connection.execute("DROP TRIGGER fork_fact_is_never_changed")
    connection.execute(
        "UPDATE fork_fact SET actor='somebody' WHERE seq=(SELECT max(seq) FROM fork_fact)"
    )
    faults = verify_event(forked.desk.context).faults
    assert any(fault.startswith("fact_altered") for fault in faults)
