"""The People page over a real event: duty by one key, loads that add up, the day's end."""

import pytest
from help_door_day import busy_morning, make_template, open_day, skilled
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.help_desk import Consultant, DutyPeriod, DutyState, LoanKind
from app.domain.visits import GoneReason, VisitState
from app.domain.words import Words
from app.services.visit_views import ConsultantLoad
from ui.language import set_language
from ui.screens.help_desk import people_wording
from ui.screens.help_desk.people_page import build_people_page
from ui.screens.help_desk.people_rows import minutes_of, period_lines, share_of, share_text

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("people") / "profile")


@pytest.fixture
def day(template, tmp_path, dressed):
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.close()


@pytest.fixture
def page(qtbot, day):
    made = build_people_page(day.desk, day.seat)
    qtbot.addWidget(made)
    made.resize(1234, 655)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    day.desk.changes.changed.connect(made.reload)
    made.opened()
    yield made
    assert day.told.errors == []


@pytest.fixture
def press(qtbot):
    def press_key(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return press_key


def load_of(day, name):
    return next(one for one in day.help.consultants.loads("help1") if one.consultant.name == name)


def test_somebody_is_added_and_skilled_by_the_keyboard(qtbot, page, day, press):
    press(Qt.Key.Key_N, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Ho")
    page.form.skills["04"].click()
    page.form.skills["04"].click()
    page.form.skills["01"].click()
    press(Qt.Key.Key_Return, CONTROL)
    (known,) = day.help.consultants.list_consultants()
    assert (known.name, dict(known.skills), known.active) == ("Ho", {"04": 2, "01": 1}, True)
    assert page.list.current_row().consultant == known
    assert page.list.hasFocus()


def test_a_name_is_needed_and_nothing_typed_is_lost(qtbot, page, day, press):
    press(Qt.Key.Key_N, CONTROL)
    page.form.unit.setText("青山國小")
    press(Qt.Key.Key_Return, CONTROL)
    assert "姓名" in page.form.problem.text()
    assert page.form.unit.text() == "青山國小"
    assert page.form.name.hasFocus()
    assert day.help.consultants.list_consultants() == ()


def test_details_change_and_who_comes_no_more_stays_listed(page, day, press):
    skilled(day, "諮詢甲", g01=2)
    page.opened()
    press(Qt.Key.Key_F2)
    page.form.active.setChecked(False)
    page.form.title.setText("組長")
    press(Qt.Key.Key_Return, CONTROL)
    (known,) = day.help.consultants.list_consultants()
    assert (known.active, known.title, dict(known.skills)) == (False, "組長", {"01": 2})
    assert page.list.model().rowCount() == 1


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_1, DutyState.ON), (Qt.Key.Key_2, DutyState.BREAK)],
)
def test_one_key_changes_the_duty_of_whoever_is_chosen(page, day, press, key, state):
    skilled(day, "諮詢甲")
    page.opened()
    page.duty.desk.setText("3")
    press(key)
    load = load_of(day, "諮詢甲")
    assert (load.state, load.desk) == (state, "3")
    press(Qt.Key.Key_4)
    assert load_of(day, "諮詢甲").state is DutyState.OFF


def test_periods_of_the_day_are_listed(page, day, press):
    seat = day.on_duty("諮詢甲", "1")
    day.at("10:30")
    day.help.consultants.set_duty(seat.staff, DutyState.BREAK, seat)
    page.opened()
    assert "09:00–10:30" in page.duty.periods.text()
    assert "10:30–現在" in page.duty.periods.text()


def test_loads_are_those_of_the_service_with_the_note_about_cases(page, day):
    busy_morning(day)
    page.opened()
    rows = [page.list.model().row_at(page.list.model().index(at, 0)) for at in range(2)]
    for row in rows:
        assert row == load_of(day, row.consultant.name)
    assert rows[0].visits == 9
    assert "不用來比高下" in people_wording.CASE_MIX.zh


def test_what_is_out_comes_back_by_f8_and_enter(page, day, press):
    visit = day.visitor("青山國小")
    day.help.loans.lend(LoanKind.READER, "R1", visit.id, day.seat.current)
    page.opened()
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return)
    assert day.help.loans.list_loans() == ()
    assert page.loans.model().rowCount() == 0


def test_the_day_ends_with_every_number_decided(page, day, press):
    waiting = busy_morning(day)
    page.opened()
    press(Qt.Key.Key_F9)
    assert "5" in page.day_end.left.text()
    press(Qt.Key.Key_3)  # duty is changed in the list of people only
    press(Qt.Key.Key_Return, CONTROL)
    assert page._model.state.on_duty == 2
    marked = page.day_end.list.entries.thing(page.day_end.list.currentIndex().row())
    press(Qt.Key.Key_G)
    gone = day.help.visits.get_visit(marked.id)
    assert (gone.state, gone.reason) == (VisitState.GONE, GoneReason.LEFT)
    page.day_end.carry_all_button.click()
    over = day.help.visits.list_visits("help2")
    kept = [one for one in waiting if one.id in {visit.id for visit in over}]
    assert len(over) == 3
    assert {one.arrived_ms for one in over} == {one.arrived_ms for one in kept}
    assert [one.state for one in day.help.visits.leftovers("help1")] == [VisitState.SERVING]
    page.day_end.force_button.click()
    assert {load.state for load in day.help.consultants.loads("help1")} == {DutyState.OFF}
    assert "2 人下班" in day.told.notices[-1]
    press(Qt.Key.Key_Escape)
    assert page.right.currentWidget() is page.form


def test_on_the_last_day_nothing_is_carried(page, day):
    day.seat.set_day("help2")
    page.day_end.start()
    assert not page.day_end.carry_all_button.isEnabled()
    assert not page.day_end.no_next.isHidden()
    page._model.carry(())
    assert "不能帶過去" in day.told.notices[-1]


def test_everything_is_said_again_in_english(qtbot, page, day, qapp):
    skilled(day, "諮詢甲", g01=2)
    page.opened()
    set_language(qapp, "en")
    qtbot.waitUntil(lambda: "knows well" in page.form.skills["01"].accessibleName())
    assert page.form.skills["01"].words.isascii()
    set_language(qapp, "zh")


SPANS = st.integers(0, 10 * 3_600_000)


@given(SPANS, SPANS)
def test_a_share_is_said_only_of_somebody_who_was_on_duty(serving, duty):
    load = ConsultantLoad(
        consultant=Consultant(id="C", skills={}), state=DutyState.ON, duty_ms=duty,
        serving_ms=serving,
    )  # fmt: skip
    assert (share_text(load) == "–") == (duty == 0)
    assert share_of(load) >= 0
    assert abs(minutes_of(serving) - serving / 60_000) <= 0.5


def test_a_period_somebody_else_ended_says_so():
    period = DutyPeriod(
        staff="C", start_ms=0, end_ms=5, session="help1", state=DutyState.ON, desk="2",
        ended_by="forced",
    )  # fmt: skip
    (line,) = period_lines([period], "C", lambda at: f"t{at}")
    assert line == "t0–t5  值班  2 號桌  由別人結束"
    assert period_lines([period], "D", str) == ()


def test_everything_is_said_in_both_languages():
    found = []
    for held in vars(people_wording).values():
        values = held.values() if isinstance(held, dict) else [held]
        found += [words for words in values if isinstance(words, Words)]
    assert set(people_wording.STATES) == set(people_wording.SIGNS) == set(DutyState)
    assert all(words.zh.strip() and words.en.strip() for words in found)
    assert not [words for words in found if any("\u4e00" <= sign <= "\u9fff" for sign in words.en)]
