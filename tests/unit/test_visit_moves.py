"""Which moves a visit allows, to whom; and whom a consultant calls next."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, InvalidInput, NotAllowed, VenueDeskError
from app.domain.next_in_line import MOST_PASSED_OVER, WhyNext, list_turns
from app.domain.visit_moves import (
    NO_SHOW_AFTER_MS,
    Move,
    allowed_moves,
    check_free,
    check_move,
    check_outcomes,
    is_no_show,
)
from app.domain.visits import Claim, Issue, IssueId, Outcome, Visit, VisitId, VisitState

MINUTE = 60_000
STATES = [VisitState.WAITING, VisitState.PARKED, VisitState.DONE, VisitState.GONE]


def visit(state: VisitState = VisitState.WAITING, *, held_by: str = "", **more: object) -> Visit:
    """Return a visit in a state, held by somebody."""
    made = Visit(
        id=VisitId("v"), session="help", ticket="A001", station="A", arrived_ms=0, state=state
    )
    if held_by:
        made.claims[held_by] = Claim(staff=held_by, desk="1", state=state, since_ms=0, called_ms=0)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("state", "held_by", "mine", "others"),
    [
        ("waiting", "", "call start park leave carry", "call start park leave carry"),
        ("called", "ann", "call start park return leave carry", "leave carry"),
        ("serving", "ann", "park hand_over finish", "finish"),
        ("parked", "", "call start return leave carry", "call start return leave carry"),
        ("done", "", "", ""),
        ("gone", "", "", ""),
    ],
)
def test_what_each_state_allows(state: str, held_by: str, mine: str, others: str) -> None:
    one = visit(VisitState(state), held_by=held_by)
    assert allowed_moves(one, "ann") == {Move(word) for word in mine.split()}
    assert allowed_moves(one, "ben") == {Move(word) for word in others.split()}


def test_a_kept_visit_is_started_by_its_keeper_and_sent_back_by_anybody() -> None:
    kept = visit(VisitState.PARKED, owner="ann")
    check_move(kept, Move.START, "ann")
    check_move(kept, Move.RETURN, "ben")
    for move in (Move.CALL, Move.START):
        with pytest.raises(NotAllowed):
            check_move(kept, move, "ben")


def test_a_visit_taken_elsewhere_is_a_conflict_that_names_the_desk() -> None:
    with pytest.raises(Conflict) as refusal:
        check_move(visit(VisitState.CALLED, held_by="ann"), Move.START, "ben")
    assert "desk 1" in refusal.value.sentence("en")


@given(st.sampled_from(list(VisitState)), st.sampled_from(list(Move)), st.booleans())
def test_every_refusal_has_words_in_both_languages(
    state: VisitState, move: Move, held: bool
) -> None:
    is_held = held and state in (VisitState.CALLED, VisitState.SERVING)
    one = visit(state, held_by="ann" if is_held else "")
    refusal = refusal_of(one, move)
    assert (refusal is None) == (move in allowed_moves(one, "ben"))
    if refusal is not None:
        said = (refusal.message, refusal.remedy)
        assert all(words.zh and words.en for words in said)


def refusal_of(one: Visit, move: Move) -> VenueDeskError | None:
    """Return what refuses a move of somebody who holds nothing."""
    try:
        check_move(one, move, "ben")
    except VenueDeskError as refusal:
        return refusal
    return None


def test_one_visit_at_a_time() -> None:
    held = visit(VisitState.SERVING, held_by="ann", id="held")
    check_free(None, visit())
    check_free(held, held)
    with pytest.raises(NotAllowed):
        check_free(held, visit(id="other"))


def test_no_end_without_an_outcome() -> None:
    settled = Issue(id=IssueId("i"), at_ms=0, outcome=Outcome.RESOLVED)
    check_outcomes([settled])
    for issues in ([], [settled, replace(settled, outcome=None)]):
        with pytest.raises(InvalidInput):
            check_outcomes(issues)


@pytest.mark.parametrize(
    ("recalls", "since_min", "last_min", "now_min", "gone"),
    [
        (1, 0, 0, 2.9, False),
        (1, 0, 0, 3, True),
        (2, 0, 2, 4, False),
        (2, 0, 2, 5, True),
        (3, 0, 1, 3.9, False),
        (3, 0, 1, 4, True),
    ],
)
def test_who_does_not_come_after_three_calls_or_three_minutes(
    recalls: int, since_min: float, last_min: float, now_min: float, *, gone: bool
) -> None:
    one = visit(VisitState.CALLED, held_by="ann")
    one.claims["ann"] = replace(
        one.claims["ann"],
        recalls=recalls,
        since_ms=int(since_min * MINUTE),
        called_ms=int(last_min * MINUTE),
    )
    assert is_no_show(one, int(now_min * MINUTE)) is gone
    assert not is_no_show(visit(), NO_SHOW_AFTER_MS * 9)


def order(visits: list[Visit], skills: dict[str, int] | None = None) -> list[tuple[str, str]]:
    turns = list_turns(visits, "ann", skills or {}, 10 * MINUTE)
    return [(turn.visit.ticket, turn.why.value) for turn in turns]


def test_the_order_of_call_and_its_reasons() -> None:
    line = [
        visit(ticket="A001", arrived_ms=1),
        visit(ticket="A002", arrived_ms=2, topic="0503"),
        visit(ticket="A003", arrived_ms=3, priority=1),
        visit(ticket="A004", arrived_ms=4, priority=2),
        visit(VisitState.PARKED, ticket="A005", arrived_ms=5, owner="ann", wake_ms=9 * MINUTE),
        visit(VisitState.PARKED, ticket="A006", arrived_ms=6, owner="ben", wake_ms=9 * MINUTE),
        visit(VisitState.PARKED, ticket="A007", arrived_ms=7, owner="ann", wake_ms=11 * MINUTE),
        visit(VisitState.DONE, ticket="A008", arrived_ms=8),
    ]
    assert order(line, {"05": 1}) == [
        ("A005", "my_parked"),
        ("A004", "priority"),
        ("A003", "priority"),
        ("A002", "skill"),
        ("A001", "arrival"),
    ]


@given(st.integers(0, 8), st.permutations(range(12)))
def test_nobody_is_passed_over_more_than_three_times(patient_place: int, places: list[int]) -> None:
    """A desk that knows only topic 05 serves it first, but not without end."""
    line = [
        visit(id=str(place), ticket=f"A{place:03d}", arrived_ms=place, topic="05")
        for place in places
    ]
    patient = next(one for one in line if one.arrived_ms == patient_place)
    patient.topic = "01"
    for now in range(100, 100 + len(line)):
        turn = list_turns(line, "ann", {"05": 2}, now)[0]
        turn.visit.state = VisitState.CALLED
        turn.visit.first_called_ms = now
        if turn.visit is patient:
            break
    later = [one for one in line if one.arrived_ms > patient_place and one.first_called_ms]
    assert len(later) <= MOST_PASSED_OVER


def test_those_over_count_as_having_passed_by() -> None:
    waiting = visit(ticket="A001", arrived_ms=1, topic="01")
    skilled = visit(ticket="A009", arrived_ms=9, topic="05")
    calls = [(2, 5), (3, 6), (4, 7), (0, 8), (5, None)]
    turns = list_turns([waiting, skilled], "ann", {"05": 2}, 99, calls)
    assert [(turn.visit.ticket, turn.why) for turn in turns] == [
        ("A001", WhyNext.PASSED_OVER),
        ("A009", WhyNext.SKILL),
    ]
