"""What new facts change, folded from a few kinds of facts, is what the whole fold says."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from person_facts import MOMENTS, PERSON, SESSIONS, histories, make_fact

from app.domain.facts import Fact, FactKind
from db.projection.parts import kinds_beside
from db.projection.read_table import TableRows
from db.projection.rows import rows_of, tally_of

SUBJECT = f"person:{PERSON}"
Changed = tuple[TableRows, set[tuple[str, ...]], dict[str, tuple[int, ...]]]


@st.composite
def decisions(draw: st.DrawFn) -> list[Fact]:
    """Return decisions on conflicts, some of which take others back."""
    facts = []
    for number in range(100, 100 + draw(st.integers(0, 4))):
        body = {
            "conflict": draw(st.sampled_from(["one", "two"])),
            "kind": "two_rooms",
            "session": draw(st.sampled_from(SESSIONS)),
            "choice": "leave",
        }
        if draw(st.booleans()):
            body["takes_back"] = "fact-100"
        facts.append(make_fact(number, FactKind.CONFLICT_RESOLVED, body, at=draw(MOMENTS)))
    return facts


def changed(before: Sequence[Fact], after: Sequence[Fact]) -> Changed:
    """Return the rows that are written, the keys that are deleted and what is counted."""
    old, new = rows_of(SUBJECT, before), rows_of(SUBJECT, after)
    counts: dict[str, tuple[int, ...]] = {}
    for rows, sign in ((new, 1), (old, -1)):
        for session, tally in tally_of(rows).items():
            known = counts.get(session, (0, 0, 0))
            counts[session] = tuple(a + sign * b for a, b in zip(known, tally, strict=True))
    written = {key: row for key, row in new.items() if old.get(key) != row}
    return written, old.keys() - new.keys(), {name: n for name, n in counts.items() if any(n)}


@settings(max_examples=300)
@given(st.data())
def test_a_part_changes_as_the_whole_does(data: st.DataObject) -> None:
    facts = data.draw(st.permutations([*data.draw(histories()), *data.draw(decisions())]))
    cut = data.draw(st.integers(0, len(facts) - 1))
    before, added = facts[:cut], facts[cut:]
    kinds = kinds_beside(SUBJECT, {fact.kind for fact in added})
    some = [fact for fact in before if kinds is None or fact.kind in kinds]
    assert changed(some, [*some, *added]) == changed(before, facts)


def test_an_erasure_matters_for_everything_and_everything_for_an_erasure() -> None:
    assert kinds_beside(SUBJECT, {FactKind.PRIVATE_ERASED}) is None
    beside = kinds_beside(SUBJECT, {FactKind.SCAN_RECORDED, FactKind.BADGE_ISSUED})
    assert beside is not None
    assert {FactKind.PRIVATE_ERASED, FactKind.SCAN_VOIDED, FactKind.BADGE_REVOKED} <= beside
    assert FactKind.REGISTRATION_ADDED not in beside


def test_of_other_subjects_everything_matters() -> None:
    assert kinds_beside("visit:1", {FactKind.VISIT_OPENED}) is None
    assert kinds_beside(SUBJECT, {FactKind.UNIT_ADDED}) is None
