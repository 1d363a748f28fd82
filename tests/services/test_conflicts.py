"""Two laptops without a network, then together: the same conflicts, and one decision for both."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import KEY, Room, copied, make_help_plan, new_event, open_room

from app.domain.conflicts import Choice, ConflictKind
from app.domain.credit import ProposalKind, Reason
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.visits import Seat
from app.services.care import begin_incarnation, rebuild_tables, verify_event
from app.services.closing import ClosingService
from app.services.conflict_cards import find_conflicts
from app.services.conflicts import ConflictCard, ConflictService
from app.services.profile import Profile
from app.services.visit_views import VisitForm
from db.journal import COLUMNS, load_subject
from db.merging import store_foreign
from db.queries.conflicts import list_candidates

Pair = tuple[Room, Room]


@pytest.fixture
def pair(stocked_template: Profile, tmp_path: Path) -> Iterator[Pair]:
    """The same event on two laptops, each with a chain of its own."""
    one = open_room(copied(stocked_template, tmp_path / "one"))
    clock, event_id = one.clock, one.desk.context.event_id
    one.close()
    profile = copied(one.profile, tmp_path / "two")
    begin_incarnation(profile.event_path(event_id), KEY, event_id, clock)
    rooms = (open_room(one.profile, clock), open_room(profile, clock))
    yield rooms
    for room in rooms:
        room.desk.context.database.close()


def meet(one: Room, two: Room) -> None:
    """Let both take what the other has."""
    for here, there in ((one, two), (two, one)):
        rows = there.connection.execute(f"SELECT {COLUMNS} FROM fact ORDER BY row")  # noqa: S608
        context, brought = here.desk.context, list(rows)
        with context.database.write() as connection:
            merged = store_foreign(
                connection, brought, event_id=context.event_id, wall_ms=context.clock.wall_ms()
            )
        assert merged.refusals == []


def conflicts(room: Room) -> ConflictService:
    return ConflictService(room.desk.context)


def cards(room: Room, session: str | None = None, *, decided: bool = True) -> list[ConflictCard]:
    return list(conflicts(room).review(session, decided=decided).cards)


def both_check_in(one: Room, two: Room, number: int = 0) -> ConflictCard:
    """Let one person come in at both laptops, then let them meet; return the only conflict."""
    one.at("08:40")
    one.scan(one.code(number), letter="A", way="in")
    two.at("08:45")
    two.scan(two.code(number), letter="B", way="in")
    meet(one, two)
    (card,) = cards(one)
    return card


def reasons(room: Room, number: int = 0, session: str = "b1d1") -> set[Reason]:
    sheet = ClosingService(room.desk.context).credit_sheet(session)
    (line,) = [line for line in sheet.lines if line.person.id == room.person(number)]
    return {finding.reason for finding in line.proposal.findings}


def test_both_laptops_list_the_same_conflict_and_the_same_decision(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    assert card.conflict.kind is ConflictKind.TWO_ENTRIES
    assert [item.station for item in card.conflict.scans] == ["A", "B"]
    assert len({item.incarnation for item in card.conflict.scans}) == 2
    assert cards(two) == [card]
    done = conflicts(two).resolve(card.person.id, card.conflict.id, Choice.KEEP, "同一個人")
    assert done.resolution is not None
    meet(one, two)
    assert cards(one) == cards(two) == [done]
    assert cards(one, decided=False) == []
    for room in pair:
        assert verify_event(room.desk.context).is_sound
        kept = list(room.connection.execute("SELECT * FROM conflict_resolution"))
        assert len(kept) == 1
        rebuild_tables(room.desk.context)
        assert list(room.connection.execute("SELECT * FROM conflict_resolution")) == kept


def test_the_closing_list_asks_until_somebody_decides(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    one.at("17:01")
    one.scan(one.code(0), letter="A", way="out")
    assert reasons(one) == {Reason.CONFLICT}
    conflicts(one).resolve(card.person.id, card.conflict.id, Choice.KEEP, "同一個人")
    assert reasons(one) == set()
    conflicts(one).undo(card.person.id, card.conflict.id, "按錯")
    assert reasons(one) == {Reason.CONFLICT}


def test_undoing_a_scan_is_kept_and_can_be_taken_back(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    second = card.conflict.scans[1].fact_id
    facts = one.fact_count()
    conflicts(one).resolve(card.person.id, card.conflict.id, Choice.VOID, "借用", scans=[second])
    assert one.fact_count() == facts + 2
    assert [scan.voided for scan in one.desk.checkin.recent_scans("b1d1")] == [True, False]
    with pytest.raises(NotAllowed):
        conflicts(one).resolve(card.person.id, card.conflict.id, Choice.KEEP, "再一次")
    back = conflicts(one).undo(card.person.id, card.conflict.id, "按錯")
    assert back == card
    assert [scan.voided for scan in one.desk.checkin.recent_scans("b1d1")] == [False, False]
    meet(one, two)
    assert cards(two) == [card]


def test_what_was_refused_can_be_counted(pair: Pair) -> None:
    one, two = pair
    one.at("08:40")
    one.scan(one.code(0), letter="A", way="in")
    meet(one, two)
    two.at("12:00")
    two.scan(two.code(0), letter="B", way="out")
    one.at("13:00")
    one.scan(one.code(0), letter="A", way="in")
    one.at("17:01")
    one.scan(one.code(0), letter="A", way="out")
    meet(one, two)
    first = cards(two)[0]
    assert first.conflict.kind is ConflictKind.MISSED_ENTRY
    conflicts(two).resolve(first.person.id, first.conflict.id, Choice.COUNT, "看到他回來")
    meet(one, two)
    assert [card.conflict.kind for card in cards(one, decided=False)] == []
    sheet = ClosingService(one.desk.context).credit_sheet("b1d1")
    (line,) = [line for line in sheet.lines if line.person.id == first.person.id]
    assert line.minutes_present == 441
    assert line.proposal.kind is ProposalKind.GRANT


def test_two_decisions_made_apart_are_one_after_they_met(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    name = (card.person.id, card.conflict.id)
    conflicts(one).resolve(*name, Choice.KEEP, "同一個人")
    two.at("09:30")
    conflicts(two).resolve(*name, Choice.VOID, "借用")
    meet(one, two)
    assert cards(one) == cards(two)
    assert cards(one)[0].resolution is not None
    assert cards(one)[0].resolution.choice == Choice.VOID
    conflicts(one).undo(*name, "重來")
    meet(one, two)
    assert cards(one) == cards(two) == [card]


def test_a_new_scan_elsewhere_asks_again(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    conflicts(one).resolve(card.person.id, card.conflict.id, Choice.KEEP, "同一個人")
    one.at("12:00")
    one.scan(one.code(0), letter="A", way="out")
    two.at("17:01")
    two.scan(two.code(0), letter="B", way="out")
    meet(one, two)
    assert [item.conflict.kind for item in cards(one, decided=False)] == [ConflictKind.TWO_EXITS]


def test_a_registration_cancelled_elsewhere_can_be_moved_here(pair: Pair) -> None:
    one, two = pair
    one.at("08:35")
    one.append(
        Draft(
            kind=FactKind.REGISTRATION_CANCELLED,
            subject=f"person:{one.person(0)}",
            body={"session": "b1d1"},
            private={"reason": "請假"},
        )
    )
    two.at("08:40")
    two.scan(two.code(0), letter="B", way="in")
    meet(one, two)
    (card,) = cards(one)
    assert card.conflict.kind is ConflictKind.CANCELLED
    assert card.conflict.cause is not None
    done = conflicts(one).resolve(card.person.id, card.conflict.id, Choice.MOVE, "還是來了")
    assert done.resolution is not None
    status = "SELECT status FROM registration WHERE person_id=? AND session='b1d1'"
    assert one.connection.execute(status, (card.person.id,)).fetchone() == ("active",)
    assert conflicts(one).undo(card.person.id, card.conflict.id, "按錯") == card
    assert one.connection.execute(status, (card.person.id,)).fetchone() == ("cancelled",)


def test_two_rooms_are_listed_for_both_sessions_and_settled(pair: Pair) -> None:
    one, two = pair
    for room in pair:
        room.at("08:40")
    one.scan(one.code(0), letter="A", way="in")
    two.at("09:30")
    two.scan(two.code(0), "help", letter="B", way="in")
    meet(one, two)
    (card,) = cards(two, "help")
    assert cards(one, "b1d1") == [card]
    assert card.conflict.kind is ConflictKind.TWO_ROOMS
    one.at("17:01")
    one.scan(one.code(0), letter="A", way="out")
    assert reasons(one) == {Reason.CONFLICT}
    conflicts(one).resolve(card.person.id, card.conflict.id, Choice.KEEP, "兩場相鄰")
    assert reasons(one) == set()


def test_no_decision_without_a_reason_or_against_the_offer(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    name = (card.person.id, card.conflict.id)
    with pytest.raises(InvalidInput, match="reason"):
        conflicts(one).resolve(*name, Choice.KEEP, " ")
    with pytest.raises(InvalidInput):
        conflicts(one).resolve(*name, Choice.MOVE, "不行")
    with pytest.raises(NotFound):
        conflicts(one).resolve(card.person.id, "0" * 16, Choice.KEEP, "沒有")
    with pytest.raises(NotAllowed):
        conflicts(one).undo(*name, "沒有裁定")


def test_a_sealed_session_keeps_its_scans(pair: Pair) -> None:
    one, two = pair
    card = both_check_in(one, two)
    ClosingService(one.desk.context).close_session("b1d1")
    name = (card.person.id, card.conflict.id)
    with pytest.raises(NotAllowed, match="sealed"):
        conflicts(one).resolve(*name, Choice.VOID, "借用")
    assert conflicts(one).resolve(*name, Choice.KEEP, "同一個人").resolution is not None


def test_an_ordinary_day_at_two_doors_lists_nobody(pair: Pair) -> None:
    one, two = pair
    for number in range(12):
        one.at("08:40")
        one.scan(one.code(number), letter="A", way="in")
        two.at("17:01")
        two.scan(two.code(number), letter="B", way="out")
    meet(one, two)
    assert list_candidates(one.connection, None) == []  # nobody is even looked at
    assert conflicts(one).review().open_count == 0


def test_a_visit_two_consultants_took_is_listed_until_one_lets_go(tmp_path: Path) -> None:
    first = open_room(new_event(tmp_path / "one", make_help_plan()))
    first.at("09:00")
    seats = {name: first.sit(name, desk) for name, desk in (("江采薇", "1"), ("葉承翰", "2"))}
    first.help_desk.visits.open(VisitForm(unit_text="縣立星東國小"), Seat(session="help"))
    event_id, clock = first.desk.context.event_id, first.clock
    first.close()
    profile = copied(first.profile, tmp_path / "two")
    begin_incarnation(profile.event_path(event_id), KEY, event_id, clock)
    one, two = open_room(first.profile, clock), open_room(profile, clock)
    for room, seat in zip((one, two), seats.values(), strict=True):
        assert room.help_desk.visits.call_next(seat) is not None
    meet(one, two)
    for room in (one, two):
        (claim,) = conflicts(room).review("help").claims
        assert claim.ticket == "A001"
        assert {item.desk for item in claim.claims} == {"1", "2"}
        assert conflicts(room).review().open_count == 1
    second = list(seats.values())[1]
    two.help_desk.visits.send_back(claim.visit, second)
    meet(one, two)
    assert conflicts(one).review().open_count == 0
    for room in (one, two):
        room.desk.context.database.close()


def play_apart(pair: Pair, seed: int) -> None:
    """Let both doors do as they like with six people, meeting now and then."""
    chance = random.Random(seed)
    minutes = 0
    first_badges = [pair[0].code(number) for number in range(6)]
    for _ in range(60):
        minutes += chance.randrange(0, 12)
        room = chance.choice(pair)
        room.at(f"{8 + minutes // 60:02}:{minutes % 60:02}")
        number, letter = chance.randrange(6), "AB"[pair.index(room)]
        act = chance.choice(["in", "in", "out", "out", "help", "undo", "cancel", "badge", "meet"])
        scans = room.desk.checkin.recent_scans("b1d1")
        if act in ("in", "out"):
            code = chance.choice([room.code(number), first_badges[number]])
            room.scan(code, letter=letter, way=act)
        elif act == "help":
            room.scan(room.code(number), "help", letter=letter, way="in")
        elif act == "undo" and scans and not scans[0].voided:
            room.desk.checkin.undo_scan(scans[0].fact_id, "看錯")
        elif act == "cancel":
            body = {"session": "b1d1"}
            subject = f"person:{room.person(number)}"
            room.append(Draft(kind=FactKind.REGISTRATION_CANCELLED, subject=subject, body=body))
        elif act == "badge":
            room.office.badges.replace_badge(room.person(number), "遺失")
        elif act == "meet":
            meet(*pair)
    meet(*pair)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_whose_scans_disagree_is_left_out_of_the_few_looked_at(
    pair: Pair, seed: int
) -> None:
    play_apart(pair, seed)
    one, two = pair
    everybody = [row[0] for row in one.connection.execute("SELECT id FROM person")]
    found = {
        conflict.id
        for person in everybody
        for conflict, _ in find_conflicts(
            one.desk.context, person, load_subject(one.connection, f"person:{person}")
        )
    }
    assert {card.conflict.id for card in cards(one)} == found
    assert cards(one) == cards(two)
    by_session = [cards(one, session) for session in ("b1d1", "help")]
    assert {card.conflict.id for listed in by_session for card in listed} == found
    assert found, "a day without any conflict proves nothing"
