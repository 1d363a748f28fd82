"""The Desk page over a real help day, worked by keys alone."""

import pytest
from desk_day import make_template, open_day
from place_fakes import make_desk
from PySide6.QtCore import Qt

from app.domain.errors import NotAllowed
from app.domain.visits import Barrier, Outcome, VisitState
from ui.changes import Change
from ui.screens.help_desk.desk_keys import chord
from ui.screens.help_desk.help_desk_view import build

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEY = Qt.Key


@pytest.fixture(scope="session")
def help_template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("help") / "profile")


@pytest.fixture
def day(help_template, tmp_path, monkeypatch):
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    opened = open_day(help_template, tmp_path / "profile")
    yield opened
    opened.room.desk.context.database.close()


@pytest.fixture
def seated(day):
    seat = day.sit(1)
    day.services.preferences.keep_seat({"session": seat.session, "staff": seat.staff, "desk": "1"})
    return seat


@pytest.fixture
def view(qtbot, dressed, day, seated):
    desk, told = make_desk(day.services)
    made = build(desk)
    qtbot.addWidget(made)
    desk.changes.changed.connect(made.reload)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.opened()
    made.told, made.desk = told, desk
    return made


@pytest.fixture
def page(view):
    return view.front


@pytest.fixture
def press(qtbot, view):
    def type_keys(*keys):
        for key in keys:
            code, modifiers = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier(0))
            qtbot.keyClick(view.window().focusWidget() or view, code, modifiers)

    return type_keys


def test_a_common_case_takes_five_chords_and_no_text(day, page, press):
    visit = day.come(0, topic="")
    page.model.refresh()
    press(KEY.Key_F5)
    assert page.model.mine.state is VisitState.CALLED
    press(KEY.Key_F6)
    day.clock.pass_ms(300_000)
    press((KEY.Key_2, CTRL), (KEY.Key_1, CTRL), (KEY.Key_1, ALT), (KEY.Key_Return, CTRL))
    done = day.help.visits.get_visit(visit.id)
    assert done.state is VisitState.DONE
    assert [issue.outcome for issue in done.issues.values()] == [Outcome.RESOLVED]
    assert next(iter(done.issues.values())).topic == "0201"
    assert page.model.mine is None


def test_typed_words_survive_a_change_of_topic_and_are_stored(day, page, press, qtbot):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6)
    qtbot.keyClicks(page.window().focusWidget(), "card not read")
    press((KEY.Key_3, CTRL), KEY.Key_2)
    assert page.editor.front.topic == "0302"
    assert page.editor.texts["symptom"].field.hasFocus()
    press((KEY.Key_4, ALT), KEY.Key_2, KEY.Key_Return)
    assert page.editor.texts["next_step"].field.hasFocus()
    qtbot.keyClicks(page.window().focusWidget(), "bring a reader")
    press((KEY.Key_Return, CTRL))
    issue = next(iter(day.help.visits.get_visit(visit.id).issues.values()))
    assert (issue.symptom, issue.next_step) == ("card not read", "bring a reader")
    assert (issue.outcome, issue.barriers) == (Outcome.NOT_RESOLVED, (Barrier.NO_READER,))


def test_finishing_without_an_outcome_says_what_to_press(day, page, press, view):
    day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, (KEY.Key_Return, CTRL))
    assert "Alt+1…5" in view.told.errors[-1].remedy.en
    press((KEY.Key_5, ALT), (KEY.Key_Return, CTRL))
    assert page.model.mine is None


def test_a_draft_is_kept_and_comes_back(day, page, press, qtbot, view, dressed):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6)
    qtbot.keyClicks(page.window().focusWidget(), "half a sent")
    qtbot.waitUntil(lambda: day.help.issues.find_draft(visit.id) is not None)
    again = build(view.desk)
    qtbot.addWidget(again)
    again.show()
    again.opened()
    assert again.front.editor.texts["symptom"].field.text() == "half a sent"


