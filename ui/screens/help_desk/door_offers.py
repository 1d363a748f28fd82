"""What the door offers of its own accord once it knows the school: joining, or linking; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.visits import Visit, VisitState
from app.services.visit_views import OpenPoint, UnitCard
from ui.screens.help_desk.door_draft import DoorDraft

_STILL_IN_LINE = frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """A number to join and an earlier visit to link, where there are such."""

    join: Visit | None = None
    is_same_person: bool = False
    """Whether the number to join is this very person's."""
    waiting: int = 0
    """How many people of the school wait."""
    earlier: Visit | None = None
    open_points: int = 0


NO_OFFERS = Offers()


def find_offers(draft: DoorDraft, card: UnitCard | None) -> Offers:
    """Return what to offer for a draft at a school."""
    if card is None:
        return NO_OFFERS
    own = find_own(draft, card.here_now)
    in_line = [visit for visit in card.here_now if visit.state in _STILL_IN_LINE]
    in_line.sort(key=lambda visit: (visit.arrived_ms, visit.ticket))
    earlier = _earlier(draft, card)
    return Offers(
        join=own or next(iter(in_line), None),
        is_same_person=own is not None,
        waiting=sum(visit.party_size for visit in in_line),
        earlier=earlier,
        open_points=_points_of(earlier, card.open_points),
    )


def find_own(draft: DoorDraft, here_now: Sequence[Visit]) -> Visit | None:
    """Return the live visit of the very person, None where there is none."""
    for visit in here_now:
        is_person = bool(draft.person_id) and visit.person_id == draft.person_id
        if is_person or (draft.name and visit.name == draft.name):
            return visit
    return None


def _earlier(draft: DoorDraft, card: UnitCard) -> Visit | None:
    """Prefer what the same person left open, then what the school left open, then the latest."""
    open_visits = {point.visit.id for point in card.open_points}
    over = [visit for visit in card.visits if visit.state is VisitState.DONE]
    over.sort(
        key=lambda visit: (
            visit.id in open_visits,
            bool(draft.name) and visit.name == draft.name,
            visit.arrived_ms,
        ),
        reverse=True,
    )
    return next(iter(over), None)


def _points_of(visit: Visit | None, points: Sequence[OpenPoint]) -> int:
    return sum(1 for point in points if visit is not None and point.visit.id == visit.id)
