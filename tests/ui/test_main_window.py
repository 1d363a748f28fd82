"""The frame: paints before services, keeps early scans, speaks without ever being modal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fakes import FakeServices, make_outcome
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.domain.errors import Cancelled
from app.domain.verdict import Tone, Verdict
from app.domain.words import Words
from app.sync.status import SyncState, SyncStatus
from ui.background import InlineTaskRunner, ThreadTaskRunner
from ui.changes import Change
from ui.language import say, set_language
from ui.main_window import MainWindow
from ui.place import PlaceView
from ui.places import TITLES, places_with
from ui.readers.source import ReaderCondition, ReaderSort, ReaderState
from ui.scan_filter import ScannedText
from ui.screens.check_in.wording import OPENING
from ui.status import DeskStatus, Mood, ReaderStatus, now_utc, pieces
from ui.theme import apply_theme
from ui.widgets.parts import label


class Notes(PlaceView):
    """A place that remembers what happened to it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = []
        self.takes = False

    def opened(self):
        self.seen.append("opened")

    def reload(self, changes):
        self.seen.append(set(changes))

    def take_scan(self, text):
        if self.takes:
            self.seen.append(text)
        return self.takes

    def keys(self):
        return (("X", "does <x>"),)


@pytest.fixture
def notes_window(qtbot, dressed):
    built = []

    def build(_desk):
        built.append(Notes())
        return built[-1]

    window = MainWindow(InlineTaskRunner(), places=places_with({"roster": build}))
    qtbot.addWidget(window)
    window.show()
    window.attach(FakeServices())
    window.built = built
    return window


def reading(text="A1"):
    return ScannedText(text=text, reader="keyboard", at=now_utc())


def test_it_paints_before_services_and_keeps_early_scans(shell, services):
    assert shell.opening.text.headline == OPENING.zh
    services.checkin.script["A1"] = (Verdict.CHECKED_IN, "P1")
    shell.take_scan(reading("A1"))
    shell.take_scan(reading("A2"))
    assert services.checkin.raws == []
    shell.attach(services)
    assert services.checkin.raws == ["A1", "A2"]


