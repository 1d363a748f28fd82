"""The Overview on a help day: figures that add up, read again as the line moves."""

import itertools
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import moment
from help_door_day import DAY, busy_morning, make_template, open_day
from hypothesis import given
from hypothesis import strategies as st

from app.domain.visits import GoneReason, Visit, VisitId, VisitState
from ui.changes import Change
from ui.screens.overview.help_load import HOUR, HOURS_AT_MOST, figures_by_hour
from ui.screens.overview.overview_view import build

ZONE = ZoneInfo("Asia/Taipei")
NINE_MS = 1_694_480_400_000
"""2023-09-12 09:00 at the venue."""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("load") / "profile")


@pytest.fixture
def day(template, tmp_path, dressed):
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.close()


@pytest.fixture
def place(qtbot, day):
    day.desk.station.set_session("help1")
    view = build(day.desk)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    day.desk.changes.changed.connect(view.reload)
    view.opened()
    yield view
    assert day.told.errors == []


def visit(number, arrived_min, closed_min, reason=""):
    state = VisitState.WAITING if closed_min is None else VisitState.DONE
    return Visit(
        id=VisitId(str(number)), session="help1", ticket=f"A{number:03d}", station="A",
        arrived_ms=NINE_MS + arrived_min * 60_000, state=VisitState.GONE if reason else state,
        closed_ms=None if closed_min is None else NINE_MS + closed_min * 60_000, reason=reason,
    )  # fmt: skip


MINUTES = st.integers(-600, 700)


@given(st.lists(st.tuples(MINUTES, st.none() | MINUTES), max_size=25))
def test_hours_hold_every_visit_and_have_no_holes(spans):
    visits = [visit(number, *span) for number, span in enumerate(spans)]
    hours = figures_by_hour(visits, ZONE)
    assert len(hours) <= HOURS_AT_MOST
    assert sum(one.arrived for one in hours) == len(visits)
    assert sum(one.finished for one in hours) == sum(1 for _, end in spans if end is not None)
    for before, after in itertools.pairwise(hours):
        assert after.starts_at - before.starts_at == HOUR == timedelta(hours=1)


def test_the_hours_of_the_day_are_there_from_the_first_visitor_on():
    opening = (moment("09:00", DAY), moment("16:00", DAY))
    hours = figures_by_hour([visit(1, 130, None)], ZONE, opening)
    assert [one.starts_at.hour for one in hours] == list(range(9, 16))
    assert [one.arrived for one in hours] == [0, 0, 1, 0, 0, 0, 0]


def test_a_voided_number_never_came():
    assert figures_by_hour([visit(1, 5, 6, GoneReason.VOID)], ZONE) == ()


def test_a_help_day_shows_its_load_and_a_briefing_its_roster(place, day):
    busy_morning(day)
    place.reload(frozenset({Change.HELP_DESK}))
    load = place.help_load
    assert place.pages.currentWidget() is load
    numbers = day.help.visits.numbers("help1")
    assert load.waiting.text() == str(numbers.waiting) == "3"
    assert load.finished.text() == str(numbers.done) == "9"
    assert load.desks.text() == "2"
    assert load.longest.text() == f"{day.help.visits.board('help1').longest_wait_min} 分"
    place.sessions.pick("b1d1")
    assert place.pages.currentWidget() is not load
    assert place.expected.text() == "4"


def test_nobody_serving_while_people_wait_is_marked(place, day):
    day.visitor("青山國小")
    place.reload(frozenset({Change.HELP_DESK}))
    assert place.help_load.desks.text() == "0"
    assert place.help_load.desks.styleSheet()
    day.on_duty("諮詢甲", "1")
    place.reload(frozenset({Change.HELP_DESK}))
    assert not place.help_load.desks.styleSheet()
