"""Rosters brought in again and again: what changed is told, nothing known is lost by a file."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from factories import Room, id_number, person_name, person_row, station, write_roster

from app.domain.errors import Cancelled, InvalidInput, NotFound
from app.services.care import verify_event
from app.services.checkin import WalkIn
from app.services.registrations import RosterPreview

UNIT_COLUMNS = ("學校名稱", "代碼", "鄉鎮市區", "電話")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.csv"


def bring_in(
    room: Room, file: Path, rows: Iterable[tuple[str, ...]], *, cancel_gone: bool = False
) -> RosterPreview:
    write_roster(file, rows)
    shown = room.office.registrations.preview_roster(file, "b1d1", cancel_gone=cancel_gone)
    done = room.office.registrations.import_roster(file, "b1d1", cancel_gone=cancel_gone)
    assert shown == done  # a preview promises what the import then does
    return done


def numbers(found: RosterPreview) -> tuple[int, int, int, int]:
    return found.added, found.changed, found.unchanged, found.gone


def test_a_first_roster_is_all_new_and_a_second_time_nothing(empty_room: Room, file: Path) -> None:
    rows = [person_row(number) for number in range(10)]
    assert numbers(bring_in(empty_room, file, rows)) == (10, 0, 0, 0)
    facts = empty_room.fact_count()
    assert numbers(bring_in(empty_room, file, rows)) == (0, 0, 10, 0)
    assert empty_room.fact_count() == facts
    assert empty_room.desk.checkin.counts("b1d1").expected == 10


def test_a_preview_changes_nothing(empty_room: Room, file: Path) -> None:
    write_roster(file, [person_row(1)])
    facts = empty_room.fact_count()
    empty_room.office.registrations.preview_roster(file, "b1d1")
    assert empty_room.fact_count() == facts


def test_what_changed_is_told_by_field_and_the_rest_stays(room: Room, file: Path) -> None:
    rows = [list(person_row(number)) for number in range(12)]
    rows[3][3] = "校長"
    rows[4][4] = "0988777666"
    rows[5][3] = ""  # an empty cell never erases what is known
    found = bring_in(room, file, [tuple(row) for row in rows])
    assert numbers(found) == (0, 2, 10, 0)
    changed = {change.name: change.fields for change in found.changes if change.what == "changed"}
    assert changed == {person_name(3): ("title",), person_name(4): ("phone",)}
    titles = dict(room.connection.execute("SELECT name, title FROM person"))
    assert titles[person_name(3)] == "校長"
    assert titles[person_name(5)] == person_row(5)[3]
    amended = room.connection.execute(
        "SELECT private FROM fact WHERE kind='registration.amended' ORDER BY row"
    ).fetchall()
    assert len(amended) == 2
    assert person_name(3) not in amended[0][0]  # a fact tells only what changed


def test_a_corrected_name_finds_the_same_person_by_number(room: Room, file: Path) -> None:
    before = room.person(3)
    rows = [list(person_row(number)) for number in range(12)]
    rows[3][0] = "改名後"
    assert numbers(bring_in(room, file, [tuple(row) for row in rows])) == (0, 1, 11, 0)
    assert room.person(3) == before
    (hit,) = room.desk.people.find_people("改名後")
    assert hit.card.id == before
    assert not room.desk.people.find_people(person_name(3))


def test_those_who_are_gone_are_told_and_cancelled_only_if_asked(room: Room, file: Path) -> None:
    rows = [person_row(number) for number in range(9)]
    found = bring_in(room, file, rows)
    assert numbers(found) == (0, 0, 9, 3)
    assert not found.gone_cancelled
    assert room.desk.checkin.counts("b1d1").expected == 12
    found = bring_in(room, file, rows, cancel_gone=True)
    assert found.gone_cancelled
    assert room.desk.checkin.counts("b1d1").expected == 9
    room.at("08:45")
    assert room.scan(room.code(11)).verdict == "cancelled"
    assert numbers(bring_in(room, file, [person_row(n) for n in range(12)])) == (3, 0, 9, 0)
    assert room.scan(room.code(10)).verdict == "checked_in"


def test_whoever_came_is_never_cancelled_by_a_file(room: Room, file: Path) -> None:
    room.at("08:45")
    room.scan(room.code(11))
    bring_in(room, file, [person_row(number) for number in range(9)], cancel_gone=True)
    assert room.desk.checkin.counts("b1d1").expected == 10


def test_walk_ins_and_moved_people_are_never_gone(room: Room, file: Path) -> None:
    room.at("08:45")
    room.desk.checkin.walk_in(WalkIn(name="現場人", unit_text="某校"), station())
    moved = room.scan(room.code(20))
    room.desk.checkin.admit(moved.fact_id, "x")
    rows = [person_row(number) for number in range(12)]
    assert numbers(bring_in(room, file, rows, cancel_gone=True)) == (0, 0, 12, 0)
    assert room.desk.checkin.counts("b1d1").expected == 14


@pytest.mark.parametrize(("left", "is_supplement"), [(6, False), (5, True), (0, True)])
def test_a_file_without_half_the_roster_is_a_supplement(
    room: Room, file: Path, left: int, is_supplement: bool
) -> None:
    rows = [*(person_row(number) for number in range(left)), person_row(100)]
    found = bring_in(room, file, rows, cancel_gone=True)
    assert found.gone == 12 - left
    assert found.gone_cancelled is not is_supplement
    assert (found.notice is not None) is is_supplement
    assert room.desk.checkin.counts("b1d1").expected == (13 if is_supplement else left + 1)


def test_the_same_people_in_another_session_are_registered_not_doubled(
    room: Room, file: Path
) -> None:
    write_roster(file, [person_row(number) for number in range(12)])
    people = room.connection.execute("SELECT count(*) FROM person").fetchone()
    found = room.office.registrations.import_roster(file, "b1d2")
    assert numbers(found) == (12, 0, 0, 0)
    assert room.connection.execute("SELECT count(*) FROM person").fetchone() == people
    assert room.desk.checkin.counts("b1d2").expected == 12


def test_homonyms_of_one_unit_with_two_numbers_stay_two_people(
    empty_room: Room, file: Path
) -> None:
    rows = [("陳大文", id_number(n), "縣立海角國小", "教師", "", "") for n in (1, 2)]
    assert numbers(bring_in(empty_room, file, rows)) == (2, 0, 0, 0)
    assert numbers(bring_in(empty_room, file, rows)) == (0, 0, 2, 0)


@pytest.mark.parametrize("steps", range(4))
def test_cancelling_on_the_way_leaves_nothing(empty_room: Room, file: Path, steps: int) -> None:
    write_roster(file, [person_row(number) for number in range(2000)])
    before = empty_room.connection.execute("SELECT * FROM fact").fetchall()
    calls = []

    def go_on(done: int, total: int) -> bool:
        calls.append((done, total))
        return len(calls) <= steps

    with pytest.raises(Cancelled) as told:
        empty_room.office.registrations.import_roster(
            file, "b1d1", progress=lambda done, total: go_on(done, total) and done < total
        )
    assert "沒有任何變更" in told.value.message.zh
    assert empty_room.connection.execute("SELECT * FROM fact").fetchall() == before
    assert empty_room.connection.execute("SELECT * FROM person").fetchall() == []
    assert not empty_room.connection.in_transaction
    assert verify_event(empty_room.desk.context).is_sound


def test_a_file_that_is_no_roster_changes_nothing(room: Room, file: Path) -> None:
    facts = room.fact_count()
    file.write_text("這不是名冊\n1,2,3\n", "utf-8")
    with pytest.raises(InvalidInput):
        room.office.registrations.import_roster(file, "b1d1")
    with pytest.raises(InvalidInput):
        room.office.registrations.import_roster(file.with_name("missing.csv"), "b1d1")
    with pytest.raises(NotFound):
        room.office.registrations.import_roster(file, "nosuch")
    assert room.fact_count() == facts


def test_units_brought_in_after_the_roster_link_its_people(room: Room, tmp_path: Path) -> None:
    """A roster writes `縣立星東國小`; the list that comes later knows it with code and place."""
    assert linked(room) == 0
    units = [
        (f"縣立星{name}國小", f"0136{at:02d}", "星光鄉", "08-7000000")
        for at, name in enumerate("東西")
    ]
    file = write_roster(tmp_path / "units.csv", units, UNIT_COLUMNS)
    found = room.office.registrations.import_units(file)
    assert (found.added, found.changed, found.unchanged) == (2, 0, 0)
    of_two_units = sum(number % 5 in (0, 1) for number in (*range(12), *range(20, 24)))
    assert linked(room) == of_two_units
    facts = room.fact_count()
    again = room.office.registrations.import_units(file)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert room.fact_count() == facts
    assert {unit.region for unit in room.office.registrations.list_units()} == {"山區"}
    rows = [person_row(number) for number in range(12)]
    write_roster(tmp_path / "r.csv", rows)
    found_again = room.office.registrations.import_roster(tmp_path / "r.csv", "b1d1")
    assert numbers(found_again) == (0, 0, 12, 0)
    assert verify_event(room.desk.context).is_sound


def linked(room: Room) -> int:
    sql = "SELECT count(*) FROM person WHERE unit_id NOTNULL"
    return int(room.connection.execute(sql).fetchone()[0])


def test_a_unit_that_changed_is_amended_and_keeps_its_identity(room: Room, tmp_path: Path) -> None:
    for phone in ("08-7000000", "08-7111111"):
        file = write_roster(
            tmp_path / "u.csv", [("縣立星東國小", "013600", "星光鄉", phone)], UNIT_COLUMNS
        )
        found = room.office.registrations.import_units(file)
    assert (found.added, found.changed) == (0, 1)
    (unit,) = room.office.registrations.list_units()
    assert unit.phone.endswith("7111111")


def test_the_roster_is_listed_by_unit_and_name_and_filtered(room: Room) -> None:
    rows = room.office.registrations.list_roster("b1d1")
    assert len(rows) == 12
    assert [row.person.unit for row in rows] == sorted(row.person.unit for row in rows)
    assert all(row.badge_code for row in rows)
    assert {row.status for row in rows} == {"active"}
    (only,) = room.office.registrations.list_roster("b1d1", text=person_name(7))
    assert only.person.id == room.person(7)
    assert room.office.registrations.list_roster("b1d1", text="星東")
    for odd in ("%", "_", "'", '"', "\\"):
        assert room.office.registrations.list_roster("b1d1", text=odd) == ()


def test_cancelling_needs_a_reason_and_a_registration(room: Room) -> None:
    registrations = room.office.registrations
    with pytest.raises(InvalidInput) as refusal:
        registrations.cancel_registration(room.person(1), "b1d1", "")
    assert refusal.value.field == "reason"
    with pytest.raises(NotFound):
        registrations.cancel_registration(room.person(1), "b2d1", "x")
    registrations.cancel_registration(room.person(1), "b1d1", "調職")
    with pytest.raises(NotFound):
        registrations.cancel_registration(room.person(1), "b1d1", "twice")
