"""A help day's figures: definitions held to the letter, and by properties over any day."""

import statistics
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from desk_days import DAY, DAY1, HOUR, invented_day
from hypothesis import given
from hypothesis import strategies as st

from app.domain.desk_figures import (
    arrived_here,
    help_figures,
    real_visits,
    volume_figures,
    wait_figures,
)
from app.domain.desk_hours import HOUR_MS, hour_grid, most_at_once, topic_hours
from app.domain.desk_people import (
    consultant_figures,
    duty_ms,
    quality_figures,
    rating_figures,
    unit_figures,
)
from app.domain.desk_records import (
    MINUTE_MS,
    DeskDay,
    DutyRecord,
    IssueRecord,
    ProblemRecord,
    Stretch,
    VisitRecord,
)
from app.domain.desk_spread import percentile, share_within, spread_of
from app.domain.desk_times import (
    first_called_ms,
    help_ms,
    in_system_ms,
    until_served_ms,
    wait_ms,
)
from app.domain.desk_topics import (
    barrier_counts,
    missing_counts,
    open_issues,
    problem_figures,
    top_symptoms,
    topic_figures,
    unanswered_symptoms,
)

TIMES = st.lists(st.integers(0, 10_000_000), max_size=60)


def at(minute: int) -> int:
    return DAY1 + 9 * HOUR + minute * MINUTE_MS


def part(state: str, begin: int, end: int, **more: str) -> Stretch:
    return Stretch(state=state, from_ms=at(begin), until_ms=at(end), **more)


def visit(*parts: Stretch, number: int = 1, **more) -> VisitRecord:
    told = {"unit": "甲國小", "unit_key": "甲國小", "session": "help1"} | more
    arrived = told.pop("arrived_ms", parts[0].from_ms if parts else at(0))
    return VisitRecord(
        visit_id=f"v{number}", ticket=f"A{number:03d}", arrived_ms=arrived, stretches=parts, **told
    )


def issue(topic: str = "01", **more) -> IssueRecord:
    return IssueRecord(**({"number": 1, "topic": topic, "at_ms": at(20)} | more))


def day(*visits: VisitRecord, **more) -> DeskDay:
    return replace(
        invented_day(visits=0), **({"visits": visits, "duties": (), "tallies": ()} | more)
    )


PARKED_AND_BACK = visit(
    part("waiting", 0, 10),
    part("called", 10, 12, staff="甲"),
    part("serving", 12, 30, staff="甲"),
    part("parked", 30, 60, reason="fetching"),
    part("waiting", 60, 65),
    part("called", 65, 66, staff="乙"),
    part("serving", 66, 70, staff="乙"),
    state="done",
    ended_ms=at(70),
)


def test_wait_ends_with_the_first_call_and_parked_time_is_none() -> None:
    assert wait_ms(PARKED_AND_BACK) == 10 * MINUTE_MS
    assert until_served_ms(PARKED_AND_BACK) == 12 * MINUTE_MS
    assert help_ms(PARKED_AND_BACK) == 22 * MINUTE_MS
    assert in_system_ms(PARKED_AND_BACK) == 70 * MINUTE_MS


def test_a_call_that_went_back_in_line_does_not_end_the_time_until_help() -> None:
    found = visit(
        part("waiting", 0, 5), part("called", 5, 6), part("waiting", 6, 16), part("serving", 16, 20)
    )
    assert wait_ms(found) == 5 * MINUTE_MS
    assert until_served_ms(found) == 16 * MINUTE_MS


@pytest.mark.parametrize(
    ("parts", "wait"),
    [
        ((), None),
        ((part("waiting", 0, 9),), None),
        ((part("serving", 0, 9),), 0),
        ((part("waiting", 0, 9), part("parked", 9, 20)), None),
    ],
)
def test_nobody_called_has_no_wait_and_served_at_once_has_none(
    parts: tuple[Stretch, ...], wait: int | None
) -> None:
    assert wait_ms(visit(*parts)) == wait


