"""The door: scans, choices, undo, search and walk-ins, by keyboard alone."""

from dataclasses import fields

import pytest
from fakes import FakeEvents, make_outcome
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from app.domain.errors import StorageFailed
from app.domain.verdict import Direction, StationDirection, Tone, Verdict
from app.domain.verdict_words import HEADLINES
from app.domain.words import Words
from app.services.checkin import ScanOutcome
from ui.language import set_language
from ui.scan_filter import ScannedText
from ui.screens.check_in import wording
from ui.screens.check_in.verdict_panel import DIM_AFTER_MS, panel_text
from ui.screens.check_in.why import duration, why

NOON = make_outcome(Verdict.CHECKED_IN).at


def scan(window, text: str) -> None:
    window.take_scan(ScannedText(text=text, reader="keyboard", at=NOON))


def compose(field: QLineEdit, text: str) -> None:
    """Type through an input method, as Chinese is typed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


@pytest.fixture
def script(services):
    """Let a badge code give a verdict."""

    def arrange(code: str, verdict: Verdict, person: str | None = "P1") -> None:
        services.checkin.script[code] = (verdict, person)

    return arrange


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_domain_has_words(language):
    for words, members in (
        (HEADLINES, Verdict),
        (wording.TONE_WORDS, Tone),
        (wording.DIRECTIONS, Direction),
        (wording.STATION_DIRECTIONS, StationDirection),
    ):
        assert set(words) == set(members)
        assert all(text.in_language(language) for text in words.values())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_says_why(dressed, verdict, language):
    set_language(dressed, language)
    assert why(make_outcome(verdict), str)
    assert panel_text(make_outcome(verdict), str).headline


def test_headlines_differ():
    assert len({words.zh for words in HEADLINES.values()}) == len(Verdict)
    assert len({words.en for words in HEADLINES.values()}) == len(Verdict)


def test_detail_lines_give_the_numbers(dressed):
    early = make_outcome(Verdict.EARLY_LEAVE, minutes_present=155, short_minutes=25)
    assert "2 小時 35 分" in why(early, str)
    assert "3 小時" in why(early, str)
    assert "25" in why(early, str)
    assert "231" in why(make_outcome(Verdict.UNKNOWN, person=None), str)
    moved = make_outcome(Verdict.NOT_ON_ROSTER, other_session="B2D1", sub_reason="wrong_batch")
    assert "《B2D1》" in why(moved, "《{}》".format)
    assert "另一梯次" in why(moved, str)
    again = make_outcome(Verdict.ALREADY_IN, last_at=NOON, last_station="C")
    assert f"{NOON:%H:%M}" in why(again, str)
    assert "C" in why(again, str)


@pytest.mark.parametrize(
    ("minutes", "text"), [(25, "25 分"), (60, "1 小時"), (155, "2 小時 35 分")]
)
def test_durations(dressed, minutes, text):
    assert duration(minutes) == text


def test_a_scan_fills_the_panel_and_the_list(window, door, script):
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    assert door.panel.text.name == "林采潔"
    assert door.panel.text.tone is Tone.OK
    assert door.recent.entries.rowCount() == 1
    assert not door.panel.is_dim


def test_the_panel_dims_when_it_is_no_longer_news(window, door, script):
    assert door.panel._dim_later.interval() == DIM_AFTER_MS == 8_000
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    door.panel._dim_later.timeout.emit()
    assert door.panel.is_dim
    scan(window, "A1")
    assert not door.panel.is_dim


def test_counts_follow(window, door, script, qtbot):
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    qtbot.waitUntil(lambda: door.header.arrived.text() == "1")


def test_no_session_says_what_to_do_first(shell, services):
    services.events = FakeEvents(())
    shell.attach(services)
    assert shell.view("check_in").panel.text.headline == wording.NO_SESSION.zh


def test_admit_asks_for_a_reason_by_one_key(window, door, script, services, qtbot):
    script("A1", Verdict.NOT_ON_ROSTER)
    scan(window, "A1")
    assert not door.admit_button.isHidden()
    qtbot.keyClick(door.panel, Qt.Key.Key_F2)
    assert door.reasons.is_asking
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2)
    assert services.checkin.reasons == [wording.ADMIT_REASONS[1].zh]
    assert door.panel.text.headline == wording.ADMITTED.zh
    assert not door.reasons.is_asking


def test_undo_asks_for_a_reason_by_one_key(window, door, script, services, qtbot):
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    door.panel.setFocus()
    qtbot.keyClick(door.panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1)
    assert services.checkin.reasons == [wording.UNDO_REASONS[0].zh]
    assert services.checkin.scans[0].voided
    assert door.panel.text.headline == wording.VOIDED.zh


def test_a_new_scan_wins_over_a_question(window, door, script, services):
    script("A1", Verdict.NOT_ON_ROSTER)
    script("A2", Verdict.CHECKED_IN, "P2")
    scan(window, "A1")
    door.ask_admit()
    scan(window, "A2")
    assert not door.reasons.is_asking
    assert door.panel.text.name == "陳大文"
    assert services.checkin.reasons == []


def test_nothing_to_admit_or_undo_is_said(window, door):
    door.ask_admit()
    assert window.strip.message.text() == wording.NOTHING_TO_ADMIT.zh
    door.ask_undo()
    assert window.strip.message.text() == wording.NOTHING_TO_UNDO.zh


def test_search_tells_homonyms_apart_and_enter_checks_in(window, door, services, qtbot):
    door.open_search()
    compose(door.search, "大")
    assert door.side.currentWidget() is door.found_page
    assert door.found.entries.rowCount() == 2
    assert "海風國中" in door.found.entries.index(0, 0).data()
    qtbot.keyClick(door.search, Qt.Key.Key_Down)
    qtbot.keyClick(door.search, Qt.Key.Key_Return)
    assert services.checkin.scans[0].person.id == "P3"
    assert door.side.currentWidget() is door.recent_page
    assert door.search.text() == ""


def test_search_that_finds_nobody_says_what_to_try(window, door, qtbot):
    door.open_search()
    qtbot.keyClicks(door.search, "xyz")
    assert door.found_hint.text() == wording.FOUND_NONE.zh


def test_slash_opens_the_search(window, door, qtbot):
    door.panel.setFocus()
    qtbot.keyClick(door.panel, Qt.Key.Key_Slash)
    assert door.search.hasFocus()


def test_a_walk_in_by_keyboard(window, door, services, qtbot):
    door.panel.setFocus()
    qtbot.keyClick(door.panel, Qt.Key.Key_F4)
    form = door.walk_in
    compose(form.unit_input, "青")
    assert form.units.entries.rowCount() == 2
    qtbot.keyClick(form.unit_input, Qt.Key.Key_Down)
    qtbot.keyClick(form.unit_input, Qt.Key.Key_Return)
    assert form.unit_input.text() == "青海國中"
    assert form.name_input.hasFocus()
    qtbot.keyClicks(form.name_input, "Amy Wu")
    qtbot.keyClick(form.name_input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (sent,) = services.checkin.forms
    assert (sent.name, sent.unit_id, sent.unit_text) == ("Amy Wu", "U2", "青海國中")
    assert door.side.currentWidget() is door.recent_page
    assert form.name_input.text() == ""


def test_a_scan_during_a_walk_in_leaves_the_form_alone(window, door, script, qtbot):
    script("A1", Verdict.CHECKED_IN)
    door.open_walk_in()
    form = door.walk_in
    form.name_input.setFocus()
    qtbot.keyClicks(form.name_input, "Amy")
    scan(window, "A1")
    assert door.panel.text.name == "林采潔"
    assert form.name_input.text() == "Amy"
    assert form.name_input.hasFocus()
    assert door.side.currentWidget() is door.walk_in_page


def test_a_walk_in_shows_who_it_may_be_and_checks_that_person_in(window, door, services, qtbot):
    door.open_walk_in()
    compose(door.walk_in.name_input, "陳大")
    assert door.walk_in.similar.entries.rowCount() == 2
    door.walk_in.similar.pick_current()
    assert services.checkin.scans[0].person.id == "P2"
    assert services.checkin.forms == []


def test_a_refused_walk_in_says_why_at_the_field(window, door, qtbot):
    door.open_walk_in()
    form = door.walk_in
    form.unit_input.setText("青山國小")
    form.name_input.setText("A")
    form._save()
    assert form.problem.text() == "姓名太短。"
    assert form.name_input.hasFocus()
    form.name_input.clear()
    form._save()
    assert form.problem.text() == wording.NAME_MISSING.zh


def test_escape_closes_step_by_step(window, door, script, qtbot):
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    door.open_walk_in()
    door.ask_undo()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not door.reasons.is_asking
    assert door.side.currentWidget() is door.walk_in_page
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert door.side.currentWidget() is door.recent_page


def test_direction_goes_round_with_f6(window, door, qtbot):
    door.panel.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(door.panel, Qt.Key.Key_F6)
        seen.append(window.station.current.direction)
    assert seen == [StationDirection.IN, StationDirection.OUT, StationDirection.AUTO]


def test_picking_a_session_moves_the_station(window, door):
    door.header.sessions.pick("B1D1")
    assert window.station.current.session == "B1D1"


def test_a_failure_is_said_and_the_next_scan_works(window, door, script, services):
    script("A1", Verdict.CHECKED_IN)
    services.checkin.broken = StorageFailed(
        Words("磁碟寫不進去。", "The disk cannot be written."),
        remedy=Words("清出空間。", "Free space."),
    )
    scan(window, "A1")
    assert window.strip.message.text() == "磁碟寫不進去。清出空間。"
    services.checkin.broken = None
    scan(window, "A1")
    assert door.panel.text.name == "林采潔"


def test_the_language_switches_at_run_time(window, door, script, dressed, qtbot):
    script("A1", Verdict.CHECKED_IN)
    scan(window, "A1")
    set_language(dressed, "en")
    qtbot.waitUntil(lambda: door.panel.text.headline == "Checked in")
    assert door.undo_button.text() == "Undo Ctrl+Z"
    set_language(dressed, "zh")
    qtbot.waitUntil(lambda: door.panel.text.headline == "報到完成")


def test_the_panel_shows_what_an_outcome_knows(dressed):
    outcome = make_outcome(Verdict.CHECKED_IN, person="P3")
    text = panel_text(outcome, str)
    assert (text.name, text.unit, text.attention) == ("陳大文", "白雲國小　導師", "素食・前排座位")
    assert {field.name for field in fields(ScanOutcome)} >= {"verdict", "person", "detail"}
