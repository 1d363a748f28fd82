"""The numbers now serving: what rings, how a range moves, when they are stale."""

from itertools import pairwise

import pytest
from board_fakes import HELP_DAY, FakeTime, board_state, called, on_help_day
from place_fakes import filled_office, make_desk

from app.domain.errors import StorageFailed
from app.domain.wait_range import WaitRange
from app.domain.words import Words
from ui.screens.board import wording
from ui.screens.board.picture import ShownCall, newest_call
from ui.screens.board.serving_view_model import ServingViewModel


@pytest.fixture
def serving(qapp):
    office = filled_office(1)
    desk, told = make_desk(office)
    visits = on_help_day(office, desk)
    clock = FakeTime()
    model = ServingViewModel(desk, clock=clock)
    model.visits, model.time, model.told = visits, clock, told
    model.pictures, model.calls = [], []
    model.picture_changed.connect(model.pictures.append)
    model.called.connect(model.calls.append)
    model.follow(HELP_DAY)
    return model


def read(model, seconds=1.0, **changes):
    model.visits.now = board_state(**changes)
    model.time.now += seconds
    model.tick()
    return model.pictures[-1]


def test_nothing_rings_when_the_board_is_opened(serving):
    assert [call.ticket for call in serving.pictures[-1].calls] == ["A017", "B009", "A016", "A014"]
    assert serving.calls == []


def test_each_call_rings_once(serving):
    for _ in range(3):
        read(serving, called=(called("A018", "2", 5000), called("A017", "3", 4000)))
    assert [call.ticket for call in serving.calls] == ["A018"]
    read(serving, called=(called("A018", "2", 6000, 2), called("A017", "3", 4000)))
    assert [(call.ticket, call.times) for call in serving.calls] == [("A018", 1), ("A018", 2)]


def test_a_call_taken_back_rings_nothing(serving):
    read(serving, called=(called("B009", "1", 3000), called("A016", "5", 2000)))
    assert serving.calls == []


def test_no_more_than_four_are_shown(serving):
    many = tuple(called(f"A{n:03}", str(n), 9000 - n) for n in range(7))
    assert len(read(serving, called=many).calls) == 4


def test_the_range_moves_a_step_a_minute(serving):
    wanted = {"range": WaitRange(30, 50)}
    assert read(serving, **wanted).wait == WaitRange(10, 25)
    assert read(serving, 60, **wanted).wait == WaitRange(15, 30)
    shown = [read(serving, 10, **wanted).wait.low for _ in range(24)]
    assert sorted(shown) == shown
    assert max(after - before for before, after in pairwise(shown)) <= 5
    assert read(serving, range=None).wait is None


def test_silence_becomes_stale_and_ends(serving):
    serving.visits.error = StorageFailed(Words(zh="壞了", en="broken"))
    for _ in range(4):
        serving.time.now += 5
        serving.tick()
    picture = serving.pictures[-1]
    assert picture.is_stale
    assert picture.wait is None  # no estimate from old numbers
    assert picture.read_at == "09:12:00"
    assert len(serving.told.errors) == 1  # told once, not every second
    serving.visits.error = None
    assert not read(serving).is_stale


def test_a_board_that_never_read_says_so(serving):
    serving.visits.error = StorageFailed(Words(zh="壞了", en="broken"))
    serving.follow("help2")
    serving.time.now += 20
    serving.tick()
    assert serving.pictures[-1].is_stale
    assert wording.stale_since(serving.pictures[-1].read_at) == wording.NOT_READABLE


def test_another_day_starts_afresh(serving):
    serving.visits.now = board_state(session="help2", called=(called("A001", "1", 9000),))
    serving.follow("help2")
    assert serving.visits.asked[-1] == "help2"
    assert serving.calls == []


def test_it_reads_only_while_switched_on(serving):
    serving.set_on(True)
    assert serving._often.isActive()
    serving.set_on(False)
    assert not serving._often.isActive()
    read(serving, called=(called("A018", "2", 5000),))
    rung = len(serving.calls)
    serving.visits.now = board_state(called=(called("A019", "2", 9000),))
    serving.set_on(True)
    assert len(serving.calls) == rung  # called while nobody looked


def test_the_newest_call():
    old, new = (ShownCall(ticket=f"A00{n}", desk="1", at_ms=n) for n in (1, 2))
    assert newest_call((new, old), 0) is new
    assert newest_call((new, old), 1) is new
    assert newest_call((new, old), 2) is None
    assert newest_call((), 0) is None


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (WaitRange(0, 0), "不用等", "No wait"),
        (WaitRange(0, 5), "5 分內", "Under 5 min"),
        (WaitRange(10, 25), "10–25 分", "10–25 min"),
        (WaitRange(45, 65), "45 分以上", "45 min or more"),
        (WaitRange(65, 65), "超過 1 小時", "Over 1 hour"),
    ],
)
def test_the_words_of_a_range(found, zh, en):
    assert wording.wait(found) == Words(zh=zh, en=en)


@pytest.mark.parametrize(
    ("sign", "zh", "en"),
    [
        ("3", "3 號桌", "Desk 3"),
        ("B", "B 桌", "Desk B"),
        ("三樓 2", "三樓 2", "三樓 2"),
        ("", "－", "-"),
    ],
)
def test_the_words_of_a_desk(sign, zh, en):
    assert wording.desk(sign) == Words(zh=zh, en=en)


def test_long_waits_are_told_in_hours():
    assert wording.minutes(59).zh == "59 分"
    assert wording.minutes(135).en == "2 h 15 min"