def test_places_are_built_on_the_first_visit(notes_window, qtbot):
    assert notes_window.built == []
    qtbot.keyClick(notes_window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert notes_window.current_place == "roster"
    notes_window.go_to("check_in")
    notes_window.go_to("roster")
    assert len(notes_window.built) == 1


def test_a_place_not_made_is_said_and_the_place_stays(notes_window):
    notes_window.go_to("board")
    assert notes_window.current_place == "check_in"
    assert notes_window.rail.buttons["check_in"].isChecked()
    assert not notes_window.strip.isHidden()


def test_changes_reach_the_place_in_front_now_and_others_on_their_next_visit(notes_window):
    notes_window.go_to("roster")
    (notes,) = notes_window.built
    notes_window.changes.tell(Change.ROSTER)
    notes_window.go_to("check_in")
    notes_window.changes.tell(Change.SCANS, Change.UNITS)
    notes_window.changes.tell(Change.BADGES)
    assert notes.seen == ["opened", {Change.ROSTER}]
    notes_window.go_to("roster")
    assert notes.seen[2:] == [{Change.SCANS, Change.UNITS, Change.BADGES}, "opened"]


def test_a_place_may_take_scans_else_the_door_judges_and_tells(notes_window):
    notes_window.go_to("roster")
    (notes,) = notes_window.built
    notes.takes = True
    notes_window.take_scan(reading("CARD"))
    assert notes.seen[-1] == "CARD"
    notes.takes = False
    notes_window.take_scan(reading("A9"))
    assert notes_window.desk.services.checkin.raws == ["A9"]
    assert notes_window.current_place == "roster"
    assert "無法辨識" in notes_window.strip.message.text()


def test_errors_are_words_and_their_details_hold_no_data(window, services):
    try:
        raise ValueError("林采潔 A123456789")
    except ValueError as error:
        window.report(error)
    assert window.strip.copy_button.isVisibleTo(window.strip)
    window.strip.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "A123456789" not in copied
    assert "林采潔" not in copied
    window.report(Cancelled())
    assert not window.strip.copy_button.isVisibleTo(window.strip)


def test_long_work_shows_progress_and_can_be_cancelled(qtbot, dressed, services):
    runner = ThreadTaskRunner()
    window = MainWindow(runner)
    qtbot.addWidget(window)
    window.show()
    window.attach(services)
    got = []

    def work(progress):
        done = 0
        while progress(done, 0):
            done += 1
        raise Cancelled

    window.long_work("匯入", work, got.append, owner=window)
    qtbot.waitUntil(window.progress.isVisible)
    window.progress.cancel_button.click()
    qtbot.waitUntil(lambda: not window.strip.isHidden())
    assert window.progress.isHidden()
    assert got == []
    runner.shutdown()


def test_quick_work_shows_no_progress(window):
    got = []
    window.long_work("匯入", lambda report: report(1, 1), got.append, owner=window)
    assert got == [True]
    assert window.progress.isHidden()


def test_help_and_keys_open_beside_the_work(window, door, qtbot):
    door.panel.setFocus()
    qtbot.keyClick(door.panel, Qt.Key.Key_F1)
    assert "直接掃描名牌" in window.help.page.toPlainText()
    qtbot.keyClick(window.help.page, Qt.Key.Key_Escape)
    assert window.help.isHidden()
    window.open_keys()
    assert "Ctrl+Z" in window.help.page.toPlainText()


def test_the_key_map_shows_markup_as_text(notes_window):
    notes_window.go_to("roster")
    notes_window.open_keys()
    assert "does <x>" in notes_window.help.page.toPlainText()


def test_titles_have_both_languages():
    assert len(TITLES) == 7
    assert all(words.zh and words.en for words in TITLES.values())


def test_an_own_page_can_stand_in_for_the_places(shell):
    page = label("", "start")
    shell.show_page(page)
    assert shell.stack.currentWidget() is page


NOW = datetime(2023, 8, 7, 9, tzinfo=UTC)
"""Fixed: a suite may take longer from collecting to running than a hub is near."""


@pytest.mark.parametrize(
    ("desk", "key", "mood"),
    [
        (DeskStatus(sync=SyncStatus(state=SyncState.OFFLINE, queue=4)), "hub", Mood.CALM),
        (DeskStatus(sync=SyncStatus(state=SyncState.SYNCED)), "hub", Mood.GOOD),
        (DeskStatus(), "roster", Mood.CAUTION),
        (DeskStatus(sync=SyncStatus(clock_offset_ms=180_000)), "clock", Mood.CAUTION),
        (DeskStatus(backup_at=NOW), "backup", Mood.CALM),
        (DeskStatus(rehearsal=True), "person", Mood.DANGER),
    ],
)
def test_the_foot_says_how_things_are(dressed, shell, monkeypatch, desk, key, mood):
    monkeypatch.setattr("ui.main_window.now_utc", lambda: NOW)
    told = pieces(shell.station.current, desk, ReaderStatus(), NOW)
    assert told[key].mood is mood
    assert all(piece.text and piece.remedy for piece in told.values())
    shell.show_status(desk)
    assert shell.foot.buttons[key].text() == told[key].text


def test_the_foot_tells_how_the_reader_does(dressed, shell):
    bare = ReaderStatus(last_at=now_utc(), missing_suffix=True)
    composed = ReaderStatus(last_at=now_utc(), input_method=True)
    for reader, word in ((bare, "結尾"), (composed, "輸入法")):
        told = pieces(shell.station.current, DeskStatus(), reader, now_utc())["scanner"]
        assert word in told.text
        assert told.mood is Mood.CAUTION


def test_notices_carry_their_tone(window):
    window.strip.show_notice("好", Tone.OK)
    assert window.strip.accessibleName() == "好"


def test_a_rehearsal_looks_different(shell):
    assert shell.stripe.isHidden()
    shell.show_status(DeskStatus(rehearsal=True))
    assert shell.stripe.isVisible()
    assert "演練" in shell.windowTitle()
    shell.show_status(DeskStatus())
    assert shell.stripe.isHidden()
    assert "演練" not in shell.windowTitle()


def test_the_clock_is_that_of_the_venue_and_of_the_sample_day(shell):
    noon_utc = datetime(2023, 8, 7, 4, 0, tzinfo=UTC)
    station, reader = shell.station.current, ReaderStatus()
    here = DeskStatus(zone=ZoneInfo("Asia/Taipei"))
    assert pieces(station, here, reader, noon_utc)["clock"].text == "12:00"
    moved = replace(here, shift=timedelta(hours=-3))
    assert pieces(station, moved, reader, noon_utc)["clock"].text == "09:00"
    heard = ReaderStatus(last_at=noon_utc - timedelta(hours=3))
    assert "剛剛" in pieces(station, moved, heard, noon_utc)["scanner"].text


def test_another_text_size_makes_the_places_anew(qtbot, window, dressed):
    before = window.view("check_in")
    apply_theme(dressed, "light", scale=1.5)
    try:
        qtbot.waitUntil(lambda: window.view("check_in") not in {None, before})
        assert window.current_place == "check_in"
        assert window.stack.currentWidget() is window.view("check_in")
    finally:
        apply_theme(dressed, "light")


def test_the_station_letter_is_shown_and_changed_at_the_door(window, door):
    letters = door.header.letters
    assert letters.currentText() == f"{window.station.current.letter} 站"
    letters.setCurrentIndex(letters.findData("C"))
    letters.activated.emit(letters.currentIndex())
    assert window.station.current.letter == "C"
    window.station.set_letter("B")
    assert letters.currentData() == "B"


def test_a_session_that_has_no_room_ends_in_an_ellipsis(door):
    picker = door.header.sessions
    picker.setFixedWidth(120)
    assert picker.shown_text().endswith("…")
    picker.setFixedWidth(900)
    assert picker.shown_text() == picker.currentText()


def test_a_verdict_shown_elsewhere_goes_when_the_door_is_in_front(notes_window):
    notes_window.go_to("roster")
    notes_window.door._on_outcome(make_outcome(Verdict.CHECKED_IN))
    assert notes_window.strip.isVisible()
    notes_window.go_to("check_in")
    assert notes_window.strip.isHidden()
    notes_window.notice("kept")
    notes_window.go_to("check_in")
    assert notes_window.strip.isVisible()


def test_the_question_mark_opens_the_keys_whether_shift_counts_or_not(qtbot, window, door):
    for held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        door.panel.setFocus()
        qtbot.keyClick(door.panel, Qt.Key.Key_Question, held)
        assert window.help.isVisible()
        window.help.close_help()


def test_english_has_plain_quotes(dressed):
    set_language(dressed, "en")
    assert say(Words("「甲」", "the “first” one’s")) == 'the "first" one\'s'
    set_language(dressed, "zh")
    assert say(Words("「甲」", "x")) == "「甲」"


def test_before_an_event_the_places_say_what_to_do_first(qtbot, shell):
    qtbot.mouseClick(shell.rail.buttons["roster"], Qt.MouseButton.LeftButton)
    assert "活動" in shell.strip.message.text()
    assert not any(button.isChecked() for button in shell.rail.buttons.values())
    shell.open_help()
    assert "開始" in shell.help.heading.text()
    assert "示範日" in shell.help.page.toPlainText()


def test_a_notice_can_be_read_after_the_scheme_changed(shell, dressed):
    shell.notice("told")
    before = shell.strip.message.styleSheet()
    apply_theme(dressed, "dark")
    try:
        assert shell.strip.message.styleSheet() != before
    finally:
        apply_theme(dressed, "light")


def test_a_reader_that_is_gone_is_told_until_it_is_back(shell):
    lost = ReaderState(
        key="serial:x",
        sort=ReaderSort.SERIAL,
        name="Honeywell",
        condition=ReaderCondition.LOST,
        said=Words("不見了", "Gone"),
        remedy=Words("檢查插頭。", "Look at the plug."),
    )
    shell.show_readers((lost,))
    assert shell.foot.buttons["scanner"].text() == "掃描器：Honeywell 不見了"
    shell.take_scan(reading("A1"))
    assert shell.foot.buttons["scanner"].text() == "掃描器：Honeywell 不見了"
    shell.show_readers((replace(lost, condition=ReaderCondition.READY),))
    assert "不見了" not in shell.foot.buttons["scanner"].text()


def test_a_reader_that_sends_too_much_is_told(shell):
    shell.take_scan(replace(reading("A" * 512), truncated=True))
    shell._show_foot()
    assert "太長" in shell.foot.buttons["scanner"].text()
    shell.take_scan(reading("A1"))
    shell._show_foot()
    assert "太長" not in shell.foot.buttons["scanner"].text()
