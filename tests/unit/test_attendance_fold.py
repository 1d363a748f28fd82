from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Attendance, Interval, fold_presence
from app.domain.facts import FactId
from app.domain.scans import Direction, PastScan, Verdict

START = datetime(2023, 8, 7, 0, 30, tzinfo=UTC)


def moment(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def scan(minute: int, way: str, fact: str = "", *, counts: bool = True) -> PastScan:
    return PastScan(
        at=moment(minute),
        station="A",
        direction=Direction(way),
        verdict=Verdict.CHECKED_IN,
        counts=counts,
        fact_id=FactId(fact or f"{minute}{way}"),
    )


def presence(*minutes: tuple[int, int | None]) -> tuple[Interval, ...]:
    return tuple(
        Interval(in_at=moment(start), out_at=None if end is None else moment(end))
        for start, end in minutes
    )


@pytest.mark.parametrize(
    ("scans", "intervals", "lone_exits"),
    [
        ((), (), ()),
        (((0, "in"),), ((0, None),), ()),
        (((0, "in"), (9, "out")), ((0, 9),), ()),
        (((0, "in"), (5, "in"), (9, "out")), ((0, 9),), ()),
        (((0, "in"), (9, "out"), (12, "out")), ((0, 9),), ()),
        (((0, "in"), (9, "out"), (12, "in")), ((0, 9), (12, None)), ()),
        (((5, "out"),), (), (5,)),
        (((5, "out"), (8, "in"), (9, "out"), (11, "out")), ((8, 9),), (5,)),
    ],
)
def test_scans_fold_into_intervals(
    scans: tuple[tuple[int, str], ...],
    intervals: tuple[tuple[int, int | None], ...],
    lone_exits: tuple[int, ...],
) -> None:
    attendance = fold_presence(scan(*given_scan) for given_scan in scans)
    assert attendance.intervals == presence(*intervals)
    assert attendance.exits_without_entry == tuple(map(moment, lone_exits))


def test_only_counting_scans_say_anything() -> None:
    ignored = replace(scan(0, "in", counts=False), hand_entered=True, offset_quality="doubtful")
    assert fold_presence([ignored]) == Attendance()


def test_doubts_of_any_counting_scan_stay() -> None:
    by_hand = replace(scan(0, "in"), hand_entered=True)
    doubtful = replace(scan(9, "out"), offset_quality="doubtful")
    attendance = fold_presence([by_hand, doubtful])
    assert attendance.hand_entered
    assert attendance.clock_doubtful
    assert not fold_presence([scan(0, "in")]).clock_doubtful


def test_scans_of_one_moment_go_by_fact_id() -> None:
    assert fold_presence([scan(3, "out", "b"), scan(3, "in", "a")]).intervals == presence((3, 3))
    assert fold_presence([scan(3, "out", "a"), scan(3, "in", "b")]).intervals == presence((3, None))


@pytest.mark.parametrize(
    ("in_at", "out_at", "minutes"),
    [
        ("2024-03-10T00:45:00-05:00", "2024-03-10T05:00:00-04:00", 195),
        ("2024-11-03T00:20:00-04:00", "2024-11-03T04:25:00-05:00", 305),
    ],
)
def test_minutes_are_real_ones_in_the_nights_when_clocks_change(
    in_at: str, out_at: str, minutes: int
) -> None:
    zone = ZoneInfo("America/New_York")
    start, end = (datetime.fromisoformat(text).astimezone(zone) for text in (in_at, out_at))
    attendance = Attendance(intervals=(Interval(in_at=start, out_at=end),))
    assert attendance.minutes_present == minutes


def test_numbers_come_from_the_intervals() -> None:
    attendance = Attendance(intervals=presence((0, 90), (100, 130)))
    assert (attendance.first_in, attendance.last_out) == (moment(0), moment(130))
    assert (attendance.minutes_present, attendance.is_present) == (120, False)


SCANS = st.lists(
    st.builds(
        scan,
        st.integers(0, 20),
        st.sampled_from(["in", "out"]),
        st.sampled_from(["", "a", "b", "c"]),
        counts=st.booleans(),
    ),
    max_size=8,
)


@given(SCANS, st.randoms(use_true_random=False))
def test_neither_order_nor_duplicates_matter(scans: list[PastScan], random: Random) -> None:
    arrived = scans * 2
    random.shuffle(arrived)
    assert fold_presence(arrived) == fold_presence(scans)


@given(SCANS)
def test_intervals_are_in_order_and_only_the_last_may_be_open(scans: list[PastScan]) -> None:
    attendance = fold_presence(scans)
    bounds = [bound for each in attendance.intervals for bound in (each.in_at, each.out_at)]
    closed = bounds[:-1] if attendance.is_present else bounds
    assert None not in closed
    assert closed == sorted(bound for bound in closed if bound is not None)
