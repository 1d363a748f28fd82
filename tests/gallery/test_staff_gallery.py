"""The lock, the staff page and the readers page: both schemes, both languages, large."""

import time
from dataclasses import replace

import pytest
from fakes import NOW_UTC, FakeServices, bury_closed_windows, make_outcome
from harness import check_picture, needs_this_renderer
from place_fakes import FakePreferences, FakeStaff

from app.domain.staff import Role, StaffMember
from app.domain.verdict import Verdict
from app.readers.calibration import SIGNS
from app.readers.serial_ports import SerialPort
from ui.background import InlineTaskRunner
from ui.changes import Changes
from ui.language import set_language
from ui.main_window import MainWindow
from ui.place import Desk
from ui.readers.desk_readers import DeskReaders
from ui.readers.hub import _KEYBOARD
from ui.readers.serial_source import _LOST, _LOST_REMEDY
from ui.readers.source import ReaderCondition, ReaderSort
from ui.scan_filter import ScanFilter
from ui.screens.event.readers_page import ReadersPage
from ui.screens.event.staff_page import StaffPage
from ui.screens.event.staff_view_model import StaffViewModel
from ui.sign_in.gate import Gate
from ui.station import StationState
from ui.theme import apply_theme

pytestmark = needs_this_renderer

STAFF = (
    StaffMember(id="S1", name="周怡君", role=Role.ORGANIZER, pin="set"),
    StaffMember(id="S2", name="林志明", role=Role.DOOR, pin="set"),
    StaffMember(id="S3", name="吳淑芬", role=Role.HELP_DESK, pin="set"),
    StaffMember(id="S4", name="陳美玲", role=Role.DOOR, active=False, pin="set"),
)
LOOKS = {
    "light_zh": ("light", "zh", 1.0),
    "dark_zh": ("dark", "zh", 1.0),
    "light_en": ("light", "en", 1.0),
    "dark_en_large": ("dark", "en", 2.0),
}


LOST = {
    "key": "serial:/dev/ttyACM9",
    "sort": ReaderSort.SERIAL,
    "name": "Honeywell 1470",
    "condition": ReaderCondition.LOST,
    "said": _LOST,
    "remedy": _LOST_REMEDY,
}


@pytest.fixture
def dress(qapp):
    def put_on(scheme, language, scale):
        bury_closed_windows()
        set_language(qapp, language)
        apply_theme(qapp, scheme, scale=scale)

    yield put_on
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.fixture
def taipei(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Taipei")
    time.tzset()
    monkeypatch.setattr("ui.main_window.now_utc", lambda: NOW_UTC)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("taipei")
@pytest.mark.parametrize("name", LOOKS)
def test_a_locked_window(qtbot, dress, name):
    dress(*LOOKS[name])
    window = MainWindow(InlineTaskRunner())
    gate = Gate(window, lambda: 10)
    qtbot.addWidget(window)
    services = FakeServices()
    services.staff = FakeStaff(list(STAFF))
    window.resize(1366, 768)
    window.show()
    window.attach(services)
    gate.view.show_outcome(make_outcome(Verdict.CHECKED_IN, number=9))
    check_picture(window, f"sign_in_locked_{name}")


def make_desk():
    return Desk(
        services=FakeServices(),
        tasks=InlineTaskRunner(),
        changes=Changes(),
        station=StationState(),
        report=lambda error: pytest.fail(str(error)),
        notice=lambda _text: None,
        long_work=lambda *_a, **_k: None,
        go_to=lambda _key: None,
    )


@pytest.mark.parametrize("name", LOOKS)
def test_the_readers_page(qtbot, qapp, dress, monkeypatch, name):
    port = SerialPort(device="/dev/ttyACM9", name="Honeywell 1470")
    monkeypatch.setattr("ui.readers.desk_readers.list_ports", lambda: (port,))
    dress(*LOOKS[name])
    keys = ScanFilter(qapp)
    readers = DeskReaders(keys, FakePreferences())
    readers.hub._on_state(_KEYBOARD)
    readers.hub._on_state(replace(_KEYBOARD, **LOST))
    page = ReadersPage(readers, make_desk())
    page.setObjectName("place")
    qtbot.addWidget(page)
    page.show()
    page.load()
    page.take_scan(SIGNS.text.swapcase())
    check_picture(page, f"readers_page_{name}")
    keys.deleteLater()


@pytest.mark.parametrize("name", LOOKS)
def test_the_staff_page(qtbot, dress, name):
    dress(*LOOKS[name])
    page = StaffPage(StaffViewModel(FakeStaff(list(STAFF)), make_desk()), FakePreferences())
    page.setObjectName("place")
    qtbot.addWidget(page)
    page.show()
    page.load()
    page.list.selectRow(1)
    check_picture(page, f"staff_page_{name}")
