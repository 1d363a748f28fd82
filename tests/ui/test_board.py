"""The Board: welcome or numbers, full screen and back, flashing and ringing for a call."""

import wave
from dataclasses import replace
from types import SimpleNamespace

import pytest
from board_fakes import board_state, called, on_help_day
from place_fakes import SESSION, FakePreferences, filled_office, make_desk, make_sessions
from PySide6.QtCore import Qt

from app.services.checkin import Counts
from ui.changes import Change
from ui.language import set_language
from ui.screens.board.board_view import build
from ui.screens.board.board_view_model import find_help_day
from ui.screens.board.chime import Chime
from ui.screens.board.picture import ShownCall
from ui.sounds import load_sound
from ui.theme import RESOURCES


@pytest.fixture
def opened(qtbot, dressed):
    def make(*, help_day):
        office = filled_office(30)
        desk, told = make_desk(office)
        visits = on_help_day(office, desk) if help_day else None
        view = build(desk)
        qtbot.addWidget(view)
        qtbot.addWidget(view.board)
        view.rung = []
        view.chime.play = view.rung.append
        view.show()
        view.opened()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.office, view.desk, view.told, view.visits = office, desk, told, visits
        return view

    return make


@pytest.fixture
def board(opened):
    return opened(help_day=False)


@pytest.fixture
def numbers(opened):
    return opened(help_day=True)


def told(view):
    return view.preview.serving.accessibleDescription()


def test_the_count_follows_the_door(board):
    board.office.checkin.now = Counts(expected=30, arrived=29, present=2)
    board.reload(frozenset({Change.SCANS}))
    assert board.preview.currentWidget() is board.preview.welcome
    assert board.preview.welcome.accessibleDescription() == "29 ／ 30 人"


def test_f11_puts_the_board_up_and_takes_it_down(qtbot, board):
    qtbot.keyClick(board, Qt.Key.Key_F11)
    qtbot.waitUntil(board.board.isVisible)
    assert board.board.isFullScreen()
    board.office.checkin.now = Counts(expected=30, arrived=30, present=30)
    board.desk.changes.tell(Change.SCANS)
    assert board.board.welcome.accessibleDescription() == "30 ／ 30 人"
    board.board.activateWindow()
    qtbot.waitUntil(board.board.isActiveWindow)
    qtbot.keyClick(board.board, Qt.Key.Key_Escape)
    assert not board.board.isVisible()


def test_a_help_day_shows_the_numbers(numbers):
    assert numbers.preview.currentWidget() is numbers.preview.serving
    assert told(numbers).startswith("A017 3 號桌; B009 1 號桌; A016 5 號桌; A014 2 號桌")
    assert "等候中 9 組" in told(numbers)
    assert "現在取號約等 10–25 分" in told(numbers)


def test_a_person_can_choose_the_other_board(qtbot, numbers):
    numbers.kinds.setFocus()
    qtbot.keyClick(numbers.kinds, Qt.Key.Key_Down)
    numbers.kinds.activated.emit(1)
    assert numbers.preview.currentWidget() is numbers.preview.welcome
    asked = len(numbers.visits.asked)
    numbers.desk.changes.tell(Change.SCANS)
    assert len(numbers.visits.asked) == asked  # numbers nobody sees are not read


def test_english_follows_the_window(qtbot, numbers, qapp):
    set_language(qapp, "en")
    qtbot.waitUntil(lambda: told(numbers).startswith("A017 Desk 3"))
    assert numbers.kinds.itemText(2) == "Now serving"


def test_a_call_flashes_here_and_on_the_board_but_rings_only_there(qtbot, numbers):
    numbers.visits.now = board_state(called=(called("A018", "2", 5000),))
    numbers.reload(frozenset({Change.HELP_DESK}))
    assert numbers.preview.serving.is_flashing
    assert numbers.rung == []
    numbers.toggle_board()
    numbers.visits.now = board_state(called=(called("A018", "2", 6000, 2),))
    numbers.desk.changes.tell(Change.HELP_DESK)
    numbers.visits.now = board_state(called=(called("A019", "4", 7000),))
    numbers.desk.changes.tell(Change.HELP_DESK)
    assert numbers.rung == ["recall", "call"]
    numbers.chimes.setChecked(False)
    numbers.visits.now = board_state(called=(called("A020", "4", 8000),))
    numbers.desk.changes.tell(Change.HELP_DESK)
    assert numbers.rung == ["recall", "call"]


def test_flashing_ends(qtbot, numbers):
    numbers.preview.serving.flash()
    while numbers.preview.serving.is_flashing:
        numbers.preview.serving._blink()
    assert not numbers.preview.serving._timer.isActive()


def test_the_board_goes_on_while_another_place_is_in_front(qtbot, numbers):
    numbers.toggle_board()
    numbers.hide()
    numbers.visits.now = board_state(waiting=12)
    numbers.desk.changes.tell(Change.HELP_DESK)
    assert "12 組" in numbers.board.serving.accessibleDescription()
    numbers.toggle_board()
    assert not numbers._serving._often.isActive()


def test_the_line_at_the_foot_is_what_was_typed(numbers):
    numbers.message.setText("13:00 起五樓加開兩桌")
    assert numbers.board.serving._message == "13:00 起五樓加開兩桌"
    numbers.message.clear()
    assert numbers.board.serving._message.startswith("叫到您的號碼")


def test_which_help_day():
    sessions = make_sessions()
    first = next(session for session in sessions if session.kind == "helpdesk")
    second = replace(first, code="help2", held_on=first.held_on.replace(day=13))
    days = (*sessions, second)
    assert find_help_day(days, ("", "help2"), first.held_on) is second  # as the seat has it
    assert find_help_day(days, (SESSION, ""), first.held_on) is first  # today's
    assert find_help_day(days, (), second.held_on) is second
    assert find_help_day(days, (), second.held_on.replace(month=12)) is second  # all are over
    assert find_help_day(sessions[:1], ("help1",), first.held_on) is None


def test_the_two_bells_are_short_and_unlike_any_verdict():
    bells = {name: RESOURCES / "sounds" / f"{name}.wav" for name in ("call", "recall")}
    for file in bells.values():
        assert file.stat().st_size < 60_000
        with wave.open(str(file)) as sound:
            assert sound.getnframes() / sound.getframerate() < 1.5
    known = [load_sound(file.stem, 0.5) for file in (RESOURCES / "sounds").glob("*.wav")]
    assert len(set(known)) == len(known)


def test_the_bell_is_as_loud_as_the_laptop_is_set():
    sounds = SimpleNamespace(settings=None, played=[])
    sounds.play = sounds.played.append
    preferences = FakePreferences()
    chime = Chime(preferences, sounds)
    preferences.set_volume(40)
    chime.ring(ShownCall(ticket="A001", desk="1", at_ms=1, times=2))
    assert sounds.played == ["recall"]
    assert sounds.settings.volume == 0.4


def test_a_screen_that_is_unplugged_takes_the_board_with_it(numbers):
    numbers.toggle_board()
    numbers._on_screen_removed(numbers.board.screen())
    assert not numbers.board.isVisible()
    assert numbers.screens.count() == 1
