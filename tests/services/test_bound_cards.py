"""Cards people carry become badges: whatever form a reader tells, and never by their number."""

import json

import pytest
from factories import Room

from app.domain.bound_cards import find_card_number
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import PersonId
from app.domain.verdict import Verdict
from app.services.care import verify_event

UID = "04A1B2C3"
FORMS = (
    "uid:04A1B2C3",
    "04a1b2c3",
    "C3B2A104",
    str(int("04A1B2C3", 16)).zfill(10),
    str(int("C3B2A104", 16)).zfill(10),
)


def every_text(room: Room) -> str:
    with room.desk.context.database.read() as connection:
        rows = connection.execute("SELECT body, private FROM fact").fetchall()
    return json.dumps(rows).upper()


@pytest.mark.parametrize("form", FORMS)
def test_a_card_is_its_holders_badge_however_it_is_told(room: Room, form: str) -> None:
    room.at("08:40")
    cards = room.office.cards_bound
    bound = cards.bind(room.person(1), f"uid:{UID}")
    found = cards.holder_of(form)
    assert found == bound
    outcome = room.scan(form)
    assert outcome.verdict is Verdict.CHECKED_IN
    assert outcome.person is not None
    assert outcome.person.id == room.person(1)
    assert not any(told.upper().removeprefix("UID:") in every_text(room) for told in FORMS)
    assert verify_event(room.desk.context).is_sound


def test_a_card_nobody_knows_is_not_kept_by_its_number(room: Room) -> None:
    assert room.scan(f"uid:{UID}").verdict is Verdict.UNREADABLE
    assert UID not in every_text(room)


def test_a_card_is_one_persons_only_until_it_is_taken_back(room: Room) -> None:
    room.at("08:40")
    cards = room.office.cards_bound
    first = cards.bind(room.person(1), UID)
    assert cards.bind(room.person(1), UID) == first
    with pytest.raises(NotAllowed):
        cards.bind(room.person(2), UID)
    with pytest.raises(InvalidInput):
        cards.unbind(room.person(1), first.code, " ")
    with pytest.raises(NotFound):
        cards.unbind(room.person(2), first.code, "還卡")
    cards.unbind(room.person(1), first.code, "還卡")
    assert cards.holder_of(UID) is None
    assert room.scan(UID).verdict is Verdict.REVOKED
    second = cards.bind(room.person(2), UID)
    assert second.code != first.code
    assert room.scan(UID).verdict is Verdict.CHECKED_IN
    assert verify_event(room.desk.context).is_sound


def test_numbers_that_change_and_texts_that_are_none_are_refused(room: Room) -> None:
    cards = room.office.cards_bound
    for wrong in ("uid:08A1B2C3", "王大明", "", "cert:"):
        with pytest.raises(InvalidInput):
            cards.bind(room.person(1), wrong)
    with pytest.raises(NotFound):
        cards.bind(PersonId("nobody"), UID)


def test_a_replaced_badge_leaves_the_card(room: Room) -> None:
    cards = room.office.cards_bound
    cards.bind(room.person(1), UID)
    room.office.badges.replace_badge(room.person(1), "遺失")
    assert cards.holder_of(UID) is not None
    assert not [badge for badge in room.office.badges.badges_for("b1d1") if ":" in badge.code]
    listed = room.office.registrations.list_roster("b1d1")
    assert all(row.badge_code and ":" not in row.badge_code for row in listed)


def test_certificate_cards_have_a_key_of_their_own() -> None:
    number = find_card_number("cert:TP12345678")
    assert number is not None
    assert number != find_card_number("12345678")
    assert "TP1" not in repr(number)
