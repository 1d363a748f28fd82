"""A person's sheet in the Roster place: edited, told, merged and separated by keys alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from event_fixtures import empty_template, profile, room, stocked_template
from factories import Room
from place_fakes import FakeOffice, filled_office, make_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.facts import FactKind
from app.services.outcomes import WalkIn
from ui.screens.roster import sheet_wording as wording
from ui.screens.roster.roster_view import RosterView, build

__all__ = ["empty_template", "profile", "room", "stocked_template"]


@dataclass
class Real:
    """The place over the services of a real event."""

    room: Room
    view: RosterView
    told: Any


@pytest.fixture
def real(qtbot, dressed, room):
    assert dressed
    office = FakeOffice(registrations=room.office.registrations)
    office.persons = room.office.persons
    office.cards_bound = room.office.cards_bound
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.show()
    view.opened()
    view.sessions.session_picked.emit("b1d1")
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return Real(room, view, told)


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def open_first(qtbot, view):
    view.list.select_place(0)
    view.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    return view.list.current_row().person


def test_enter_opens_the_sheet_and_escape_goes_back(qtbot, real):
    person = open_first(qtbot, real.view)
    sheet = real.view.sheet
    assert real.view.pages.currentWidget() is sheet
    assert sheet.name.text() == person.name
    assert sheet.history.model().rowCount() == 2
    assert QApplication.focusWidget() is sheet.fields["name"]
    press(qtbot, Qt.Key.Key_Escape)
    assert real.view.pages.currentWidget() is real.view.listing


def test_an_edit_by_keys_is_kept_and_told(qtbot, real):
    person = open_first(qtbot, real.view)
    sheet = real.view.sheet
    sheet.fields["title"].setFocus()
    sheet.fields["title"].selectAll()
    qtbot.keyClicks(sheet.fields["title"], "Registrar")
    press(qtbot, Qt.Key.Key_Return)
    assert real.room.office.persons.get_person(person.id).data.title == "Registrar"
    assert real.told.notices == [wording.SAVED.zh]
    newest = real.room.office.persons.history(person.id)[-1]
    assert newest.kind is FactKind.REGISTRATION_AMENDED
    assert sheet.history.model().rowCount() == 3


def test_saving_nothing_records_nothing(qtbot, real):
    open_first(qtbot, real.view)
    before = real.room.fact_count()
    press(qtbot, Qt.Key.Key_Return)
    assert real.room.fact_count() == before
    assert real.told.notices == [wording.UNCHANGED.zh]


def test_a_refused_edit_says_why_and_keeps_what_was_typed(qtbot, real):
    open_first(qtbot, real.view)
    sheet = real.view.sheet
    sheet.fields["name"].selectAll()
    press(qtbot, Qt.Key.Key_Delete)
    press(qtbot, Qt.Key.Key_Return)
    assert "姓名" in sheet.problem.text()
    assert QApplication.focusWidget() is sheet.fields["name"]


def test_the_id_number_is_shown_by_its_tail_only(qtbot, real):
    person = open_first(qtbot, real.view)
    sheet = real.view.sheet
    number = real.room.office.persons.get_person(person.id).data.id_number
    assert sheet.fields["id_number"].text() == ""
    assert number[-3:] in sheet.fields["id_number"].placeholderText()
    assert number not in sheet.fields["id_number"].placeholderText()


def test_a_twin_is_merged_with_a_reason_and_separated_again(qtbot, real):
    persons = real.room.office.persons
    person = persons.get_person(real.room.person(1))
    twin = persons.add_person(
        "b1d2", WalkIn(name=person.data.name, unit_text=person.unit, phone=person.data.phone)
    )
    real.view.reload(frozenset())
    assert real.view.list.select_key((person.id, "b1d1"))
    real.view.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    sheet = real.view.sheet
    assert sheet.alike.current_row().id == twin.id
    qtbot.mouseClick(sheet.merge_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.reason_bar.text, "same one")
    press(qtbot, Qt.Key.Key_Return)
    assert persons.get_person(twin.id).id == person.id
    assert sheet.alike.current_row().is_merged
    qtbot.mouseClick(sheet.separate_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.reason_bar.text, "two people")
    press(qtbot, Qt.Key.Key_Return)
    assert persons.get_person(twin.id).id == twin.id


def test_a_card_is_bound_when_asked_for_and_goes_to_the_door_else(qtbot, real):
    person = open_first(qtbot, real.view)
    sheet = real.view.sheet
    assert not real.view.take_scan("04A1B2C3")
    qtbot.mouseClick(sheet.bind_button, Qt.MouseButton.LeftButton)
    assert sheet.bind_button.text() == wording.BIND_NOW.zh
    assert real.view.take_scan("uid:04A1B2C3")
    assert real.room.office.cards_bound.holder_of("04A1B2C3").person.id == person.id
    assert sheet.carries.text() == wording.carries(1, 1).zh
    assert not real.view.take_scan("04A1B2C3")


def test_what_is_no_card_is_refused_in_words(qtbot, real):
    open_first(qtbot, real.view)
    sheet = real.view.sheet
    qtbot.mouseClick(sheet.bind_button, Qt.MouseButton.LeftButton)
    assert real.view.take_scan("王大明")
    assert sheet.problem.text()
    qtbot.mouseClick(sheet.bind_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.bind_button, Qt.MouseButton.LeftButton)
    assert not real.view.take_scan("04A1B2C3")


def test_a_cancelled_registration_is_restored(qtbot, dressed):
    office = filled_office(20)
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.show()
    view.opened()
    view.list.select_place(2)
    view._model.cancel_registration(view.list.current_row(), "x")
    assert view.restore_button.isVisible()
    qtbot.mouseClick(view.restore_button, Qt.MouseButton.LeftButton)
    assert view.list.current_row().status == "active"
    assert told.notices[-1] == wording.RESTORED.zh
