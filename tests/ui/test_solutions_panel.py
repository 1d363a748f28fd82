"""The panel of earlier solutions follows what is typed; Enter uses, Escape goes back."""

import pytest
from desk_words import fill, opened_room, words_desk
from PySide6.QtCore import Qt

from app.services.answers_views import Source
from ui.changes import Change
from ui.screens.help_desk.solutions_lines import suggestion_lines, suggestion_text
from ui.screens.help_desk.solutions_panel import SolutionsPanel


@pytest.fixture
def empty_room(tmp_path):
    yield from opened_room(tmp_path)


@pytest.fixture
def panel(qtbot, dressed, empty_room):
    desk, told, _, help_desk = words_desk(empty_room)
    made = SolutionsPanel(desk)
    qtbot.addWidget(made)
    made.ids = fill(empty_room, help_desk)
    made.told, made.help_desk = told, help_desk
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def listed(panel):
    model = panel.list.entries
    return [model.thing(place).id for place in range(model.rowCount())]


def test_it_follows_the_symptom(panel):
    panel.show_for("讀卡機", "0108", "", unit_text="青山國小")
    assert listed(panel) == [panel.ids["i4"]]
    assert "重新安裝 HiCOS" in panel.full.text()
    assert panel.list.isVisible()
    panel.show_for("沒有人遇過的事", "", "")
    assert listed(panel) == []
    assert panel.nothing.isVisible()


def test_what_is_typed_in_the_panel_goes_first(qtbot, panel):
    panel.show_for("讀卡機", "", "")
    qtbot.keyClick(panel, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.search.hasFocus)
    qtbot.keyClicks(panel.search, "otp")
    assert listed(panel) == [panel.ids["i3"]]
    with qtbot.waitSignal(panel.chosen) as chosen:
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert chosen.args[0].source == f"issue:{panel.ids['i3']}"
    assert chosen.args[0].words == "前任解除後重新綁定"
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert listed(panel) == [panel.ids["i4"]]


def test_arrows_walk_the_list_from_the_search_line(qtbot, panel):
    panel.show_for("匯入", "", "")
    panel.focus_search()
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as chosen:
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert chosen.args[0].id == listed(panel)[1]


def test_enter_on_an_empty_list_does_nothing(qtbot, panel):
    panel.show_for("沒有人遇過的事", "", "")
    panel.focus_search()
    with qtbot.assertNotEmitted(panel.chosen):
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)


def test_a_known_problem_is_offered_with_its_schools(qtbot, panel):
    panel.show_for("人數是 0", "0603", "")
    lines = panel.problems.entries.lines(0)
    assert (lines.first, lines.end) == ("H3 表單匯入後人數是 0", "3 所學校")
    with qtbot.waitSignal(panel.problem_chosen) as chosen:
        panel.attach_button.click()
    assert chosen.args == [panel.ids["problem"]]


def test_an_answer_reaches_the_panel(panel):
    panel.show_for("", "0603", "")
    panel.help_desk.answers.answer_problem(panel.ids["problem"], "已修正")
    panel.reload(frozenset({Change.HELP_DESK}))
    assert panel.problems.entries.lines(0).second == "解答：已修正"


def test_a_symptom_becomes_a_known_problem(qtbot, panel):
    panel.new_button.click()
    assert panel.told.notices
    panel.show_for("B5 檢核表一直紅字\n怎麼改都一樣", "0411", "")
    with qtbot.waitSignal(panel.problem_chosen) as chosen:
        panel.new_button.click()
    problem = panel.help_desk.answers.find_problem(chosen.args[0])
    assert (problem.title, problem.topic) == ("B5 檢核表一直紅字 怎麼改都一樣", "0411")


def test_a_suggestion_says_where_it_is_from(panel):
    hit = panel.help_desk.answers.search("欄位不符", unit_text="青山國小")[0]
    assert suggestion_lines(hit).second == "青山國小 · 同校 · 已解決 · 用過 1 次"
    assert suggestion_text(hit).startswith("症狀：H3 表單匯入失敗")
    panel.help_desk.answers.add_offered()
    canned = next(
        item for item in panel.help_desk.answers.search("改綁") if item.kind is Source.ANSWER
    )
    assert suggestion_lines(canned).end == "::otp"
    assert "▏" in suggestion_text(canned)
