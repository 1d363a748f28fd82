"""Column profiles and the dry run of the credit file."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput
from app.papers.column_profiles import (
    list_profiles,
    load_profile,
    parse_profile,
    profile_table,
)
from app.papers.credit_check import ExportProblemKind, check_credit_rows
from app.papers.export_rows import ROW_TYPES, AttendanceRow, CreditRow, ScanRow
from app.papers.field_styles import STYLES, fields_of

TAIPEI = timezone(timedelta(hours=8))
ROW = CreditRow(
    name="王小明",
    id_number="a123456789",
    hours=8.0,
    held_on=date(2023, 8, 7),
    unit="海豐國小",
    course_code="5567461",
    course_hours=8,
)


def kinds(*rows: CreditRow) -> list[tuple[int | None, str, str]]:
    problems = check_credit_rows(rows, load_profile("credit"))
    return [(problem.row, problem.kind.value, problem.severity) for problem in problems]


UNCONFIRMED = (None, "unconfirmed_profile", "notice")


@pytest.mark.parametrize("kind", list(ROW_TYPES))
def test_every_bundled_profile_loads(kind: str) -> None:
    names = list_profiles(kind)
    assert names[0] == "default"
    for name in names:
        profile = load_profile(kind, name)
        assert profile.title
        assert profile.columns


def test_every_field_of_every_kind_has_styles() -> None:
    for kind in ROW_TYPES:
        assert set(fields_of(kind).values()) <= STYLES.keys()
    assert "course_hours" not in fields_of("credit")


def test_every_field_is_in_the_manual() -> None:
    manual = Path(__file__, "../../../resources/columns/README.md").resolve().read_text("utf-8")
    for kind in ROW_TYPES:
        assert f"| {kind} | {' '.join(fields_of(kind))} |" in manual


def test_default_credit_columns() -> None:
    table = profile_table([ROW], load_profile("credit"), title="b1d1")
    assert table.columns == ("身分證字號", "姓名", "服務單位", "研習日期", "研習時數")
    assert table.rows == [["A123456789", "王小明", "海豐國小", "2023/08/07", 8]]


def test_inservice_list_says_when_there_is_no_approval_number() -> None:
    table = profile_table([ROW], load_profile("credit", "inservice-list"), title="")
    assert table.rows[0][0] == "5567461"
    assert table.rows[0][-1] == "無文號"


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("iso", "2023-08-07"),
        ("roc", "112/08/07"),
        ("roc-compact", "1120807"),
        ("gregorian-slash", "2023/08/07"),
    ],
)
def test_date_styles(style: str, shown: str) -> None:
    profile = parse_profile(
        "credit", "x", f'[[column]]\nheader="d"\nfield="held_on"\nstyle="{style}"'
    )
    assert profile_table([ROW], profile, title="").rows == [[shown]]


def test_moments_numbers_and_flags() -> None:
    at = datetime(2023, 8, 7, 8, 41, 5, tzinfo=TAIPEI)
    row = AttendanceRow(name="王", held_on=at.date(), first_in=at, minutes=492, hours=2.5)
    text = "".join(
        f'[[column]]\nheader="h"\nfield="{field}"\n'
        for field in ("first_in", "last_out", "minutes", "hours", "id_number")
    )
    assert profile_table([row], parse_profile("attendance", "x", text), title="").rows == [
        ["2023-08-07T08:41:05+08:00", None, 492, 2.5, ""]
    ]
    scan = ScanRow(
        scanned_at=at, session="b1d1", station="A", direction="in", verdict="ok", counts=True
    )
    text = '[[column]]\nheader="h"\nfield="counts"\n[[column]]\nheader="h"\nfield="voided"'
    assert profile_table([scan], parse_profile("scans", "x", text), title="").rows == [["是", "否"]]


def test_own_profile_from_a_file(tmp_path: Path) -> None:
    own = tmp_path / "county.toml"
    own.write_text('\ufeffconfirmed=true\n[[column]]\nheader="姓名"\nfield="name"', "utf-8")
    profile = load_profile("credit", str(own))
    assert (profile.name, profile.confirmed) == ("county", True)
    assert check_credit_rows([replace(ROW, id_number="A123456789")], profile) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[column", "not valid TOML"),
        ("", "no [[column]]"),
        ("column = 3", "no [[column]]"),
        ('kind = "scans"', "another kind"),
        ("column = [3]", "Column 1"),
        ('[[column]]\nheader="x"', "Column 1: it needs"),
        ('[[column]]\nheader="x"\nfield="phone"', "Column 1: no such field"),
        ('[[column]]\nheader="x"\nfield="name"\nstyle="roc"', "Column 1: no such style"),
        ('[[column]]\nheader="x"\nfield="name"\nformat="roc"', "only header"),
        ('[[column]]\nheader=1\nfield="name"', "only header"),
    ],
)
def test_mistakes_in_a_profile_are_told(text: str, word: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_profile("credit", "x", text)
    assert refused.value.field == "columns"
    assert word in refused.value.message.en
    assert refused.value.message.zh


def test_unknown_profile_and_kind_are_refused(tmp_path: Path) -> None:
    for kind, name in (("credit", "absent"), ("credit", str(tmp_path)), ("nothing", "default")):
        with pytest.raises(InvalidInput):
            load_profile(kind, name)


def test_clean_list_has_only_the_notice_about_the_template() -> None:
    assert kinds(ROW) == [UNCONFIRMED]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id_number": " "}, ("id_missing", "block")),
        ({"id_number": "X1"}, ("id_format", "warn")),
        ({"id_number": "A123456788"}, ("id_checksum", "warn")),
        ({"name": " "}, ("name_missing", "block")),
        ({"hours": 9}, ("hours_above_course", "block")),
        ({"hours": 7.5}, ("hours_not_whole", "warn")),
        ({"hours": 0}, ("hours_not_whole", "warn")),
    ],
)
def test_each_problem_of_a_row(change: dict[str, object], expected: tuple[str, str]) -> None:
    other = replace(ROW, course_code="5567462")
    assert kinds(other, replace(ROW, **change)) == [(2, *expected), UNCONFIRMED]


def test_one_person_twice_in_a_course_but_not_in_two() -> None:
    same = replace(ROW, id_number="Ａ123456789")
    assert kinds(ROW, same) == [(2, "duplicate_person", "block"), UNCONFIRMED]
    assert kinds(ROW, replace(ROW, course_code="5567462")) == [UNCONFIRMED]


def test_more_than_255_people_in_a_course_is_a_notice() -> None:
    rows = [replace(ROW, id_number="") for _ in range(256)]
    found = check_credit_rows(rows, load_profile("credit"))
    assert ExportProblemKind.TOO_MANY_PEOPLE in {problem.kind for problem in found}
    found = check_credit_rows(rows[:255], load_profile("credit"))
    assert ExportProblemKind.TOO_MANY_PEOPLE not in {problem.kind for problem in found}


def test_messages_carry_no_personal_data() -> None:
    problems = check_credit_rows([replace(ROW, id_number="A123456788")] * 2, load_profile("credit"))
    for problem in problems:
        assert "王小明" not in problem.message.zh
        assert "A12345" not in problem.message.zh + problem.message.en
