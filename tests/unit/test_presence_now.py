"""Where somebody is now: one room at most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import FactId
from app.domain.presence import LONGEST_STAY, Whereabouts, where_now
from app.domain.scans import Direction, PastScan, Verdict

START = datetime(2023, 8, 7, 0, 30, tzinfo=UTC)


def scan(minute: int, way: str, station: str = "A", *, counts: bool = True) -> PastScan:
    return PastScan(
        at=START + timedelta(minutes=minute),
        station=station,
        direction=Direction(way),
        verdict=Verdict.CHECKED_IN if way == "in" else Verdict.CHECKED_OUT,
        counts=counts,
        fact_id=FactId(f"f{minute}{way}{station}"),
    )


NOW = START + timedelta(hours=3)


@pytest.mark.parametrize(
    ("scans", "where"),
    [
        ({}, None),
        ({"b1d1": [scan(0, "in"), scan(60, "out")]}, None),
        ({"b1d1": [scan(0, "in", counts=False)]}, None),
        (
            {"b1d1": [scan(0, "in"), scan(60, "out"), scan(70, "in", "B")]},
            Whereabouts(session="b1d1", since=START + timedelta(minutes=70), station="B"),
        ),
        (
            {"b1d1": [scan(0, "in")], "help": [scan(90, "in", "C")]},
            Whereabouts(
                session="help",
                since=START + timedelta(minutes=90),
                station="C",
                left_open=("b1d1",),
            ),
        ),
    ],
    ids=["never seen", "left", "did not count", "back in", "moved on"],
)
def test_somebody_is_in_the_room_entered_last(scans, where) -> None:
    assert where_now(scans, NOW) == where


def test_who_forgot_to_sign_out_is_not_here_the_next_day() -> None:
    scans = {"b1d1": [scan(0, "in")]}
    assert where_now(scans, START + LONGEST_STAY) is not None
    assert where_now(scans, START + LONGEST_STAY + timedelta(minutes=1)) is None


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.lists(st.tuples(st.integers(0, 170), st.sampled_from(["in", "out"])), max_size=6),
    )
)
def test_nobody_is_in_a_room_they_left(made) -> None:
    scans = {name: [scan(minute, way) for minute, way in each] for name, each in made.items()}
    where = where_now(scans, NOW)
    if where is not None:
        last = max(scans[where.session], key=lambda one: (one.at, one.direction.value))
        assert where.since <= NOW
        assert last.direction is Direction.IN or any(
            one.at == last.at and one.direction is Direction.IN for one in scans[where.session]
        )
        assert where.session not in where.left_open
