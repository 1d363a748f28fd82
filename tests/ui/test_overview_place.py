"""The Overview place: figures that add up, and phone numbers by one key."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_fakes import SESSION, at, filled_office, make_desk, make_rows
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.services.checkin import Counts
from ui.changes import Change
from ui.screens.overview.figures import (
    BARS_AT_MOST,
    STEP,
    arrivals_per_step,
    beside,
    earlier_day,
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


@given(st.lists(moments, min_size=1, max_size=30), st.lists(moments, max_size=30))
def test_the_day_before_is_laid_beside_by_the_time_of_the_day(today, before):
    def rows(arrivals, days):
        return [
            replace(row, arrived_at=moment - timedelta(days=days))
            for row, moment in zip(make_rows(len(arrivals)), arrivals, strict=True)
        ]

    now = at(9, 0)
    earlier = earlier_day(rows(before, 1), (now - timedelta(days=1)).date(), now)
    laid = beside(arrivals_per_step(rows(today, 0)), earlier.arrivals if earlier else ())
    assert len(laid) <= BARS_AT_MOST
    assert all(after - one == STEP for (one, *_), (after, *_) in pairwise(laid))
    if len(laid) < BARS_AT_MOST:
        assert sum(count for _, count, _ in laid) == len(today)
        assert sum(count for *_, count in laid) == len(before)
    if earlier:
        assert earlier.by_now == sum(moment <= now for moment in before)


def test_nobody_yesterday_is_nothing_to_compare_with():
    assert earlier_day(make_rows(0), at(9, 0).date(), at(9, 0)) is None


def test_the_last_day_with_arrivals_is_the_one_compared_with(qtbot, dressed):
    office = filled_office(60)
    rows = office.registrations.rows
    yesterday = tuple(
        replace(row, arrived_at=row.arrived_at and row.arrived_at - timedelta(days=1))
        for row in rows
    )
    chosen = replace(office.events.sessions[0], code="b1d2", held_on=at(9, 0).date())
    first = replace(chosen, code=SESSION, held_on=at(9, 0).date() - timedelta(days=1))
    asked = []

    def list_roster(session, *, text="", limit=5000):
        asked.append(session)
        return {"b1d2": rows, SESSION: yesterday}.get(session, ())

    office.registrations.list_roster = list_roster
    office.events.sessions = (first, chosen)
    view = build(make_desk(office)[0])
    qtbot.addWidget(view)
    view.show()
    seen = []
    view._model.overview_loaded.connect(seen.append)
    view._model.choose_session(chosen)
    view._model.refresh()
    assert seen[-1].before.held_on == first.held_on
    assert seen[-1].before.by_now == sum(row.arrived_at is not None for row in rows)
    assert asked == ["b1d2", SESSION, "b1d2"]
    assert "外框" in view.pace.text()


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
