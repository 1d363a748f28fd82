"""Follow-ups: filters, one key a state, fields kept when left, what came back on top."""

import pytest
from desk_words import DAY_2, fill, opened_room, type_in, words_desk
from PySide6.QtCore import Qt

from app.domain.help_desk import FollowupState
from ui.changes import Change
from ui.screens.help_desk.followups_page import build_followups_page


@pytest.fixture
def empty_room(tmp_path):
    yield from opened_room(tmp_path)


@pytest.fixture
def page(qtbot, dressed, empty_room):
    desk, told, seat, help_desk = words_desk(empty_room)
    ids = fill(empty_room, help_desk)
    empty_room.at("08:40", DAY_2)
    made = build_followups_page(desk, seat)
    made.told, made.help_desk, made.ids = told, help_desk, ids
    qtbot.addWidget(made)
    made.resize(1234, 660)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.opened()
    return made


def listed(page):
    model = page.list.model()
    return [model.key_at(model.index(place, 0)) for place in range(model.rowCount())]


def stored(page, name):
    return page.help_desk.followups.get_followup(page.ids[name]).followup


def test_what_is_still_out_comes_first_and_the_overdue_on_top(page):
    assert listed(page) == [page.ids["late"], page.ids["sent"]]
    assert page.detail.followup_id == page.ids["late"]
    assert "逾期" in page.list.model().data(page.list.model().index(0, 0))


def test_what_came_back_is_on_top_and_leads_to_its_line(page):
    assert page.back_card.isVisible()
    assert page.back_title.text() == "上次駐點以來回覆了 1 件"
    page.back.pick_current()
    assert page.detail.followup_id == page.ids["back"]
    assert page.detail.tell.isVisible()


def test_filters(page):
    page.shown.setCurrentIndex(page.shown.findData("all"))
    assert len(listed(page)) == 4
    page.vendor.setCurrentIndex(page.vendor.findData("系統廠商"))
    assert listed(page) == [page.ids["late"], page.ids["sent"]]
    page.only_due.setChecked(True)
    assert listed(page) == [page.ids["late"]]
    page.only_due.setChecked(False)
    page.vendor.setCurrentIndex(0)
    page.owner.setCurrentIndex(1)
    assert set(listed(page)) == {page.ids["late"], page.ids["back"]}
    page.shown.setCurrentIndex(page.shown.findData("closed"))
    assert listed(page) == []


@pytest.mark.parametrize(
    ("key", "state"), [("S", FollowupState.SENT), ("C", FollowupState.CLOSED), ("U", "unsolvable")]
)
def test_one_key_changes_the_state(qtbot, page, key, state):
    page.list.setFocus()
    qtbot.keyClicks(page.list, key)
    assert stored(page, "late").state == state


def test_an_answer_is_asked_for_before_it_is_called_answered(qtbot, page):
    qtbot.keyClicks(page.list, "A")
    answer = page.detail.texts["answer"]
    qtbot.waitUntil(answer.hasFocus)
    assert stored(page, "late").state is FollowupState.OPEN
    type_in(answer, "已修正，請重新匯入")
    qtbot.keyClick(answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    told = stored(page, "late")
    assert (told.state, told.answer) == (FollowupState.ANSWERED, "已修正，請重新匯入")


def test_leaving_a_field_keeps_it(qtbot, page):
    due, reference = page.detail.lines["due_on"], page.detail.lines["reference"]
    due.setFocus()
    due.selectAll()
    qtbot.keyClicks(due, "9/20")
    reference.setFocus()
    assert stored(page, "late").due_on == "2023-09-20"
    assert due.text() == "112/09/20（三）"
    qtbot.keyClicks(reference, "PT-1")
    qtbot.keyClick(reference, Qt.Key.Key_Return)
    assert stored(page, "late").reference == "PT-1"
    note = page.detail.texts["note"]
    note.setFocus()
    type_in(note, "急")
    page.list.setFocus()
    assert stored(page, "late").note == "急"


def test_nothing_changed_is_no_fact(page, empty_room):
    before = empty_room.fact_count()
    for field in (*page.detail.lines.values(), *page.detail.texts.values()):
        field.setFocus()
    page.list.setFocus()
    assert empty_room.fact_count() == before


def test_a_date_that_cannot_be_read_is_told_and_put_back(qtbot, page):
    due = page.detail.lines["due_on"]
    due.setFocus()
    due.selectAll()
    qtbot.keyClicks(due, "soon")
    page.list.setFocus()
    assert page.told.errors
    assert stored(page, "late").due_on == "2023-08-07"
    assert due.text() == "112/08/07（一）"


def test_reading_again_never_takes_what_is_being_typed(qtbot, page):
    note = page.detail.texts["note"]
    note.setFocus()
    type_in(note, "還在打")
    page.help_desk.followups.amend(page.ids["late"], contact="總務處")
    page.reload(frozenset({Change.HELP_DESK}))
    assert note.toPlainText() == "還在打"
    assert page.detail.lines["contact"].text() == "總務處"


def test_an_owner_is_chosen(page):
    page.list.select_key(page.ids["sent"])
    owner = page.detail.owner
    owner.setCurrentIndex(1)
    owner.activated.emit(1)
    assert stored(page, "sent").owner == owner.currentData()


def test_the_hand_over_sheets_are_written(page, tmp_path):
    out = tmp_path / "sheets.pdf"
    page._model.write_sheets(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert "2" in page.told.notices[-1]
