"""The check-in place in the states people meet: both schemes, both languages."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOON, NOW_UTC, FakeServices, bury_closed_windows, make_outcome
from harness import check_picture, coarse, needs_this_renderer, share_different
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.domain.verdict import Direction, Verdict
from app.services.checkin import Station
from app.sync.status import SyncState, SyncStatus
from ui.background import InlineTaskRunner
from ui.language import set_language
from ui.main_window import MainWindow
from ui.station import StationState
from ui.status import DeskStatus
from ui.theme import apply_theme

pytestmark = needs_this_renderer

RECENT = (
    make_outcome(Verdict.CHECKED_IN, person="P2", number=1),
    make_outcome(Verdict.LATE, person="P3", number=2, late_minutes=7),
    make_outcome(Verdict.UNKNOWN, person=None, number=3),
    make_outcome(Verdict.REPEAT_READ, person="P3", number=4, last_at=NOON),
    replace(make_outcome(Verdict.CHECKED_IN, number=5), voided=True),
)
OUTCOMES = {
    "checked_in": make_outcome(Verdict.CHECKED_IN, number=9),
    "late": make_outcome(Verdict.LATE, number=9, late_minutes=7),
    "wrong_batch": make_outcome(
        Verdict.NOT_ON_ROSTER, person="P3", number=9, other_session="B2D1", sub_reason="wrong_batch"
    ),
    "unknown": make_outcome(Verdict.UNKNOWN, person=None, number=9),
    "repeat": make_outcome(Verdict.REPEAT_READ, number=9, last_at=NOON),
    "early_leave": make_outcome(
        Verdict.EARLY_LEAVE,
        number=9,
        direction=Direction.OUT,
        minutes_present=155,
        short_minutes=25,
    ),
}
STATES = [
    ("ready", "light", "zh"),
    ("checked_in", "light", "zh"),
    ("checked_in", "dark", "en"),
    ("late", "dark", "zh"),
    ("wrong_batch", "light", "en"),
    ("wrong_batch", "dark", "zh"),
    ("unknown", "light", "zh"),
    ("unknown", "dark", "en"),
    ("repeat", "dark", "zh"),
    ("early_leave", "light", "en"),
]


@pytest.fixture
def taipei(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Taipei")
    time.tzset()
    monkeypatch.setattr("ui.main_window.now_utc", lambda: NOW_UTC)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def pictured(qapp, qtbot, taipei):
    def make(scheme="light", language="zh", scale=1.0) -> MainWindow:
        bury_closed_windows()
        set_language(qapp, language)
        apply_theme(qapp, scheme, scale=scale)
        station = StationState(Station(session="B1D1", letter="A"))
        window = MainWindow(InlineTaskRunner(), station=station)
        qtbot.addWidget(window)
        services = FakeServices()
        services.checkin.scans.extend(RECENT)
        window.show_status(status())
        window.show()
        window.attach(services)
        window.door._count()
        return window

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


def status() -> DeskStatus:
    return DeskStatus(
        roster_size=231,
        roster_as_of=NOW_UTC - timedelta(minutes=12),
        sync=SyncStatus(
            state=SyncState.OFFLINE,
            last_contact_ms=int((NOW_UTC - timedelta(minutes=9)).timestamp() * 1000),
            queue=3,
        ),
        backup_at=NOW_UTC - timedelta(minutes=4),
        signed_in="周怡君",
    )


@pytest.mark.parametrize(("state", "scheme", "language"), STATES)
def test_verdicts(pictured, state, scheme, language):
    window = pictured(scheme, language)
    if state in OUTCOMES:
        window.door._on_outcome(OUTCOMES[state])
    check_picture(window, f"check_in_{state}_{scheme}_{language}")


def test_asking_why(pictured):
    window = pictured()
    window.door._on_outcome(OUTCOMES["wrong_batch"])
    window.view("check_in").ask_admit()
    check_picture(window, "check_in_asking_why_light_zh")


def test_a_dimmed_verdict(pictured):
    window = pictured("dark")
    window.door._on_outcome(OUTCOMES["checked_in"])
    window.view("check_in").panel.dim()
    check_picture(window, "check_in_dimmed_dark_zh")


def test_search(pictured):
    window = pictured("dark", "en")
    view = window.view("check_in")
    view.open_search()
    view.search.setText("大")
    view.search.textEdited.emit("大")
    check_picture(window, "check_in_search_dark_en")


def test_walk_in(pictured):
    window = pictured()
    view = window.view("check_in")
    view.open_walk_in()
    form = view.walk_in
    for field, text in ((form.unit_input, "青"), (form.name_input, "陳大")):
        field.setText(text)
        field.textEdited.emit(text)
    check_picture(window, "check_in_walk_in_light_zh")


def test_twice_the_text(pictured):
    window = pictured(scale=2.0)
    window.door._on_outcome(OUTCOMES["late"])
    check_picture(window, "check_in_late_large_zh")


def test_help_beside_the_work(pictured):
    window = pictured("light", "en")
    window.open_help()
    check_picture(window, "check_in_help_light_en")


def test_a_changed_picture_is_noticed(qapp):
    plain = QImage(200, 100, QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    changed = plain.copy()
    for x in range(40):
        changed.setPixelColor(x, 50, Qt.GlobalColor.black)
    assert share_different(coarse(plain), coarse(plain)) == 0
    assert share_different(coarse(plain), coarse(changed)) > 0.001
