"""The page of known problems and canned texts: add, answer, close; add, change, put away."""

import pytest
from desk_words import fill, opened_room, type_in, words_desk
from PySide6.QtCore import Qt

from app.domain.help_desk import ProblemState
from ui.changes import Change
from ui.screens.help_desk.problems_page import build_problems_page


@pytest.fixture
def empty_room(tmp_path):
    yield from opened_room(tmp_path)


@pytest.fixture
def page(qtbot, dressed, empty_room):
    desk, told, seat, help_desk = words_desk(empty_room)
    made = build_problems_page(desk, seat)
    made.told, made.help_desk = told, help_desk
    made.ids = fill(empty_room, help_desk)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.opened()
    return made


def test_a_problem_shows_its_schools_and_takes_an_answer(qtbot, page):
    known = page.known
    known.list.select_place(0)
    assert known.heading.text() == "3 所學校"
    assert known.struck.entries.rowCount() == 3
    known.answer.setFocus()
    type_in(known.answer, "已修正")
    qtbot.keyClick(known.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    problem = page.help_desk.answers.find_problem(page.ids["problem"])
    assert (problem.answer, problem.state) == ("已修正", ProblemState.ANSWERED)
    known.close_button.click()
    assert page.help_desk.answers.find_problem(page.ids["problem"]).state is ProblemState.CLOSED
    known.reopen_button.click()
    assert page.help_desk.answers.find_problem(page.ids["problem"]).state is ProblemState.ANSWERED


def test_a_problem_is_added(qtbot, page):
    known = page.known
    known.list.select_place(0)
    qtbot.keyClick(known.list, Qt.Key.Key_Insert)
    qtbot.waitUntil(known.title.hasFocus)
    assert known.title.text() == ""
    known.save()
    assert page.told.errors
    type_in(known.title, "HiCOS 裝不起來")
    known.save()
    titles = {item.problem.title for item in page.help_desk.answers.list_problems()}
    assert "HiCOS 裝不起來" in titles
    assert len(titles) == 2


def test_reading_again_leaves_what_is_being_typed(qtbot, page):
    known = page.known
    known.list.select_place(0)
    known.answer.setFocus()
    type_in(known.answer, "打到一半")
    page.reload(frozenset({Change.HELP_DESK}))
    assert known.answer.toPlainText() == "打到一半"


def test_offered_texts_come_by_a_click(page):
    page.tabs.setCurrentIndex(1)
    canned = page.canned
    assert page.help_desk.answers.list_canned() == ()
    assert canned.offer_button.isVisible()
    canned.offer_button.click()
    assert len(page.help_desk.answers.list_canned()) > 10
    assert not canned.offer_button.isVisible()


def test_a_text_is_added_changed_and_put_away(qtbot, page):
    page.tabs.setCurrentIndex(1)
    canned = page.canned
    qtbot.keyClick(canned.list, Qt.Key.Key_Insert)
    qtbot.keyClicks(canned.code, "::hi")
    type_in(canned.title, "問候")
    canned.save()
    assert page.told.errors  # no text yet
    canned.body.setPlainText("您好，|")
    canned.save()
    made = page.help_desk.answers.find_canned("hi")
    assert (made.title, made.body) == ("問候", "您好，|")
    canned.list.select_key(made.id)
    canned.title.setText("招呼")
    canned.save()
    assert page.help_desk.answers.find_canned("hi").title == "招呼"
    canned.away_button.click()
    assert page.help_desk.answers.find_canned("hi") is None
