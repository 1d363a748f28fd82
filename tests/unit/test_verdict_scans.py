from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import FactId, PersonId
from app.domain.verdict import (
    COUNTING,
    TONES,
    Candidate,
    Direction,
    Judgement,
    PastScan,
    ReadingKind,
    RegistrationStatus,
    SessionWindow,
    StationDirection,
    Verdict,
    judge_scan,
)

TAIPEI = ZoneInfo("Asia/Taipei")
IN, OUT, AUTO = StationDirection.IN, StationDirection.OUT, StationDirection.AUTO
ACTIVE, CANCELLED = RegistrationStatus.ACTIVE, RegistrationStatus.CANCELLED
FACTS = count(1)


def at(clock: str, day: int = 7) -> datetime:
    return datetime.fromisoformat(f"2023-08-{day:02}T{clock}").replace(tzinfo=TAIPEI)


def window(
    code: str = "b1d1", *, course: str = "d1", batch: str = "b1", day: int = 7
) -> SessionWindow:
    return SessionWindow(
        code=code,
        course=course,
        batch=batch,
        sign_in_from=at("08:30", day),
        sign_in_until=at("09:00", day),
        starts_at=at("09:00", day),
        ends_at=at("17:00", day),
        grace_minutes=10,
        early_leave_minutes=10,
        min_gap_seconds=120,
        credited=True,
    )


HERE = window()
HELP_DAY = replace(window("h1", course="help", batch="", day=12), credited=False)
WINDOWS = {
    found.code: found
    for found in (
        HERE,
        window("b1d2", course="d2", day=8),
        window("b1d3", course="d3", day=9),
        window("b2d1", batch="b2", day=14),
        window("b2d2", batch="b2", course="d2", day=15),
        HELP_DAY,
    )
}


def past(
    clock: str,
    direction: Direction,
    verdict: Verdict = Verdict.CHECKED_IN,
    *,
    station: str = "A",
    counts: bool | None = None,
) -> PastScan:
    return PastScan(
        at=at(clock),
        station=station,
        direction=direction,
        verdict=verdict,
        counts=verdict in COUNTING if counts is None else counts,
        fact_id=FactId(f"f{next(FACTS):06}"),
    )


def entered(clock: str = "08:50:00", station: str = "A") -> PastScan:
    return past(clock, Direction.IN, station=station)


def left(clock: str, station: str = "A") -> PastScan:
    return past(clock, Direction.OUT, Verdict.CHECKED_OUT, station=station)


def person(*scans: PastScan, **registrations: RegistrationStatus) -> Candidate:
    return Candidate(
        person_id=PersonId("p1"), registrations=registrations or {"b1d1": ACTIVE}, scans=scans
    )


def judge(
    candidate: Candidate | None,
    clock: str,
    setting: StationDirection = AUTO,
    *,
    reading: ReadingKind = ReadingKind.OWN,
    session: SessionWindow = HERE,
) -> Judgement:
    return judge_scan(
        reading,
        candidate,
        window=session,
        windows=WINDOWS,
        station="A",
        setting=setting,
        now=at(clock, session.starts_at.day),
    )


@pytest.mark.parametrize(
    ("reading", "candidate", "verdict"),
    [
        (ReadingKind.UNREADABLE, None, Verdict.UNREADABLE),
        (ReadingKind.UNREADABLE, person(), Verdict.UNREADABLE),
        (ReadingKind.OTHER_EVENT, None, Verdict.OTHER_EVENT),
        (ReadingKind.OWN, None, Verdict.UNKNOWN),
    ],
)
def test_1_to_3_nobody_is_looked_at_before_the_code_is_ours(
    reading: ReadingKind, candidate: Candidate | None, verdict: Verdict
) -> None:
    judgement = judge(candidate, "08:45:00", reading=reading)
    assert judgement.verdict is verdict
    assert not judgement.counts


