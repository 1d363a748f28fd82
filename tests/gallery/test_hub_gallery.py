"""The Hub page in its states."""

from datetime import UTC, datetime, timedelta

import pytest
from harness import check_picture, needs_this_renderer
from hub_fakes import CODE, DEVICES, LINK, NOW_MS, SIX, URL, FakeHub, hub_side
from place_fakes import filled_office, make_desk
from PySide6.QtCore import QSize, Qt

from app.domain.words import Words
from app.sync.status import SyncState, SyncStatus
from ui.hub.access import DeviceListing, FoundHub, JoinProgress, KeptAside
from ui.language import set_language
from ui.screens.event.event_view import build
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
LOOKS = (("light", "zh", 1.0), ("dark", "zh", 1.0), ("light", "en", 1.0), ("light", "zh", 1.5))
NEARBY = (FoundHub(url=URL, label="研習中心"),)
OFFLINE = SyncStatus(
    state=SyncState.OFFLINE,
    url=URL,
    queue=312,
    last_contact_ms=NOW_MS - 540_000,
    problem=Words("沒有網路。", "There is no network."),
)
SYNCED = SyncStatus(state=SyncState.SYNCED, url=URL, last_contact_ms=NOW_MS - 4_000)


@pytest.fixture
def hub_page(qtbot, qapp, monkeypatch):
    now = datetime.fromtimestamp(NOW_MS / 1000, UTC)
    for module in ("link_card", "devices_card", "stick_card"):
        monkeypatch.setattr(f"ui.hub.pages.{module}.now_utc", lambda: now)
    monkeypatch.setattr("ui.screens.event.desk_page.now", lambda: now + timedelta(hours=1))

    def make(access, look=LOOKS[0], status=None):
        set_language(qapp, look[1])
        apply_theme(qapp, look[0], scale=look[2])
        office = filled_office()
        office.hub = hub_side(access, status)
        desk, _ = make_desk(office)
        view = build(desk)
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(PLACE)
        view.show()
        view.opened()
        view.show_page("hub")
        view.hub.invite._clock = lambda: NOW_MS
        return view

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


def picture(view, name, look=LOOKS[0]):
    large = "_large" if look[2] > 1 else ""
    check_picture(view, f"hub_{name}_{look[0]}_{look[1]}{large}", PLACE)


@pytest.mark.parametrize("look", LOOKS)
def test_not_joined(hub_page, look):
    picture(hub_page(FakeHub(nearby=NEARBY), look), "join", look)


@pytest.mark.parametrize("look", LOOKS)
def test_six_words(hub_page, look):
    view = hub_page(FakeHub(), look)
    view.hub.join._on_began()
    progress = JoinProgress()
    progress.words = SIX
    view.hub.join.wait.show_progress(progress)
    picture(view, "six_words", look)


def test_the_first_load(hub_page):
    view = hub_page(FakeHub())
    view.hub.join._on_began()
    progress = JoinProgress()
    progress.received, progress.expected = 42_000, 104_211
    view.hub.join.wait.show_progress(progress)
    picture(view, "loading")


@pytest.mark.parametrize("look", LOOKS)
def test_an_organizer_approves(hub_page, look):
    view = hub_page(FakeHub(LINK, listing=DeviceListing(devices=DEVICES)), look, SYNCED)
    view.hub.invite.make_button.click()
    picture(view, "organizer", look)


@pytest.mark.parametrize("look", LOOKS[:3])
def test_this_laptop_is_the_hub(hub_page, look):
    view = hub_page(FakeHub(listing=DeviceListing(devices=DEVICES[:3])), look)
    view.hub.own.switch.click()
    view.hub.invite.make_button.click()
    picture(view, "own", look)


@pytest.mark.parametrize("look", LOOKS[1:3])
def test_a_station_offline_with_something_kept_aside(hub_page, look):
    kept = KeptAside(device="0190f001-77", why="unknown_kind", facts=4, noted_ms=NOW_MS - 90_000)
    link = type(LINK)(url=URL, hub_key="ab" * 32, role="station", letter="C", label="研習中心")
    picture(hub_page(FakeHub(link, kept=(kept,)), look, OFFLINE), "offline", look)


def test_shutting_out_asks_why(hub_page):
    view = hub_page(FakeHub(LINK, listing=DeviceListing(devices=DEVICES[:3])), status=SYNCED)
    view.hub.devices.devices.select_place(1)
    view.hub.devices.revoke_button.click()
    picture(view, "revoke")
    assert CODE not in view.hub.invite.code.text()