def test_two_desks_serving_at_once_count_both_and_the_visit_once() -> None:
    both = visit(
        part("waiting", 0, 5),
        part("serving", 5, 15, staff="甲"),
        part("serving", 7, 17, staff="乙"),
        state="done",
        issues=(issue(outcome="resolved"),),
    )
    assert help_ms(both) == 20 * MINUTE_MS
    assert volume_figures(day(both)).served == 1
    assert quality_figures(day(both)).overlapping == ("A001",)
    assert [each.visits for each in consultant_figures(day(both))] == [1, 1]


def test_duplicates_and_void_tickets_count_nowhere() -> None:
    gone = [
        visit(number=number, state="gone", gone_reason=reason)
        for number, reason in enumerate(("duplicate", "void", "left", "no_show", "turned_away"), 1)
    ]
    volume = volume_figures(day(*gone))
    assert (volume.arrivals, volume.discarded) == (3, 2)
    assert (volume.left, volume.no_show, volume.turned_away) == (1, 1, 1)
    assert volume.gone_reasons == {"left": 1, "no_show": 1, "turned_away": 1}


def test_a_carried_visit_belongs_to_each_day_by_its_own_moments() -> None:
    carried = visit(
        part("waiting", 400, 420),
        Stretch(state="waiting", from_ms=at(0) + DAY, until_ms=at(5) + DAY),
        Stretch(state="serving", from_ms=at(5) + DAY, until_ms=at(9) + DAY, staff="甲"),
        arrived_ms=at(400),
        carried_to="help2",
        carried_ms=at(0) + DAY,
        state="done",
        ended_ms=at(9) + DAY,
        issues=(issue(at_ms=at(9) + DAY, outcome="resolved"),),
    )
    first, second = day(carried), day(carried, sessions=frozenset({"help2"}))
    both = day(carried, sessions=frozenset({"help1", "help2"}))
    told_days = (first, second, both)
    told = [volume_figures(each) for each in told_days]
    assert [each.arrivals for each in told] == [1, 0, 1]
    assert [each.served for each in told] == [0, 1, 1]
    assert [each.carried_out for each in told] == [1, 0, 0]
    assert [each.carried_in for each in told] == [0, 1, 0]
    assert [each.unfinished for each in told] == [0, 0, 0]
    assert [len(topic_figures(each)) for each in (first, second, both)] == [0, 1, 1]
    assert wait_figures(second).waits_ms == (25 * MINUTE_MS,)
    assert wait_figures(first).waits_ms == ()
    helped = [[(who.visits, who.issues) for who in consultant_figures(each)] for each in told_days]
    assert helped == [[], [(1, 1)], [(1, 1)]]
    assert [rating_figures(each).served for each in told_days] == [0, 1, 1]


def test_whoever_was_forgotten_in_line_keeps_no_hour_of_the_night_open() -> None:
    forgotten = visit(part("waiting", 0, 12 * 60), state="gone", gone_reason="left")
    served = visit(part("serving", 400, 430), number=2)
    as_of_ms = at(12 * 60)
    assert len(hour_grid(day(forgotten, as_of_ms=as_of_ms))) == 7
    assert len(hour_grid(day(forgotten, served, as_of_ms=as_of_ms))) == 8


def test_first_contact_needs_every_issue_settled() -> None:
    served = part("serving", 0, 5)
    outcomes = (
        ("resolved", "information"),
        ("resolved", "escalated"),
        ("resolved_next_step",),
        ("not_resolved",),
        (),
    )
    visits = [
        visit(
            served,
            number=number,
            state="done",
            issues=tuple(issue(outcome=outcome) for outcome in each),
        )
        for number, each in enumerate(outcomes, 1)
    ]
    figures = help_figures(day(*visits))
    assert figures.first_contact == (2, 4)
    assert figures.first_contact_share == Fraction(1, 2)
    assert quality_figures(day(*visits)).without_outcome == ("A005",)


def test_help_by_topic_takes_visits_about_nothing_else() -> None:
    alone = visit(part("serving", 0, 10), number=1, issues=(issue("01", outcome="resolved"),))
    mixed = visit(part("serving", 0, 50), number=2, issues=(issue("01"), issue("12", number=2)))
    found = {topic.code: topic for topic in topic_figures(day(alone, mixed))}
    assert found["01"].issues == 2
    assert found["01"].help.median_ms == 10 * MINUTE_MS
    assert found["12"].help.count == 0


