"""The topic editor over a real event: names, order, stars, putting away, adding."""

from types import SimpleNamespace

import pytest
from factories import copied, new_event, open_room
from place_fakes import FakeOffice, make_desk
from PySide6.QtCore import Qt

from app.domain.visits import Seat
from app.help_desk import build_help_desk
from app.plans.reading import read_plan
from ui.changes import Change
from ui.language import set_language
from ui.screens.topics.topics_page import build_topics_page
from ui.theme import RESOURCES


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    plan = read_plan(RESOURCES / "plans" / "pingtung-112.toml").plan
    return new_event(tmp_path_factory.mktemp("topics") / "profile", plan)


@pytest.fixture
def room(template, tmp_path):
    room = open_room(copied(template, tmp_path / "profile"))
    yield room
    room.close()


@pytest.fixture
def page(qtbot, dressed, room):
    office = FakeOffice()
    office.help_desk = build_help_desk(room.desk.context)
    desk, told = make_desk(office)
    session = next(
        one.code for one in room.desk.context.plan.sessions if one.registration == "none"
    )
    seat = SimpleNamespace(current=Seat(session=session))
    view = build_topics_page(desk, seat)
    qtbot.addWidget(view)
    view.resize(1262, 640)
    view.show()
    view.opened()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.told, view.room, view.topics, view.desk = told, room, office.help_desk.topics, desk
    return view


def names(view):
    table = view.model()
    return [table.index(row, 1).data() for row in range(table.rowCount())]


def key_of(view, row):
    return view.model().index(row, 0).data()


def test_two_levels_with_their_keys(page):
    assert len(names(page.groups)) == 18
    assert names(page.groups)[0] == "帳號與權限"
    assert names(page.subtopics)[7].startswith("自然人憑證登入")
    assert (key_of(page.groups, 0), key_of(page.groups, 9)) == ("1", "0 1")
    assert (key_of(page.subtopics, 0), key_of(page.subtopics, 9)) == ("1", "0 1")
    page.groups.select_place(1)
    assert names(page.subtopics)[0] == "建立期初名單"
    assert page.form.title.text() == "教職維護"
    assert page.told.errors == []


def test_a_new_name_is_kept_in_both_languages(qtbot, page, qapp):
    page.form.title.setText("帳號、權限與憑證")
    page.form.title_en.setText("Accounts and cards")
    qtbot.keyClick(page.form.title_en, Qt.Key.Key_Return)
    assert names(page.groups)[0] == "帳號、權限與憑證"
    assert page.told.notices == ["已儲存「帳號、權限與憑證」。"]
    set_language(qapp, "en")
    assert page.topics.list_topics()[0].title_en == "Accounts and cards"
    assert names(page.groups)[0] == "Accounts and cards"


def test_a_star_puts_a_topic_on_a_digit(page):
    page.groups.select_place(16)
    page.form.quick.setChecked(True)
    page.form.save_button.click()
    assert key_of(page.groups, 16) == "1"
    assert page.groups.model().index(16, 3).data() == "★"
    assert not page.stars.isVisible()


def test_ten_stars_are_too_many(page):
    for topic in [one for one in page.topics.list_topics() if not one.parent][:10]:
        page.topics.amend(topic.code, quick=True)
    page.reload(frozenset({Change.HELP_DESK}))
    assert page.stars.isVisible()


def test_a_topic_put_away_is_offered_no_more_but_stays_listed(page):
    page.form.active.setChecked(False)
    page.form.save_button.click()
    assert page.groups.model().index(0, 3).data() == "停用"
    assert key_of(page.groups, 0) == ""
    assert "01" not in {topic.code for topic in page.topics.list_topics()}
    page.form.active.setChecked(True)
    page.form.save_button.click()
    assert "01" in {topic.code for topic in page.topics.list_topics()}


def test_moving_by_keys_keeps_the_moved_one_chosen(qtbot, page):
    page.groups.select_place(2)
    qtbot.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [topic[:2] for topic in names(page.groups)[:3]] == ["帳號", "員額", "教職"]
    assert page.groups.currentIndex().row() == 1
    qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [topic[:2] for topic in names(page.groups)[:3]] == ["帳號", "教職", "員額"]
    assert page.form.topic.title == "員額編制"


def test_moving_a_subtopic(page):
    page.subtopics.select_place(1)
    page.form.up_button.click()
    assert names(page.subtopics)[0] == "新學年度學校帳號啟用"
    assert page.subtopics.currentIndex().row() == 0
    assert page.form.topic.code == "0102"


def test_a_subtopic_of_our_own(qtbot, page):
    assert not page.add_subtopic_button.isEnabled()
    page.new_name.setText("讀卡機驅動程式")
    qtbot.keyClick(page.new_name, Qt.Key.Key_Return)
    assert names(page.subtopics)[-1] == "讀卡機驅動程式"
    assert page.form.title.text() == "讀卡機驅動程式"
    assert page.new_name.text() == ""


def test_a_group_of_our_own(page):
    page.new_name.setText("其他單位")
    page.add_group_button.click()
    assert names(page.groups)[-1] == "其他單位"
    assert names(page.subtopics) == []
    assert page.form.title.text() == "其他單位"


def test_what_is_typed_survives_the_changes_of_others(page):
    page.form.title.setText("正在輸入")
    page.topics.amend("05", title="參數設定")
    page.reload(frozenset({Change.HELP_DESK}))
    assert "參數設定" in names(page.groups)
    assert page.form.title.text() == "正在輸入"
    page.topics.amend("01", quick=True)
    page.reload(frozenset({Change.HELP_DESK}))
    assert page.form.title.text() == "正在輸入"


def test_nothing_different_is_no_fact(page):
    facts = page.room.fact_count()
    page.form.save_button.click()
    page.form.title.clear()
    page.form.save_button.click()
    assert page.room.fact_count() == facts


def test_keys_tell_the_other_pages(qtbot, page):
    with qtbot.waitSignal(page.desk.changes.changed) as told:
        page.form.quick.setChecked(True)
        page.form.save_button.click()
    assert told.args == [frozenset({Change.HELP_DESK})]