def test_4_a_replaced_badge_is_revoked_from_that_moment_on() -> None:
    candidate = replace(person(), badge_revoked_at=at("08:45:00"))
    judgement = judge(candidate, "08:45:00")
    assert (judgement.verdict, judgement.detail.revoked_at) == (Verdict.REVOKED, at("08:45:00"))
    assert judge(candidate, "08:44:59").verdict is Verdict.CHECKED_IN


@pytest.mark.parametrize(
    ("clock", "verdict"),
    [("08:50:00", Verdict.REPEAT_READ), ("08:51:59", Verdict.REPEAT_READ),
     ("08:52:00", Verdict.ALREADY_IN)],
)  # fmt: skip
def test_5_the_minimum_gap_ends_after_120_seconds(clock: str, verdict: Verdict) -> None:
    judgement = judge(person(entered()), clock)
    assert judgement.verdict is verdict
    assert (judgement.detail.last_at, judgement.detail.last_station) == (at("08:50:00"), "A")


@pytest.mark.parametrize(
    "last",
    [
        past("08:51:00", Direction.IN, Verdict.REPEAT_READ),
        past("08:51:00", Direction.IN, Verdict.REVOKED),
        past("08:51:00", Direction.IN, Verdict.NOT_OPEN),
        past("08:51:00", Direction.IN, Verdict.ALREADY_IN, station="B"),
        past("08:53:00", Direction.IN, Verdict.ALREADY_IN),
    ],
)
def test_5_only_answers_at_this_station_so_far_start_a_gap(last: PastScan) -> None:
    assert judge(person(entered(), last), "08:52:30").verdict is Verdict.ALREADY_IN


def test_5_an_answer_that_changed_nothing_starts_a_gap() -> None:
    answered = past("08:51:00", Direction.IN, Verdict.ALREADY_IN)
    assert judge(person(entered(), answered), "08:52:30").verdict is Verdict.REPEAT_READ


def test_6_a_cancelled_registration_is_a_choice_until_somebody_admits() -> None:
    assert judge(person(b1d1=CANCELLED), "08:45:00").verdict is Verdict.CANCELLED
    admitted = past("08:45:00", Direction.IN, Verdict.CANCELLED, counts=True)
    assert judge(person(admitted, b1d1=CANCELLED), "16:55:00").verdict is Verdict.CHECKED_OUT


@pytest.mark.parametrize(
    ("registrations", "other", "sub_reason"),
    [
        ({"b2d1": ACTIVE}, "b2d1", "wrong_batch"),
        ({"b1d2": ACTIVE, "b2d1": ACTIVE}, "b2d1", "wrong_batch"),
        ({"b1d2": ACTIVE}, "b1d2", "wrong_day"),
        ({"b1d3": ACTIVE, "b1d2": ACTIVE}, "b1d2", "wrong_day"),
        ({"b2d2": ACTIVE}, "b2d2", ""),
        ({"b2d1": CANCELLED, "b1d3": ACTIVE}, "b1d3", "wrong_day"),
        ({"b2d1": CANCELLED}, None, ""),
        ({"gone": ACTIVE}, None, ""),
    ],
)
def test_7_says_where_the_person_is_registered(
    registrations: dict[str, RegistrationStatus], other: str | None, sub_reason: str
) -> None:
    judgement = judge(person(**registrations), "08:45:00")
    assert judgement.verdict is Verdict.NOT_ON_ROSTER
    assert (judgement.detail.other_session, judgement.detail.sub_reason) == (other, sub_reason)


def test_7_an_admission_holds_for_the_day() -> None:
    admitted = past("08:45:00", Direction.IN, Verdict.NOT_ON_ROSTER, counts=True)
    judgement = judge(person(admitted, b2d1=ACTIVE), "16:55:00")
    assert judgement.verdict is Verdict.CHECKED_OUT
    refused = replace(admitted, counts=False)
    assert judge(person(refused, b2d1=ACTIVE), "16:55:00").verdict is Verdict.NOT_ON_ROSTER


