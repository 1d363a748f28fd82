"""The Hub page by keys: joining, inviting, approving, shutting out, leaving, the stick."""

from dataclasses import replace

import pytest
from hub_fakes import CODE, DEVICES, LINK, NOW_MS, SIX, URL, FakeHub, hub_side
from place_fakes import FakeOffice, make_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.domain.devices import DeviceRole
from app.domain.errors import HubUnreachable
from app.domain.words import Words
from app.sync.status import SyncState, SyncStatus
from ui.changes import Change
from ui.hub.access import DeviceListing, FoundHub, KeptAside
from ui.hub.invite_text import invite_text
from ui.screens.event.event_view import build


@pytest.fixture
def page(qtbot, dressed):
    kept = []  # qtbot holds views weakly; a test may ask for a part only

    def make(access, status=None):
        office = FakeOffice(hub=hub_side(access, status))
        desk, told = make_desk(office)
        view = build(desk)
        qtbot.addWidget(view)
        kept.append(view)
        view.resize(1262, 732)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.opened()
        view.show_page("hub")
        view.told, view.desk = told, desk
        view.hub.invite._clock = lambda: NOW_MS
        return view

    yield make
    kept.clear()


def test_an_address_and_a_code_typed_join(qtbot, page):
    access = FakeHub()
    view = page(access)
    form = view.hub.join.form
    told = []
    view.desk.changes.changed.connect(told.append)
    form.address.setFocus()
    qtbot.keyClicks(form.address, "192.168.1.20")
    qtbot.keyClick(form.address, Qt.Key.Key_Return)
    assert form.code.hasFocus()
    qtbot.keyClicks(form.code, CODE)
    qtbot.keyClick(form.code, Qt.Key.Key_Return)
    assert access.asked == [("join", URL, CODE)]
    assert frozenset({Change.EVENT}) in told


def test_a_scanned_invitation_fills_the_form_and_never_reaches_the_door(page):
    view = page(FakeHub())
    assert view.take_scan(invite_text(URL, CODE).upper())
    form = view.hub.join.form
    assert (form.address.text(), form.code.text()) == (URL, CODE)
    assert form.join_button.hasFocus()
    assert not view.take_scan("VD-00001-K")
    view.show_page("plan")
    assert not view.take_scan(invite_text(URL, CODE))


def test_a_pasted_line_is_taken_apart(qtbot, page):
    form = page(FakeHub()).hub.join.form
    form.code.setText(f"{URL} {CODE}")
    assert (form.address.text(), form.code.text()) == (URL, CODE)


def test_a_hub_that_was_found_is_picked_by_a_key(qtbot, page):
    form = page(FakeHub(nearby=(FoundHub(url=URL, label="研習中心"),))).hub.join.form
    form.nearby.setFocus()
    form.nearby.select_place(0)
    qtbot.keyClick(form.nearby, Qt.Key.Key_Return)
    assert form.address.text() == URL
    assert form.code.hasFocus()


def test_empty_fields_are_refused_before_anything_is_asked(qtbot, page):
    access = FakeHub()
    view = page(access)
    qtbot.keyClick(view.hub.join.form.join_button, Qt.Key.Key_Space)
    assert access.asked == []
    assert view.told.errors[0].field == "address"


def test_a_join_that_fails_comes_back_with_what_was_typed(qtbot, page):
    error = HubUnreachable(Words("沒有網路。", "No network."))
    view = page(FakeHub(error=error))
    form = view.hub.join.form
    form.address.setText(URL)
    form.code.setText(CODE)
    form.join_button.click()
    assert view.told.errors == [error]
    assert form.isVisible()
    assert (form.address.text(), form.code.text()) == (URL, CODE)


def test_an_organizer_invites_and_the_code_goes_when_it_is_old(qtbot, page):
    access = FakeHub(LINK)
    view = page(access, SyncStatus(state=SyncState.SYNCED))
    invite = view.hub.invite
    invite.make_button.setFocus()
    qtbot.keyClick(invite.make_button, Qt.Key.Key_Space)
    assert access.asked == [("invite", DeviceRole.STATION, True)]
    assert invite.code.text() == CODE
    assert invite.qr.text == invite_text(URL, CODE)
    assert "9:59" in invite.left.text()
    invite._clock = lambda: NOW_MS + 600_000
    invite._count_down()
    assert invite.code.text() == invite.qr.text == ""


