"""Contradictions inside plans: exact for the first plan, one by one for an invented one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.domain.plan import AgendaItem, Batch, Course, Plan, PlanWarning, Region
from app.plans.contradictions import list_contradictions
from app.plans.reading import find_plan_file, list_bundled_plans, read_plan

PINGTUNG = read_plan(find_plan_file("pingtung-112"))
SAMPLE = read_plan(find_plan_file("sample-workshop"))


def test_pingtung_contradictions_are_exactly_these() -> None:
    assert [(each.severity, each.kind, each.where) for each in PINGTUNG.warnings] == [
        ("notice", "hours", "courses.day1"),
        ("notice", "no_break", "courses.day1"),
        ("warn", "label_minutes", "courses.day2"),
        ("warn", "hours", "courses.day2"),
        ("notice", "no_break", "courses.day2"),
        ("notice", "no_break", "courses.day3"),
        ("notice", "help_day_no_break", "courses.help"),
        ("notice", "township_spelling", "regions.屏北區"),
        ("notice", "township_spelling", "regions.屏南區"),
    ]


@pytest.mark.parametrize(
    ("kind", "where", "said"),
    [
        ("label_minutes", "courses.day2", ["15:00–17:30", "90", "150"]),
        ("hours", "courses.day2", ["8", "390", "7.8", "6.5", "450", "9.0", "7.5"]),
        ("hours", "courses.day1", ["8", "410", "8.2", "6.8"]),
        ("no_break", "courses.day1", ["09:00–12:00", "13:00–16:00", "180"]),
        ("no_break", "courses.day2", ["09:00–12:00", "180", "13:00–17:30", "270"]),
        ("no_break", "courses.day3", ["09:00–11:30", "150"]),
        ("help_day_no_break", "courses.help", ["09:00–16:00", "420"]),
        ("township_spelling", "regions.屏北區", ["霧台鄉", "霧臺鄉"]),
        ("township_spelling", "regions.屏南區", ["滿洲鄉", "滿州鄉"]),
    ],
)
def test_pingtung_words_carry_the_figures(kind: str, where: str, said: list[str]) -> None:
    (found,) = [each for each in PINGTUNG.warnings if (each.kind, each.where) == (kind, where)]
    for part in said:
        assert part in found.message.zh
        assert part in found.message.en


def test_the_invented_plan_has_none() -> None:
    assert SAMPLE.warnings == ()


Change = Callable[[Plan], Plan]


def _sessions(**changes: Any) -> Change:
    """Change the first session."""
    return lambda plan: replace(
        plan, sessions=(replace(plan.sessions[0], **changes), *plan.sessions[1:])
    )


def _agenda(*items: AgendaItem, hours: int = 1) -> Change:
    """Give the first course (09:00–12:00) another agenda."""

    def change(plan: Plan) -> Plan:
        course = Course(code="basics", title="入門", hours=hours, agenda=items)
        return replace(plan, courses=(course, *plan.courses[1:]))

    return change


def _item(
    start: str, end: str | None, *, kind: str = "class", label: int | None = None
) -> AgendaItem:
    ends_at = time.fromisoformat(end) if end else None
    return AgendaItem(
        kind=kind,
        title="x",
        starts_at=time.fromisoformat(start),
        ends_at=ends_at,
        label_minutes=label,
    )


def _counts(
    total: int | None, *batches: int | None, regions: tuple[int | None, ...] = ()
) -> Change:
    """Give the plan batches b1, b2 … and regions R1, R2 … of batch b1."""
    return lambda plan: replace(
        plan,
        school_count=total,
        batches=tuple(
            Batch(code=f"b{n}", title=f"梯次{n}", school_count=count)
            for n, count in enumerate(batches, 1)
        ),
        regions=tuple(
            Region(name=f"R{n}", batch="b1", townships=(), school_count=count)
            for n, count in enumerate(regions, 1)
        ),
    )


def _regions(*regions: tuple[str, str, tuple[str, ...]]) -> Change:
    return lambda plan: replace(
        plan,
        batches=(Batch(code="b1", title="梯次1"),),
        official_names=(("霧台鄉", "霧臺鄉"),),
        regions=tuple(Region(name=n, batch=b, townships=t) for n, b, t in regions),
    )


_WHOLE = (_item("09:00", "10:30"), _item("10:30", "12:00"))
CASES: list[tuple[str, Change, list[str], str]] = [
    (
        "label",
        _agenda(_item("09:00", "12:00", label=90), hours=2),
        ["label_minutes", "hours", "no_break"],
        "labelled 90",
    ),
    (
        "hours both ways right",
        _agenda(_item("09:00", "11:00"), _item("11:00", "12:00", kind="break"), hours=2),
        ["agenda_cover"],
        "09:00–11:00",
    ),
    ("hours only by 60", _agenda(*_WHOLE, hours=4), ["hours", "no_break"], "3.6"),
    ("no hours, no reading", _agenda(*_WHOLE, hours=0), ["no_break"], "180"),
    ("open end", _agenda(_item("09:00", None), _item("11:00", "12:00")), ["open_end"], "11:00"),
    (
        "overlap",
        _agenda(_item("09:00", "10:30"), _item("10:00", "12:00"), hours=4),
        ["agenda_overlap", "no_break"],
        "10:00",
    ),
    (
        "gap",
        _agenda(_item("09:00", "10:30"), _item("10:40", "12:00"), hours=3),
        ["agenda_gap"],
        "10:30–10:40",
    ),
    ("later start", _sessions(starts_at=time(9, 30)), ["agenda_cover"], "09:30–12:00"),
    ("earlier end", _sessions(ends_at=time(11, 0)), ["agenda_cover"], "09:00–11:00"),
    ("late sign-in", _sessions(sign_in_until=time(9, 30)), ["sign_in_after_start"], "09:30"),
    ("weekday", _sessions(weekday="(五)"), ["weekday"], "2024-05-04"),
    ("English weekday", _sessions(weekday="Fri"), ["weekday"], "is a Sat, the plan says Fri"),
    ("right weekday", _sessions(weekday="星期六"), [], ""),
    ("venue", _sessions(ends_at=time(14, 0)), ["agenda_cover", "venue_overlap"], "am 與 pm"),
    ("other day", _sessions(held_on=date(2024, 5, 5), weekday=""), [], ""),
    ("batches", _counts(9, 5, 5), ["school_total"], "5 + 5 = 10"),
    ("batches right", _counts(10, 5, 5), [], ""),
    ("regions", _counts(None, 9, regions=(4, 4)), ["school_total"], "4 + 4 = 8"),
    ("regions unknown", _counts(None, 9, regions=(4, None)), [], ""),
    ("no batch totals", _counts(9, None, regions=(4, 4)), ["school_total"], "4 + 4 = 8"),
    ("no batch", _regions(("東", "b7", ("甲鄉",))), ["batch_unknown"], "b7"),
    (
        "township twice",
        _regions(("東", "b1", ("甲鄉",)), ("西", "b1", ("甲鄉",))),
        ["township_repeated"],
        "甲鄉列在東，又列在西",
    ),
    ("twice in one", _regions(("東", "b1", ("甲鄉", "甲鄉"))), ["township_repeated"], "甲鄉"),
    (
        "two spellings",
        _regions(("東", "b1", ("霧台鄉",)), ("西", "b1", ("霧臺鄉",))),
        ["township_repeated", "township_spelling"],
        "霧臺鄉列在東，又列在西",
    ),
]


@pytest.mark.parametrize(
    ("name", "change", "kinds", "said"), CASES, ids=[case[0] for case in CASES]
)
def test_each_kind(name: str, change: Change, kinds: list[str], said: str) -> None:
    found = list_contradictions(change(SAMPLE.plan))
    assert [each.kind for each in found] == kinds
    _assert_in_words(found)
    assert said in " ".join(_both(each) for each in found)


def _both(warning: PlanWarning) -> str:
    return f"{warning.message.zh} {warning.message.en}"


def _assert_in_words(found: tuple[PlanWarning, ...]) -> None:
    for each in found:
        assert each.message.zh
        assert each.message.en
        assert each.severity in ("warn", "notice")


def test_known_schools_are_compared_where_given() -> None:
    known = {"屏北區": 30, "屏東區": 53}
    found = list_contradictions(PINGTUNG.plan, known_schools=known)
    (only,) = [each for each in found if each.kind == "known_schools"]
    assert only.where == "regions.屏北區"
    assert "33" in only.message.zh
    assert "30" in only.message.en


@pytest.mark.parametrize("name", list_bundled_plans())
def test_nothing_is_said_twice(name: str) -> None:
    found = read_plan(find_plan_file(name)).warnings
    assert len(set(found)) == len(found)
