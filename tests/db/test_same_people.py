"""Who is one person with whom: the same at every laptop, whatever it heard first."""

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from exchange_days import facts_of, meet, second_laptop, store_of, tables_of
from factories import Room, moment, station
from hypothesis import given
from hypothesis import strategies as st
from person_facts import histories, make_fact

from app.domain.conflicts import Choice, ConflictKind
from app.domain.errors import VenueDeskError
from app.domain.facts import Fact, FactId, FactKind, PersonId
from app.domain.merging import Groups, standing_merges
from app.services.care import rebuild_tables, verify_event
from app.services.outcomes import WalkIn
from app.services.profile import Profile
from db.clock_notes import ClockNotes
from db.foreign import store_rows
from db.journal import COLUMNS, erase_private
from db.projection.rows import rows_of

PEOPLE = st.sampled_from("abcde")


@pytest.fixture
def other(stocked_template: Profile, tmp_path: Path) -> Iterator[Room]:
    """Another laptop of the same event, with a chain of its own."""
    opened = second_laptop(stocked_template, tmp_path / "other")
    yield opened
    opened.desk.context.database.close()


@given(st.lists(st.tuples(PEOPLE, PEOPLE)), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(
    pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    groups = Groups(pairs)
    again = list(pairs)
    chance.shuffle(again)
    other = Groups(again)
    for person in "abcde":
        group = groups.of(person)
        assert group == other.of(person)
        assert person in group
        assert all(groups.of(each) == group for each in group)
    for person, into in pairs:
        assert groups.of(person) == groups.of(into)
    said = {person for person, into in pairs if person != into}
    for group in groups.all():
        assert group[0] not in said or said.issuperset(group)


@given(st.data())
def test_two_who_are_one_fold_the_same_in_any_order(data: st.DataObject) -> None:
    facts: list[Fact] = list(data.draw(histories()))
    facts += [_moved(fact, number) for number, fact in enumerate(data.draw(histories()))]
    merge = make_fact(900, FactKind.PERSON_MERGED, {"into": "p1"}, subject="person:p2")
    facts.append(merge)
    again = data.draw(st.permutations(facts))
    rows = rows_of("person:p1", facts)
    assert rows_of("person:p1", again) == rows
    assert {key for key in rows if key[0] == "person"} <= {("person", "p1")}
    assert ("person_merge", merge.id) in rows


def _moved(fact: Fact, number: int) -> Fact:
    """Return the same fact about somebody else, with an id of its own."""
    body = dict(fact.body)
    if "scan" in body:
        body["scan"] = body["scan"].replace("fact-", "fact-5")
    if "code" in body:
        body["code"] = f"{body['code']}2"
    more = {"at": fact.at, "private": fact.private, "hlc": fact.hlc}
    return make_fact(500 + number, fact.kind, body, subject="person:p2", **more)


def test_only_a_merge_nobody_took_back_stands() -> None:
    def said(number: int, kind: FactKind, subject: str = "person:p2", **body: str) -> Fact:
        return make_fact(number, kind, body, subject=subject)

    one = said(1, FactKind.PERSON_MERGED, into="p1")
    two = said(2, FactKind.PERSON_MERGED, into="p3")
    undone = said(3, FactKind.PERSON_SEPARATED, takes_back=one.id)
    stranger = said(4, FactKind.PERSON_SEPARATED, "person:p9", takes_back=two.id)
    assert [each.into for each in standing_merges([undone, one, two, stranger])] == ["p3"]


class Hands:
    """Random acts on people at one laptop; what a rule refuses is refused, and goes on."""

    def __init__(self, room: Room, chance: random.Random) -> None:
        self.room = room
        self.chance = chance

    def act(self) -> None:
        self.room.clock.pass_ms(self.chance.choice([0, 1_000, 700_000]))
        acts = [self.merge] * 4 + [self.separate] * 2 + [self.scan] * 4
        acts += [self.undo, self.walk_in, self.cancel, self.amend, self.replace, self.decide]
        acts += [self.erase] if self.chance.random() < 0.3 else []
        with suppress(VenueDeskError):
            self.chance.choice(acts)()

    def anybody(self) -> PersonId:
        rows = self.room.connection.execute(
            "SELECT DISTINCT subject FROM fact WHERE subject LIKE 'person:%' ORDER BY subject"
        ).fetchall()
        return PersonId(self.chance.choice(rows[:8])[0].removeprefix("person:"))

    def merge(self) -> None:
        self.room.office.persons.merge(self.anybody(), self.anybody(), "同一人")

    def separate(self) -> None:
        rows = self.room.connection.execute("SELECT person_id FROM person_merge").fetchall()
        if rows:
            self.room.office.persons.separate(PersonId(self.chance.choice(rows)[0]), "認錯")

    def scan(self) -> None:
        codes = self.room.connection.execute("SELECT code FROM badge ORDER BY code").fetchall()
        self.room.scan(self.chance.choice(codes)[0], self.chance.choice(["b1d1", "b2d1"]))

    def undo(self) -> None:
        rows = self.room.connection.execute("SELECT fact_id FROM scan ORDER BY fact_id").fetchall()
        if rows:
            self.room.desk.checkin.undo_scan(FactId(self.chance.choice(rows)[0]), "誤刷")

    def walk_in(self) -> None:
        form = WalkIn(name=self.chance.choice("甲乙丙") + "大明", unit_text="某校")
        self.room.desk.checkin.walk_in(form, station())

    def cancel(self) -> None:
        session = self.chance.choice(["b1d1", "b2d1"])
        self.room.office.persons.cancel([self.anybody()], session, "不來")

    def amend(self) -> None:
        changes = {"meal": self.chance.choice(["素食", "", "葷食"])}
        self.room.office.persons.amend(self.anybody(), changes)

    def replace(self) -> None:
        self.room.office.badges.replace_badge(self.anybody(), "遺失")

    def decide(self) -> None:
        session = self.chance.choice(["b1d1", "b2d1"])
        self.room.office.closing.decide(self.anybody(), session, grant=True, reason="補")

    def erase(self) -> None:
        context = self.room.desk.context
        with context.database.write() as connection:
            erase_private(connection, context.journal, [f"person:{self.anybody()}"], "tester")


def check(room: Room) -> None:
    """The tables are what a rebuild makes of the facts."""
    report = verify_event(room.desk.context)
    assert report.is_sound, report
    stored = tables_of(room)
    rebuild_tables(room.desk.context)
    assert tables_of(room) == stored


@pytest.mark.parametrize("seed", range(8))
def test_two_laptops_that_merge_apart_agree_when_they_meet(
    room: Room, other: Room, seed: int
) -> None:
    chance = random.Random(seed)
    hands = [Hands(room, chance), Hands(other, chance)]
    for each in (room, other):
        each.clock.set_to(moment("08:40"))
    for stretch in range(4):
        for _ in range(25):
            chance.choice(hands).act()
        if stretch == 1:
            notes = ClockNotes(other.desk.context.database, other.desk.context.journal)
            notes.note(3_600_000, 40)
        meet(store_of(room), store_of(other), most_facts=chance.choice([1, 3, 100]))
        assert facts_of(room) == facts_of(other)
        assert tables_of(room) == tables_of(other)
    for each in (room, other):
        check(each)


def test_two_merge_each_other_into_each_other(room: Room, other: Room) -> None:
    one, two = room.person(1), room.person(2)
    room.office.persons.merge(one, two, "同一人")
    other.office.persons.merge(two, one, "同一人")
    meet(store_of(room), store_of(other))
    for each in (room, other):
        assert each.office.persons.get_person(two).id == min(one, two)
        check(each)
    room.office.persons.separate(two, "不是")
    meet(store_of(room), store_of(other))
    for each in (room, other):
        assert {each.office.persons.get_person(who).id for who in (one, two)} == {one, two}
        check(each)


@pytest.mark.parametrize("seed", range(4))
def test_facts_in_any_order_end_the_same(room: Room, other: Room, seed: int) -> None:
    """Whole chains cannot be shuffled, but where they are cut can: by ones, or many."""
    chance = random.Random(seed)
    hands = Hands(other, chance)
    for _ in range(40):
        hands.act()
    rows: list[Sequence[Any]] = [
        row
        for row in other.connection.execute(f"SELECT {COLUMNS} FROM fact ORDER BY row")  # noqa: S608
        if room.connection.execute("SELECT 1 FROM fact WHERE id=?", (row[0],)).fetchone() is None
    ]
    while rows:
        size = chance.choice([1, 1, 2, 7])
        with room.desk.context.database.write() as connection:
            store_rows(connection, rows[:size], room.clock.wall_ms())
        rows = rows[size:]
        # What was erased there is missing here until the erasure itself comes.
        assert verify_event(room.desk.context).faults == ()
    assert tables_of(room) == tables_of(other)


def test_a_conflict_between_two_records_is_seen_once_they_are_one(room: Room, other: Room) -> None:
    """A decision undoes the scan where it is; separated, the scan stays undone."""
    one, two = room.person(1), room.person(2)
    for each, number, letter, text in ((room, 1, "A", "08:40"), (other, 2, "B", "08:50")):
        each.at(text)
        each.scan(each.code(number), way="in", letter=letter)
    meet(store_of(room), store_of(other))
    assert room.office.conflicts.review().open_count == 0
    room.office.persons.merge(one, two, "同一人")
    (card,) = room.office.conflicts.review().cards
    assert card.conflict.kind is ConflictKind.TWO_ENTRIES
    void = next(o for o in card.conflict.options if o.choice is Choice.VOID)
    room.office.conflicts.resolve(one, card.conflict.id, Choice.VOID, "重複", scans=void.scans)
    meet(store_of(room), store_of(other))
    for each in (room, other):
        assert each.office.conflicts.review().open_count == 0
        check(each)
    room.office.persons.separate(two, "不是")
    voided = dict(room.connection.execute("SELECT fact_id, voided_ms NOTNULL FROM scan"))
    assert {scan for scan, gone in voided.items() if gone} == set(void.scans)
    check(room)