def test_8_an_entry_while_present_changes_nothing() -> None:
    candidate = person(entered("08:40:00"), left("10:00:00"), entered("10:05:00", "B"))
    judgement = judge(candidate, "11:00:00", IN)
    assert judgement.verdict is Verdict.ALREADY_IN
    assert judgement.detail.first_in == at("08:40:00")
    assert (judgement.detail.last_at, judgement.detail.last_station) == (at("10:05:00"), "B")


def test_9_an_exit_after_an_exit_changes_nothing() -> None:
    judgement = judge(person(entered(), left("12:00:00", "C")), "12:30:00", OUT)
    assert judgement.verdict is Verdict.ALREADY_OUT
    assert (judgement.detail.last_at, judgement.detail.last_station) == (at("12:00:00"), "C")
    assert judgement.detail.minutes_present == 190
    lone = past("16:55:00", Direction.OUT, Verdict.NO_ENTRY)
    assert judge(person(lone), "16:59:00", OUT).verdict is Verdict.ALREADY_OUT


@pytest.mark.parametrize("clock", ["08:00:00", "12:00:00", "16:55:00"])
def test_10_an_exit_without_an_entry_counts(clock: str) -> None:
    judgement = judge(person(), clock, OUT)
    assert judgement.verdict is Verdict.NO_ENTRY
    assert judgement.counts


@pytest.mark.parametrize(
    ("clock", "verdict"), [("08:29:59", Verdict.NOT_OPEN), ("08:30:00", Verdict.CHECKED_IN)]
)
def test_11_entries_wait_for_the_sign_in_window(clock: str, verdict: Verdict) -> None:
    judgement = judge(person(), clock)
    assert judgement.verdict is verdict
    assert judgement.detail.opens_at == (at("08:30:00") if verdict is Verdict.NOT_OPEN else None)


@pytest.mark.parametrize(
    ("clock", "verdict", "minutes"),
    [
        ("09:00:59", Verdict.CHECKED_IN, None),
        ("09:10:59", Verdict.CHECKED_IN, None),
        ("09:11:00", Verdict.LATE, 11),
        ("09:11:59", Verdict.LATE, 11),
        ("17:30:00", Verdict.LATE, 510),
    ],
)
def test_12_late_is_after_the_grace_to_the_minute(
    clock: str, verdict: Verdict, minutes: int | None
) -> None:
    judgement = judge(person(), clock, IN)
    assert (judgement.verdict, judgement.detail.late_minutes) == (verdict, minutes)


def test_12_only_the_first_entry_can_be_late() -> None:
    judgement = judge(person(entered(), left("10:00:00")), "10:20:00", IN)
    assert judgement.verdict is Verdict.BACK_IN
    assert (judgement.detail.first_in, judgement.detail.minutes_present) == (at("08:50:00"), 70)
    lone = past("09:30:00", Direction.OUT, Verdict.NO_ENTRY)
    assert judge(person(lone), "10:20:00", IN).verdict is Verdict.LATE


@pytest.mark.parametrize(
    ("clock", "verdict", "short"),
    [
        ("16:49:00", Verdict.EARLY_LEAVE, 11),
        ("16:49:59", Verdict.EARLY_LEAVE, 11),
        ("16:50:00", Verdict.CHECKED_OUT, None),
        ("17:20:00", Verdict.CHECKED_OUT, None),
    ],
)
def test_13_leaving_early_is_told_to_the_minute(
    clock: str, verdict: Verdict, short: int | None
) -> None:
    judgement = judge(person(entered("08:50:30")), clock, OUT)
    assert (judgement.verdict, judgement.detail.short_minutes) == (verdict, short)
    expected = (at(clock) - at("08:50:30")).total_seconds() // 60
    assert judgement.detail.minutes_present == expected


