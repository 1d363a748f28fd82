"""A hub, a laptop that starts empty and joins it by keys, and a scan that shows on both."""

import socket
import threading

import pytest
from factories import moment, station, stocked_event
from fakes import bury_closed_windows
from hub_fakes import StillHub
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.bootstrap import build_events, open_desk
from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.invitation_code import is_code
from app.hub.running import HubOptions, run_hub
from app.services.badges import BadgeService
from app.system_clock import SystemClock
from ui.hub.own_hub import OwnHub, OwnHubState, hub_command
from ui.hub.pages.shut_out_page import ShutOutPage
from ui.hub.services import EventHub
from ui.main import open_window
from ui.screens.start.start_view import StartView

LONG = 20_000


@pytest.fixture
def key(tmp_path, monkeypatch):
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(tmp_path / "key"))


@pytest.fixture
def home(key, tmp_path):
    """An event with people, its hub, and what an organizer asks of it."""
    profile = stocked_event(tmp_path / "home")
    ready, told = threading.Event(), []

    def on_serving(serving):
        told.append(serving)
        ready.set()

    options = HubOptions(host="127.0.0.1", port=0, is_announced=False)
    thread = threading.Thread(target=run_hub, args=(profile, options, SystemClock(), on_serving))
    thread.start()
    assert ready.wait(20)
    desk = open_desk(build_events(profile.folder)[1])
    own = StillHub()
    own.told = {"url": told[0].url, "port": told[0].port, "hub": told[0].hub_key}
    own.state = OwnHubState.SERVING
    yield EventHub(desk, own), desk, told[0]
    desk.close()
    told[0].stop()
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture
def newcomer(qtbot, dressed, key, tmp_path, monkeypatch):
    """The program started on an empty profile."""
    monkeypatch.setattr("ui.hub.services.find_nearby", lambda: ())
    monkeypatch.setattr("ui.hub.keeping.BEGIN_AFTER_MS", 0)
    bury_closed_windows()
    folder = tmp_path / "newcomer"
    desktop = open_window(QApplication.instance(), folder)
    qtbot.addWidget(desktop.window)
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    desktop.open_profile(folder)
    front = desktop.window.stack.currentWidget
    qtbot.waitUntil(lambda: isinstance(front(), StartView), timeout=LONG)
    yield desktop
    desktop.close()


def join_by_keys(qtbot, desktop, url, code):
    page = desktop.window.stack.currentWidget()
    qtbot.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    assert page.join.form.address.hasFocus()
    qtbot.keyClicks(page.join.form.address, url)
    qtbot.keyClick(page.join.form.address, Qt.Key.Key_Return)
    assert page.join.form.code.hasFocus()
    qtbot.keyClicks(page.join.form.code, code)
    qtbot.keyClick(page.join.form.code, Qt.Key.Key_Return)
    return page


def test_an_empty_laptop_joins_sees_scans_and_is_shut_out(qtbot, home, newcomer):
    hub, desk, serving = home
    window = newcomer.window
    invite = hub.invite(DeviceRole.STATION, confirm=True)
    page = join_by_keys(qtbot, newcomer, serving.url, invite.code)
    words = page.join.wait.words
    qtbot.waitUntil(words.isVisible, timeout=LONG)
    waiting = next(d for d in hub.list_devices().devices if d.status is DeviceStatus.WAITING)
    assert tuple(word.text()[3:] for word in words.words) == waiting.words
    hub.approve(waiting.device)
    qtbot.waitUntil(lambda: window.current_place == "check_in", timeout=LONG)
    qtbot.waitUntil(lambda: "已同步" in window.foot.buttons["hub"].text(), timeout=LONG)

    # What a hub lent is the station's letter as long as nobody chose one.
    lent = next(d.letter for d in hub.list_devices().devices if d.device == waiting.device)
    qtbot.waitUntil(lambda: window.station.current.letter == lent, timeout=LONG)

    window.station.set_session("b1d1")
    badge = BadgeService(desk.context).badges_for("b1d1")[0]
    before = window.door.counts.arrived
    desk.checkin.scan(badge.code, station("b1d1", letter="Z"), at=moment("08:45"))
    qtbot.waitUntil(lambda: window.door.counts.arrived == before + 1, timeout=LONG)

    hub.revoke(waiting.device, "lost")
    front = window.stack.currentWidget
    qtbot.waitUntil(lambda: isinstance(front(), ShutOutPage), timeout=LONG)
    assert "已停用" in window.foot.buttons["hub"].text()


def test_a_join_that_is_cancelled_leaves_nothing(qtbot, home, newcomer, tmp_path):
    hub, _desk, serving = home
    invite = hub.invite(DeviceRole.STATION, confirm=True)
    page = join_by_keys(qtbot, newcomer, serving.url, invite.code)
    qtbot.waitUntil(page.join.wait.words.isVisible, timeout=LONG)
    assert page.join.wait.cancel_button.hasFocus()
    qtbot.keyClick(page.join.wait.cancel_button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.join.form.isVisible, timeout=LONG)
    assert not list((tmp_path / "newcomer" / "events").glob("*"))


def test_a_wrong_code_is_refused_in_words(qtbot, home, newcomer):
    _hub, _desk, serving = home
    page = join_by_keys(qtbot, newcomer, serving.url, "7K3M-9QXT-4ZB8-W2CH-5NRVA-8DEJK")
    qtbot.waitUntil(newcomer.window.strip.isVisible, timeout=LONG)
    assert "邀請碼" in newcomer.window.strip.message.text()
    assert page.join.form.isVisible()


def on_loopback(folder):
    return [*hub_command(folder), "--host", "127.0.0.1", "--port", "0", "--no-announce"]


def test_the_switch_runs_a_real_hub_beside_the_window(qtbot, dressed, key, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.hub.keeping.BEGIN_AFTER_MS", 0)
    bury_closed_windows()
    folder = stocked_event(tmp_path / "home").folder
    desktop = open_window(QApplication.instance(), folder)
    qtbot.addWidget(desktop.window)
    own = desktop._hub.own
    own._command = on_loopback
    try:
        with qtbot.waitSignal(desktop.window.attached, timeout=LONG):
            desktop.open_profile(folder)
        window = desktop.window
        window.go_to("event")
        view = window.view("event")
        view.show_page("hub")
        qtbot.mouseClick(view.hub.own.switch, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(own.url), timeout=LONG)
        devices = view.hub.devices.devices
        qtbot.waitUntil(lambda: devices.model().rowCount() > 0, timeout=LONG)
        assert devices.current_row().role is DeviceRole.ORGANIZER
        qtbot.mouseClick(view.hub.invite.make_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: is_code(view.hub.invite.code.text()), timeout=LONG)
        assert "同步中心" in window.foot.buttons["hub"].text()
        assert desktop._preferences.own_hub()
    finally:
        desktop.close()
    assert own.state is OwnHubState.OFF


def test_a_hub_whose_port_is_taken_says_so_on_the_page(qtbot, dressed, key, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        own = OwnHub(
            tmp_path,
            command=lambda folder: [*hub_command(folder), "--host", "127.0.0.1", "--port", port],
        )
        own.start()
        qtbot.waitUntil(lambda: own.state is OwnHubState.STOPPED, timeout=LONG)
    assert f"連接埠 {port} 已有程式在用" in own.details