def test_words_are_compared_before_a_machine_is_approved(qtbot, page):
    access = FakeHub(LINK, listing=DeviceListing(devices=DEVICES))
    devices = page(access, SyncStatus(state=SyncState.SYNCED)).hub.devices
    assert devices.devices.current_row().label == "大門右側"
    assert tuple(word.text()[3:] for word in devices.words.words) == SIX
    devices.approve_button.setFocus()
    qtbot.keyClick(devices.approve_button, Qt.Key.Key_Space)
    assert access.asked == [("approve", DEVICES[4].device)]
    assert not devices.approve_button.isVisible()


def test_shutting_out_needs_a_reason(qtbot, page):
    access = FakeHub(LINK, listing=DeviceListing(devices=DEVICES[:3]))
    devices = page(access, SyncStatus(state=SyncState.SYNCED)).hub.devices
    devices.devices.select_place(1)
    devices.revoke_button.setFocus()
    qtbot.keyClick(devices.revoke_button, Qt.Key.Key_Space)
    assert access.asked == []
    qtbot.keyClicks(devices.why.text, "lost")
    qtbot.keyClick(devices.why.text, Qt.Key.Key_Return)
    assert access.asked == [("revoke", DEVICES[1].device, "lost")]
    devices.devices.select_key(DEVICES[1].device)
    assert not devices.revoke_button.isEnabled()


def test_a_station_sees_no_machines_and_can_leave(qtbot, page):
    access = FakeHub(replace(LINK, role="station"))
    view = page(access, SyncStatus(state=SyncState.OFFLINE, queue=7))
    assert not view.hub.devices.isVisible()
    assert not view.hub.invite.isVisible()
    assert "待送 7" in view.hub.link.state.text()
    qtbot.keyClick(view.hub.link.leave_button, Qt.Key.Key_Space)
    assert access.asked == []
    qtbot.keyClicks(view.hub.link.why.text, "over")
    qtbot.keyClick(view.hub.link.why.text, Qt.Key.Key_Return)
    assert access.asked == [("leave",)]


def test_the_switch_makes_this_laptop_the_hub(qtbot, page):
    view = page(FakeHub(listing=DeviceListing(devices=DEVICES[:2])))
    view.hub.own.switch.setFocus()
    qtbot.keyClick(view.hub.own.switch, Qt.Key.Key_Space)
    assert view.hub.own.address.text() == URL
    assert "2 台機器" in view.hub.own.state.text()
    assert not view.hub.join.isVisible()
    assert view.hub.devices.isVisible()


def test_what_is_kept_aside_is_shown_with_its_reason(page):
    kept = KeptAside(device="D1", why="signature", facts=3, noted_ms=NOW_MS)
    view = page(FakeHub(LINK, kept=(kept,)), SyncStatus(state=SyncState.SYNCED))
    assert view.hub.kept.isVisible()
    model = view.hub.kept.kept.model()
    assert "簽章" in model.data(model.index(0, 1))


def test_bundles_say_what_they_did(page, tmp_path):
    view = page(FakeHub(LINK), SyncStatus(state=SyncState.SYNCED))
    view.hub._model.export_bundle(tmp_path / "a.vdbundle")
    view.hub._model.import_bundle(tmp_path / "a.vdbundle")
    assert "120" in view.told.notices[0]
    assert "另外保留" in view.told.notices[1]


def test_everything_one_can_use_has_a_name_and_takes_the_focus(page):
    access = FakeHub(LINK, listing=DeviceListing(devices=DEVICES))
    view = page(access, SyncStatus(state=SyncState.SYNCED))
    used = [
        widget
        for kind in (QAbstractButton, QLineEdit)
        for widget in view.hub.findChildren(kind)
        if widget.isVisible() and widget.metaObject().className() != "QTableCornerButton"
    ]
    assert len(used) > 8
    for widget in used:
        named = widget.accessibleName() or getattr(widget, "text", str)()
        assert named or (isinstance(widget.parent(), QWidget) and widget.parent().accessibleName())
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isEnabled()
