"""The Overview place: figures that add up, and phone numbers by one key."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_fakes import at, filled_office, make_desk, make_rows
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.services.checkin import Counts
from ui.changes import Change
from ui.screens.overview.figures import (
    BARS_AT_MOST,
    STEP,
    arrivals_per_step,
    figures_by_unit,
)
from ui.screens.overview.overview_view import build

moments = st.integers(0, 12 * 60).map(lambda minute: at(7 + minute // 60, minute % 60))


@pytest.fixture
def place(qtbot, dressed):
    office = filled_office(60)
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.opened()
    view.office, view.told = office, told
    return view


@given(st.lists(st.one_of(st.none(), moments), max_size=40))
def test_bars_hold_everybody_who_came_and_have_no_holes(arrivals):
    rows = [
        replace(row, arrived_at=moment)
        for row, moment in zip(make_rows(len(arrivals)), arrivals, strict=True)
    ]
    bars = arrivals_per_step(rows)
    assert sum(count for _, count in bars) == sum(1 for moment in arrivals if moment)
    assert len(bars) <= BARS_AT_MOST
    assert all(after - before == STEP for (before, _), (after, _) in pairwise(bars))


def test_units_with_most_people_missing_come_first():
    figures = figures_by_unit(make_rows(90))
    assert [unit.not_yet for unit in figures] == sorted(
        (unit.not_yet for unit in figures), reverse=True
    )
    assert all(0 <= unit.present <= unit.arrived <= unit.expected for unit in figures)


def test_somebody_cancelled_who_came_all_the_same_is_counted():
    came, away = make_rows(2)
    rows = (replace(came, status="cancelled"), replace(away, status="cancelled", arrived_at=None))
    assert sum(unit.expected for unit in figures_by_unit(rows)) == 1


def test_the_numbers_are_those_of_the_door(place):
    counts = place.office.checkin.now
    assert place.arrived.text() == str(counts.arrived)
    assert place.not_yet.text() == str(counts.expected - counts.arrived)


def test_a_scan_refreshes_the_numbers(place):
    place.office.checkin.now = Counts(expected=60, arrived=59, present=1)
    place.reload(frozenset({Change.SCANS}))
    assert place.arrived.text() == "59"


def test_one_key_copies_the_phone_of_a_missing_school(qtbot, place):
    place.missing.select_place(1)
    place.missing.setFocus()
    qtbot.keyClick(place.missing, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "08-7991201"
    assert "08-7991201" in place.told.notices[-1]


def test_a_school_without_a_phone_says_so(place):
    place.missing.select_place(2)
    place.copy_button.click()
    assert place.told.notices == ["這所學校沒有電話資料。"]


def test_the_whole_list_is_copied_as_a_table(place):
    place.copy_all_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 14
    assert all(line.count("\t") == 3 for line in lines)
