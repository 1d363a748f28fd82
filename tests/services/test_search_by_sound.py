"""Search by sound at the desk: Zhuyin and pinyin, also in a file of an older version."""

import pytest
from factories import Room

from app.services.care import verify_event
from app.services.opening import refill_if_older
from app.services.outcomes import WalkIn


@pytest.fixture
def names(room: Room) -> Room:
    for name in ("王小明", "王曉萌", "汪淑芬", "曾淑芬", "呂安", "張瑞", "林宜蓁"):
        room.office.persons.add_person("b1d1", WalkIn(name=name, unit_text="光明國小"))
    return room


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ㄨㄒㄇ", {"王小明", "王曉萌"}),
        ("ㄨㄤˊㄒㄧㄠˇㄇㄧㄥˊ", {"王小明"}),
        ("ㄨㄤㄕ", {"汪淑芬"}),
        ("ㄌㄧㄓ", {"林宜蓁"}),
        ("ㄌㄩˇㄢ", {"呂安"}),
        ("wangxiaoming", {"王小明"}),
        ("Wang Xiao", {"王小明", "王曉萌"}),
        ("xiaoming", {"王小明"}),
        ("wxm", {"王小明", "王曉萌"}),
        ("zsf", {"曾淑芬"}),
        ("zeng", {"曾淑芬"}),
        ("lü", {"呂安"}),
        ("lv an", {"呂安"}),
        ("zhangr", {"張瑞"}),
    ],
)
def test_somebody_is_found_by_sound(names: Room, typed: str, first: set[str]) -> None:
    found = [hit.card.name for hit in names.desk.people.find_people(typed)]
    assert set(found) == first


def test_a_file_of_an_older_version_is_indexed_again(names: Room) -> None:
    database = names.desk.context.database
    with database.write() as connection:
        connection.execute("UPDATE person SET grams=substr(grams, 1, 3)")
    assert not names.desk.people.find_people("wangxiaoming")
    assert not verify_event(names.desk.context).is_sound
    refill_if_older(database, "0005")
    assert [hit.card.name for hit in names.desk.people.find_people("wangxiaoming")] == ["王小明"]
    assert verify_event(names.desk.context).is_sound