def test_a_password_is_warned_about_and_never_stored(day, page, press, qtbot):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6)
    qtbot.keyClicks(page.window().focusWidget(), "OTP 394857 expired")
    assert not page.editor.texts["symptom"].warning.isHidden()
    press((KEY.Key_1, ALT), (KEY.Key_Return, CTRL))
    issue = next(iter(day.help.visits.get_visit(visit.id).issues.values()))
    assert "394857" not in issue.symptom


def test_undo_takes_back_the_finish_and_then_the_start(day, page, press, view):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, (KEY.Key_1, ALT), (KEY.Key_Return, CTRL))
    press((KEY.Key_Z, CTRL))
    assert page.model.mine.state is VisitState.SERVING
    assert page.editor.front.outcome is Outcome.RESOLVED
    press((KEY.Key_Z, CTRL))
    assert page.model.mine.state is VisitState.CALLED
    press((KEY.Key_Z, CTRL))
    assert day.help.visits.get_visit(visit.id).state is VisitState.WAITING
    assert page.model.mine is None
    assert view.told.errors == []


def test_parking_asks_why_and_until_when_by_digits(day, page, press):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, KEY.Key_F8)
    assert page.bar.is_asking
    press(KEY.Key_1, KEY.Key_2)
    parked = day.help.visits.get_visit(visit.id)
    assert (parked.state, parked.reason) == (VisitState.PARKED, "practising")
    assert parked.wake_ms == day.clock.wall_ms() + 600_000
    assert page.others.entries.rows[0].is_heading
    assert page.others.entries.rows[1].ticket == visit.ticket
    assert not page.bar.is_asking


def test_whom_another_desk_called_is_told_in_words_and_the_list_follows(day, page, press, view):
    visit = day.come(0)
    page.model.refresh()
    day.help.visits.call(visit.id, day.sit(2))
    press(KEY.Key_F3, KEY.Key_Return, KEY.Key_1)
    assert "已經被叫走了" in view.told.errors[-1].message.zh
    shown = [row for row in page.others.entries.rows if row.ticket == visit.ticket]
    assert page.queue.entries.rows == ()
    assert "2 號桌" in shown[0].second


def test_a_row_offers_only_what_is_allowed(day, page, press):
    first, second = day.come(0), day.come(1)
    page.model.refresh()
    page.queue.select(second.id)
    page.row_acts.ask(second.id)
    shown = [made.text() for made in page.bar.choice.buttons if not made.isHidden()]
    assert shown == ["1 叫這位", "2 直接開始諮詢", "3 已離開", "4 優先"]
    press(KEY.Key_4, KEY.Key_1)
    day_first = page.queue.entries.rows[1]
    assert day_first.ticket == second.ticket
    assert "行動不便" in day_first.second
    page.row_acts.ask(first.id)
    press(KEY.Key_3, KEY.Key_1)
    assert day.help.visits.get_visit(first.id).state is VisitState.GONE


def test_ctrl_digits_are_the_rails_until_somebody_is_with_me(day, page, press):
    wanted = page.commands.is_wanted
    assert not wanted(chord("Ctrl+1"))
    day.come(0)
    page.model.refresh()
    press(KEY.Key_F5)
    assert wanted(chord("Ctrl+1"))


def test_serving_somebody_without_a_number(day, page, press, qtbot):
    press(KEY.Key_F2)
    page.bar.line.text.setText("青山國小 林采潔")
    press(KEY.Key_Return)
    mine = page.model.mine
    assert (mine.state, mine.unit_text, mine.name) == (VisitState.SERVING, "青山國小", "林采潔")


