"""The Door and People pages inside the Help desk place, as the window opens them."""

from dataclasses import replace

import pytest
from help_door_day import make_template, open_day
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.background import ThreadTaskRunner
from ui.screens.help_desk.door_page import build_door_page
from ui.screens.help_desk.help_desk_view import build


@pytest.fixture
def place(qtbot, dressed, tmp_path):
    day = open_day(make_template(tmp_path / "template"), tmp_path / "profile")
    view = build(day.desk)
    qtbot.addWidget(view)
    view.resize(1262, 732)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    day.desk.changes.changed.connect(view.reload)
    view.day = day
    yield view
    assert day.told.errors == []
    day.room.close()


def test_a_number_from_the_place_by_keys_and_by_a_badge(qtbot, place):
    place.show_page("door")
    page = place.page("door")
    qtbot.waitUntil(page.isVisible)
    assert QApplication.focusWidget() is page.who.unit
    event = QInputMethodEvent()
    event.setCommitString("白雲")
    QApplication.sendEvent(page.who.unit, event)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_8):
        qtbot.keyClick(QApplication.focusWidget(), key)
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert page.number.number.text() == "A001"
    badge = place.day.services.registrations.list_roster("b1d1")[0].badge_code
    assert place.take_scan(badge)
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert page.number.number.text() == "A002"
    assert page.width() <= place.width()


def test_keys_may_come_faster_than_the_disk(qtbot, dressed, tmp_path):
    day = open_day(make_template(tmp_path / "template"), tmp_path / "profile")
    tasks = ThreadTaskRunner()
    desk = replace(day.desk, tasks=tasks)
    page = build_door_page(desk, day.seat)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.opened()
    qtbot.waitUntil(lambda: bool(page.pad.tiles[0].words))
    event = QInputMethodEvent()
    event.setCommitString("白雲")
    QApplication.sendEvent(page.who.unit, event)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_8):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert page.pad.topic == "08"
    qtbot.waitUntil(lambda: page.model.draft.unit_text == "白雲國小")
    qtbot.waitUntil(lambda: page.model.card is not None)
    assert page.who.people.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert page.model.draft.name == "陳大文"
    page.give()
    qtbot.waitUntil(lambda: page.number.number.text() == "A001")
    tasks.shutdown()
    assert day.told.errors == []
    day.room.close()


def test_the_number_given_has_the_letter_of_this_station(qtbot, place):
    place.show_page("door")
    place.day.desk.station.set_letter("C")
    page = place.page("door")
    page.model.change(unit_text="海風國中")
    page.give()
    assert page.number.number.text() == "C001"


def test_people_open_beside_it_and_tell_their_keys(place):
    place.show_page("people")
    assert place.page("people").list.hasFocus()
    told = dict(place.keys())
    assert told["F9"] == "結束今天"
    place.show_page("door")
    told = dict(place.keys())
    assert "F12" in told
