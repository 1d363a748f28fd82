"""Clocks: recorded as seen, never rewritten; hybrid time only grows; ids rise with it."""

import time
import uuid

from factories import Room, moment
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import (
    COUNTER_BITS,
    MAX_AHEAD_MS,
    ClockReading,
    Uuid7Series,
    has_jumped,
    merged_hlc,
    moment_of,
    ms_of,
    next_hlc,
    read_clock,
    uuid7,
)
from app.domain.facts import Draft, FactKind
from app.system_clock import SystemClock

MS = st.integers(0, 2**44)
UNIT = Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"})


@given(st.lists(MS, min_size=1, max_size=30))
def test_hybrid_time_rises_whatever_the_wall_clock_does(walls: list[int]) -> None:
    last = 0
    for wall in walls:
        following = next_hlc(last, wall)
        assert following > last
        assert following >= wall << COUNTER_BITS
        last = following


@given(own=MS, remote=MS, wall=MS)
def test_a_wild_remote_clock_is_stored_but_never_followed(own: int, remote: int, wall: int) -> None:
    merged = merged_hlc(own << COUNTER_BITS, remote << COUNTER_BITS, wall)
    assert merged >= own << COUNTER_BITS
    if remote > wall + MAX_AHEAD_MS:
        assert merged == own << COUNTER_BITS
    else:
        assert merged >> COUNTER_BITS == max(own, remote)


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_ids_are_uuids_of_version_7(at_ms: int, tail: bytes) -> None:
    made = uuid.UUID(uuid7(at_ms, lambda count: tail[:count]))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == at_ms


@given(st.lists(st.integers(0, 2**48 - 1), max_size=50))
def test_ids_of_a_series_rise_and_never_repeat(moments: list[int]) -> None:
    series = Uuid7Series()
    made = [series.next(at) for at in moments]
    assert made == sorted(set(made))


def test_ids_within_one_millisecond_rise_through_the_worst_of_luck() -> None:
    series = Uuid7Series(lambda count: b"\xff" * count)
    made = [series.next(7) for _ in range(100_000)]
    assert made == sorted(set(made))
    assert {uuid.UUID(text).version for text in made[::997]} == {7}


@given(st.integers(-(10**12), 10**13))
def test_moments_and_milliseconds_are_each_others_reverse(at_ms: int) -> None:
    assert ms_of(moment_of(at_ms)) == at_ms


def reading(wall: int, mono: int, boot: str = "a") -> ClockReading:
    return ClockReading(wall, mono, boot, 480)


def test_a_clock_that_was_set_is_noticed_within_one_boot() -> None:
    before = reading(1_000_000, 1000)
    assert not has_jumped(before, reading(1_500_000, 501_000))
    assert not has_jumped(before, reading(1_060_000, 1000))
    assert has_jumped(before, reading(1_060_001, 1000))
    assert has_jumped(before, reading(939_999, 1000))
    assert not has_jumped(before, reading(99_000_000, 5, "b"))


def test_facts_written_after_somebody_set_the_clock_are_doubtful(room: Room) -> None:
    room.at("08:45")
    assert room.append(UNIT)[0].offset_quality == "unknown"
    room.clock.wall += 3_600_000  # the monotonic clock stands
    assert room.append(UNIT)[0].offset_quality == "doubtful"
    room.clock.pass_ms(1000)
    assert room.append(UNIT)[0].offset_quality == "unknown"
    room.clock.boot, room.clock.mono = "boot-2", 10
    room.clock.wall += 86_400_000
    assert room.append(UNIT)[0].offset_quality == "unknown"


def test_a_doubtful_check_in_is_never_refused_but_looked_at(room: Room) -> None:
    room.at("08:45")
    room.append(UNIT)
    room.clock.wall += 600_000
    assert room.scan(room.code(1)).verdict == "checked_in"
    room.at("17:00")
    room.scan(room.code(1))
    sheet = room.office.closing.credit_sheet("b1d1")
    line = next(line for line in sheet.lines if line.person.id == room.person(1))
    assert "clock_doubtful" in {finding.reason.value for finding in line.proposal.findings}


def test_every_clock_is_recorded_as_it_was(room: Room) -> None:
    room.at("08:45")
    room.clock.tz, room.clock.boot = -300, "boot-9"
    (fact,) = room.append(UNIT)
    row = room.connection.execute(
        "SELECT at, mono, boot, tz, offset_ms FROM fact WHERE id=?", (fact.id,)
    ).fetchone()
    assert row == (ms_of(moment("08:45")), room.clock.mono, "boot-9", -300, 0)


def test_a_time_that_a_person_told_is_kept_beside_the_time_it_was_told(room: Room) -> None:
    room.at("10:00")
    told = Draft(
        kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"}, at_ms=ms_of(moment("08:00"))
    )
    fact, following = room.append(told, UNIT)
    assert fact.at == ms_of(moment("08:00"))
    assert fact.hlc >> COUNTER_BITS == ms_of(moment("10:00"))
    assert following.hlc > fact.hlc


def test_the_machines_own_clocks_go_on_and_agree() -> None:
    clock = SystemClock()
    before = read_clock(clock)
    after = read_clock(clock)
    assert after.mono_ms >= before.mono_ms
    assert after.boot == before.boot
    assert not has_jumped(before, after)
    if hasattr(time, "CLOCK_BOOTTIME"):  # counts the hours a laptop slept, too
        asleep_too = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        assert after.mono_ms <= asleep_too <= clock.mono_ms()
