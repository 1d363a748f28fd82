"""Single people: what is known, every fact told, and changes by hand that can be taken back."""

import pytest
from factories import Room, moment

from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import FactKind, PersonId
from app.domain.verdict import RegistrationStatus, Verdict
from app.services.care import verify_event
from app.services.outcomes import WalkIn
from app.services.persons import PersonService


@pytest.fixture
def persons(room: Room) -> PersonService:
    return room.office.persons


def form(name: str = "林嘉玲", unit: str = "光明國小") -> WalkIn:
    return WalkIn(name=name, unit_text=unit, title="組長", phone="0912345678")


def test_somebody_is_shown_with_registrations_and_badges(
    room: Room, persons: PersonService
) -> None:
    person = persons.get_person(room.person(1))
    assert person.data.name
    assert [each.session for each in person.registrations] == ["b1d1"]
    assert [each.code for each in person.badges] == [room.code(1)]
    assert person.badges[0].sort == "badge"
    assert person.badges[0].prints == 0


def test_nobody_is_told_in_words(persons: PersonService) -> None:
    for call in (persons.get_person, persons.history):
        with pytest.raises(NotFound):
            call(PersonId("nobody"))


def test_an_edit_changes_what_it_names_and_is_told(room: Room, persons: PersonService) -> None:
    who = room.person(1)
    before = persons.get_person(who).data
    after = persons.amend(who, {"name": " 王 大明 ", "phone": before.phone}, reason="本人更正")
    assert after.data.name == "王 大明"
    assert after.data.phone == before.phone
    assert persons.get_person(who) == after
    line = persons.history(who)[-1]
    assert line.kind is FactKind.REGISTRATION_AMENDED
    assert line.reason == "本人更正"
    assert [(name.en, text) for name, text in line.details] == [
        ("Name", f"{before.name} → 王 大明")
    ]
    assert room.desk.people.find_people("大明")[0].card.id == who


def test_an_edit_of_nothing_records_nothing(room: Room, persons: PersonService) -> None:
    before = room.fact_count()
    persons.amend(room.person(1), {"name": persons.get_person(room.person(1)).data.name})
    assert room.fact_count() == before


def test_a_history_shows_an_id_number_by_its_tail(room: Room, persons: PersonService) -> None:
    who = room.person(1)
    number = persons.get_person(who).data.id_number
    persons.amend(who, {"id_number": "A123456789"})
    told = [text for line in persons.history(who) for _name, text in line.details]
    assert f"…{number[-3:]} → …789" in told
    assert not any(number in text or "A123456789" in text for text in told)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "  "}, "name"), ({"colour": "red"}, "colour"), ({"title": "長" * 201}, "title")],
    ids=["no name", "no such field", "too long"],
)
def test_a_bad_edit_is_refused_and_changes_nothing(
    room: Room, persons: PersonService, changes: dict[str, str], field: str
) -> None:
    before = room.fact_count()
    with pytest.raises(InvalidInput) as refused:
        persons.amend(room.person(1), changes)
    assert refused.value.field == field
    assert room.fact_count() == before


def test_a_typed_unit_drops_the_one_picked(room: Room, persons: PersonService) -> None:
    who = room.person(1)
    assert persons.amend(who, {"unit_text": "不在清單的單位"}).data.unit_id is None
    assert persons.get_person(who).unit == "不在清單的單位"


def test_somebody_added_by_hand_is_expected_and_not_arrived(
    room: Room, persons: PersonService
) -> None:
    before = room.desk.checkin.counts("b1d1")
    added = persons.add_person("b1d1", form())
    after = room.desk.checkin.counts("b1d1")
    assert (after.expected, after.arrived) == (before.expected + 1, before.arrived)
    assert added.registrations[0].origin == "added"
    with pytest.raises(InvalidInput):
        persons.add_person("b1d1", form(name=" "))
    with pytest.raises(NotFound):
        persons.add_person("b9d9", form())


def test_a_cancellation_over_several_is_one_act_and_can_be_taken_back(
    room: Room, persons: PersonService
) -> None:
    people = [room.person(1), room.person(2), room.person(1)]
    before = room.desk.checkin.counts("b1d1").expected
    assert persons.cancel(people, "b1d1", "改派他人") == 2
    assert persons.cancel(people, "b1d1", "改派他人") == 0
    assert room.desk.checkin.counts("b1d1").expected == before - 2
    assert persons.restore(people, "b1d1") == 2
    assert room.desk.checkin.counts("b1d1").expected == before
    assert persons.get_person(people[0]).registrations[0].origin == "imported"


def test_one_unknown_person_stops_the_whole_act(room: Room, persons: PersonService) -> None:
    before = room.fact_count()
    with pytest.raises(NotFound):
        persons.cancel([room.person(1), PersonId("nobody")], "b1d1", "改派他人")
    assert room.fact_count() == before


def test_a_move_takes_the_registration_and_tells_of_scans(
    room: Room, persons: PersonService
) -> None:
    room.at("08:40")
    assert room.scan(room.code(1)).verdict is Verdict.CHECKED_IN
    people = [room.person(1), room.person(2)]
    moved = persons.move(people, "b1d1", "b2d1", "改第二梯次")
    assert moved.moved == tuple(people)
    assert moved.had_scans == (people[0],)
    standing = {each.session: each.status for each in persons.get_person(people[0]).registrations}
    assert standing == {
        "b1d1": RegistrationStatus.CANCELLED,
        "b2d1": RegistrationStatus.ACTIVE,
    }
    with pytest.raises(InvalidInput):
        persons.move(people, "b2d1", "b2d1", "一樣")


def test_a_history_is_every_fact_in_order(room: Room, persons: PersonService) -> None:
    room.at("08:40")
    who = room.person(1)
    scan = room.scan(room.code(1))
    room.desk.checkin.undo_scan(scan.fact_id, "刷錯人")
    persons.cancel([who], "b1d1", "改派他人")
    lines = persons.history(who)
    assert [line.kind for line in lines] == [
        FactKind.REGISTRATION_ADDED,
        FactKind.BADGE_ISSUED,
        FactKind.SCAN_RECORDED,
        FactKind.SCAN_VOIDED,
        FactKind.REGISTRATION_CANCELLED,
    ]
    assert lines[2].at == moment("08:40")
    assert "報到完成" in lines[2].text.zh
    assert lines[3].reason == "刷錯人"
    assert all(line.text.en and line.actor is not None for line in lines)


def test_read_tables_are_those_of_a_rebuild_after_changes_by_hand(
    room: Room, persons: PersonService
) -> None:
    persons.add_person("b1d1", form())
    persons.move([room.person(2)], "b1d1", "b2d1", "改第二梯次")
    persons.amend(room.person(1), {"unit_text": "別的單位", "meal": "素"})
    assert verify_event(room.desk.context).is_sound


def test_where_somebody_is_now_is_the_room_entered_last(room: Room, persons: PersonService) -> None:
    who = room.person(1)
    assert persons.get_person(who).where is None
    room.at("08:40")
    room.scan(room.code(1), letter="B")
    where = persons.get_person(who).where
    assert where is not None
    assert (where.session, where.station, where.since) == ("b1d1", "B", moment("08:40"))
    room.at("16:30")
    room.scan(room.code(1), way="out")
    assert persons.get_person(who).where is None
