"""The same person twice: merged, judged as one, and separated again as if it had never been."""

import pytest
from factories import Room, id_number, person_name, person_row, station, write_roster

from app.domain.errors import InvalidInput, NotAllowed
from app.domain.facts import FactKind, PersonId
from app.domain.verdict import RegistrationStatus, Verdict
from app.services.care import rebuild_tables, verify_event
from app.services.outcomes import WalkIn
from app.services.persons import PersonService
from app.services.visit_views import VisitForm
from db.projection.rows import READ_TABLES
from db.queries.visits import list_of_person

WHY = "同一人"


@pytest.fixture
def persons(room: Room) -> PersonService:
    return room.office.persons


def tables(room: Room) -> dict[str, list[str]]:
    """Return the rows of every read table."""
    names = {name: ",".join(table.columns) for name, table in READ_TABLES.items()}
    names["session_tally"] = "session, expected, arrived, present"
    return {
        name: sorted(map(repr, room.connection.execute(f"SELECT {columns} FROM {name}")))  # noqa: S608
        for name, columns in names.items()
    }


def check(room: Room) -> None:
    """The tables are what a rebuild makes of the facts."""
    assert verify_event(room.desk.context).is_sound
    before = tables(room)
    rebuild_tables(room.desk.context)
    assert tables(room) == before


def walk_in(room: Room, number: int = 1, *, session: str = "b1d1", **more: str) -> PersonId:
    """Let somebody who is on the roster come as a walk-in."""
    form = WalkIn(name=person_name(number), unit_text=person_row(number)[2], **more)
    outcome = room.desk.checkin.walk_in(form, station(session))
    assert outcome.person is not None
    return outcome.person.id


def counts(room: Room, session: str = "b1d1") -> tuple[int, int, int]:
    found = room.desk.checkin.counts(session)
    return found.expected, found.arrived, found.present


def test_two_records_are_one_person_everywhere(room: Room, persons: PersonService) -> None:
    room.at("08:45")
    listed, other = room.person(1), walk_in(room, phone="0900111222", title="代理")
    assert counts(room) == (13, 1, 1)
    merged = persons.merge(listed, other, WHY)
    assert counts(room) == (12, 1, 1)
    assert merged.id == listed
    assert [(each.id, each.reason) for each in merged.merged_from] == [(other, WHY)]
    assert merged.data.phone == person_row(1)[4]
    assert persons.get_person(other) == merged
    assert [hit.card.id for hit in room.desk.people.find_people(person_name(1))] == [listed]
    room.at("17:30")
    assert room.scan(room.code(1)).verdict is Verdict.CHECKED_OUT
    kinds = [line.kind for line in persons.history(listed)]
    assert kinds.count(FactKind.SCAN_RECORDED) == 2
    assert FactKind.PERSON_MERGED in kinds
    scans = room.office.registrations.list_roster("b1d1")
    assert sum(row.arrived_at is not None for row in scans) == 1
    check(room)


def test_separated_they_are_as_if_it_had_never_been(room: Room, persons: PersonService) -> None:
    room.at("08:45")
    other = walk_in(room)
    before = tables(room)
    persons.merge(room.person(1), other, WHY)
    assert tables(room) != before
    alone = persons.separate(other, "認錯人")
    assert alone.id == other
    assert alone.merged_from == ()
    assert tables(room) == before
    check(room)


def test_a_scan_goes_back_with_the_badge_it_was_made_with(
    room: Room, persons: PersonService
) -> None:
    kept, other, code = room.person(1), room.person(2), room.code(2)
    persons.merge(kept, other, WHY)
    room.at("08:45")
    first = room.scan(code)
    assert first.person is not None
    assert first.person.id == kept
    room.at("08:50")
    room.desk.checkin.undo_scan(room.scan(code).fact_id, "誤刷")
    check(room)
    persons.separate(other, "認錯人")
    assert room.scan(code, way="in").verdict is Verdict.ALREADY_IN
    assert persons.get_person(kept).registrations[0].status is RegistrationStatus.ACTIVE
    assert counts(room) == (12, 1, 1)
    scans = [line for line in persons.history(kept) if line.kind is FactKind.SCAN_RECORDED]
    assert scans == []
    check(room)


def test_the_kept_ones_words_win_and_what_it_cleared_stays_cleared(
    room: Room, persons: PersonService
) -> None:
    listed = room.person(1)
    other = walk_in(room, phone="0900111222")
    persons.amend(other, {"meal": "素食", "attention": "過敏"})
    persons.amend(listed, {"attention": "x"})
    persons.amend(listed, {"attention": ""})
    merged = persons.merge(listed, other, WHY)
    assert merged.data.phone == person_row(1)[4]
    assert merged.data.meal == "素食"
    assert merged.data.attention == ""
    assert persons.amend(other, {"meal": ""}).data.meal == ""
    check(room)


def test_a_cancellation_of_the_kept_one_ends_all_its_registrations(
    room: Room, persons: PersonService
) -> None:
    listed = room.person(1)
    other = walk_in(room, session="b2d1")
    persons.merge(listed, other, WHY)
    assert persons.cancel([listed, other], "b2d1", "不來了") == 1
    status = {each.session: each.status for each in persons.get_person(listed).registrations}
    assert status == {"b1d1": RegistrationStatus.ACTIVE, "b2d1": RegistrationStatus.CANCELLED}
    assert persons.restore([other], "b2d1") == 1
    check(room)


def test_a_twin_cancelled_before_the_merge_does_not_cancel_the_roster(
    room: Room, persons: PersonService
) -> None:
    other = walk_in(room)
    persons.cancel([other], "b1d1", "重複")
    merged = persons.merge(room.person(1), other, WHY)
    assert [each.status for each in merged.registrations] == [RegistrationStatus.ACTIVE]
    check(room)


