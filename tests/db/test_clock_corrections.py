"""A laptop whose clock was wrong: what the exchange measures sets later facts right at once, and
earlier ones by a fact of its own, on every machine and in whatever order things arrive.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_days import busy, facts_of, meet, second_laptop, store_of, tables_of
from factories import FIRST_DAY, Room, moment
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import ClockReading, MeasuredClock, ms_of
from app.services.care import rebuild_tables, verify_event
from app.services.profile import Profile
from db.clock_notes import ClockNotes

HOUR = 3_600_000


@pytest.fixture
def other(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    """Another laptop of the same event, with a chain of its own."""
    opened = second_laptop(stocked_template, tmp_path / "other")
    yield opened
    opened.desk.context.database.close()


def notes_of(room: Room) -> ClockNotes:
    return ClockNotes(room.desk.context.database, room.desk.context.journal)


def arrivals(room: Room) -> dict[str, int]:
    """Return when each person was first read, by what is known."""
    return dict(
        room.connection.execute("SELECT person_id, min(at_ms) FROM scan GROUP BY person_id")
    )


def scan_at(room: Room, number: int, text: str, *, slow_ms: int = 0) -> None:
    """Scan when it truly is `text`, with a clock that is slow by so much."""
    room.clock.pass_ms(ms_of(moment(text, FIRST_DAY)) - slow_ms - room.clock.wall)
    room.scan(room.code(number))


def test_facts_carry_what_was_measured(room: Room) -> None:
    notes_of(room).note(2 * HOUR, 40)
    scan_at(room, 1, "08:50", slow_ms=2 * HOUR)
    assert arrivals(room)[room.person(1)] == ms_of(moment("08:50"))
    assert room.desk.context.now() == moment("08:50")
    row = room.connection.execute(
        "SELECT at, offset_ms, offset_quality FROM fact ORDER BY row DESC LIMIT 1"
    ).fetchone()
    assert row == (ms_of(moment("06:50")), 2 * HOUR, "measured")
    assert verify_event(room.desk.context).is_sound


def test_the_first_measurement_sets_earlier_facts_of_this_boot_right(room: Room) -> None:
    for number in range(4):
        scan_at(room, number, f"08:3{number}", slow_ms=HOUR)
    before = facts_of(room)
    assert notes_of(room).note(HOUR, 30) == 1
    assert before < facts_of(room)
    for number in range(4):
        assert arrivals(room)[room.person(number)] == ms_of(moment(f"08:3{number}"))
    assert verify_event(room.desk.context).is_sound
    stored = tables_of(room)
    rebuild_tables(room.desk.context)
    assert tables_of(room) == stored
    assert notes_of(room).note(HOUR, 30) == 0


def test_a_clock_that_was_set_meanwhile_is_known_by_the_one_that_never_goes_back(
    room: Room,
) -> None:
    notes = notes_of(room)
    scan_at(room, 1, "08:40", slow_ms=3 * HOUR)
    room.clock.wall += 3 * HOUR  # somebody sets it right
    scan_at(room, 2, "08:45")
    scan_at(room, 3, "08:46")
    assert notes.note(5, 30) == 1
    for number, text in ((1, "08:40"), (2, "08:45"), (3, "08:46")):
        assert abs(arrivals(room)[room.person(number)] - ms_of(moment(text))) < 1000
    room.clock.wall -= HOUR  # and wrong again, with the measurement still known
    scan_at(room, 4, "08:50", slow_ms=HOUR)
    assert abs(arrivals(room)[room.person(4)] - ms_of(moment("08:50"))) < 1000
    assert verify_event(room.desk.context).is_sound


def test_a_small_error_is_no_reason_for_a_fact(room: Room) -> None:
    scan_at(room, 1, "08:40", slow_ms=30_000)
    assert notes_of(room).note(30_000, 30) == 0


@pytest.mark.parametrize("correction_first", [False, True])
def test_everybody_reads_the_corrected_time(
    room: Room, other: Room, correction_first: bool
) -> None:
    busy(room, range(3), "A", "08:40")
    for number in range(2, 6):
        scan_at(other, number, "08:41", slow_ms=HOUR)
        other.clock.pass_ms(2000)
    if not correction_first:
        meet(store_of(room), store_of(other))
    notes_of(other).note(HOUR, 30)
    meet(store_of(room), store_of(other), most_facts=2)
    assert tables_of(room) == tables_of(other)
    assert arrivals(room)[room.person(5)] - ms_of(moment("08:41")) < 60_000
    for each in (room, other):
        assert verify_event(each.desk.context).is_sound
        stored = tables_of(each)
        rebuild_tables(each.desk.context)
        assert tables_of(each) == stored


def test_a_correction_from_a_later_chain_waits_for_what_it_speaks_of(
    room: Room, other: Room
) -> None:
    """The correction is known before the facts are: they come in corrected."""
    busy(other, range(5), "B", "08:40")
    store = store_of(other)
    first = other.desk.context.journal.origin.incarnation
    notes_of(other).note(HOUR, 30)
    store.begin_incarnation(first)
    runs = store.list_lacking(store_of(room).list_tips()).runs
    store_of(room).take(sorted(runs, key=lambda run: run.head.incarnation == first))
    meet(store_of(room), store)
    assert tables_of(room) == tables_of(other)
    assert verify_event(room.desk.context).is_sound


@given(
    wall=st.integers(0, 2**42),
    mono=st.integers(0, 2**40),
    offset=st.integers(-(2**40), 2**40),
    passed=st.integers(0, 2**36),
    set_by=st.integers(-(2**40), 2**40),
)
def test_setting_the_clock_does_not_change_true_time(
    wall: int, mono: int, offset: int, passed: int, set_by: int
) -> None:
    measured = MeasuredClock.of(ClockReading(wall, mono, "boot", 480), offset)
    later = ClockReading(wall + passed + set_by, mono + passed, "boot", 480)
    found = measured.offset_ms(later)
    assert found is not None
    assert later.wall_ms + found == wall + offset + passed
    assert measured.offset_ms(ClockReading(wall, mono, "another", 480)) is None
