"""Two laptops that joined one hub and lost the network: what they disagree on, and one decision."""

from exchange_places import Stations
from factories import Room

from app.domain.conflicts import Choice, ConflictKind
from app.services.conflicts import ConflictCard, ConflictService


def cards(room: Room, *, decided: bool = True) -> list[ConflictCard]:
    return list(ConflictService(room.desk.context).review(decided=decided).cards)


def sync_all(stations: Stations) -> None:
    """Let both send, then both receive."""
    for number in (0, 1, 0, 1):
        stations.sync(number)


def test_both_offline_let_the_same_person_in(stations: Stations) -> None:
    one, two = stations.rooms
    one.at("08:40")
    one.scan(one.code(1), letter="A", way="in")
    two.at("08:45")
    two.scan(two.code(1), letter="B", way="in")
    one.at("17:01")
    one.scan(one.code(1), letter="A", way="out")
    assert cards(one) == cards(two) == []
    sync_all(stations)
    (card,) = cards(one)
    assert cards(two) == [card]
    assert card.conflict.kind is ConflictKind.TWO_ENTRIES
    devices = [item.device for item in card.conflict.scans]
    assert devices == [room.desk.context.journal.origin.device for room in (one, two)]
    assert len(set(devices)) == 2
    second = card.conflict.scans[1].fact_id
    done = ConflictService(two.desk.context).resolve(
        card.person.id, card.conflict.id, Choice.VOID, "借用名牌", scans=[second]
    )
    sync_all(stations)
    assert cards(one) == cards(two) == [done]
    assert cards(one, decided=False) == []
    back = ConflictService(one.desk.context).undo(card.person.id, card.conflict.id, "按錯")
    sync_all(stations)
    assert cards(two) == [back]
    assert back == card


def test_while_both_hear_each_other_nothing_is_listed(stations: Stations) -> None:
    one, two = stations.rooms
    for number, (room, letter, text) in enumerate(
        ((one, "A", "08:40"), (two, "B", "08:45"), (one, "A", "12:00"), (two, "B", "17:01"))
    ):
        room.at(text)
        room.scan(room.code(1), letter=letter, way="in" if number < 2 else "out")
        sync_all(stations)
    assert cards(one) == cards(two) == []
