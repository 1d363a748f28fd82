"""The Board shows numbers and never names; the Help desk says what is not there yet."""

import pytest
from place_fakes import filled_office, make_desk
from PySide6.QtCore import Qt

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


def test_the_help_desk_leads_to_the_door(qtbot, dressed):
    desk, told = make_desk(filled_office(1))
    view = build_help_desk(desk)
    qtbot.addWidget(view)
    view.go_button.click()
    assert told.places == ["check_in"]
