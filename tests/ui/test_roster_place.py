"""The Roster place: filter while typing, change only with a reason."""

import pytest
from place_fakes import FakeOffice, filled_office, make_desk, make_rows
from PySide6.QtCore import Qt

from app.domain.verdict import RegistrationStatus
from ui.changes import Change
from ui.language import set_language
from ui.screens.roster import wording
from ui.screens.roster.roster_view import build


@pytest.fixture
def office():
    return filled_office(120)


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.show()
    view.opened()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.told = told
    return view


def shown(view):
    return view.list.model().rowCount()


def test_typing_narrows_the_list_by_every_word(qtbot, place):
    assert shown(place) == 120
    qtbot.keyClicks(place.filter, "VD-00003")
    assert shown(place) == 1
    assert place.count.text() == "符合 1 人，共 120 人"
    qtbot.keyClick(place.filter, Qt.Key.Key_Escape)
    assert shown(place) == 120


def test_nobody_found_says_what_to_do(qtbot, place):
    qtbot.keyClicks(place.filter, "zzz")
    assert shown(place) == 0
    assert place.list.empty_note == wording.NOT_FOUND


def test_an_empty_roster_says_what_to_do_first(qtbot, dressed):
    view = build(make_desk(FakeOffice())[0])
    qtbot.addWidget(view)
    view.opened()
    assert view.list.empty_note == wording.EMPTY


def test_cancelling_asks_why_and_escape_leaves_it(qtbot, place, office):
    place.list.select_place(3)
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    assert place.reason.isVisible()
    qtbot.keyClick(place.reason.text, Qt.Key.Key_Escape)
    assert not place.reason.isVisible()
    assert office.registrations.cancelled == []


def test_a_written_reason_cancels_and_the_row_stays_selected(qtbot, place, office):
    place.list.select_place(3)
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    qtbot.keyClicks(place.reason.text, "called off")
    qtbot.keyClick(place.reason.text, Qt.Key.Key_Return)
    assert office.registrations.cancelled == [("P3", "called off")]
    assert place.list.current_row().person.id == "P3"
    assert place.list.current_row().status == "cancelled"
    assert not place.cancel_button.isEnabled()
    assert len(place.told.notices) == 1


def test_an_empty_reason_does_nothing(qtbot, place, office):
    place.list.select_place(3)
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    qtbot.keyClick(place.reason.text, Qt.Key.Key_Return)
    assert office.registrations.cancelled == []
    assert place.reason.isVisible()


def test_a_badge_is_replaced_for_a_ready_made_reason(qtbot, place, office):
    place.list.select_place(5)
    qtbot.mouseClick(place.replace_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(place.reason.reasons[0].isVisible)
    qtbot.keyClick(place.reason.text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: office.badges.replaced == [("P5", "名牌遺失")])


def test_sorting_keeps_the_person_one_is_on(qtbot, place):
    place.list.select_place(7)
    place.list.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert place.list.current_row().person.id == "P7"
    names = [place.list.model().index(n, 0).data() for n in range(shown(place))]
    assert names == sorted(names, reverse=True)


def test_a_slash_goes_to_the_filter(qtbot, place):
    place.list.setFocus()
    qtbot.keyClicks(place.list, "/")
    assert place.filter.hasFocus()
    assert place.filter.text() == ""


def test_scans_elsewhere_reload_the_rows(place, office):
    office.registrations.rows = make_rows(3)
    place.reload(frozenset({Change.SCANS}))
    assert shown(place) == 3


def test_many_rows_are_filtered_and_sorted_in_the_window(place, office):
    office.registrations.rows = make_rows(6000)
    place.reload(frozenset({Change.ROSTER}))
    place.list.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    place.filter.setText("青山國小 導師")
    assert 0 < shown(place) < 6000
    assert {place.list.model().index(n, 1).data() for n in range(shown(place))} == {"青山國小"}


def test_the_place_speaks_english_when_the_window_does(qtbot, place, dressed):
    set_language(dressed, "en")
    qtbot.waitUntil(lambda: place.count.text() == "120 people")
    assert place.cancel_button.text() == wording.CANCEL.en


def test_every_status_has_words():
    assert wording.STATUSES.keys() == set(RegistrationStatus)


def test_a_scan_meanwhile_leaves_the_question_open(qtbot, place, office):
    place.list.select_place(3)
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    qtbot.keyClicks(place.reason.text, "called")
    place.reload(frozenset({Change.SCANS}))
    assert place.reason.isVisible()
    assert place.reason.text.text() == "called"
    place.list.select_place(4)
    assert not place.reason.isVisible()


def test_the_unit_column_never_shrinks_to_nothing(qtbot, place):
    place.resize(2400, 700)
    assert place.list.columnWidth(1) > 400
    place.resize(700, 700)
    assert place.list.columnWidth(1) >= 100