def test_topics_compare_with_the_day_before_and_split_into_subtopics() -> None:
    before = day(visit(issues=(issue("01"), issue("01", number=2))))
    now = day(
        visit(
            issues=(issue("01", subtopic="0108", quantity=3), issue("12", number=2)), is_return=True
        )
    )
    topics = {topic.code: topic for topic in topic_figures(now, before)}
    assert (topics["01"].issues, topics["01"].before, topics["01"].repeats) == (3, 2, 3)
    assert topics["01"].share == Fraction(3, 4)
    assert [(each.code, each.issues) for each in topics["01"].subtopics] == [("0108", 3)]
    assert topics["12"].before == 0
    assert topic_figures(now)[0].before is None


def test_symptoms_are_folded_and_those_with_an_answer_are_told_apart() -> None:
    texts = ("讀卡機沒反應", "讀卡機沒反應 ", "ＯＴＰ 收不到", "otp 收不到", "")
    issues = tuple(
        issue(number=number, symptom=text, reused=int("OTP" in text.upper()))
        for number, text in enumerate(texts)
    )
    found = day(visit(issues=issues))
    assert [count for _, count in top_symptoms(found)] == [2, 2]
    reused = tuple(replace(each, reused=1) for each in issues[:2]) + issues[2:]
    left = unanswered_symptoms(day(visit(issues=reused)))
    assert all("讀卡機" not in text for text, _ in left)


def test_what_stayed_open_barriers_and_missing_things_are_ranked() -> None:
    stuck = issue(outcome="not_resolved", barriers=("no_reader", "left"), owner="甲")
    again = issue(outcome="escalated", barriers=("no_reader",))
    found = day(
        visit(number=2, issues=(stuck,), missing=("reader",)),
        visit(number=1, issues=(again,), missing=("card", "reader")),
    )
    assert barrier_counts(found) == (("no_reader", 2), ("left", 1))
    assert [each.ticket for each in open_issues(found)] == ["A001", "A002"]
    assert missing_counts(found) == (("reader", 2, 2), ("card", 1, 2))


def test_a_known_problem_counts_units_once() -> None:
    hit = issue(known_problem="p1")
    found = day(
        visit(number=1, issues=(hit,)),
        visit(number=2, issues=(hit,)),
        visit(number=3, issues=(hit,), unit="乙國小", unit_key="乙國小"),
        problems=(ProblemRecord(code="p1", title="x"), ProblemRecord(code="p2", title="y")),
    )
    figures = problem_figures(found)
    assert [(each.problem.code, each.units, each.visits) for each in figures] == [
        ("p1", ("乙國小", "甲國小"), 3)
    ]


def test_breaks_are_no_duty_and_no_moment_counts_twice() -> None:
    duty = [
        DutyRecord(staff="甲", kind=kind, from_ms=at(begin), until_ms=at(end))
        for kind, begin, end in (
            ("on", 0, 60),
            ("break", 60, 90),
            ("on", 90, 120),
            ("on", 100, 130),
        )
    ]
    assert duty_ms(duty) == 100 * MINUTE_MS


def test_load_needs_duty_on_record() -> None:
    served = visit(part("serving", 0, 30, staff="甲"))
    assert consultant_figures(day(served))[0].load is None
    on = DutyRecord(staff="甲", kind="on", from_ms=at(0), until_ms=at(60))
    assert consultant_figures(day(served, duties=(on,)))[0].load == Fraction(1, 2)


def test_ratings_stand_beside_those_who_could_have_given_one() -> None:
    served = part("serving", 0, 5)
    found = rating_figures(
        day(visit(served, number=1, rating=3), visit(served, number=2), visit(number=3))
    )
    assert (found.given, found.served) == (1, 2)
    assert found.scores == ((1, 0), (2, 0), (3, 1))


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([], 0),
        ([(0, 10)], 1),
        ([(0, 10), (10, 20)], 1),
        ([(0, 10), (9, 20)], 2),
        ([(-50, 200), (20, 30), (25, 26)], 3),
        ([(100, 200)], 0),
    ],
)
def test_the_busiest_moment(spans: list[tuple[int, int]], most: int) -> None:
    assert most_at_once(spans, (0, 100)) == most


