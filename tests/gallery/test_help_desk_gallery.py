"""The Desk page on a real help day: empty, busy, called, serving, in conflict, asking, large."""

from dataclasses import replace

import pytest
from desk_day import busy_day, make_template, open_day
from harness import check_picture, needs_this_renderer
from place_fakes import make_desk
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

from app.domain.visits import Claim, VisitState
from ui.language import set_language
from ui.screens.help_desk.help_desk_view import build
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
"""What rail and foot leave of 1366×768."""
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CALLED = (Qt.Key.Key_F5,)
SERVING = (Qt.Key.Key_F5, Qt.Key.Key_F6)
LOOKS = (("light", "zh"), ("dark", "zh"), ("light", "en"))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("gallery") / "profile")


@pytest.fixture
def day(template, tmp_path, monkeypatch):
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.desk.context.database.close()


@pytest.fixture
def place(qtbot, qapp, day):
    def make(look=("light", "zh"), *, scale=1.0, busy=True, seated=True, keys=()):
        set_language(qapp, look[1])
        apply_theme(qapp, look[0], scale=scale)
        seat = busy_day(day)[0] if busy else day.sit(1)
        if seated:
            kept = {"session": seat.session, "staff": seat.staff, "desk": "1"}
            day.services.preferences.keep_seat(kept)
        desk, told = make_desk(day.services)
        view = build(desk)
        qtbot.addWidget(view)
        desk.changes.changed.connect(view.reload)
        view.resize(PLACE)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.opened()
        for key in keys:
            code, modifiers = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier(0))
            qtbot.keyClick(view.window().focusWidget(), code, modifiers)
        assert told.errors == []
        return view

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


def picture(view, name, look=("light", "zh")):
    view.front._look_for_solutions()
    view.front.tick()
    for _ in range(5):  # layouts inside layouts settle one after the other
        QGuiApplication.processEvents()
    check_picture(view, f"help_desk_{name}_{'_'.join(look)}", PLACE)
    assert (view.width(), view.height()) == (PLACE.width(), PLACE.height()), "does not fit"


def type_a_case(view, day):
    """Twelve minutes of help, typed."""
    day.clock.pass_ms(12 * 60_000 + 7_000)
    texts = view.front.editor.texts
    texts["symptom"].field.setPlainText("匯入配課表後，科目節數變成 0，畫面顯示「資料不符」")
    texts["steps"].field.setPlainText("重新下載範本、核對欄位名稱")
    texts["resolution"].field.setPlainText("範本第 2 列不可刪；補回後重新匯入即可。")
    view.front.model.refresh()


def test_empty(place):
    picture(place(busy=False), "empty")


def test_nobody_sits_here(place):
    picture(place(busy=False, seated=False), "no_seat")


@pytest.mark.parametrize("look", LOOKS)
def test_forty_wait(place, look):
    picture(place(look), "busy", look)


def test_called(place):
    picture(place(keys=CALLED), "called")


@pytest.mark.parametrize("look", LOOKS)
def test_serving(place, day, look):
    view = place(look, keys=SERVING)
    type_a_case(view, day)
    picture(view, "serving", look)


def test_large_text(place, day):
    view = place(scale=1.5, keys=SERVING)
    type_a_case(view, day)
    picture(view, "serving_large")


def test_a_return_visit_with_what_it_was_about(place, day):
    view = place()
    back = next(visit for visit in day.help.visits.list_visits("help1") if visit.return_of)
    day.help.visits.call(back.id, view.seat.current)
    view.front.model.refresh()
    picture(view, "return")


def test_two_desks_called_the_same_visit(place, day):
    view = place(keys=(*SERVING, (Qt.Key.Key_4, ALT)))
    model, other = view.front.model, day.sit(3).staff
    view.seat._load_consultants()
    at_ms = day.clock.wall_ms() - 60_000
    claim = Claim(staff=other, desk="3", state=VisitState.CALLED, since_ms=at_ms, called_ms=at_ms)
    visit = replace(model.mine, claims={**model.mine.claims, other: claim})
    model._on_picture(model._with(visit))
    picture(view, "conflict")


def test_subtopics_by_digit(place):
    picture(place(keys=(*SERVING, (Qt.Key.Key_1, CTRL))), "topics")


def test_asking_why_it_is_parked(place):
    picture(place(("dark", "zh"), keys=(*SERVING, Qt.Key.Key_F8)), "park", ("dark", "zh"))


def test_every_act(place):
    picture(place(keys=(*SERVING, (Qt.Key.Key_K, CTRL))), "palette")


def test_a_secret_is_warned_about(place):
    view = place(keys=SERVING)
    view.front.editor.texts["symptom"].field.setPlainText("簡訊驗證碼 394857 過期")
    picture(view, "secret")


def test_still_there(place):
    view = place(keys=SERVING)
    view.front.keys_heard.pressed_ms = 1e15  # no key is so late: nothing is asked by itself
    view.front._tick_often.stop()
    view.front.still.ask("A017", 12)
    view.front._look_for_solutions()
    check_picture(view, "help_desk_still_there_light_zh", PLACE)
