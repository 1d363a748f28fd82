"""The Board shows numbers and never names; the Help desk knows who sits where."""

import pytest
from place_fakes import filled_office, make_desk
from PySide6.QtCore import Qt

from app.domain.visits import Seat
from app.services.checkin import Counts
from ui.changes import Change
from ui.screens.board.board_view import build as build_board
from ui.screens.help_desk.help_desk_view import build as build_help_desk


@pytest.fixture
def board(qtbot, dressed):
    office = filled_office(30)
    desk, _ = make_desk(office)
    view = build_board(desk)
    qtbot.addWidget(view)
    qtbot.addWidget(view.board)
    view.show()
    view.opened()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.office, view.desk = office, desk
    return view


def test_the_count_follows_the_door(board):
    board.office.checkin.now = Counts(expected=30, arrived=29, present=2)
    board.reload(frozenset({Change.SCANS}))
    assert board.preview.accessibleDescription() == "29 ／ 30 人"


def test_f11_puts_the_board_up_and_takes_it_down(qtbot, board):
    qtbot.keyClick(board, Qt.Key.Key_F11)
    qtbot.waitUntil(board.board.isVisible)
    board.office.checkin.now = Counts(expected=30, arrived=30, present=30)
    board.desk.changes.tell(Change.SCANS)
    assert board.board.accessibleDescription() == "30 ／ 30 人"
    board.board.activateWindow()
    qtbot.waitUntil(board.board.isActiveWindow)
    qtbot.keyClick(board.board, Qt.Key.Key_Escape)
    assert not board.board.isVisible()


def test_the_seat_is_this_laptops_and_a_new_name_is_a_new_consultant(qtbot, dressed):
    office = filled_office(1)
    desk, _ = make_desk(office)
    view = build_help_desk(desk)
    qtbot.addWidget(view)
    assert view.seat.current.session == "help1"
    view.bar.people.lineEdit().setText("林采潔")
    view.bar.people.lineEdit().editingFinished.emit()
    view.bar.sign.setText(" 3 ")
    view.bar.sign.editingFinished.emit()
    assert view.seat.current == Seat(session="help1", staff="C1", desk="3", station="A")
    again = build_help_desk(desk)
    qtbot.addWidget(again)
    assert again.seat.current == view.seat.current
    assert again.bar.people.currentText() == "林采潔"


def test_a_seat_of_another_event_is_forgotten(qtbot, dressed):
    office = filled_office(1)
    office.preferences.keep_seat({"session": "gone", "staff": "C9", "desk": "2"})
    office.help_desk.consultants.find_or_add("陳大文")
    desk, _ = make_desk(office)
    view = build_help_desk(desk)
    qtbot.addWidget(view)
    assert view.seat.current == Seat(session="help1", staff="", desk="2", station="A")
