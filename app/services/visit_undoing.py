"""Undoing the last move of a visit."""

from app.domain.errors import NotAllowed
from app.domain.facts import FactKind
from app.domain.visit_moves import check_free
from app.domain.visits import GoneReason, Seat, Visit
from app.domain.words import Words
from app.services.visit_acts import VisitPen
from db.queries import visits as queries


def undo_last(act: VisitPen, seat: Seat, *, as_organizer: bool) -> Visit:
    """Take back the last move: the consultant's own, or anybody's as organizer.

    A number just given out is voided. Raises NotAllowed: somebody else's move, or the consultant
    who would hold the visit again holds another by now.
    """
    before = act.visit
    if not as_organizer and before.last_move_by not in ("", seat.staff):
        raise NotAllowed(
            Words(
                zh=f"{before.ticket} 的上一步是別人做的。",
                en=f"The last act on {before.ticket} was somebody else's.",
            ),
            remedy=Words(zh="請做的人或管理者復原。", en="Let them or an organizer undo it."),
        )
    if before.last_move_kind == FactKind.VISIT_OPENED:
        body = {"staff": seat.staff, "desk": seat.desk, "reason": GoneReason.VOID.value}
        return act.record(FactKind.VISIT_LEFT, body)
    held = set(before.claims)
    after = act.record(FactKind.VISIT_UNDONE, {"fact": before.last_move, "staff": seat.staff})
    for staff in after.claims.keys() - held:
        _check_holds_no_other(act, after, staff)
    return after


def _check_holds_no_other(act: VisitPen, visit: Visit, staff: str) -> None:
    for other in queries.list_held_by(act.connection, staff):
        if not other.claims[staff].is_offer and not visit.claims[staff].is_offer:
            check_free(other, visit)