def test_end_earlier_and_same_as_before(day, page, press, qtbot):
    first, second = day.come(0), day.come(1)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6)
    qtbot.keyClicks(page.window().focusWidget(), "same thing")
    press((KEY.Key_1, ALT))
    day.clock.pass_ms(30 * 60_000)
    press((KEY.Key_B, CTRL))
    qtbot.keyClicks(page.bar.line.text, "12")
    press(KEY.Key_Return)
    done = day.help.visits.get_visit(first.id)
    assert done.closed_ms == day.clock.wall_ms() - 12 * 60_000
    press(KEY.Key_F5, KEY.Key_F6, (KEY.Key_D, CTRL), (KEY.Key_Return, CTRL))
    issue = next(iter(day.help.visits.get_visit(second.id).issues.values()))
    assert (issue.symptom, issue.outcome) == ("same thing", Outcome.RESOLVED)


def test_two_desks_with_one_visit_both_see_it(day, page, press, seated):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6)
    with pytest.raises(Exception, match="called"):
        day.help.visits.call(visit.id, day.sit(3))


def test_shift_f5_finishes_and_calls(day, page, press):
    first, second = day.come(0), day.come(1)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, (KEY.Key_1, ALT), (KEY.Key_F5, SHIFT))
    assert day.help.visits.get_visit(first.id).state is VisitState.DONE
    assert page.model.mine.id == second.id


def test_escalating_opens_a_follow_up(day, page, press, qtbot):
    day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, KEY.Key_F9)
    page.bar.line.text.setText("系統廠商")
    press(KEY.Key_Return)
    lines = day.help.followups.list_followups()
    assert [line.followup.vendor for line in lines] == ["系統廠商"]
    assert page.editor.front.outcome is Outcome.ESCALATED


def test_every_act_is_in_the_palette_and_the_key_map(page, press, qtbot):
    press((KEY.Key_K, CTRL))
    assert page.palette_box.isVisible()
    qtbot.keyClicks(page.palette_box.text, "serve somebody")
    press(KEY.Key_Return)
    assert page.bar.is_asking
    press(KEY.Key_Escape)
    keys = dict(page.keys())
    assert {"F5", "Ctrl+1…9", "Alt+1…5", "Ctrl+Enter", "Ctrl+K"} <= set(keys)


def test_the_queue_is_told_only_what_changed(day, page, qtbot):
    day.come(0)
    day.come(1)
    page.model.refresh()
    page.queue.select(page.queue.entries.rows[2].visit_id)
    resets = []
    page.queue.entries.modelReset.connect(lambda: resets.append(1))
    day.clock.pass_ms(60_000)
    page.reload(frozenset({Change.HELP_DESK}))
    page._show_picture(page.model.picture)
    assert resets == []
    assert page.queue.entries.rows[1].end == "1 分"


def test_no_shows_are_parked_by_themselves(day, page, press):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5)
    for _ in range(2):
        day.clock.pass_ms(100_000)
        press(KEY.Key_F5)
    day.clock.pass_ms(181_000)
    page.model.park_no_shows()
    assert day.help.visits.get_visit(visit.id).reason == "not_found"
    assert page.model.mine is None


def test_still_there_is_asked_gently_and_one_key_ends_it_back_then(day, page, press, view):
    visit = day.come(0)
    page.model.refresh()
    press(KEY.Key_F5, KEY.Key_F6, (KEY.Key_1, ALT))
    day.clock.pass_ms(40 * 60_000)
    page.keys_heard.pressed_ms -= 12 * 60_000
    page.tick()
    assert page.still.is_asking
    press(KEY.Key_F4)
    done = day.help.visits.get_visit(visit.id)
    assert done.state is VisitState.DONE
    assert done.closed_ms == day.clock.wall_ms() - 12 * 60_000
    assert not any(isinstance(error, NotAllowed) for error in view.told.errors)


def test_enter_in_the_seats_fields_goes_on_to_the_page(day, view, page, press):
    visit = day.come(0)
    page.model.refresh()
    view.bar.ask_who()
    press(KEY.Key_Return)
    assert view.bar.sign.hasFocus()
    press(KEY.Key_Return, KEY.Key_F5)
    assert day.help.visits.get_visit(visit.id).state is VisitState.CALLED
