"""The same facts in any order, some of them twice, give the same state and the same rows."""

from hypothesis import given, settings
from hypothesis import strategies as st
from person_facts import PERSON, histories, make_fact

from app.domain.facts import Fact, FactKind, PersonId, UnitId
from app.domain.fold import fold_person, fold_scans, fold_unit, in_order
from db.projection.rows import rows_of, tally_of

SUBJECT = f"person:{PERSON}"


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """Return a history, and the same facts in another order with some of them twice."""
    facts = draw(histories())
    again = draw(st.lists(st.sampled_from(facts), max_size=4))
    return facts, draw(st.permutations([*facts, *again]))


@settings(max_examples=150)
@given(shuffled())
def test_a_person_is_the_same_whatever_order_facts_came_in(
    pair: tuple[list[Fact], list[Fact]],
) -> None:
    facts, other = pair
    one, two = (fold_person(PersonId(PERSON), order) for order in (facts, other))
    assert one == two
    assert list(one.scans) == list(two.scans)
    assert list(one.badges) == list(two.badges)
    rows = rows_of(SUBJECT, facts)
    assert rows_of(SUBJECT, other) == rows
    assert tally_of(rows_of(SUBJECT, other)) == tally_of(rows)


@settings(max_examples=40)
@given(shuffled())
def test_scans_of_nobody_fold_the_same(pair: tuple[list[Fact], list[Fact]]) -> None:
    facts, other = pair
    assert fold_scans(facts) == fold_scans(other)
    assert rows_of("station:A", facts) == rows_of("station:A", other)


@settings(max_examples=40)
@given(st.data())
def test_a_unit_is_the_same_whatever_order(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(["甲校", "乙校", "丙校"]), min_size=1, max_size=5))
    facts = [
        make_fact(
            number,
            FactKind.UNIT_ADDED if number == 0 else FactKind.UNIT_AMENDED,
            {"name": name, "phone": str(number)},
            at=data.draw(st.integers(0, 2)),
        )
        for number, name in enumerate(names)
    ]
    other = data.draw(st.permutations(facts))
    assert fold_unit(UnitId("u"), facts) == fold_unit(UnitId("u"), other)


@settings(max_examples=40)
@given(histories())
def test_folding_takes_nothing_away_from_the_facts(facts: list[Fact]) -> None:
    bodies = [dict(fact.body) for fact in facts]
    rows_of(SUBJECT, facts)
    assert [dict(fact.body) for fact in facts] == bodies


@settings(max_examples=40)
@given(histories())
def test_the_order_is_corrected_time_then_hybrid_clock_then_id(facts: list[Fact]) -> None:
    keys = [(fact.at + fact.offset_ms, fact.hlc, fact.id) for fact in in_order(facts)]
    assert keys == sorted(set(keys))


def scan(number: int, at: int, **body: object) -> Fact:
    known = {
        "session": "b1d1", "station": "A", "direction": "in", "verdict": "checked_in",
        "counts": True, "code": "",
    }  # fmt: skip
    return make_fact(number, FactKind.SCAN_RECORDED, known | body, at=at)


def test_an_undo_by_a_desk_whose_clock_is_behind_still_undoes() -> None:
    void = make_fact(2, FactKind.SCAN_VOIDED, {"scan": "fact-001", "session": "b1d1"}, at=5)
    state = fold_person(PersonId(PERSON), [scan(1, 1000), void])
    assert [item.counts for item in state.scans.values()] == [False]


def test_a_revocation_by_a_desk_whose_clock_is_behind_still_revokes() -> None:
    issued = make_fact(1, FactKind.BADGE_ISSUED, {"code": "CODEONE"}, at=1000)
    revoked = make_fact(2, FactKind.BADGE_REVOKED, {"code": "CODEONE"}, at=5)
    state = fold_person(PersonId(PERSON), [issued, revoked])
    assert state.badges["CODEONE"].revoked_ms == 5


def test_an_undone_admission_does_not_count() -> None:
    refused = scan(1, 10, counts=False, verdict="not_on_roster")
    admitted = make_fact(2, FactKind.SCAN_ADMITTED, {"scan": "fact-001", "session": "b1d1"}, at=20)
    void = make_fact(3, FactKind.SCAN_VOIDED, {"scan": "fact-001", "session": "b1d1"}, at=30)
    (state,) = fold_person(PersonId(PERSON), [refused, admitted]).scans.values()
    assert state.counts
    (state,) = fold_person(PersonId(PERSON), [refused, void, admitted]).scans.values()
    assert not state.counts


def test_corrections_of_scans_that_are_not_here_yet_wait_for_them() -> None:
    void = make_fact(2, FactKind.SCAN_VOIDED, {"scan": "fact-001", "session": "b1d1"}, at=5)
    assert fold_person(PersonId(PERSON), [void]).scans == {}
    assert rows_of(SUBJECT, [void]) == {}
    late = rows_of(SUBJECT, [void, scan(1, 1000)])
    assert late == rows_of(SUBJECT, [scan(1, 1000), void])
