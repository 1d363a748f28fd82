"""Two laptops that had not met took the same visit: both journals end up telling the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import KEY, Room, copied, make_help_plan, new_event, open_room

from app.domain.visits import GoneReason, Outcome, ParkReason, Seat, Visit, VisitState
from app.services.care import begin_incarnation, rebuild_tables, verify_event
from app.services.visit_views import IssueForm, VisitForm
from db.journal import COLUMNS
from db.merging import store_foreign
from db.projection.desk_rows import DESK_TABLES

DONE = IssueForm(outcome=Outcome.RESOLVED, symptom="畫面空白")
MINUTE = 60_000


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[tuple[Room, Room]]:
    """Two laptops with the same visit A001, who then lose the network."""
    first = open_room(new_event(tmp_path / "one", make_help_plan()))
    first.at("09:00")
    for name, desk in (("江采薇", "1"), ("葉承翰", "2")):
        first.sit(name, desk)
    first.help_desk.visits.open(VisitForm(unit_text="縣立星東國小"), Seat(session="help"))
    event_id, clock = first.desk.context.event_id, first.clock
    first.close()
    profile = copied(first.profile, tmp_path / "two")
    begin_incarnation(profile.event_path(event_id), KEY, event_id, clock)
    pair = (open_room(first.profile, clock), open_room(profile, clock))
    yield pair
    for room in pair:
        room.desk.context.database.close()


def rows_of(room: Room) -> list[tuple[Any, ...]]:
    return list(room.connection.execute(f"SELECT {COLUMNS} FROM fact ORDER BY row"))  # noqa: S608


def meet(one: Room, two: Room) -> None:
    """Let both take what the other has."""
    for here, rows in ((one, rows_of(two)), (two, rows_of(one))):
        context = here.desk.context
        with context.database.write() as connection:
            merged = store_foreign(
                connection, rows, event_id=context.event_id, wall_ms=context.clock.wall_ms()
            )
        assert merged.refusals == []


def tables(room: Room) -> list[list[str]]:
    return [
        sorted(
            map(repr, room.connection.execute(f"SELECT {','.join(t.columns)} FROM {t.name}"))  # noqa: S608
        )
        for t in DESK_TABLES
    ]


def check_same(one: Room, two: Room) -> None:
    for room in (one, two):
        assert verify_event(room.desk.context).is_sound
        before = tables(room)
        rebuild_tables(room.desk.context)
        assert tables(room) == before
    assert tables(one) == tables(two)


def seat_of(room: Room, name: str, desk: str) -> Seat:
    return room.sit(name, desk, letter="A" if desk == "1" else "B")


def taken(room: Room, name: str, desk: str) -> tuple[Visit, Seat]:
    """Call and start the visit at one desk."""
    seat = seat_of(room, name, desk)
    room.clock.pass_ms(MINUTE)
    called = room.help_desk.visits.call_next(seat)
    assert called is not None
    room.clock.pass_ms(MINUTE)
    return room.help_desk.visits.start(called.id, seat), seat


def test_a_visit_called_at_two_desks_is_held_by_both(rooms: tuple[Room, Room]) -> None:
    one, two = rooms
    visit, ann = taken(one, "江采薇", "1")
    other, ben = taken(two, "葉承翰", "2")
    assert visit.id == other.id
    meet(one, two)
    check_same(one, two)
    for room, seat in ((one, ann), (two, ben)):
        merged = room.help_desk.visits.get_visit("A001")
        assert set(merged.claims) == {ann.staff, ben.staff}
        assert merged.claim == merged.claims[ann.staff]
        assert [item.other_desk for item in merged.conflicts] == ["2"]
        mine = room.help_desk.visits.my_visit(seat)
        assert mine is not None
        room.clock.pass_ms(MINUTE)
        room.help_desk.visits.finish(mine.id, seat, [DONE])
    meet(one, two)
    check_same(one, two)
    merged = one.help_desk.visits.get_visit("A001")
    assert merged.state is VisitState.DONE
    assert len(merged.issues) == 2
    assert {item.staff for item in merged.segments if item.state is VisitState.SERVING} == {
        ann.staff, ben.staff,
    }  # fmt: skip
    assert one.help_desk.visits.numbers("help").done == 1


def test_what_one_desk_ended_and_the_other_serves_is_being_served(
    rooms: tuple[Room, Room],
) -> None:
    one, two = rooms
    visit, ann = taken(one, "江采薇", "1")
    one.help_desk.visits.finish(visit.id, ann, [DONE])
    _, ben = taken(two, "葉承翰", "2")
    meet(one, two)
    check_same(one, two)
    merged = two.help_desk.visits.get_visit("A001")
    assert (merged.state, list(merged.claims)) == (VisitState.SERVING, [ben.staff])
    assert merged.conflicts
    two.help_desk.visits.park(visit.id, ParkReason.EXPERT, ben)
    meet(one, two)
    check_same(one, two)
    assert one.help_desk.visits.get_visit("A001").state is VisitState.PARKED


def test_each_station_has_its_own_numbers(rooms: tuple[Room, Room]) -> None:
    one, two = rooms
    form = VisitForm(unit_text="縣立星西國小")
    for _ in range(3):
        one.clock.pass_ms(MINUTE)
        one.help_desk.visits.open(form, Seat(session="help", station="A"))
        one.clock.pass_ms(MINUTE)  # the clock of both
        two.help_desk.visits.open(form, Seat(session="help", station="B"))
    gone = two.help_desk.visits.leave(
        two.help_desk.visits.get_visit("A001").id, GoneReason.LEFT, Seat(session="help")
    )
    meet(one, two)
    check_same(one, two)
    waiting = [visit.ticket for visit in one.help_desk.visits.list_visits("help")]
    assert waiting == ["A002", "B001", "A003", "B002", "A004", "B003"]
    assert one.help_desk.visits.get_visit("A001") == gone


def test_what_is_done_after_a_meeting_stands_though_the_other_clock_ran_ahead(
    rooms: tuple[Room, Room],
) -> None:
    one, two = rooms
    clock = two.clock
    clock.wall += 60 * MINUTE
    visit, ben = taken(two, "葉承翰", "2")
    two.help_desk.visits.park(visit.id, ParkReason.BREAK, ben, keeps=False)
    clock.wall -= 60 * MINUTE
    meet(one, two)
    ann = seat_of(one, "江采薇", "1")
    assert one.help_desk.visits.start(visit.id, ann).state is VisitState.SERVING
    done = one.help_desk.visits.finish(visit.id, ann, [DONE])
    assert (done.state, done.conflicts) == (VisitState.DONE, [])
    assert all(item.end_ms is not None and item.end_ms >= item.start_ms for item in done.segments)
    meet(one, two)
    check_same(one, two)
