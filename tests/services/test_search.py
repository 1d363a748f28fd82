"""A person is found by the little that somebody remembers."""

from pathlib import Path

import pytest
from factories import Room, id_number, write_roster

PEOPLE = [
    ("林采潔", id_number(1), "縣立青山國小", "教務主任", "0912345678", "tsai.chieh@school.example"),
    ("林采", id_number(2), "縣立青海國中", "導師", "08-7320415", ""),
    ("王林采", id_number(3), "縣立海風國中", "組長", "0987000111", ""),
    ("陳大文", id_number(4), "縣立青山國小", "導師", "0911222333", "davin@school.example"),
    ("陳大文", id_number(5), "縣立白雲國小", "校長", "0955666777", ""),
    ("溫小明", id_number(6), "縣立白雲國小", "教師", "0966888999", ""),
    ("拉娃‧谷拉斯", id_number(7), "縣立青山國小", "教師", "0933444555", ""),
    ("O'Neil Ann", id_number(8), "縣立白雲國小", "教師", "0900123000", "ann.o@school.example"),
    ("𠮷田一", id_number(9), "縣立海風國中", "教師", "0900123111", ""),
]


@pytest.fixture
def people(empty_room: Room, tmp_path: Path) -> Room:
    file = write_roster(tmp_path / "roster.csv", PEOPLE)
    empty_room.office.registrations.import_roster(file, "b1d1")
    return empty_room


def names(room: Room, text: str, *, limit: int = 50) -> list[str]:
    return [hit.card.name for hit in room.desk.people.find_people(text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("林", ["林采", "林采潔", "王林采"]),
        ("林采", ["林采", "林采潔", "王林采"]),
        ("林采潔", ["林采潔"]),
        ("采", ["林采", "林采潔", "王林采"]),
        ("潔", ["林采潔"]),
        ("大文", ["陳大文", "陳大文"]),
        ("王", ["王林采"]),
        ("温小明", ["溫小明"]),
        ("拉娃谷拉斯", ["拉娃‧谷拉斯"]),
        ("拉娃·谷拉斯", ["拉娃‧谷拉斯"]),
        ("谷拉", ["拉娃‧谷拉斯"]),
        ("吉田", ["𠮷田一"]),
        ("o'neil", ["O'Neil Ann"]),
        ("ＡＮＮ", ["O'Neil Ann"]),
        ("5678", ["林采潔"]),
        ("678", ["林采潔"]),
        ("0912345678", ["林采潔"]),
        ("0415", ["林采"]),
        (id_number(6), ["溫小明"]),
        (id_number(6)[-4:], ["溫小明"]),
        ("davin", ["陳大文"]),
        ("青海", ["林采"]),
        ("林 青山", ["林采潔"]),
        ("陳 白雲", ["陳大文"]),
        ("沒有這個人", []),
        ("", []),
        ("   ", []),
        ("‧", []),
        ("x", []),
    ],
)
def test_who_is_found(people: Room, text: str, wanted: list[str]) -> None:
    assert sorted(names(people, text)) == sorted(wanted)


def test_an_exact_name_comes_before_its_beginning_and_that_before_the_middle(
    people: Room,
) -> None:
    assert names(people, "林采") == ["林采", "林采潔", "王林采"]


def test_homonyms_are_told_apart_by_unit_and_title(people: Room) -> None:
    hits = people.desk.people.find_people("陳大文")
    assert [(hit.card.unit, hit.card.title) for hit in hits] == [
        ("白雲國小", "校長"),
        ("青山國小", "導師"),
    ]


def test_of_homonyms_the_one_of_the_session_at_hand_comes_first(
    people: Room, tmp_path: Path
) -> None:
    file = write_roster(tmp_path / "other.csv", [PEOPLE[3]])
    people.office.registrations.import_roster(file, "b1d2")
    first = people.desk.people.find_people("陳大文", session="b1d2")[0]
    assert (first.card.unit, first.registered_here) == ("青山國小", True)
    assert first.sessions == ("b1d1", "b1d2")


@pytest.mark.parametrize(
    "text", ["*", '"', "'", "AND", "OR NOT", "NEAR(", "a*b", "林*", "^林", "-"]
)
def test_marks_of_the_search_language_are_only_text(people: Room, text: str) -> None:
    assert set(names(people, text)) <= {person[0] for person in PEOPLE}


def test_the_list_is_no_longer_than_asked(people: Room) -> None:
    assert len(names(people, "國小", limit=2)) == 2
    assert len(names(people, "林", limit=1)) == 1


def test_how_somebody_stands_is_said(people: Room) -> None:
    people.office.badges.badges_for("b1d1")
    people.at("08:45")
    people.scan(people.code(6))
    (hit,) = people.desk.people.find_people("溫", session="b1d1")
    assert (hit.registered_here, hit.arrived_here, hit.present_here) == (True, True, True)
    (hit,) = people.desk.people.find_people("溫", session="b2d1")
    assert (hit.registered_here, hit.arrived_here, hit.present_here) == (False, False, False)


def test_numbers_never_stand_in_what_a_search_returns(people: Room) -> None:
    for text in ("林", "5678", "白雲"):
        shown = repr(people.desk.people.find_people(text))
        assert not [person for person in PEOPLE if person[1] in shown or person[4] in shown]


def test_units_are_found_by_a_character_of_name_or_code(people: Room, tmp_path: Path) -> None:
    units = [("縣立青山國小", "013601"), ("縣立青海國中", "013502"), ("縣立大青國小", "013603")]
    file = write_roster(tmp_path / "u.csv", units, ("學校名稱", "代碼"))
    people.office.registrations.import_units(file)

    def found(text: str) -> list[str]:
        return [unit.name for unit in people.office.registrations.find_units(text)]

    assert found("青") == ["縣立青山國小", "縣立青海國中", "縣立大青國小"]
    assert sorted(found("0136")) == ["縣立大青國小", "縣立青山國小"]
    assert found("國中") == ["縣立青海國中"]
    assert found(" ") == []
