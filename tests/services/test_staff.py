"""Staff: PINs that hold, roles that somebody can change, names in every fact."""

import json

import pytest
from factories import Room

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.facts import Fact, FactKind
from app.domain.staff import Role, check_pin, fold_staff
from app.services.staff import FREE_TRIES, StaffService, hash_pin, is_pin

PIN = "4826"


@pytest.fixture
def staff(room: Room) -> StaffService:
    return StaffService(room.desk.context)


@pytest.mark.parametrize(
    ("typed", "kept"), [("4826", "4826"), (" 48261937 ", "48261937"), ("４８２６", "4826")]
)
def test_a_pin_is_digits(typed: str, kept: str) -> None:
    assert check_pin(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "123", "4826a", "482619372", "٤٨٢٦", "1111", "00000000", "1234", "34567", "9876"]
)
def test_what_anybody_would_try_is_no_pin(typed: str) -> None:
    with pytest.raises(InvalidInput):
        check_pin(typed)


def test_a_hash_tells_its_pin_and_no_other() -> None:
    hashed = hash_pin(PIN)
    assert hashed.startswith("$argon2id$")
    assert is_pin(PIN, hashed)
    assert not is_pin("4827", hashed)
    assert hash_pin(PIN) != hashed


def test_the_first_is_an_organizer(staff: StaffService) -> None:
    with pytest.raises(Conflict):
        staff.add("王門口", Role.DOOR, PIN)
    assert not staff.needs_sign_in()
    staff.add("林美玲", Role.ORGANIZER, PIN)
    staff.add("王門口", Role.DOOR, PIN)
    assert staff.needs_sign_in()
    assert [member.name for member in staff.list_staff()] == ["林美玲", "王門口"]


def test_two_of_one_name_are_refused(staff: StaffService) -> None:
    staff.add("林美玲", Role.ORGANIZER, PIN)
    with pytest.raises(Conflict):
        staff.add(" 林美玲 ", Role.DOOR, PIN)


def test_one_organizer_stays(staff: StaffService) -> None:
    chief = staff.add("林美玲", Role.ORGANIZER, PIN)
    door = staff.add("王門口", Role.DOOR, PIN)
    for change in ({"role": Role.DOOR}, {"active": False}):
        with pytest.raises(Conflict):
            staff.amend(chief.id, **change)
    staff.amend(door.id, role=Role.ORGANIZER)
    assert not staff.amend(chief.id, active=False).active


def test_when_everybody_is_gone_nobody_has_to_sign_in(staff: StaffService) -> None:
    chief = staff.add("林美玲", Role.ORGANIZER, PIN)
    staff.amend(chief.id, active=False)
    assert not staff.needs_sign_in()


def test_facts_name_who_is_signed_in(room: Room, staff: StaffService) -> None:
    before = room.desk.context.actor
    door = staff.add("王門口", Role.ORGANIZER, PIN)
    staff.sign_in(door.id, PIN)
    room.at("08:45")
    scan = room.scan(room.code(1))
    staff.sign_out()
    later = room.scan(room.code(2))
    with room.desk.context.database.read() as connection:
        actors = dict(connection.execute("SELECT id, actor FROM fact"))
    assert (actors[scan.fact_id], actors[later.fact_id]) == ("王門口", before)


def test_a_wrong_pin_changes_nothing(room: Room, staff: StaffService) -> None:
    door = staff.add("王門口", Role.ORGANIZER, PIN)
    with pytest.raises(NotAllowed):
        staff.sign_in(door.id, "4827")
    assert room.desk.context.acting.role is None


def test_many_wrong_pins_have_to_wait(room: Room, staff: StaffService) -> None:
    door = staff.add("王門口", Role.ORGANIZER, PIN)
    for _ in range(FREE_TRIES):
        with pytest.raises(NotAllowed):
            staff.sign_in(door.id, "9999")
    with pytest.raises(NotAllowed, match="30 s"):
        staff.sign_in(door.id, PIN)  # the right one as well
    room.clock.pass_ms(31_000)
    assert staff.sign_in(door.id, PIN).name == "王門口"


def test_a_new_pin_replaces_the_old_one(staff: StaffService) -> None:
    door = staff.add("王門口", Role.ORGANIZER, PIN)
    staff.set_pin(door.id, "7391")
    with pytest.raises(NotAllowed):
        staff.sign_in(door.id, PIN)
    assert staff.sign_in(door.id, "7391").id == door.id


def test_nobody_signs_in_who_is_gone_or_unknown(staff: StaffService) -> None:
    staff.add("林美玲", Role.ORGANIZER, PIN)
    door = staff.add("王門口", Role.DOOR, PIN)
    staff.amend(door.id, active=False)
    with pytest.raises(NotAllowed):
        staff.sign_in(door.id, PIN)
    with pytest.raises(NotFound):
        staff.sign_in("nobody", PIN)


def test_no_hash_leaves_the_service_and_no_name_the_private_part(
    room: Room, staff: StaffService
) -> None:
    made = staff.add("林美玲", Role.ORGANIZER, PIN)
    assert made.pin == "set"
    assert all(member.pin in ("", "set") for member in staff.list_staff())
    with room.desk.context.database.read() as connection:
        rows = connection.execute(
            "SELECT body, private FROM fact WHERE kind=?", (FactKind.STAFF_RECORDED,)
        ).fetchall()
    assert [json.loads(body) for body, _ in rows] == [{"role": "organizer", "active": True}]
    assert "林美玲" not in rows[0][0]
    assert json.loads(rows[0][1])["name"] == "林美玲"


def test_a_member_without_a_role_is_nobody(facts_of_staff: list[Fact]) -> None:
    assert fold_staff("s", facts_of_staff) is None


@pytest.fixture
def facts_of_staff(room: Room) -> list[Fact]:
    """Facts of a member whose first record has not arrived yet."""
    from app.domain.facts import Draft

    draft = Draft(
        kind=FactKind.STAFF_RECORDED, subject="staff:s", body={}, private={"pin": "x"}, actor="x"
    )
    with room.desk.context.database.write() as connection:
        return list(room.desk.context.journal.append(connection, [draft]))