@pytest.mark.parametrize(
    ("clock", "scans", "direction"),
    [
        ("09:10:59", (), Direction.IN),
        ("09:05:00", (entered(),), Direction.IN),
        ("09:11:00", (), Direction.IN),
        ("09:11:00", (entered(),), Direction.OUT),
        ("12:30:00", (entered(), left("12:00:00")), Direction.IN),
        ("16:49:59", (), Direction.IN),
        ("16:50:00", (), Direction.OUT),
        ("16:50:00", (entered(), left("16:00:00")), Direction.OUT),
        ("12:00:30", (entered(), left("12:00:00", "B")), Direction.OUT),
        ("12:00:30", (entered(), left("11:00:00"), entered("12:00:00", "B")), Direction.IN),
    ],
)
def test_auto_stations_decide_by_time_then_by_state(
    clock: str, scans: tuple[PastScan, ...], direction: Direction
) -> None:
    assert judge(person(*scans), clock).direction is direction


def test_help_days_know_neither_rosters_nor_lateness() -> None:
    visitor = Candidate(person_id=PersonId("p1"))
    assert judge(visitor, "08:00:00", session=HELP_DAY).verdict is Verdict.NOT_OPEN
    first = judge(visitor, "14:00:00", session=HELP_DAY)
    assert (first.verdict, first.direction) == (Verdict.CHECKED_IN, Direction.IN)
    entry = replace(entered(), at=at("09:00:00", 12))
    visitor = replace(visitor, scans=(entry,))
    leaving = judge(visitor, "10:00:00", session=HELP_DAY)
    assert (leaving.verdict, leaving.direction) == (Verdict.CHECKED_OUT, Direction.OUT)
    assert leaving.detail.minutes_present == 60
    assert judge(visitor, "09:05:00", IN, session=HELP_DAY).verdict is Verdict.ALREADY_IN


def test_later_scans_do_not_exist_yet() -> None:
    assert judge(person(entered("08:55:00")), "08:45:00").verdict is Verdict.CHECKED_IN


def test_moments_of_any_zone_mean_the_same() -> None:
    scan = replace(entered(), at=at("08:50:00").astimezone(UTC))
    judgement = judge_scan(
        ReadingKind.OWN,
        person(scan),
        window=HERE,
        windows=WINDOWS,
        station="A",
        setting=OUT,
        now=at("16:49:59").astimezone(UTC),
    )
    assert (judgement.verdict, judgement.detail.short_minutes) == (Verdict.EARLY_LEAVE, 11)


SCANS = st.builds(
    lambda minutes, direction, verdict, station: replace(
        past("08:00:00", direction, verdict, station=station),
        at=at("08:00:00") + timedelta(minutes=minutes),
    ),
    st.integers(0, 600),
    st.sampled_from(Direction),
    st.sampled_from(Verdict),
    st.sampled_from("AB"),
)
REGISTRATIONS = st.dictionaries(
    st.sampled_from(list(WINDOWS)), st.sampled_from([ACTIVE, CANCELLED])
)


@given(
    st.lists(SCANS, max_size=6),
    REGISTRATIONS,
    st.sampled_from(StationDirection),
    st.sampled_from(list(WINDOWS)),
    st.integers(0, 600),
    st.randoms(use_true_random=False),
)
def test_every_scan_has_one_verdict_whatever_order_facts_came_in(
    scans: list[PastScan],
    registrations: dict[str, RegistrationStatus],
    setting: StationDirection,
    code: str,
    minute: int,
    random: Random,
) -> None:
    def outcome(order: list[PastScan]) -> Judgement:
        return judge_scan(
            ReadingKind.OWN,
            replace(person(*order), registrations=registrations),
            window=WINDOWS[code],
            windows=WINDOWS,
            station="A",
            setting=setting,
            now=at("08:00:00") + timedelta(minutes=minute),
        )

    judgement = outcome(scans)
    shuffled = scans[:]
    random.shuffle(shuffled)
    assert outcome(shuffled) == judgement
    assert judgement.tone is TONES[judgement.verdict]
    if not WINDOWS[code].credited:
        never = {Verdict.LATE, Verdict.EARLY_LEAVE, Verdict.NOT_ON_ROSTER}
        assert judgement.verdict not in never