def test_credit_is_given_once(room: Room, persons: PersonService) -> None:
    kept, other = room.person(1), room.person(20)
    for person, session in ((kept, "b1d1"), (other, "b2d1")):
        room.office.closing.decide(person, session, grant=True, reason="補")
        room.clock.pass_ms(60_000)
    persons.merge(kept, other, WHY)
    rows = room.connection.execute(
        "SELECT session, granted, hours>0 FROM credit_decision ORDER BY session"
    ).fetchall()
    assert rows == [("b1d1", 1, 1), ("b2d1", 0, 0)]
    check(room)


def test_many_records_of_one_person(room: Room, persons: PersonService) -> None:
    one, two, three, four = (room.person(number) for number in range(1, 5))
    persons.merge(two, one, WHY)
    persons.merge(four, three, WHY)
    persons.merge(four, one, WHY)  # who is one with two by now
    assert {each.id for each in persons.get_person(one).merged_from} == {one, two, three}
    assert persons.get_person(three).id == four
    with pytest.raises(NotAllowed):
        persons.merge(three, one, WHY)
    check(room)
    persons.separate(two, "認錯人")
    assert persons.get_person(one).id == two
    assert persons.get_person(three).id == four
    check(room)


def test_what_cannot_be_merged_or_separated(room: Room, persons: PersonService) -> None:
    with pytest.raises(NotAllowed):
        persons.merge(room.person(1), room.person(1), WHY)
    with pytest.raises(InvalidInput):
        persons.merge(room.person(1), room.person(2), " ")
    with pytest.raises(NotAllowed):
        persons.separate(room.person(1), WHY)


def test_warnings_before_a_merge(room: Room, persons: PersonService) -> None:
    room.at("08:45")
    one, two = room.person(1), room.person(2)
    for number in (1, 2):
        room.clock.pass_ms(5_000)
        room.scan(room.code(number))
    said = [words.en for words in persons.merge_warnings(one, two)]
    assert said == ["The two ID numbers differ.", "Both have scans at B1D1."]
    room.office.closing.close_session("b1d1")
    assert any("sealed" in words.en for words in persons.merge_warnings(one, two))
    persons.merge(one, two, WHY)
    check(room)


def test_likely_twins(room: Room, persons: PersonService) -> None:
    room.at("08:45")
    assert persons.find_twins() == ()
    same = walk_in(room, 1)
    form = WalkIn(name=f"{person_name(2)[:2]}某", unit_text=person_row(2)[2])
    near = room.desk.checkin.walk_in(form, station()).person
    form = WalkIn(name=person_name(3), unit_text="海角國小")
    elsewhere = room.desk.checkin.walk_in(form, station()).person
    form = WalkIn(name=person_name(4), unit_text=person_row(4)[2], id_number=id_number(400))
    homonym = room.desk.checkin.walk_in(form, station()).person  # has an ID number of his own
    assert homonym is not None
    assert near is not None
    assert elsewhere is not None
    pairs = persons.find_twins(session="b1d1")
    scores = {(pair.kept.id, pair.other.id): pair.score for pair in pairs}
    assert scores[room.person(1), same] == 90
    assert scores[room.person(2), near.id] == 55
    assert scores[room.person(3), elsewhere.id] == 50
    assert not any(homonym.id in pair for pair in scores)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    there = {pair.kept.id for pair in persons.find_twins(session="b2d1")}
    assert there.isdisjoint({room.person(1), room.person(2), room.person(3)})
    persons.merge(room.person(1), same, WHY)
    assert all(same not in (pair.kept.id, pair.other.id) for pair in persons.find_twins())


def test_a_name_written_by_ear_is_a_likely_twin(room: Room, persons: PersonService) -> None:
    rows = [("王筱薇", "縣立月光國小")]
    file = write_roster(room.profile.folder / "ear.csv", rows, ("姓名", "單位"))
    room.office.registrations.import_roster(file, "b1d1")
    form = WalkIn(name="林筱薇", unit_text="月光國小")
    room.desk.checkin.walk_in(form, station())
    assert [pair.score for pair in persons.find_twins()] == [55]
    form = WalkIn(name="王曉葳", unit_text="月光國小")
    heard = room.desk.checkin.walk_in(form, station()).person
    assert heard is not None
    best = persons.find_twins()[0]
    assert (best.kept.name, best.other.id, best.score) == ("王筱薇", heard.id, 70)
    assert "同音" in best.why.zh


def test_an_id_number_on_two_records_is_found_again_once_they_are_one(
    room: Room, persons: PersonService
) -> None:
    other = walk_in(room, id_number=id_number(1))
    listed = next(
        PersonId(row[0])
        for row in room.connection.execute(
            "SELECT id FROM person WHERE id_number=?", (id_number(1),)
        )
        if row[0] != other
    )
    assert room.scan(id_number(1)).person is None
    assert persons.find_twins()[0].score == 100
    persons.merge(listed, other, WHY)
    found = room.scan(id_number(1)).person
    assert found is not None
    assert found.id == listed


def test_visits_at_the_help_desk_are_found_under_both(room: Room, persons: PersonService) -> None:
    one, two = room.person(1), room.person(2)
    form = VisitForm(unit_text="縣立星東國小", person_id=two)
    visit = room.help_desk.visits.serve_now(form, room.sit("江采薇"))
    assert list_of_person(room.connection, one) == []
    persons.merge(one, two, WHY)
    for person in (one, two):
        assert [each.id for each in list_of_person(room.connection, person)] == [visit.id]
