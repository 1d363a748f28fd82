from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Attendance, Interval
from app.domain.credit import Finding, Proposal, ProposalKind, Reason, propose_credit
from app.domain.plan import CreditPolicy
from app.domain.scans import SessionWindow

TAIPEI = ZoneInfo("Asia/Taipei")


def at(clock: str, day: int = 7) -> datetime:
    return datetime.fromisoformat(f"2023-08-{day:02}T{clock}").replace(tzinfo=TAIPEI)


WINDOW = SessionWindow(
    code="b1d1",
    course="d1",
    sign_in_from=at("08:30"),
    sign_in_until=at("09:00"),
    starts_at=at("09:00"),
    ends_at=at("17:00"),
    grace_minutes=10,
    early_leave_minutes=10,
    min_gap_seconds=120,
    credited=True,
)
POLICY = CreditPolicy()
LUNCH = (at("12:00"), at("13:00"))
TEA = (at("15:00"), at("15:10"))
FULL_DAY = "08:50-17:00"


def stretch(text: str, day: int = 7) -> Interval:
    start, end = text.split("-")
    return Interval(in_at=at(start, day), out_at=at(end, day) if end else None)


def present(text: str) -> Attendance:
    return Attendance(intervals=tuple(map(stretch, text.split())))


def propose(
    attendance: Attendance | str,
    *,
    window: SessionWindow = WINDOW,
    policy: CreditPolicy = POLICY,
    has_id_number: bool = True,
    credited_elsewhere: bool = False,
    elsewhere: tuple[Interval, ...] = (),
) -> Proposal:
    return propose_credit(
        present(attendance) if isinstance(attendance, str) else attendance,
        window=window,
        policy=policy,
        hours=8,
        breaks=(TEA, LUNCH),
        has_id_number=has_id_number,
        credited_elsewhere=credited_elsewhere,
        intervals_elsewhere=elsewhere,
    )


def reasons(proposal: Proposal) -> dict[Reason, int | None]:
    return {finding.reason: finding.minutes for finding in proposal.findings}


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (FULL_DAY, {}),
        ("07:00-23:00", {}),
        ("09:10-17:00", {}),
        ("09:10:59-17:00", {}),
        ("09:11-17:00", {Reason.LATE: 11}),
        ("08:50-16:50", {}),
        ("08:50-16:49:59", {Reason.LEFT_EARLY: 11}),
        ("08:50-16:49", {Reason.LEFT_EARLY: 11}),
        ("08:50-12:00 13:00-17:00", {}),
        ("08:50-11:55 13:05-17:00", {}),
        ("08:50-11:54 13:05-17:00", {Reason.ABSENT_BETWEEN: 11}),
        ("08:50-10:00 10:10:59-17:00", {}),
        ("08:50-10:00 10:11-17:00", {Reason.ABSENT_BETWEEN: 11}),
        ("08:50-10:00 10:10-14:00 14:10-17:00", {}),
        ("08:50-11:50 15:20-17:00", {Reason.ABSENT_BETWEEN: 140}),
        ("08:30-08:35 08:58-17:00", {}),
        ("08:30-08:35 09:11-17:00", {Reason.ABSENT_BETWEEN: 11}),
        ("08:50-17:00 17:30-17:40", {}),
        ("09:20-16:00", {Reason.LATE: 20, Reason.LEFT_EARLY: 60}),
        ("08:50-", {Reason.NO_SIGN_OUT: None}),
        ("09:15-", {Reason.LATE: 15, Reason.NO_SIGN_OUT: None}),
    ],
)
def test_limits_hold_to_the_minute(times: str, found: dict[Reason, int | None]) -> None:
    proposal = propose(times)
    assert reasons(proposal) == found
    assert proposal.kind is (ProposalKind.REVIEW if found else ProposalKind.GRANT)
    assert proposal.hours == 8


def test_two_absences_are_two_findings() -> None:
    findings = propose("08:50-10:00 10:20-14:00 14:30-17:00").findings
    assert findings == (
        Finding(reason=Reason.ABSENT_BETWEEN, minutes=20),
        Finding(reason=Reason.ABSENT_BETWEEN, minutes=30),
    )


def test_nobody_who_did_not_come_is_proposed() -> None:
    assert propose(Attendance()) == Proposal(kind=ProposalKind.NONE, hours=0)
    assert propose(Attendance(), has_id_number=False).findings == ()


def test_an_exit_alone_is_reviewed() -> None:
    proposal = propose(Attendance(exits_without_entry=(at("17:00"),)))
    assert proposal.kind is ProposalKind.REVIEW
    assert reasons(proposal) == {Reason.NO_SIGN_IN: None}


def test_without_required_sign_out_the_session_end_closes_presence() -> None:
    policy = replace(POLICY, sign_out_required=False)
    assert propose("08:50-", policy=policy).kind is ProposalKind.GRANT
    assert reasons(propose("08:50-16:00", policy=policy)) == {Reason.LEFT_EARLY: 60}


