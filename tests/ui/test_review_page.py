"""Where stations disagree: both sides shown, two keys a conflict, taken back with one more."""

from dataclasses import replace

import pytest
from conflict_fakes import make_cards, make_claim
from place_fakes import filled_office, make_desk
from PySide6.QtCore import Qt

from app.domain.conflicts import Choice
from ui.changes import Change
from ui.screens.closing import wording
from ui.screens.closing.closing_view import build


@pytest.fixture
def office():
    office = filled_office()
    office.conflicts.cards = make_cards()
    office.conflicts.claims = (make_claim(),)
    return office


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    view.opened()
    view.tabs.setCurrentWidget(view.conflicts)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.conflicts.items.setFocus()
    view.told = told
    return view


def press(qtbot, view, keys):
    for key in keys:
        qtbot.keyClicks(view.conflicts.items, key)


def shown_sides(view):
    return [
        (side.head.text(), side.when.text(), side.lines.text())
        for side in view.conflicts.evidence.cards
        if not side.isHidden()
    ]


def tab_text(view):
    return view.tabs.tabText(view.tabs.indexOf(view.conflicts))


def test_the_tab_counts_what_waits(place):
    assert tab_text(place) == "各站不一致 (3)"


def test_both_sides_stand_beside_each_other(place):
    first, second = shown_sides(place)
    assert first[0] == "A 站 · 進"
    assert first[1] == "08:40:12"
    assert "前門筆電" in first[2]
    assert "時鐘已校對" in first[2]
    assert "當時畫面：簽到" in second[2]
    assert "綜合各站：已在場" in second[2]
    assert place.conflicts.person.text().startswith("林采安")


def test_two_keys_decide_and_the_next_one_comes(qtbot, place, office):
    press(qtbot, place, "1")
    assert office.conflicts.decided == []
    press(qtbot, place, "q")
    assert office.conflicts.decided == [("conflict-1", Choice.KEEP, "現場人員確認過", ())]
    assert tab_text(place) == "各站不一致 (2)"
    assert "維持原紀錄" in place.told.notices[-1]
    assert place.conflicts.person.text().startswith("陳宇晴")


def test_a_scan_to_undo_is_picked_by_its_own_key(qtbot, place, office):
    press(qtbot, place, "3w")
    assert office.conflicts.decided == [("conflict-1", Choice.VOID, "本人說明", ("f1",))]


def test_without_a_choice_a_reason_does_nothing(qtbot, place, office):
    press(qtbot, place, "q")
    assert office.conflicts.decided == []


def test_own_words_are_a_reason(qtbot, place, office):
    press(qtbot, place, "1r")
    field = place.conflicts.decision.own_reason
    assert field.hasFocus()
    qtbot.keyClicks(field, "two doors 1q")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert office.conflicts.decided[-1][2] == "two doors 1q"


def test_what_a_choice_does_to_the_minutes_is_said(qtbot, place):
    press(qtbot, place, "n")
    options = place.conflicts.decision.options
    assert "計入 A 13:01:44" in options[0].text()
    assert "200→439" in options[0].text()
    assert "建議" in options[0].text()
    assert options[2].isHidden()


def test_what_another_station_did_is_a_side_too(qtbot, place):
    press(qtbot, place, "nn")
    assert [side[0] for side in shown_sides(place)] == ["取消報名", "A 站 · 進"]


def test_a_decision_is_taken_back_with_a_reason(qtbot, place, office):
    press(qtbot, place, "1q")
    place.conflicts.items.select_key("P1 conflict-1")
    assert "現場人員確認過" in place.conflicts.decision_text.text()
    press(qtbot, place, "z")
    assert office.conflicts.taken_back == []
    press(qtbot, place, "w")
    assert office.conflicts.taken_back == [("conflict-1", "本人說明")]
    assert tab_text(place) == "各站不一致 (3)"


def test_foreign_facts_show_at_once_and_forget_nothing_begun(qtbot, place, office):
    press(qtbot, place, "2")
    cards = make_cards()
    other = replace(cards[0].person, id="P7", name="李新人")
    office.conflicts.cards = (*cards, replace(cards[0], person=other))
    place.reload(frozenset({Change.SCANS}))
    assert tab_text(place) == "各站不一致 (4)"
    assert place.conflicts.decision.options[1].isChecked()
    press(qtbot, place, "q")
    assert office.conflicts.decided[-1][1] is Choice.VOID


def test_a_visit_two_called_leads_to_the_help_desk(qtbot, place):
    place.conflicts._model.choose_session("help")
    assert place.conflicts.person.text() == "A007　星西國小"
    assert [side[0] for side in shown_sides(place)] == ["1 桌", "3 桌"]
    assert "江采薇" in shown_sides(place)[0][2]
    press(qtbot, place, "h")
    assert place.told.places == ["help_desk"]


def test_nothing_to_decide_says_so(place, office):
    office.conflicts.cards = ()
    place.reload(frozenset({Change.SCANS}))
    assert tab_text(place) == "各站不一致"
    assert place.conflicts.items.empty_note is not None
    assert not place.conflicts.decision.isVisible()


def test_the_review_keeps_its_place(place):
    assert place.tabs.tabText(0) == wording.TAB_REVIEW.zh
