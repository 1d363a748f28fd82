"""The lock: a PIN opens the desk, a role its places; scanning goes on whoever is here."""

import pytest
from fakes import FakeServices
from place_fakes import FakeStaff
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.staff import Role, StaffMember
from app.domain.verdict import Verdict
from ui.background import InlineTaskRunner
from ui.changes import Change
from ui.main_window import MainWindow
from ui.place import PlaceView
from ui.places import places_with
from ui.scan_filter import ScannedText
from ui.sign_in import wording
from ui.sign_in.gate import Gate
from ui.status import now_utc

DOOR = StaffMember(id="S1", name="林志明", role=Role.DOOR, pin="set")
ORGANIZER = StaffMember(id="S2", name="周怡君", role=Role.ORGANIZER, pin="set")
GONE = StaffMember(id="S3", name="陳美玲", role=Role.ORGANIZER, active=False, pin="set")


class Office:
    """A window with a gate over staff that a test says."""

    def __init__(self, qtbot, *staff, minutes=10):
        self.minutes = minutes
        self.services = FakeServices()
        self.services.staff = FakeStaff(list(staff))
        places = places_with({"roster": lambda _desk: PlaceView()})
        self.window = MainWindow(InlineTaskRunner(), places=places)
        self.gate = Gate(self.window, lambda: self.minutes)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.attach(self.services)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def type_pin(self, qtbot, pin):
        qtbot.keyClicks(QApplication.focusWidget(), pin)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


@pytest.fixture
def office(qtbot, dressed):
    assert dressed

    def make(*staff, minutes=10):
        return Office(qtbot, *staff, minutes=minutes)

    return make


def test_an_event_without_staff_needs_nobody_to_sign_in(office):
    here = office()
    assert not here.gate.is_needed
    here.window.go_to("roster")
    assert here.window.current_place == "roster"


def test_a_window_with_staff_starts_locked_and_still_scans(office):
    here = office(DOOR, ORGANIZER, GONE)
    assert here.gate.is_locked
    assert here.gate.view.isVisible()
    assert [each.name for each in here.gate.view._staff] == ["林志明", "周怡君"]
    here.services.checkin.script["A1"] = (Verdict.CHECKED_IN, "P1")
    here.window.take_scan(ScannedText(text="A1", reader="keyboard", at=now_utc()))
    assert here.services.checkin.raws == ["A1"]
    assert here.gate.view.panel.text.headline == "報到完成"
    assert "○" in here.gate.view.panel.text.name


def test_a_wrong_pin_says_so_and_the_right_one_opens(qtbot, office):
    here = office(ORGANIZER)
    here.type_pin(qtbot, "1111")
    assert here.gate.is_locked
    assert here.gate.view.problem.text()
    assert here.gate.view.pin.text() == ""
    with qtbot.waitSignal(here.gate.opened) as opened:
        here.type_pin(qtbot, "4826")
    assert opened.args == [ORGANIZER]
    assert not here.gate.view.isVisible()
    assert here.window.centre.isEnabled()


def test_arrows_pick_who_signs_in(qtbot, office):
    here = office(ORGANIZER, DOOR)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(here.gate.opened) as opened:
        here.type_pin(qtbot, "4826")
    assert opened.args == [DOOR]


def test_a_role_opens_its_own_places_only(qtbot, office):
    here = office(DOOR)
    assert here.gate.refuse_place("roster") == wording.LOCKED_PLACE
    here.type_pin(qtbot, "4826")
    here.window.go_to("roster")
    assert here.window.current_place == "check_in"
    assert "Ctrl+L" in here.window.strip.message.text()


def test_ctrl_l_locks_at_once(qtbot, office):
    here = office(ORGANIZER)
    here.type_pin(qtbot, "4826")
    here.window.go_to("roster")
    with qtbot.waitSignal(here.gate.locked):
        qtbot.keyClick(here.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert here.gate.is_locked
    assert here.window.current_place == "check_in"
    assert QApplication.focusWidget() is here.gate.view.pin


def test_a_desk_nobody_touches_locks_itself_and_a_reader_is_no_hand(qtbot, office):
    here = office(ORGANIZER, minutes=5)
    here.type_pin(qtbot, "4826")
    assert here.gate._idle.isActive()
    qtbot.keyClick(here.window.windowHandle(), Qt.Key.Key_A)
    assert here.gate._typed.isActive()
    here.gate.note_scan()
    assert not here.gate._typed.isActive()
    here.gate._idle.timeout.emit()
    assert here.gate.is_locked


def test_zero_minutes_never_locks(qtbot, office):
    here = office(ORGANIZER, minutes=0)
    here.type_pin(qtbot, "4826")
    assert not here.gate._idle.isActive()


def test_who_was_let_go_elsewhere_is_signed_out_here(qtbot, office):
    here = office(DOOR, ORGANIZER)
    here.type_pin(qtbot, "4826")
    assert not here.gate.is_locked
    here.services.staff.amend("S1", active=False)
    here.window.changes.changed.emit(frozenset({Change.STAFF}))
    assert here.gate.is_locked
