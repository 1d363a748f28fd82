"""Eight hands at one help desk: each visit is called once, and every act is answered."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from at_once import HastyDatabase, all_at_once
from factories import Room
from visit_days import SOLVED, came, help_room

from app.domain.errors import Conflict
from app.domain.visits import Seat, Visit, VisitState
from app.services.care import verify_event
from app.services.visit_views import VisitForm
from app.services.visits import VisitService

HANDS = 8
NAMES = [f"諮詢{word}" for word in "甲乙丙丁戊己庚辛"]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = help_room(tmp_path / "profile")
    yield opened
    opened.desk.context.database.close()


@pytest.fixture
def seats(room: Room) -> list[Seat]:
    return [room.sit(name, str(desk)) for desk, name in enumerate(NAMES, start=1)]


def calling(visits: VisitService, seat: Seat) -> Callable[[], Visit | None]:
    return lambda: visits.call_next(seat)


def test_eight_desks_call_eight_visits_each_once(room: Room, seats: list[Seat]) -> None:
    waiting = [came(room) for _ in range(HANDS)]
    visits = room.help_desk.visits
    called = all_at_once([calling(visits, seat) for seat in seats])
    assert sorted(str(getattr(one, "ticket", one)) for one in called) == sorted(
        visit.ticket for visit in waiting
    )
    for seat in seats:
        mine = visits.my_visit(seat)
        assert mine is not None
        assert list(mine.claims) == [seat.staff]
        assert mine.conflicts == []
    assert verify_event(room.desk.context).is_sound


def test_of_eight_desks_one_gets_the_only_visit(room: Room, seats: list[Seat]) -> None:
    visits = room.help_desk.visits
    for _ in range(10):
        visit = came(room)
        called = all_at_once([calling(visits, seat) for seat in seats])
        assert [one for one in called if one is not None] != []
        assert sum(one is not None for one in called) == 1
        (holder,) = (seat for seat in seats if seat.staff in visits.get_visit(visit.id).claims)
        visits.start(visit.id, holder)
        ends = [lambda s=seat, v=visit: visits.finish(v.id, s, [SOLVED]) for seat in seats]
        done = all_at_once(list(ends))
        assert sum(isinstance(one, Visit) for one in done) == 1
        assert visits.get_visit(visit.id).state is VisitState.DONE
    assert verify_event(room.desk.context).is_sound


def test_looking_before_locking_would_fail_the_proof_above(room: Room, seats: list[Seat]) -> None:
    """Negative control: a deferred transaction leaves seven of eight desks without an answer."""
    for _ in range(HANDS):
        came(room)
    context = room.desk.context
    hasty = HastyDatabase(context.database, threading.Barrier(HANDS))
    control = VisitService(replace(context, database=hasty))
    called = all_at_once([calling(control, seat) for seat in seats])
    hasty.close()
    assert sum(isinstance(one, Conflict) for one in called) == HANDS - 1


def test_numbers_given_at_one_moment_differ(room: Room) -> None:
    visits = room.help_desk.visits
    form = VisitForm(unit_text="縣立星東國小")
    opened = all_at_once([lambda: visits.open(form, Seat(session="help"))] * HANDS)
    tickets = [str(getattr(one, "ticket", one)) for one in opened]
    assert sorted(tickets) == [f"A{number:03d}" for number in range(1, HANDS + 1)]
