"""School lists: the Ministry's shape and any sheet with names."""

from pathlib import Path

import pytest
from roster_files import csv_text, write, xlsx_bytes

from app.domain.errors import Cancelled, InvalidInput
from app.domain.facts import UnitId
from app.domain.people import Unit, UnitLevel
from app.roster.unit_index import UnitIndex
from app.roster.unit_lists import read_units

DATA = Path(__file__).parents[3] / "shared" / "data"
MINISTRY = ["學年度", "代碼", "學校名稱", "公/私立", "縣市名稱", "地址", "電話", "網址"]
HERE = [
    "112",
    "134601",
    "縣立海豐國小",
    "公立",
    "[13]屏東縣",
    "[900]屏東縣屏東市海豐街3號",
    "(08)7365241",
    "",
]
AWAY = [
    "112",
    "014601",
    "市立信義國小",
    "公立",
    "[01]新北市",
    "[220]新北市板橋區一路1號",
    "(02)22223333",
    "",
]


def test_ministry_list_of_one_county(tmp_path: Path) -> None:
    file = write(tmp_path, csv_text([MINISTRY, AWAY, HERE]).encode("utf-8-sig"))
    draft = read_units(file, county="屏東縣")
    assert (draft.rows, draft.other_county, draft.header_row) == (1, 1, 1)
    (unit,) = draft.units
    assert (unit.code, unit.level, unit.township) == ("134601", UnitLevel.ELEMENTARY, "屏東市")
    assert (unit.phone, unit.identity, unit.row) == ("087365241", "134601:elementary", 3)
    assert len(read_units(file).units) == 2


def test_attached_divisions_share_a_code(tmp_path: Path) -> None:
    rows = [["code", "name"], ["134321", "枋寮高中"], ["134321", "枋寮高中附設國中"]]
    draft = read_units(write(tmp_path, csv_text(rows)))
    assert [unit.level for unit in draft.units] == [UnitLevel.SENIOR, UnitLevel.JUNIOR]
    assert draft.problems == []


def test_a_plain_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["單位清單", ""],
        ["單位名稱", "代碼", "鄉鎮市區", "區域"],
        ["車城國小溫泉分校", "", "車城鄉", "屏南區"],
        ["育才國小", 11601, "永和區", ""],
        ["育才國小", 11601, "永和區", ""],
        ["教育處", "", "", ""],
        ["", "134999", "", ""],
        ["合計", "", "", ""],
    ]
    draft = read_units(write(tmp_path, xlsx_bytes({"a": rows})))
    assert [unit.name for unit in draft.units] == ["車城國小溫泉分校", "育才國小", "教育處"]
    assert draft.units[1].code == "011601"
    assert draft.units[2].level is UnitLevel.OTHER
    found = [(problem.row, str(problem.kind)) for problem in draft.problems]
    assert found == [(5, "duplicate_row"), (7, "name_missing"), (8, "totals_row")]


def test_level_from_the_code_or_its_column(tmp_path: Path) -> None:
    rows = [["名稱", "代碼", "學制"], ["海豐", "134601", ""], ["鶴聲", "", "國中"]]
    draft = read_units(write(tmp_path, csv_text(rows)))
    assert [unit.level for unit in draft.units] == [UnitLevel.ELEMENTARY, UnitLevel.JUNIOR]
    assert [unit.key for unit in draft.units] == ["海豐:國小", "鶴聲:國中"]


def test_list_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_units(write(tmp_path, "a,b\n1,2\n"))
    assert "學校名稱" in caught.value.message.zh


def test_cancelling(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        read_units(write(tmp_path, csv_text([MINISTRY, HERE])), progress=lambda *_steps: False)


@pytest.mark.skipif(not DATA.is_dir(), reason="no school lists here")
@pytest.mark.parametrize(
    ("name", "count", "away"),
    [
        ("moe_e1_new_112_all.csv", 165, 2460),
        ("pingtung_high_schools_112.csv", 19, 0),
        ("pingtung_schools.csv", 208, 0),
    ],
)
def test_real_lists(name: str, count: int, away: int) -> None:
    draft = read_units(DATA / name, county="屏東縣")
    assert (len(draft.units), draft.other_county, draft.problems) == (count, away, [])
    assert all(unit.township and unit.level is not UnitLevel.OTHER for unit in draft.units)


def test_a_total_in_the_code_column_is_no_unit(tmp_path: Path) -> None:
    rows: list[list[object]] = [["代碼", "名稱"], [134603, "海豐國小"], ["合計", 1]]
    draft = read_units(write(tmp_path, xlsx_bytes({"名單": rows})))
    assert [unit.name for unit in draft.units] == ["海豐國小"]
    assert [found.kind for found in draft.problems] == ["totals_row"]


def test_a_repeated_unit_is_called_a_unit(tmp_path: Path) -> None:
    rows = [["代碼", "名稱"], ["134603", "海豐國小"], ["134603", "海豐國小"]]
    (found,) = read_units(write(tmp_path, csv_text(rows))).problems
    assert found.message.en == "The same unit as in row 2; the row is left out."


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("海豐國小", True),
        ("本縣海豐國小", True),
        ("屏東縣屏東市海豐國民小學", True),
        ("屏東市海豐國小", True),
        ("新北市海豐國小", False),
        ("台中市立海豐國小", False),
        ("花蓮縣海豐國小", False),
    ],
)
def test_units_match_inside_the_county_only(text: str, is_known: bool) -> None:
    unit = Unit(id=UnitId("u1"), name="縣立海豐國小", level=UnitLevel.ELEMENTARY)
    index = UnitIndex([unit], county="屏東縣")
    assert (index.find(text) == "u1") is is_known
    assert (index.resolve(text).key == index.key_of(UnitId("u1"))) is is_known
