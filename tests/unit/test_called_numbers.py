"""The numbers a board keeps showing: the last four called, for those who look up late."""

from app.domain.visits import Claim, Segment, Visit, VisitId, VisitState
from app.services.visit_board import board_of
from app.services.visit_views import CalledNumber

MINUTE = 60_000


def called(number: int, state: VisitState, *, desk: str = "1") -> Visit:
    """Return a visit that was called at its number's minute and is in a state since."""
    at_ms = number * MINUTE
    visit = Visit(
        id=VisitId(f"v{number}"),
        session="help1",
        ticket=f"A{number:03}",
        station="A",
        arrived_ms=0,
        state=state,
    )
    visit.first_called_ms = at_ms
    end = None if state is VisitState.CALLED else at_ms + MINUTE
    visit.segments = [
        Segment(state=VisitState.WAITING, start_ms=0, end_ms=at_ms),
        Segment(state=VisitState.CALLED, start_ms=at_ms, end_ms=end, staff="s", desk=desk),
    ]
    if state in (VisitState.CALLED, VisitState.SERVING):
        visit.claims["s"] = Claim(
            staff="s", desk=desk, state=state, since_ms=at_ms, called_ms=at_ms
        )
    return visit


def shown(*visits: Visit) -> tuple[CalledNumber, ...]:
    return board_of("help1", visits, (), 60 * MINUTE).called


def test_the_last_four_called_stay_when_they_are_done() -> None:
    numbers = shown(*(called(number, VisitState.DONE) for number in range(1, 7)))
    assert [item.ticket for item in numbers] == ["A006", "A005", "A004", "A003"]
    assert not any(item.serving for item in numbers)


def test_who_is_back_in_line_or_gone_leaves_the_board() -> None:
    numbers = shown(
        called(1, VisitState.WAITING), called(2, VisitState.GONE), called(3, VisitState.PARKED)
    )
    assert [item.ticket for item in numbers] == ["A003"]


def test_a_recall_comes_to_the_top_and_says_how_often() -> None:
    early, late = called(1, VisitState.CALLED), called(2, VisitState.SERVING, desk="3")
    early.claims["s"] = Claim(
        staff="s",
        desk="1",
        state=VisitState.CALLED,
        since_ms=MINUTE,
        called_ms=9 * MINUTE,
        recalls=2,
    )
    first, second = shown(early, late)
    assert (first.ticket, first.recalls, first.at_ms) == ("A001", 2, 9 * MINUTE)
    assert (second.ticket, second.desk, second.serving) == ("A002", "3", True)


def test_going_on_after_a_pause_is_no_new_call() -> None:
    resumed = called(1, VisitState.SERVING)
    resumed.claims["s"] = Claim(
        staff="s", desk="1", state=VisitState.SERVING, since_ms=8 * MINUTE, called_ms=8 * MINUTE
    )
    assert shown(resumed)[0].at_ms == MINUTE