@given(TIMES)
def test_a_spread_is_ordered_and_made_of_cases(times: list[int]) -> None:
    spread = spread_of(times)
    assert spread.count == len(times)
    if not times:
        assert (spread.median_ms, spread.p90_ms, spread.max_ms) == (None, None, None)
        return
    assert spread.median_ms is not None
    assert spread.p90_ms is not None
    assert min(times) <= spread.median_ms <= spread.p90_ms <= max(times) == spread.max_ms
    assert spread.median_ms == int(statistics.median(times))
    assert sum(time <= spread.p90_ms for time in times) * 10 >= 9 * len(times)


@given(TIMES.filter(bool), st.integers(1, 100))
def test_a_percentile_is_the_least_that_is_enough(times: list[int], percent: int) -> None:
    found = percentile(sorted(times), percent)
    assert found in times
    assert sum(time <= found for time in times) * 100 >= percent * len(times)
    assert sum(time < found for time in times) * 100 < percent * len(times)


@given(TIMES, st.integers(0, 100))
def test_service_levels_only_grow(times: list[int], minutes: int) -> None:
    fewer, more = share_within(times, minutes), share_within(times, minutes + 5)
    assert (fewer is None) == (not times)
    if fewer is not None and more is not None:
        assert 0 <= fewer <= more <= 1


@given(st.integers(0, 2**32), st.integers(0, 60))
def test_any_day_adds_up(seed: int, visits: int) -> None:
    found = invented_day(seed=seed, visits=visits)
    volume, hours = volume_figures(found), hour_grid(found)
    assert volume.arrivals + volume.discarded == len(found.visits)
    assert volume.arrivals == sum(hour.arrivals or 0 for hour in hours)
    assert volume.arrivals == sum(each.visits for each in unit_figures(found))
    assert volume.people == sum(each.people for each in unit_figures(found))
    topics = topic_figures(found)
    issues = sum(issue.quantity for each in real_visits(found) for issue in each.issues)
    assert sum(topic.issues for topic in topics) == issues
    assert all(sum(topic.outcomes.values()) == topic.issues for topic in topics)
    assert not topics or sum(topic.share or 0 for topic in topics) == 1
    assert sum(map(sum, topic_hours(found).values())) == issues
    assert wait_figures(found).wait.count == sum(hour.called for hour in hours)
    starts = [hour.from_ms for hour in hours]
    assert all(after - before == HOUR_MS for before, after in pairwise(starts))


@given(st.integers(0, 2**32))
def test_times_of_a_visit_fit_into_its_stay(seed: int) -> None:
    for each in arrived_here(invented_day(seed=seed, visits=20)):
        stay = in_system_ms(each)
        assert stay is not None
        assert (wait_ms(each) or 0) + (help_ms(each) or 0) <= stay
        called = first_called_ms(each)
        assert called is None or called >= each.arrived_ms


def test_hours_after_the_last_thing_known_are_unknown() -> None:
    morning = day(visit(part("waiting", 0, 10), part("serving", 10, 20)), as_of_ms=at(70))
    hours = hour_grid(morning)
    assert [hour.arrivals for hour in hours] == [1, 0, None, None, None, None, None]
    assert [hour.most_waiting for hour in hours][1:3] == [0, None]


def test_an_empty_day_has_figures_without_numbers() -> None:
    empty = day()
    assert volume_figures(empty).arrivals == 0
    assert wait_figures(empty).within == ((15, None), (20, None))
    assert help_figures(empty).first_contact_share is None
    assert quality_figures(empty).exact_share is None
    assert [hour.median_wait_ms for hour in hour_grid(empty)] == [None] * 7
    assert {hour.desks for hour in hour_grid(empty)} == {None}
