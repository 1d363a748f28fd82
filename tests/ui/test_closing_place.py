"""The Closing place: two keys a person, always a reason; files checked; the seal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_fakes import (
    FakeOffice,
    filled_office,
    make_desk,
    make_line,
    make_lines,
    make_plan,
    make_timeline,
)
from PySide6.QtCore import Qt

from app.domain.credit import Reason
from app.domain.verdict import Direction, Verdict
from app.services.exports import FORMATS, KINDS, PAPER_KINDS, TABLE_KINDS
from ui.language import set_language
from ui.screens.closing import wording
from ui.screens.closing.closing_view import build
from ui.screens.closing.review import group_of, groups_of, lines_of
from ui.screens.closing.timeline_bar import find_day


@pytest.fixture
def office():
    return filled_office()


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    view.opened()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.told = told
    return view


def people(view):
    model = view.review.people.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(qtbot, view, keys):
    for key in keys:
        qtbot.keyClicks(view.review.people, key)


def test_those_without_an_id_number_come_first(place):
    assert place.review.groups.current_row().key == Reason.NO_ID_NUMBER.value
    assert len(people(place)) == 2
    assert place.review.progress.text() == "待審 10・無異常 24・已決定 0"


def test_two_keys_decide_and_the_next_person_comes(qtbot, place, office):
    first, second = people(place)
    press(qtbot, place, "g1")
    assert office.closing.decided == [("P3", True, "現場確認全程在場")]
    assert people(place) == [second]
    assert place.review.people.current_row().person.name == second
    assert first in place.told.notices[-1]


def test_the_reason_may_come_before_the_decision(qtbot, place, office):
    press(qtbot, place, "5d")
    assert office.closing.decided == [("P3", False, "未全程參與")]


def test_without_a_reason_nothing_is_decided(qtbot, place, office):
    press(qtbot, place, "g")
    assert office.closing.decided == []
    assert "理由" in place.review.decision.asking.text()
    press(qtbot, place, "n")
    press(qtbot, place, "2")
    assert office.closing.decided == []  # moving on forgot the decision begun


def test_own_words_are_a_reason_too(qtbot, place, office):
    press(qtbot, place, "g")
    press(qtbot, place, "r")
    field = place.review.decision.own_reason
    assert field.hasFocus()
    qtbot.keyClicks(field, "g1 seen by staff")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert office.closing.decided == [("P3", True, "g1 seen by staff")]


def test_n_leaves_a_person_and_goes_on_to_the_next_group(qtbot, place):
    press(qtbot, place, "n")
    assert place.review.people.currentIndex().row() == 1
    press(qtbot, place, "n")
    assert place.review.groups.current_row().key == Reason.NO_SIGN_OUT.value
    assert place.review.people.currentIndex().row() == 0


def test_after_the_last_of_a_group_the_next_group_comes(qtbot, place):
    press(qtbot, place, "g1g1")
    assert place.review.groups.current_row().key == Reason.NO_SIGN_OUT.value


def test_one_key_approves_the_clean_ones_and_says_how_to_go_back(qtbot, place, office):
    press(qtbot, place, "a")
    assert len(office.closing.decided) == 24
    assert "24" in place.told.notices[-1]
    assert "改判" in place.told.notices[-1]
    assert not place.review.approve_button.isEnabled()
    assert place.review.progress.text() == "待審 10・無異常 0・已決定 24"


def test_a_person_shows_the_scans_of_all_stations(place):
    scans = place.review.detail.scans.model()
    assert scans.rowCount() == 5
    assert {scans.index(row, 1).data() for row in range(5)} == {"A", "B"}
    assert "已復原" in scans.index(4, 2).data()


def test_an_absent_person_cannot_be_decided_on(place):
    place.review.groups.select_key(wording.ABSENT)
    assert not place.review.decision.isEnabled()


def test_a_sealed_session_takes_no_decisions(qtbot, place, office):
    office.closing.close_session("b1d1")
    place.review._model.reload()
    assert not place.review.decision.isEnabled()
    press(qtbot, place, "g1")
    assert office.closing.decided == []


def test_problems_are_listed_before_a_file_is_written(place, office):
    place.tabs.setCurrentWidget(place.files)
    assert place.files.problems.model().rowCount() == 2
    assert office.exports.written == []
    place.files.save_button.click()
    kind, file_format, out = office.exports.written[0]
    assert (kind, file_format, out.name) == ("credit", "ods", "credit-b1d1.ods")
    assert "33" in place.files.result.text()


def test_another_kind_offers_its_own_formats(place):
    files = place.files
    files.kinds.setCurrentIndex(files.kinds.findData("signin"))
    files.kinds.activated.emit(files.kinds.currentIndex())
    assert [files.formats.itemData(n) for n in range(files.formats.count())] == ["pdf"]
    assert Path(files.file.text()).name == "signin-b1d1.pdf"
    assert files.problems.model().rowCount() == 0


def test_sealing_shows_the_heads_and_reopening_asks_why(qtbot, place, office):
    place.tabs.setCurrentWidget(place.seal)
    assert "34" in place.seal.ready.text()  # still undecided
    place.seal.seal_button.click()
    assert place.seal.heads.model().rowCount() == 2
    assert "512" in place.seal.state.text()
    place.seal.reopen_button.click()
    assert office.closing.seal is not None
    qtbot.keyClicks(place.seal.reason.text, "late records")
    qtbot.keyClick(place.seal.reason.text, Qt.Key.Key_Return)
    assert office.closing.seal is None
    assert place.seal.seal_button.isVisible()


def test_an_empty_session_says_what_to_do_first(qtbot, dressed):
    view = build(make_desk(FakeOffice())[0])
    qtbot.addWidget(view)
    view.opened()
    assert view.review.people.empty_note == wording.EMPTY
    assert not view.review.approve_button.isEnabled()


def test_the_place_speaks_english_when_the_window_does(qtbot, place, dressed):
    set_language(dressed, "en")
    told = "10 to review · 24 clean · 0 decided"
    qtbot.waitUntil(lambda: place.review.progress.text() == told)
    assert place.tabs.tabText(2) == "3 Seal"


@given(st.lists(st.lists(st.sampled_from(Reason), unique=True), max_size=12))
def test_every_person_is_in_exactly_one_group(found):
    lines = [make_line(number, *reasons) for number, reasons in enumerate(found)]
    groups = groups_of(lines)
    assert sum(group.people for group in groups) == len(lines)
    for group in groups:
        assert len(lines_of(lines, group.key)) == group.people
    order = list(wording.GROUPS)
    places = [order.index(group.key) for group in groups]
    assert places == sorted(places)


def test_a_missing_id_number_is_told_even_where_the_proposal_is_clean():
    assert group_of(make_line(1)) == wording.CLEAN
    assert group_of(make_line(1, Reason.NO_ID_NUMBER, Reason.LATE)) == "no_id_number"


def test_the_bar_covers_the_session_and_every_scan():
    line, scans = make_lines()[0], make_timeline()
    day = find_day(make_plan(), "b1d1", line.intervals, scans)
    assert all(0 < day.share(scan.at) < 1 for scan in scans)
    assert 0 < day.share(day.starts_at) < day.share(day.ends_at) < 1
    assert len(day.breaks) == 1


def test_every_enum_member_has_words():
    assert wording.REASONS.keys() == set(Reason)
    assert wording.VERDICTS.keys() == set(Verdict)
    assert wording.DIRECTIONS.keys() == set(Direction)
    assert wording.FILE_KINDS.keys() == {*TABLE_KINDS, *PAPER_KINDS}
    assert (wording.FILE_KINDS | wording.HELP_FILE_KINDS).keys() == wording.FORMATS.keys()
    assert wording.FORMATS.keys() == set(KINDS)
    assert {name for names in wording.FORMATS.values() for name in names} <= {*FORMATS, "zip"}
    assert wording.FORMAT_NAMES.keys() == {*FORMATS, "zip"}


def test_a_help_day_has_files_but_nothing_to_decide(qtbot, place, office, tmp_path):
    place.sessions.pick("help1")
    tabs = place.tabs
    assert [tabs.isTabVisible(tabs.indexOf(page)) for page in (place.review, place.files)] == [
        False,
        True,
    ]
    offered = {place.files.kinds.itemData(row) for row in range(place.files.kinds.count())}
    assert offered == set(wording.HELP_FILE_KINDS)
    assert "credit" not in offered
    place.files.languages.setCurrentIndex(1)
    place.files.wish()
    place.files.file.setText(str(tmp_path / "report.pdf"))
    qtbot.mouseClick(place.files.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(office.exports.written))
    assert office.exports.written == [("report", "pdf", tmp_path / "report.pdf")]
    place.sessions.pick("b1d1")
    assert tabs.isTabVisible(tabs.indexOf(place.review))
    assert place.files.kinds.itemData(0) == "credit"
