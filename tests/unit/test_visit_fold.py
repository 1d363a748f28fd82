"""Folding a visit: any order gives one state, time is never negative, nobody vanishes."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visit_desks import BEGIN_MS, MOVES, Desk, folded, made, opening, two_desks

from app.domain.facts import Fact, FactKind
from app.domain.visit_fold import fold_visit
from app.domain.visit_json import visit_from_json, visit_to_json
from app.domain.visit_moves import Move
from app.domain.visits import (
    Barrier,
    Outcome,
    TimeQuality,
    Visit,
    VisitId,
    VisitState,
)

HELD = (VisitState.CALLED, VisitState.SERVING)
ACTS = [*MOVES, "undo", "taker starts", "taker declines"]
steps = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.sampled_from(ACTS), st.integers(0, 900_000)), max_size=14
)
skews = st.sampled_from([0, 0, 3_600_000, -3_600_000])


def played(script: list[tuple[int, Any, int]], skew_ms: int) -> tuple[Desk, Desk]:
    """Let two desks act apart from each other, as far as the rules let them."""
    desks, at_ms = two_desks(skew_ms), 0
    for which, act, later_ms in script:
        at_ms += later_ms
        desk = desks[which]
        if act == "undo":
            desk.undo(at_ms)
        elif act == "taker starts":
            desk.move(Move.START, at_ms, staff="taker")
        elif act == "taker declines":
            desk.move(Move.RETURN, at_ms, staff="taker")
        else:
            desk.move(act, at_ms)
    return desks


def check_whole(visit: Visit) -> None:
    """One state, with what belongs to it and nothing else; no stretch ends before it begins."""
    for item in visit.segments:
        assert item.end_ms is None or item.end_ms >= item.start_ms
    open_ones = [item for item in visit.segments if item.end_ms is None]
    assert (visit.state in HELD) == bool(visit.claims)
    if visit.claims:
        assert {(item.staff, item.state) for item in open_ones} == {
            (claim.staff, claim.state) for claim in visit.claims.values()
        }
    else:
        assert [item.state for item in open_ones] == [visit.state] * visit.is_live
    assert (visit.closed_ms is not None) == (not visit.is_live)
    assert (visit.reason != "") == (visit.state in (VisitState.PARKED, VisitState.GONE))
    assert visit.wait_ms(visit.changed_ms) >= 0


@given(steps, skews)
def test_what_two_desks_did_apart_is_one_visit(script: list[Any], skew_ms: int) -> None:
    one, two = played(script, skew_ms)
    check_whole(one.view())
    check_whole(two.view())
    merged = folded([*one.seen, *two.made])
    check_whole(merged)
    for desk in (one, two):
        mine = desk.view().claims.get(desk.staff)
        if mine is not None and mine.state is VisitState.SERVING:
            assert merged.claims[desk.staff].state is VisitState.SERVING
    if len(merged.claims) > 1:
        assert merged.conflicts


@given(steps, skews, st.randoms(use_true_random=False))
def test_facts_in_any_order_and_twice_make_the_same_visit(
    script: list[Any], skew_ms: int, chance: random.Random
) -> None:
    one, two = played(script, skew_ms)
    facts = [*one.seen, *two.made]
    merged = folded(facts)
    chance.shuffle(facts)
    assert folded([*facts, *facts[:3]]) == merged


@given(steps, skews)
def test_a_visit_survives_its_table(script: list[Any], skew_ms: int) -> None:
    one, two = played(script, skew_ms)
    merged = folded([*one.seen, *two.made])
    assert visit_from_json(visit_to_json(merged)) == merged


@given(steps)
def test_an_undone_act_never_was(script: list[Any]) -> None:
    desk, _ = played([(0, act, ms) for _, act, ms in script], 0)
    before = desk.view()
    if desk.move(Move.CALL, 10**8) and desk.undo(10**8 + 1000):
        after = desk.view()
        assert (after.state, after.claims, after.segments) == (
            before.state,
            before.claims,
            before.segments,
        )
        assert after.undone == before.undone + 1


def day(*acts: tuple[FactKind, dict[str, Any]], **told: Any) -> Visit:
    """Fold an opening and acts, a minute apart."""
    facts = [opening(**told)]
    for number, (kind, body) in enumerate(acts, start=1):
        facts.append(made(number, kind, dict(body), at=BEGIN_MS + number * 60_000))
    return folded(facts)


CALL = (FactKind.VISIT_CALLED, {"staff": "ann", "desk": "1"})
START = (FactKind.VISIT_STARTED, {"staff": "ann", "desk": "1"})
PARK = (FactKind.VISIT_PARKED, {"staff": "ann", "reason": "practising", "keeps": True})
BACK = (FactKind.VISIT_RETURNED, {"staff": "ann"})
GIVE = (FactKind.VISIT_HANDED_OVER, {"staff": "ann", "to": "ben", "to_desk": "2"})
TAKE = (FactKind.VISIT_STARTED, {"staff": "ben", "desk": "2"})
END = (FactKind.VISIT_FINISHED, {"staff": "ann"})
GO = (FactKind.VISIT_LEFT, {"staff": "", "reason": "left"})


@pytest.mark.parametrize(
    ("acts", "state", "waited_min", "served_min"),
    [
        ([], "waiting", 20, 0),
        ([CALL], "called", 1, 0),
        ([CALL, CALL, START], "serving", 1, 17),
        ([CALL, BACK], "waiting", 1, 0),
        ([CALL, START, END], "done", 1, 1),
        ([START, PARK], "parked", 1, 1),
        ([START, PARK, START, END], "done", 1, 2),
        ([START, PARK, BACK], "waiting", 1, 1),
        ([START, GIVE], "called", 1, 1),
        ([START, GIVE, TAKE], "serving", 1, 18),
        ([GO], "gone", 1, 0),
        ([CALL, GO], "gone", 1, 0),
    ],
)
def test_times_come_from_the_states(
    acts: list[Any], state: str, waited_min: int, served_min: int
) -> None:
    visit = day(*acts)
    check_whole(visit)
    now_ms = BEGIN_MS + 20 * 60_000
    assert visit.state == state
    assert visit.wait_ms(now_ms) == waited_min * 60_000
    assert visit.total_ms(VisitState.SERVING, now_ms) == served_min * 60_000


def test_both_stretches_count_where_two_desks_served_and_the_visit_counts_once() -> None:
    one, two = two_desks()
    for desk, later_ms in ((one, 0), (two, 30_000)):
        assert desk.move(Move.CALL, 60_000 + later_ms)
        assert desk.move(Move.START, 120_000 + later_ms)
    merged = folded([*one.seen, *two.made])
    assert list(merged.claims) == ["ann", "ben"]
    assert merged.claim is merged.claims["ann"]
    conflict = merged.conflicts[0]
    assert (conflict.staff, conflict.desk, conflict.other_staff, conflict.other_desk) == (
        "ann", "1", "ben", "2",
    )  # fmt: skip
    assert one.move(Move.FINISH, 240_000)
    assert two.move(Move.FINISH, 300_000)
    merged = folded([*one.seen, *two.made])
    assert merged.state is VisitState.DONE
    assert merged.total_ms(VisitState.SERVING, 0) == 120_000 + 150_000


def test_who_is_being_helped_elsewhere_has_not_gone() -> None:
    one, two = two_desks()
    assert one.move(Move.START, 60_000)
    assert two.move(Move.LEAVE, 90_000)
    merged = folded([*one.seen, *two.made])
    assert merged.state is VisitState.SERVING
    assert merged.conflicts


def test_a_clock_set_back_does_not_undo_what_was_acknowledged() -> None:
    desk, _ = two_desks()
    assert desk.move(Move.START, 60_000)
    assert desk.move(Move.PARK, 120_000)
    desk.skew_ms = -3_600_000
    assert desk.move(Move.START, 180_000)
    assert desk.view().state is VisitState.SERVING
    assert desk.move(Move.FINISH, 240_000)
    assert desk.view().state is VisitState.DONE
    check_whole(desk.view())


def test_the_night_is_no_wait() -> None:
    hour = 3_600_000
    carried = (
        FactKind.VISIT_CARRIED,
        {"session": "help2", "until_ms": BEGIN_MS + hour, "from_ms": BEGIN_MS + 24 * hour},
    )
    visit = day(carried)
    assert (visit.session, visit.carried_from, visit.state) == ("help2", "help", "waiting")
    assert visit.is_returning
    assert visit.arrived_ms == BEGIN_MS
    assert visit.wait_ms(BEGIN_MS + 25 * hour) == 2 * hour


def test_an_issue_is_told_field_by_field() -> None:
    body = {"issue": "i1", "staff": "ann"}
    visit = day(
        START,
        (FactKind.ISSUE_RECORDED, body | {"topic": "05", "reused": ["answer:x"]}),
        (FactKind.ISSUE_RECORDED, body | {"outcome": "not_resolved", "barriers": ["no_card"]}),
        (FactKind.ISSUE_RECORDED, body | {"reused": ["issue:y", "answer:x"], "quantity": 3}),
        (FactKind.ISSUE_RECORDED, {"issue": "i2", "topic": "06"}),
        (FactKind.ISSUE_RECORDED, {"issue": "i2", "dropped": True}),
    )
    (issue,) = visit.issues.values()
    assert (issue.topic, issue.outcome, issue.barriers) == (
        "05", Outcome.NOT_RESOLVED, (Barrier.NO_CARD,),
    )  # fmt: skip
    assert (issue.reused, issue.quantity) == (("answer:x", "issue:y"), 3)


def test_times_that_a_person_gave_are_marked() -> None:
    estimated = (FactKind.VISIT_FINISHED, {"staff": "ann", "quality": "estimated"})
    for_other = (FactKind.VISIT_FINISHED, {"staff": "ben", "for_staff": "ann"})
    assert day(START, END).time_quality is TimeQuality.OK
    assert day(START, estimated).time_quality is TimeQuality.ESTIMATED
    assert day(START, for_other).time_quality is TimeQuality.FORGOT
    assert day(channel="paper").time_quality is TimeQuality.ESTIMATED


def test_without_its_opening_a_visit_is_not_here_yet() -> None:
    facts: list[Fact] = [made(1, FactKind.VISIT_CALLED, {"staff": "ann", "desk": "1"})]
    assert fold_visit(VisitId("v1"), facts) is None
