"""Comparing a roster with the event: matching, what changed, who is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import PersonId, UnitId
from app.domain.people import Person, PersonData, Unit, UnitLevel
from app.domain.text import fold_text
from app.roster.difference import EntryState, KnownPerson, RosterDifference, difference
from app.roster.draft import RosterEntry
from app.roster.unit_index import UnitIndex

UNITS = UnitIndex([Unit(id=UnitId("u1"), name="海豐國小", level=UnitLevel.ELEMENTARY)])
WANG = PersonData(name="王小明", unit_text="海豐國小", unit_id=UnitId("u1"), id_number="A123456789")


def data(**changes: str) -> PersonData:
    given_data = {"name": "王小明", "unit_text": "海豐國小", "id_number": "A123456789", **changes}
    unit = UNITS.resolve(given_data["unit_text"])
    return PersonData(unit_id=unit.unit_id, **given_data)


def entry(row: int = 2, **changes: str) -> RosterEntry:
    kept = data(**changes)
    key = UNITS.resolve(kept.unit_text).key
    return RosterEntry(row, kept, kept.id_number, fold_text(kept.name), key)


def known(who: str = "p1", **changes: str) -> KnownPerson:
    return KnownPerson.of(Person(id=PersonId(who), data=data(**changes)), UNITS)


def states(found: RosterDifference) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(str(c.state), c.known and c.known.id, c.fields) for c in found.changes]


P1 = PersonId("p1")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("unchanged", "p1", ())),
        ({"unit_text": "屏東縣立海豐國民小學"}, ("unchanged", "p1", ())),
        ({"name": "王曉明"}, ("changed", "p1", ("name",))),
        ({"title": "組長", "phone": "0912345678"}, ("changed", "p1", ("title", "phone"))),
        ({"unit_text": "鶴聲國中"}, ("changed", "p1", ("unit",))),
        ({"id_number": ""}, ("unchanged", "p1", ())),
        ({"id_number": "B123456780"}, ("added", None, ())),
        ({"id_number": "", "unit_text": "鶴聲國中"}, ("added", None, ())),
    ],
)
def test_one_entry_against_one_person(
    changes: dict[str, str], expected: tuple[str, str | None, tuple[str, ...]]
) -> None:
    found = difference([entry(**changes)], [known()], registered={P1}, imported=[P1])
    assert states(found) == [expected]
    assert found.gone == ([] if expected[1] else [P1])


def test_known_elsewhere_is_registered() -> None:
    found = difference([entry(title="組長")], [known()])
    assert states(found) == [("registered", "p1", ("title",))]
    assert found.changes[0].data.title == "組長"
    assert found.count(EntryState.REGISTERED) == 1


def test_a_new_id_number_fills_a_gap() -> None:
    found = difference([entry()], [known(id_number="")], registered={P1})
    assert states(found) == [("changed", "p1", ("id_number",))]


def test_empty_cells_erase_nothing() -> None:
    found = difference([entry()], [known(phone="0912345678", title="組長")], registered={P1})
    assert states(found) == [("unchanged", "p1", ())]
    assert found.changes[0].data.phone == "0912345678"


def test_homonyms_with_different_ids_stay_two_people() -> None:
    people = [known("p1"), known("p2", id_number="B123456780")]
    entries = [entry(2, id_number="B123456780"), entry(3)]
    assert [state[1] for state in states(difference(entries, people))] == ["p2", "p1"]


def test_ids_choose_before_names() -> None:
    entries = [entry(2, id_number=""), entry(3)]
    assert [state[1] for state in states(difference(entries, [known()]))] == [None, "p1"]


def test_namesakes_match_by_title() -> None:
    people = [known("p1", id_number="", title="教師"), known("p2", id_number="", title="校長")]
    found = difference([entry(id_number="", title="校長")], people)
    assert states(found)[0][1] == "p2"


def test_walk_ins_are_never_gone() -> None:
    found = difference(
        [], [known("p1"), known("p2")], registered={P1, PersonId("p2")}, imported=[P1]
    )
    assert found.gone == [P1]


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["", "A1", "A2"])), max_size=8)
)
def test_nobody_is_matched_twice(people: list[tuple[str, str]]) -> None:
    roster = [known(f"p{at}", name=name, id_number=who) for at, (name, who) in enumerate(people)]
    entries = [entry(at, name=name, id_number=who) for at, (name, who) in enumerate(people)]
    found = difference(entries, roster, imported=[person.person.id for person in roster])
    matched = [change.known.id for change in found.changes if change.known]
    assert len(matched) == len(set(matched))
    assert len(matched) + len(found.gone) == len(roster)
