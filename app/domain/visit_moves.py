"""Which moves a visit allows, to whom; a refused move says what happened and what to do.

Guards are checked inside the write transaction, so that of two desks of one journal that press
the same key, one gets the visit and the other the words (reference: helpdesk page, 7.2).
"""

from collections.abc import Sequence
from enum import StrEnum

from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.visits import LIVE, Barrier, Issue, Outcome, Visit, VisitState
from app.domain.words import Words

RECALLS_TO_NO_SHOW = 3
NO_SHOW_AFTER_MS = 3 * 60 * 1000
"""Called so often, or so long ago, a visit is parked as not found by itself; it keeps its place."""


class Move(StrEnum):
    """What a person can do to a visit."""

    CALL = "call"
    START = "start"
    PARK = "park"
    RETURN = "return"
    HAND_OVER = "hand_over"
    FINISH = "finish"
    LEAVE = "leave"
    CARRY = "carry"


_STATES: dict[Move, frozenset[VisitState]] = {
    Move.CALL: frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED)),
    Move.START: frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED)),
    Move.PARK: frozenset((VisitState.CALLED, VisitState.SERVING, VisitState.WAITING)),
    Move.RETURN: frozenset((VisitState.CALLED, VisitState.PARKED)),
    Move.HAND_OVER: frozenset((VisitState.SERVING,)),
    Move.FINISH: frozenset((VisitState.SERVING,)),
    Move.LEAVE: frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED)),
    Move.CARRY: frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED)),
}
_OWN = frozenset((Move.CALL, Move.START, Move.PARK, Move.RETURN, Move.HAND_OVER))
"""Moves of a claimed visit that only the claiming consultant makes."""


def allowed_moves(visit: Visit, staff: str) -> frozenset[Move]:
    """Return what a consultant can do to a visit now, being free."""
    return frozenset(move for move in Move if _why_not(visit, move, staff) is None)


def check_move(visit: Visit, move: Move, staff: str) -> None:
    """Refuse a move the state or the claim of another forbids. Raises Conflict or NotAllowed."""
    error = _why_not(visit, move, staff)
    if error is not None:
        raise error


def _why_not(visit: Visit, move: Move, staff: str) -> Conflict | NotAllowed | None:
    claim = visit.claim
    if move in _OWN and claim is not None and staff not in visit.claims:
        return _taken(visit.ticket, claim.desk)
    if visit.state not in _STATES[move]:
        return _wrong_state(visit)
    is_parked_by_other = visit.state is VisitState.PARKED and visit.owner not in ("", staff)
    if is_parked_by_other and move in (Move.CALL, Move.START):
        return NotAllowed(
            Words(
                zh=f"{visit.ticket} 由另一位諮詢人員保留中。",
                en=f"{visit.ticket} is kept by another consultant.",
            ),
            remedy=Words(zh="先「放回隊伍」再叫號。", en="Send it back to the line, then call."),
        )
    return None


def _taken(ticket: str, desk: str) -> Conflict:
    at_zh, at_en = (f"（{desk} 號桌）", f" at desk {desk}") if desk else ("", "")
    return Conflict(
        Words(zh=f"{ticket} 已經被叫走了{at_zh}。", en=f"{ticket} has already been called{at_en}."),
        remedy=Words(zh="請叫下一位。", en="Call the next one."),
    )


_STATE_WORDS = {
    VisitState.WAITING: Words(zh="等候中", en="waiting"),
    VisitState.CALLED: Words(zh="已叫號", en="called"),
    VisitState.SERVING: Words(zh="諮詢中", en="being served"),
    VisitState.PARKED: Words(zh="暫離", en="parked"),
    VisitState.DONE: Words(zh="已完成", en="done"),
    VisitState.GONE: Words(zh="已離開", en="gone"),
}


def state_words(state: VisitState) -> Words:
    """Return what a state is called."""
    return _STATE_WORDS[state]


def _wrong_state(visit: Visit) -> Conflict | NotAllowed:
    words = _STATE_WORDS[visit.state]
    kind = NotAllowed if visit.state in LIVE else Conflict
    return kind(
        Words(zh=f"{visit.ticket} 目前是「{words.zh}」。", en=f"{visit.ticket} is {words.en} now."),
        remedy=Words(
            zh="清單已更新，請看最新狀態；需要時可復原上一步。",
            en="The list shows its present state; the last act can be undone.",
        ),
    )


def check_free(busy: Visit | None, visit: Visit) -> None:
    """Refuse a second visit at once: one called or served per consultant. Raises NotAllowed."""
    if busy is not None and busy.id != visit.id:
        raise NotAllowed(
            Words(zh=f"{busy.ticket} 還在你這裡。", en=f"{busy.ticket} is still with you."),
            remedy=Words(zh="先完成或暫放，再叫下一位。", en="Finish or park it first."),
        )


def check_outcomes(issues: Sequence[Issue]) -> None:
    """Refuse to finish while an issue says nothing of its outcome. Raises InvalidInput."""
    if not issues or any(issue.outcome is None for issue in issues):
        raise InvalidInput(
            Words(zh="還沒有選結果。", en="The outcome is not chosen yet."),
            remedy=Words(
                zh="按 Alt+1…5 選結果（指令：--outcome）。",
                en="Press Alt+1…5 for the outcome (as a command: --outcome).",
            ),
            field="outcome",
        )


NEEDS_BARRIER = frozenset((Outcome.NOT_RESOLVED,))
WALKED_OFF = (Outcome.NOT_RESOLVED, (Barrier.LEFT,))
"""What an issue is when its visitor walked off while being served."""


def is_no_show(visit: Visit, now_ms: int) -> bool:
    """Whether a called visit is to be parked by itself as not found."""
    claim = visit.claim
    if claim is None or visit.state is not VisitState.CALLED:
        return False
    late = now_ms - claim.called_ms >= NO_SHOW_AFTER_MS
    # The third call still gets its time: after it nobody calls a fourth.
    return late and (
        claim.recalls >= RECALLS_TO_NO_SHOW or now_ms - claim.since_ms >= NO_SHOW_AFTER_MS
    )
