"""Pre-flight, rehearsal and paper by keyboard, and the list of pages."""

import pytest
from place_fakes import SESSION, filled_office, make_card, make_desk
from PySide6.QtCore import Qt

from app.services.rehearsals import RehearsalState
from ui.changes import Change
from ui.screens.event.event_view import build


@pytest.fixture
def office():
    return filled_office()


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    qtbot.waitExposed(view)
    view.opened()
    view.told, view.desk = told, desk
    return view


def test_pages_are_chosen_with_the_arrow_keys_and_ctrl_tab(qtbot, place):
    assert place.tabs.list.hasFocus()
    qtbot.keyClick(place.tabs.list, Qt.Key.Key_Down)
    assert place.tabs.currentWidget() is place.imports
    qtbot.keyClick(place.tabs.list, Qt.Key.Key_End)
    assert place.tabs.currentWidget() is place.paper
    qtbot.keyClick(place, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert place.tabs.currentWidget() is place.plan


def test_a_look_is_taken_when_the_page_is_shown_and_a_scan_tries_the_reader(place, office):
    assert office.preflight.tried == []
    place.show_page("preflight")
    assert office.preflight.tried == [None]
    assert place.preflight.list.model().rowCount() == 10
    assert place.take_scan("LCXNKEBVVKCHFNDKRVJTJVGNE")
    assert office.preflight.tried[-1] == "LCXNKEBVVKCHFNDKRVJTJVGNE"
    place.show_page("plan")
    assert not place.take_scan("LCXNKEBVVKCHFNDKRVJTJVGNE")


def test_a_rehearsal_begins_and_ends_by_one_button_each(qtbot, place, office):
    seen = []
    place.desk.changes.changed.connect(seen.append)
    place.show_page("rehearsal")
    assert not place.rehearsal.rush.isVisible()
    place.rehearsal.sessions.pick(SESSION)
    qtbot.keyClick(place.rehearsal.begin_button, Qt.Key.Key_Space)
    assert office.rehearsals.asked == [f"begin {SESSION}"]
    assert frozenset({Change.EVENT}) in seen
    place.rehearsal.load()
    assert place.rehearsal.rush.isVisible()
    qtbot.keyClick(place.rehearsal.end_button, Qt.Key.Key_Space)
    assert office.rehearsals.asked[-1] == "end"


def test_a_rush_that_is_refused_stops(qtbot, place, office):
    office.rehearsals.now = RehearsalState(is_open=True, session=SESSION, people=10)
    place.show_page("rehearsal")
    place.rehearsal.load()
    place.rehearsal.rush_button.click()
    assert len(place.told.errors) == 1
    assert "S" in place.rehearsal.rush_button.text()
    assert not place.rehearsal.figures.isVisible()


def test_lines_are_typed_one_after_the_other_and_recorded_together(qtbot, place, office):
    place.show_page("paper")
    page = place.paper
    page.sessions.pick(SESSION)
    page.field.setFocus()
    for line in ("1 0841 1702", "2 0838 1700"):
        qtbot.keyClicks(page.field, line)
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert page.list.model().rowCount() == 2
    assert page.field.text() == ""
    qtbot.keyClicks(page.field, "x 0841")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert page.problem.isVisible()
    assert page.list.model().rowCount() == 2
    qtbot.keyClick(page.record_button, Qt.Key.Key_Space)
    assert [line.person for line in office.paper.entered] == [make_card(1), make_card(2)]
    assert not page.record_button.isEnabled()


def test_a_scanned_bar_code_waits_for_its_times(place):
    place.show_page("paper")
    assert place.take_scan("LCXNKEBVVKCHFNDKRVJTJVGNE")
    assert place.paper.field.text() == "LCXNKEBVVKCHFNDKRVJTJVGNE "
