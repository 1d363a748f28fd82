"""The board over a real event file: numbers taken, called, called again and finished."""

import pytest
from factories import new_event, open_room
from place_fakes import FakeOffice, make_desk

from app.domain.visits import Outcome, Seat
from app.help_desk import build_help_desk
from app.plans.reading import read_plan
from app.services.outcomes import Station
from app.services.summaries import SessionSummary
from app.services.visit_views import IssueForm, VisitForm
from ui.background import ThreadTaskRunner
from ui.changes import Change
from ui.screens.board.board_view import build
from ui.theme import RESOURCES


@pytest.fixture
def room(tmp_path):
    plan = read_plan(RESOURCES / "plans" / "pingtung-112.toml").plan
    room = open_room(new_event(tmp_path / "profile", plan))
    yield room
    room.close()


@pytest.fixture
def day(room):
    """The first help day of the plan."""
    plan = room.desk.context.plan
    held = next(one for one in plan.sessions if one.kind.value == "helpdesk")
    room.at("09:00", held.held_on)
    return SessionSummary(
        code=held.code, kind="helpdesk", title=held.title, course=held.course,
        held_on=held.held_on, venue="", hours=0, roster_size=0,
    )  # fmt: skip


@pytest.fixture
def board(qtbot, dressed, room, day):
    office = FakeOffice()
    office.help_desk = build_help_desk(room.desk.context)
    office.events.sessions = (day,)
    desk, told = make_desk(office)
    desk.station._set(Station(session=day.code))
    view = build(desk)
    qtbot.addWidget(view)
    qtbot.addWidget(view.board)
    view.show()
    view.opened()
    view.help, view.desk, view.told = office.help_desk, desk, told
    return view


def seat(day, number):
    return Seat(session=day.code, staff=f"C{number}", desk=str(number), station="A")


def told(board):
    board.desk.changes.tell(Change.HELP_DESK)
    board.reload(frozenset({Change.HELP_DESK}))
    assert board.told.errors == []
    return board.preview.serving.accessibleDescription()


def test_from_number_to_desk(board, room, day):
    assert told(board) == "等候中 0 組"
    visits = board.help.visits
    for number in range(3):
        room.clock.pass_ms(60_000)
        visits.open(VisitForm(unit_text=f"學校 {number}", name="林采潔"), seat(day, 1))
    assert "等候中 3 組" in told(board)
    room.clock.pass_ms(60_000)
    visits.call_next(seat(day, 1))
    room.clock.pass_ms(60_000)
    visits.call_next(seat(day, 2))
    assert told(board) == "A002 2 號桌; A001 1 號桌; 等候中 1 組"
    assert board.preview.serving.is_flashing
    assert "林采潔" not in told(board)


def test_a_range_after_eight_finished_visits(board, room, day):
    visits = board.help.visits
    for number in range(8):
        visits.open(VisitForm(unit_text=f"學校 {number}"), seat(day, 1))
        called = visits.call_next(seat(day, 1))
        visits.start(called.id, seat(day, 1))
        room.clock.pass_ms((8 + number % 4) * 60_000)
        assert "約等" not in told(board)
        issue = IssueForm(topic="01", outcome=Outcome.RESOLVED)
        visits.finish(called.id, seat(day, 1), [issue])
    for number in range(2):
        visits.open(VisitForm(unit_text=f"他校 {number}"), seat(day, 1))
    visits.call_next(seat(day, 1))
    assert "現在取號約等 5–20 分" in told(board)


def test_reading_never_holds_up_the_window(qtbot, dressed, room, day, board):
    tasks = ThreadTaskRunner()
    object.__setattr__(board.desk, "tasks", tasks)
    board.help.visits.open(VisitForm(unit_text="青山國小"), seat(day, 1))
    board._serving.tick()
    qtbot.waitUntil(lambda: "1 組" in board.preview.serving.accessibleDescription())
    board._serving.set_on(False)
    tasks.shutdown()