@pytest.mark.parametrize(
    ("attendance", "has_id_number", "reason"),
    [
        (replace(present(FULL_DAY), hand_entered=True), True, Reason.HAND_ENTERED),
        (replace(present(FULL_DAY), clock_doubtful=True), True, Reason.CLOCK_DOUBTFUL),
        (present(FULL_DAY), False, Reason.NO_ID_NUMBER),
    ],
)
def test_doubts_alone_ask_for_a_review(
    attendance: Attendance, has_id_number: bool, reason: Reason
) -> None:
    proposal = propose(attendance, has_id_number=has_id_number)
    assert (proposal.kind, reasons(proposal)) == (ProposalKind.REVIEW, {reason: None})


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (stretch("16:00-18:00"), True),
        (stretch("08:00-08:50"), False),
        (stretch("17:00-18:00"), False),
        (stretch("08:00-"), True),
        (stretch("18:00-"), False),
        (stretch("08:00-", day=6), False),
        (stretch("09:00-17:00", day=14), False),
    ],
)
def test_being_at_two_sessions_at_once_is_a_conflict(other: Interval, overlaps: bool) -> None:
    found = Reason.CONFLICT in reasons(propose(FULL_DAY, elsewhere=(other,)))
    assert found is overlaps


def test_an_open_stretch_here_conflicts_until_the_session_ends() -> None:
    assert Reason.CONFLICT in reasons(propose("08:50-", elsewhere=(stretch("15:00-16:00"),)))
    assert Reason.CONFLICT not in reasons(propose("08:50-", elsewhere=(stretch("17:30-18:00"),)))


def test_a_course_is_credited_once() -> None:
    proposal = propose(FULL_DAY, credited_elsewhere=True)
    assert (proposal.kind, proposal.hours) == (ProposalKind.NONE, 0)
    assert reasons(proposal) == {Reason.ALREADY_CREDITED: None}


MINUTES = st.lists(st.integers(0, 660), min_size=1, max_size=7, unique=True).map(sorted)


def attendance_of(minutes: list[int]) -> Attendance:
    moments = [at("08:00") + timedelta(minutes=minute) for minute in minutes]
    ends: list[datetime | None] = [*moments[1::2], None]
    return Attendance(
        intervals=tuple(
            Interval(in_at=start, out_at=end)
            for start, end in zip(moments[::2], ends, strict=False)
        )
    )


@given(MINUTES, st.booleans(), st.booleans())
def test_help_days_never_yield_credit(minutes: list[int], has_id: bool, elsewhere: bool) -> None:
    help_day = replace(WINDOW, credited=False)
    proposal = propose(
        attendance_of(minutes),
        window=help_day,
        has_id_number=has_id,
        credited_elsewhere=elsewhere,
    )
    assert proposal == Proposal(kind=ProposalKind.NONE, hours=0)


@given(MINUTES, st.booleans(), st.booleans())
def test_hours_are_the_plans_or_none(minutes: list[int], has_id: bool, elsewhere: bool) -> None:
    proposal = propose(attendance_of(minutes), has_id_number=has_id, credited_elsewhere=elsewhere)
    assert proposal.hours == (0 if proposal.kind is ProposalKind.NONE else 8)
    if proposal.kind is ProposalKind.GRANT:
        assert proposal.findings == ()


@given(st.integers(30, 80), st.integers(520, 640), MINUTES, st.integers(0, 30), st.integers(0, 30))
def test_longer_presence_never_turns_a_grant_into_a_review(
    first: int, last: int, between: list[int], earlier: int, later: int
) -> None:
    inside = [minute for minute in between if first < minute < last]
    gaps = inside[: len(inside) // 2 * 2]
    narrow = attendance_of([first, *gaps, last])
    wide = attendance_of([first - earlier, *gaps, last + later])
    if propose(narrow).kind is ProposalKind.GRANT:
        assert propose(wide).kind is ProposalKind.GRANT


@given(st.integers(61, 539), st.integers(0, 60), st.integers(0, 60))
def test_a_shorter_gap_never_turns_a_grant_into_a_review(
    gap_start: int, length: int, shorter: int
) -> None:
    gap_end = min(gap_start + length + 1, 539)
    new_end = max(gap_end - shorter, gap_start + 1)
    long_gap = attendance_of(sorted({50, gap_start, gap_end, 540}))
    short_gap = attendance_of(sorted({50, gap_start, new_end, 540}))
    if propose(long_gap).kind is ProposalKind.GRANT:
        assert propose(short_gap).kind is ProposalKind.GRANT


@pytest.mark.parametrize(("day", "kind"), [(7, ProposalKind.GRANT), (8, ProposalKind.REVIEW)])
def test_an_exit_read_on_a_later_day_is_no_sign_out(day, kind):
    attendance = Attendance(intervals=(Interval(in_at=at("08:50"), out_at=at("17:01", day)),))
    proposal = propose(attendance)
    assert proposal.kind is kind
    assert (Reason.NO_SIGN_OUT in reasons(proposal)) is (day == 8)
