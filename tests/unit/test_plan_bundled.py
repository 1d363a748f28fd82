"""The bundled plans hold what the organiser's plan says, and agree with the data it came from."""

import csv
from pathlib import Path

import pytest

import resources
from app.domain.plan import CreditPolicy, SessionKind
from app.plans.reading import find_plan_file, list_bundled_plans, read_plan

PLAN = read_plan(find_plan_file("pingtung-112")).plan
DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the reference data is not here")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("name", list_bundled_plans())
def test_a_bundled_plan_is_named_as_its_file(name: str) -> None:
    assert read_plan(find_plan_file(name)).plan.code == name


def test_resources_lie_beside_their_module() -> None:
    assert (resources.path("plans") / "pingtung-112.toml").is_file()
    assert resources.path("plans/pingtung-112.toml").is_file()


def test_sessions() -> None:
    assert [
        (each.code, each.course, each.held_on.isoformat(), each.venue, f"{each.ends_at:%H:%M}")
        for each in PLAN.sessions
    ] == [
        ("b1d1", "day1", "2023-08-07", "study-centre", "17:00"),
        ("b1d2", "day2", "2023-08-08", "study-centre", "17:30"),
        ("b1d3", "day3", "2023-08-09", "study-centre", "11:30"),
        ("b2d1", "day1", "2023-08-14", "fangliao-gym", "17:00"),
        ("b2d2", "day2", "2023-08-15", "fangliao-gym", "17:30"),
        ("b2d3", "day3", "2023-08-16", "fangliao-gym", "11:30"),
        ("help1", "help", "2023-09-12", "xinyi", "16:00"),
        ("help2", "help", "2023-09-13", "xinyi", "16:00"),
    ]


def test_hours_are_those_of_the_plan_and_help_days_have_none() -> None:
    assert {course.code: course.hours for course in PLAN.courses} == {
        "day1": 8,
        "day2": 8,
        "day3": 3,
        "help": 0,
    }
    for session in PLAN.sessions:
        is_help = session.kind is SessionKind.HELPDESK
        assert (PLAN.course_of(session).hours == 0) is is_help
        assert session.registration == ("none" if is_help else "required")


def test_policy_is_the_default_written_out() -> None:
    assert {course.policy for course in PLAN.courses} == {CreditPolicy()}


def test_sign_in_is_half_an_hour_before_the_start() -> None:
    for each in PLAN.sessions:
        times = (each.sign_in_from, each.sign_in_until, each.starts_at)
        assert [f"{at:%H:%M}" for at in times] == ["08:30", "09:00", "09:00"]


def test_lunch_is_a_break_in_local_time() -> None:
    session = PLAN.find_session("b1d1")
    assert session is not None
    lunch, pause = PLAN.breaks_of(session)
    assert [at.isoformat() for at in lunch] == [
        "2023-08-07T12:00:00+08:00",
        "2023-08-07T13:00:00+08:00",
    ]
    assert f"{pause[0]:%H:%M}" == "16:00"


def test_counts() -> None:
    assert {each.name: (each.batch, each.school_count) for each in PLAN.regions} == {
        "屏北區": ("b1", 33),
        "屏東區": ("b1", 53),
        "東港區": ("b1", 36),
        "潮州區": ("b2", 60),
        "屏南區": ("b2", 49),
    }
    assert [batch.school_count for batch in PLAN.batches] == [122, 109]
    assert PLAN.school_count == 231
    assert sum(len(region.townships) for region in PLAN.regions) == 33
    assert (len(PLAN.topics), sum(len(topic.subtopics) for topic in PLAN.topics)) == (18, 99)


@needs_data
def test_townships_agree_with_the_data() -> None:
    official = dict(PLAN.official_names)
    ours = {
        (official.get(township, township), township, region.name, region.batch)
        for region in PLAN.regions
        for township in region.townships
    }
    assert ours == {
        (row["township_official"], row["township_in_seed"], row["region"], f"b{row['batch']}")
        for row in _rows("pingtung_townships.csv")
    }


@needs_data
def test_topics_agree_with_the_data() -> None:
    ours = [
        (
            topic.code,
            topic.title,
            ";".join(topic.module_codes),
            topic.listed_as,
            sub.code,
            sub.title,
        )
        for topic in PLAN.topics
        for sub in topic.subtopics
    ]
    names = ("l1_id", "l1_zh", "codes", "desk_bullet", "l2_id", "l2_zh")
    assert ours == [tuple(row[name] for name in names) for row in _rows("helpdesk_topics.csv")]


@needs_data
def test_agendas_agree_with_the_data() -> None:
    days = {"1": "day1", "2": "day2", "3": "day3", "desk1": "help"}
    theirs = [
        (
            days[row["day"]],
            row["kind"],
            row["start"],
            row["end"],
            row["label_minutes"],
            row["title"],
        )
        for row in _rows("agenda.csv")
        if row["day"] in days
    ]
    assert theirs == [
        (
            course.code,
            item.kind,
            f"{item.starts_at:%H:%M}",
            f"{item.ends_at:%H:%M}" if item.ends_at else "",
            str(item.label_minutes or ""),
            item.title,
        )
        for course in PLAN.courses
        for item in course.agenda
    ]
