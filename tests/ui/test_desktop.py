"""The running program as a person starts it: real threads, a real profile, a real window."""

import pytest
from fakes import bury_closed_windows
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.bootstrap import build_events, open_desk
from app.domain.errors import Conflict
from app.domain.scans import Verdict
from app.services.badges import BadgeService
from app.services.outcomes import Station, WalkIn
from ui.main import _take_lock, open_window
from ui.screens.start.start_view import StartView

LONG = 20_000


@pytest.fixture
def start(qtbot, dressed, tmp_path, monkeypatch):
    """Opens the window over a profile folder and closes it in order at the end."""
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(tmp_path / "key"))
    bury_closed_windows()
    opened = []

    def open_over(folder):
        desktop = open_window(QApplication.instance(), folder)
        opened.append(desktop)
        qtbot.addWidget(desktop.window)
        desktop.window.activateWindow()
        qtbot.waitUntil(desktop.window.isActiveWindow)
        return desktop

    yield open_over
    for desktop in opened:
        desktop.close()


def type_badge(window, code):
    for letter in f"{code}\r":
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(window.windowHandle(), event)


def test_the_first_start_creates_an_event_and_opens_its_door(qtbot, start, tmp_path):
    desktop = start(tmp_path / "profile")
    desktop.open_profile(tmp_path / "profile")
    qtbot.waitUntil(
        lambda: isinstance(desktop.window.stack.currentWidget(), StartView), timeout=LONG
    )
    page = desktop.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.plans.model().rowCount() > 0, timeout=LONG)
    page._model.preview_plan("sample-workshop")
    qtbot.waitUntil(lambda: page._model.can_create, timeout=LONG)
    with qtbot.waitSignal(desktop.window.attached, timeout=LONG):
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert desktop.window.current_place == "check_in"


def test_what_is_scanned_before_there_is_an_event_is_told_and_not_kept(qtbot, start, tmp_path):
    desktop = start(tmp_path / "profile")
    desktop.open_profile(tmp_path / "profile")
    window = desktop.window
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), StartView), timeout=LONG)
    page = window.stack.currentWidget()
    type_badge(window, "ACDEFGHKLMNPQRTUV")
    qtbot.waitUntil(window.strip.isVisible, timeout=LONG)
    assert "沒有記錄" in window.strip.message.text()
    qtbot.waitUntil(lambda: page.plans.model().rowCount() > 0, timeout=LONG)
    page._model.preview_plan("sample-workshop")
    qtbot.waitUntil(lambda: page._model.can_create, timeout=LONG)
    with qtbot.waitSignal(window.attached, timeout=LONG):
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.door.sessions), timeout=LONG)
    assert not window._waiting
    assert not window.door.recent


def test_a_code_alone_is_scanned_into_the_form(qtbot, start, tmp_path):
    desktop = start(tmp_path / "profile")
    desktop.open_profile(tmp_path / "profile")
    window = desktop.window
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), StartView), timeout=LONG)
    form = window.stack.currentWidget().join.form
    type_badge(window, "7K3M-9QXT-4ZB8-W2CH-5NRVA-8DEJK")
    qtbot.waitUntil(lambda: form.code.text() == "7K3M-9QXT-4ZB8-W2CH-5NRVA-8DEJK", timeout=LONG)
    assert form.address.hasFocus()
    assert window.strip.isHidden()


def test_a_badge_scanned_before_the_records_are_open_is_judged_then(qtbot, start, tmp_path):
    folder = tmp_path / "profile"
    events = build_events(folder)[1]
    events.create_event("pingtung-112")
    desk = open_desk(events)
    desk.checkin.walk_in(
        WalkIn(name="測試甲", unit_text="試驗國小"),
        Station(session="b1d1"),
    )
    code = BadgeService(desk.context).badges_for("b1d1")[0].code
    desk.close()

    desktop = start(folder)
    desktop.window.station.set_session("b1d1")
    type_badge(desktop.window, code)
    outcomes = []
    desktop.window.attached.connect(
        lambda: desktop.window.door.outcome_shown.connect(outcomes.append)
    )
    desktop.open_profile(folder)
    qtbot.waitUntil(lambda: bool(outcomes), timeout=LONG)
    assert outcomes[0].person is not None
    assert outcomes[0].verdict in {Verdict.ALREADY_IN, Verdict.REPEAT_READ, Verdict.EARLY_LEAVE}


def test_the_sample_day_opens_with_people_in_and_leaves_nothing_behind(qtbot, start):
    desktop = start(None)
    with qtbot.waitSignal(desktop.window.attached, timeout=60_000):
        desktop.open_sample_day()
    door = desktop.window.door
    qtbot.waitUntil(lambda: door.counts.arrived > 0, timeout=LONG)
    assert 0 < door.counts.arrived < door.counts.expected
    folder = desktop._profile.folder
    desktop.close()
    assert not folder.exists()


def test_a_second_window_on_one_profile_is_refused(tmp_path):
    lock = _take_lock(tmp_path)
    with pytest.raises(Conflict):
        _take_lock(tmp_path)
    lock.unlock()
    _take_lock(tmp_path).unlock()


def test_an_unusable_profile_is_told_in_the_window(qtbot, start, tmp_path):
    folder = tmp_path / "profile"
    events = build_events(folder)[1]
    event = events.create_event("sample-workshop")[0]
    (folder / "events" / f"{event.id}.db").write_bytes(b"x" * 8192)
    desktop = start(folder)
    desktop.open_profile(folder)
    qtbot.waitUntil(desktop.window.strip.isVisible, timeout=LONG)
