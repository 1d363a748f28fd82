"""Each kind of problem, what is skipped, and how columns are recognised or chosen."""

from pathlib import Path

import pytest
from roster_files import HEADER, PEOPLE, csv_text, write

from app.domain.errors import InvalidInput
from app.domain.facts import UnitId
from app.domain.people import Unit, UnitLevel
from app.roster.draft import RosterDraft
from app.roster.mapping import MappingProfile, profile_from_json, profile_to_json
from app.roster.problems import ProblemKind
from app.roster.roster import read_roster
from app.roster.row_problems import problem
from app.roster.rows import is_total, status_problem
from app.roster.unit_index import UnitIndex

UNITS = UnitIndex(
    [
        Unit(id=UnitId("u1"), name="縣立海豐國小", code="134601", level=UnitLevel.ELEMENTARY),
        Unit(id=UnitId("u2"), name="縣立鶴聲國中", code="134501", level=UnitLevel.JUNIOR),
        Unit(id=UnitId("u3"), name="枋寮", code="134321", level=UnitLevel.SENIOR),
        Unit(id=UnitId("u4"), name="枋寮高中附設國中", code="134321", level=UnitLevel.JUNIOR),
    ]
)
COLUMNS = ["姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "審核狀態", "研習日期"]
FINE = ["王小明", "A123456789", "海豐國小", "教師", "0912345678", "錄取", "112/08/07"]
OTHER = ["陳大文", "B123456780", "鶴聲國中", "組長", "0912345679", "錄取", "112/08/07"]


def read(tmp_path: Path, *rows: list[str], columns: list[str] = COLUMNS) -> RosterDraft:
    return read_roster(write(tmp_path, csv_text([columns, *rows])), units=UNITS)


def kinds(draft: RosterDraft) -> list[tuple[int, str, str]]:
    return [(p.row, str(p.kind), p.severity) for p in draft.problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"身分證字號": "Ａ１２３４５６７８９"}, []),
        ({"身分證字號": "A123456788"}, [("id_checksum", "warn")]),
        ({"身分證字號": ""}, [("id_missing", "warn")]),
        ({"身分證字號": "無"}, [("id_missing", "warn")]),
        ({"身分證字號": "A12345"}, [("id_format", "warn")]),
        ({"姓名": ""}, [("name_missing", "skip")]),
        ({"姓名": "王\ufffd明"}, [("name_undecodable", "warn")]),
        ({"服務單位": "火星國小"}, [("unknown_unit", "warn")]),
        ({"服務單位": "海豐國中"}, [("unknown_unit", "warn")]),
        ({"服務單位": ""}, [("unknown_unit", "warn")]),
        ({"審核狀態": "已取消"}, [("cancelled", "skip")]),
        ({"審核狀態": "備取3"}, [("waitlisted", "skip")]),
        ({"審核狀態": "未錄取"}, [("waitlisted", "skip")]),
        ({"審核狀態": "待審核"}, []),
        ({"聯絡電話": "12345"}, [("phone_format", "warn")]),
        ({"聯絡電話": ""}, []),
        ({"研習日期": "112/13/40"}, [("bad_date", "warn")]),
        ({"研習日期": "112年8月7日(二)"}, [("bad_date", "warn")]),
        ({"研習日期": "2023/08/07至2023/08/09"}, []),
        ({"姓名": "合計", "身分證字號": "", "服務單位": "81"}, [("totals_row", "skip")]),
    ],
)
def test_each_kind(
    tmp_path: Path, changes: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    row = [changes.get(column, cell) for column, cell in zip(COLUMNS, FINE, strict=True)]
    assert kinds(read(tmp_path, row)) == [(2, *problem) for problem in expected]


def test_repeated_people(tmp_path: Path) -> None:
    no_id = ["王小明", "", "縣立海豐國小", "教師", "", "錄取", ""]
    homonym = ["王小明", "A123456798", "屏東縣海豐國民小學", *FINE[3:]]
    same_id = ["王大明", "A123456789", *FINE[2:]]
    other_title = ["王小明", "", "海豐國小", "校長", "", "錄取", ""]
    draft = read(tmp_path, FINE, FINE, no_id, homonym, same_id, other_title)
    assert kinds(draft) == [
        (3, "duplicate_row", "skip"),
        (4, "duplicate_row", "skip"),
        (5, "duplicate_person", "warn"),
        (6, "duplicate_person", "warn"),
        (7, "duplicate_person", "warn"),
        (7, "id_missing", "warn"),
    ]
    assert (draft.rows, len(draft.people), draft.skipped) == (6, 4, 2)


def test_a_repeat_leaves_what_only_it_knew(tmp_path: Path) -> None:
    bare = ["王小明", "", "海豐國小", "", "", "錄取", ""]
    draft = read(tmp_path, bare, FINE)
    assert [entry.row for entry in draft.people] == [2]
    assert draft.people[0].id_key == draft.people[0].data.id_number == "A123456789"
    assert draft.people[0].data.phone == "0912345678"


def test_cancelled_rows_do_not_make_repeats(tmp_path: Path) -> None:
    cancelled = [*FINE[:5], "取消", FINE[6]]
    draft = read(tmp_path, cancelled, FINE)
    assert [entry.row for entry in draft.people] == [3]


def test_namesakes_without_unit_or_id_stay(tmp_path: Path) -> None:
    draft = read(tmp_path, ["王小明"], ["王小明"], columns=["姓名"])
    assert len(draft.people) == 2
    assert kinds(draft) == [(1, "id_missing", "warn"), (3, "duplicate_person", "warn")]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+王", "@王", "-王"])
def test_formulas_stay_as_typed(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, [name, *FINE[1:]]).people[0].data.name == name


def test_messages_repeat_nobody(tmp_path: Path) -> None:
    draft = read(tmp_path, ["王小明", "A123456788", "火星國小", "", "12345", "", "x"])
    for found in draft.problems:
        shown = found.message.zh + found.message.en
        assert not any(secret in shown for secret in ("王小明", "A123456788", "火星", "12345"))


@pytest.mark.parametrize("kind", set(ProblemKind) - {"duplicate_row", "duplicate_person"})
def test_every_kind_has_words(kind: ProblemKind) -> None:
    assert problem(7, kind).message.zh


@pytest.mark.parametrize(
    "text", ["合計", "總計：", "共 81 人", "合計81人", "Total", "小計 5", "共計3名"]
)
def test_totals(text: str) -> None:
    assert is_total(["", text, 81])


@pytest.mark.parametrize("text", ["共同科", "總務主任", "合作社", "小明", "王小計", ""])
def test_no_totals(text: str) -> None:
    assert not is_total(["", text])


@pytest.mark.parametrize("text", ["以下空白", "承辦人：　　　主任：", "備註", "列印：112/08/04"])
def test_notes_below_the_list_are_nobody(tmp_path: Path, text: str) -> None:
    draft = read(tmp_path, FINE, [text, "", "", "", "", "", ""])
    assert len(draft.people) == draft.rows == 1
    assert kinds(draft) == [(3, "totals_row", "skip")]


def test_status_words() -> None:
    assert status_problem("錄取") is status_problem("") is status_problem("正取") is None


@pytest.mark.parametrize(
    "text",
    ["134601", "縣立海豐國小", "屏東縣屏東市海豐國民小學", "134601 海豐國小", "海豐國小(134601)"],
)
def test_units_are_found_by_code_or_name(text: str) -> None:
    assert UNITS.find(text) == "u1"


def test_shared_codes_need_the_level() -> None:
    assert UNITS.find("134321") is None
    assert UNITS.find("枋寮高中") == "u3"
    assert UNITS.find("134321 枋寮高中附設國中") == "u4"


@pytest.mark.parametrize(
    "header",
    [
        ["姓名*", "身分證字號(必填)", "服務單位"],
        ["教師姓名", "身份證字號", "學校名稱"],
        ["姓　名", "身分證\n統一編號", "任職 學校"],
        ["Name", "ID Number", "School"],
        ["姓名 Name", "身分證字號 ID", "單位 Unit"],
        ["ＮＡＭＥ", "ID_NO", "Unit："],
    ],
)
def test_column_names_are_recognised(tmp_path: Path, header: list[str]) -> None:
    columns = [f'"{name}"' for name in header]
    draft = read(tmp_path, FINE[:3], columns=columns)
    assert set(draft.mapping) == {"name", "id_number", "unit"}
    assert kinds(draft) == []


def test_mapping_overrules_names(tmp_path: Path) -> None:
    rows = [["報名人", "姓名", "備註"], ["王小明", "陳大文", "素"]]
    mapping = {"name": "報名人", "attention": ""}
    draft = read_roster(write(tmp_path, csv_text(rows)), mapping=mapping)
    assert draft.mapping == {"name": "報名人"}
    assert draft.people[0].data.name == "王小明"
    assert draft.people[0].data.attention == ""


@pytest.mark.parametrize("mapping", [{"name": "沒有這欄"}, {"nonsense": "姓名"}])
def test_mapping_to_nothing_is_refused(tmp_path: Path, mapping: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_roster(write(tmp_path, csv_text([HEADER, *PEOPLE])), mapping=mapping)
    assert caught.value.field == "mapping"


def test_profiles_survive_json() -> None:
    profile = MappingProfile(name="全教網", columns={"name": "姓名", "unit": "服務單位"})
    assert profile_from_json(profile_to_json(profile)) == profile


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"name": 1, "columns": {}}',
        '{"name": "a", "columns": {"x": "y"}}',
        '{"name": "a", "columns": {"name": 3}}',
        "[" * 100_000,
    ],
)
def test_profiles_that_are_none(text: str) -> None:
    with pytest.raises(InvalidInput):
        profile_from_json(text)
