import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import (
    UnitLevel,
    find_township,
    nearby_unit_keys,
    short_unit_name,
    split_unit_name,
    unit_key,
)

SCHOOLS = Path(__file__).parents[3] / "shared/data/pingtung_schools.csv"
LEVELS = {
    "國小": UnitLevel.ELEMENTARY,
    "國中": UnitLevel.JUNIOR,
    "附設國中部": UnitLevel.JUNIOR,
}


@pytest.mark.parametrize(
    "names",
    [
        (
            "海豐國小",
            "縣立海豐國小",
            "本縣海豐國小",
            "屏東縣立海豐國民小學",
            "屏東縣屏東市海豐國民小學",
            "屏東市海豐國小",
            "海 豐 國 小",
            "屏東縣海豐國小(代理)",
        ),
        ("國立屏東大學實小", "國立屏東大學附設實驗國民小學", "屏東大學附設實小"),
        ("縣立霧臺國小", "屏東縣霧台鄉霧台國民小學"),
        ("縣立滿州國中", "屏東縣立滿洲國民中學"),
        ("私立南榮國中(代用)", "屏東縣私立南榮國民中學", "南榮國中（代用）"),
        (
            "縣立枋寮高中附設國中",
            "屏東縣立枋寮高級中學附設國中部",
            "枋寮高中國中部",
            "枋寮高中（國中部）",
        ),
        ("國立屏東女中", "國立屏東女子高級中學"),
        ("國立屏東高工", "國立屏東高級工業職業學校"),
        ("市立烏來國(中)小", "新北市立烏來國民中小學", "烏來國中小", "烏來國中(小)"),
        ("財團法人屏榮高中", "屏東縣私立屏榮高級中學", "財團法人屏東縣私立屏榮高級中學"),
        ("車城國小溫泉分校", "屏東縣車城鄉車城國民小學溫泉分校", "縣立車城國小（溫泉分校）"),
        ("臺中市立立人國小", "臺中市立人國小", "立人國小"),
        ("臺南市新市區新市國小", "市立新市國小", "新市國小"),
        ("屏東縣教師研習中心", "本縣教師研習中心"),
    ],
)
def test_writings_of_one_unit_share_a_key(names: tuple[str, ...]) -> None:
    assert len({unit_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("枋寮國小", "枋寮高中", "枋寮國中", "枋寮高中附設國中"),
        ("車城國小", "車城國中", "車城國小溫泉分校", "車城國小射寮分校"),
        ("屏東高中", "屏東高工", "屏東女中"),
        ("海豐國小", "海豐國小附設幼兒園"),
        ("屏東縣政府", "屏東市公所", "屏東縣政府教育處"),
        ("市立后里區泰安國小", "市立泰安國小"),
    ],
)
def test_different_units_have_different_keys(names: tuple[str, ...]) -> None:
    assert len({unit_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("屏東縣屏東市海豐國民小學", "海豐國小"),
        ("縣立枋寮高中附設國中", "枋寮高中附設國中"),
        ("國立屏東大學附設實驗國民小學", "屏東大學實小"),
        ("車城國民小學溫泉分校", "車城國小溫泉分校"),
        ("私立南榮國中(代用)", "南榮國中"),
        ("屏東縣政府教育處", "屏東縣政府教育處"),
        ("臺北市立大學附小", "臺北市立大學附小"),
        ("霧台國小", "霧台國小"),
    ],
)
def test_screens_show_the_short_name_as_typed(name: str, short: str) -> None:
    assert short_unit_name(name) == short


def test_a_name_comes_apart() -> None:
    unit = split_unit_name("屏東縣車城鄉車城國民小學溫泉分校")
    assert (unit.base, unit.kind, unit.branch) == ("車城", "國小", "溫泉")
    assert (unit.level, unit.is_attached) == (UnitLevel.ELEMENTARY, False)
    attached = split_unit_name("縣立枋寮高中附設國中")
    assert (attached.base, attached.level, attached.is_attached) == ("枋寮", UnitLevel.JUNIOR, True)
    assert split_unit_name("本府教育處").level is UnitLevel.OTHER


@pytest.mark.parametrize("typed", ["枋寮高中", "枋寮國中", "國立枋寮高級中學"])
def test_an_attached_division_is_near_its_colloquial_names(typed: str) -> None:
    assert unit_key("縣立枋寮高中附設國中") in nearby_unit_keys(typed)


@pytest.mark.parametrize(
    ("address", "township"),
    [
        ("[900]屏東縣屏東市三山里海豐街3號", "屏東市"),
        ("屏東縣三地門鄉三地村", "三地門鄉"),
        ("90142 屏東縣泰武鄉佳平村", "泰武鄉"),
        ("高雄市前鎮區某路1號", "前鎮區"),
        ("", None),
        ("somewhere", None),
    ],
)
def test_the_township_is_read_from_an_address(address: str, township: str | None) -> None:
    assert find_township(address) == township


@given(st.text())
def test_no_name_is_refused(name: str) -> None:
    unit_key(name)
    nearby_unit_keys(name)
    find_township(name)


@pytest.mark.skipif(not SCHOOLS.exists(), reason="reference data is not here")
def test_every_real_school_has_its_own_key_and_meets_its_long_name() -> None:
    rows = list(csv.DictReader(SCHOOLS.read_text("utf-8-sig").splitlines()))
    assert len({unit_key(row["name"]) for row in rows}) == len(rows) == 208
    for row in rows:
        unit = split_unit_name(row["name"])
        assert unit.level is LEVELS[row["level"]], row["name"]
        assert unit_key(short_unit_name(row["name"])) == unit_key(row["name"])
        assert find_township(row["address"]) == row["township"]
        for long_name in long_names(row["name"], row["township"]):
            assert unit_key(long_name) == unit_key(row["name"]), long_name


def long_names(name: str, township: str) -> list[str]:
    """Return the official long forms of a listed school."""
    official = (
        name.replace("附設國中部", "附設國中")
        .replace("高中附設國中", "高級中學附設國中部")
        .replace("實小", "附設實驗國民小學")
        .replace("(代用)", "")
    )
    if not official.endswith("部"):
        official = official.replace("國小", "國民小學").replace("國中", "國民中學")
    if not official.startswith("縣立"):
        return [official]
    bare = official.removeprefix("縣立")
    return [f"屏東縣立{bare}", f"屏東縣{township}{bare}", f"本縣{bare}", bare]
