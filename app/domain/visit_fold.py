"""Folding the facts of one visit, in any order, into its state.

Facts of two desks that had not met may contradict each other: nothing is dropped. Each consultant
has a claim of their own, the earliest stands, and the visit is over when the last claim ended.

The facts are taken in the order of the hybrid clock, not of corrected time: every act was allowed
by the state its desk saw, and the hybrid clock never puts an act before what that desk had seen.
So an act that is entered later with its own time, or after somebody set a clock back, still does
what it said when it was acknowledged; times only say how long a stretch was.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from app.domain.facts import Fact, FactId, FactKind
from app.domain.fold import corrected_ms
from app.domain.visits import (
    Barrier,
    Claim,
    ClaimConflict,
    GoneReason,
    Issue,
    IssueId,
    Outcome,
    Segment,
    TimeQuality,
    Visit,
    VisitId,
    VisitState,
)

PRIVATE_FIELDS = ("unit_text", "name", "title", "phone", "note", "priority_reason")
BODY_FIELDS = ("unit_id", "person_id", "topic", "party_size", "return_of", "priority", "rating")
ISSUE_BODY = ("topic", "known_problem", "quantity")
ISSUE_PRIVATE = ("symptom", "steps", "resolution", "next_step")
MOVES = frozenset(
    (
        FactKind.VISIT_OPENED,
        FactKind.VISIT_CALLED,
        FactKind.VISIT_STARTED,
        FactKind.VISIT_PARKED,
        FactKind.VISIT_RETURNED,
        FactKind.VISIT_HANDED_OVER,
        FactKind.VISIT_FINISHED,
        FactKind.VISIT_LEFT,
        FactKind.VISIT_CARRIED,
    )
)
"""The kinds that change a visit's state; the last of them is what an undo takes back."""


def fold_visit(visit_id: VisitId, facts: Iterable[Fact]) -> Visit | None:
    """Fold one visit's facts; None where its opening is not among them."""
    ordered = in_order_seen(facts)
    undone = {fact.body["fact"] for fact in ordered if fact.kind == FactKind.VISIT_UNDONE}
    opening = next((fact for fact in ordered if fact.kind == FactKind.VISIT_OPENED), None)
    if opening is None:
        return None
    visit = _opened(visit_id, opening)
    for fact in ordered:
        # A wild clock may sort an act before the opening; the opening comes first all the same.
        if fact is opening or fact.id in undone:
            continue
        step = _STEPS.get(fact.kind)
        if step is not None:
            step(visit, fact)
    visit.undone = len(undone)
    visit.changed_ms = max(corrected_ms(fact) for fact in ordered)
    return visit


def in_order_seen(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in an order in which none stands before one its desk had seen; none twice."""
    return sorted({fact.id: fact for fact in facts}.values(), key=lambda fact: (fact.hlc, fact.id))


def _opened(visit_id: VisitId, fact: Fact) -> Visit:
    at_ms = corrected_ms(fact)
    body = fact.body
    visit = Visit(
        id=visit_id,
        session=body["session"],
        ticket=body["ticket"],
        station=body["station"],
        arrived_ms=at_ms,
        changed_ms=at_ms,
        channel=body.get("channel", "door"),
    )
    if body.get("channel") == "paper":
        visit.time_quality = TimeQuality.ESTIMATED
    visit.readiness = dict(body.get("readiness", {}))
    _take_over(visit, fact)
    _begin(visit, VisitState.WAITING, fact)
    _note_move(visit, fact)
    return visit


def _take_over(visit: Visit, fact: Fact) -> None:
    """Take over what a fact tells of the visit; what it is silent about stays."""
    private = fact.private or {}
    for name in PRIVATE_FIELDS:
        if name in private:
            setattr(visit, name, private[name])
    for name in BODY_FIELDS:
        if name in fact.body:
            setattr(visit, name, fact.body[name])


def _note_move(visit: Visit, fact: Fact) -> None:
    visit.last_move = FactId(fact.id)
    visit.last_move_kind = fact.kind.value
    visit.last_move_by = fact.body.get("staff", "")


def _begin(visit: Visit, state: VisitState, fact: Fact) -> None:
    """Begin a segment with a fact."""
    visit.segments.append(
        Segment(
            state=state,
            start_ms=corrected_ms(fact),
            staff=fact.body.get("staff", ""),
            desk=fact.body.get("desk", ""),
            reason=fact.body.get("reason", ""),
            fact=fact.id,
        )
    )


def _end(visit: Visit, fact: Fact, staff: str | None) -> None:
    """End the open segments of one consultant; None ends those of nobody (waiting, parked)."""
    at_ms = fact.body.get("until_ms") or corrected_ms(fact)
    for place, item in enumerate(visit.segments):
        is_claim = item.state in (VisitState.CALLED, VisitState.SERVING)
        if item.end_ms is None and is_claim == (staff is not None) and staff in (None, item.staff):
            visit.segments[place] = replace(item, end_ms=max(at_ms, item.start_ms))


def _settle(visit: Visit, without_claims: VisitState) -> None:
    """Derive the state: the furthest claim, or what the last act said where nobody claims."""
    if not visit.claims:
        visit.state = without_claims
        return
    states = {claim.state for claim in visit.claims.values()}
    visit.state = VisitState.SERVING if VisitState.SERVING in states else VisitState.CALLED
    visit.reason = ""


def _call(visit: Visit, fact: Fact) -> None:
    body, at_ms = fact.body, corrected_ms(fact)
    staff = body["staff"]
    known = visit.claims.get(staff)
    if known is not None:
        visit.claims[staff] = replace(known, recalls=known.recalls + 1, called_ms=at_ms)
        _note_move(visit, fact)
        return
    if not visit.is_live and not visit.claims:
        _note_conflict(visit, fact)
        return
    _claim(visit, fact, VisitState.CALLED)


def _claim(visit: Visit, fact: Fact, state: VisitState, *, handed_by: str = "") -> None:
    """Let a consultant take the visit; a second one is noted, not refused."""
    at_ms, staff = corrected_ms(fact), fact.body["staff"] if not handed_by else fact.body["to"]
    desk = fact.body.get("desk", "") if not handed_by else fact.body.get("to_desk", "")
    if visit.claims:
        _note_conflict(visit, fact)
    _end(visit, fact, None)
    visit.claims[staff] = Claim(
        staff=staff,
        desk=desk,
        state=state,
        since_ms=at_ms,
        called_ms=at_ms,
        handed_by=handed_by,
        note=(fact.private or {}).get("note", "") if handed_by else "",
    )
    visit.segments.append(
        Segment(state=state, start_ms=at_ms, staff=staff, desk=desk, fact=fact.id)
    )
    if visit.first_called_ms is None:
        visit.first_called_ms = at_ms
    if state is VisitState.SERVING and visit.first_served_ms is None:
        visit.first_served_ms = at_ms
    visit.owner, visit.wake_ms, visit.closed_ms = "", None, None
    _settle(visit, state)
    _note_move(visit, fact)


def _note_conflict(visit: Visit, fact: Fact) -> None:
    """Keep that a desk took a visit which another desk had, or had ended."""
    first = visit.claim
    visit.conflicts.append(
        ClaimConflict(
            staff=first.staff if first else visit.finished_by,
            desk=first.desk if first else "",
            other_staff=fact.body.get("staff", ""),
            other_desk=fact.body.get("desk", ""),
            at_ms=corrected_ms(fact),
        )
    )


def _start(visit: Visit, fact: Fact) -> None:
    staff, at_ms = fact.body["staff"], corrected_ms(fact)
    known = visit.claims.get(staff)
    if known is None:
        if not visit.is_live:
            _note_conflict(visit, fact)  # ended elsewhere meanwhile, yet it was served here
        _claim(visit, fact, VisitState.SERVING)
        return
    if known.state is VisitState.SERVING:
        return
    _end(visit, fact, staff)
    desk = fact.body.get("desk") or known.desk
    visit.claims[staff] = replace(known, state=VisitState.SERVING, since_ms=at_ms, desk=desk)
    visit.segments.append(
        Segment(state=VisitState.SERVING, start_ms=at_ms, staff=staff, desk=desk, fact=fact.id)
    )
    if visit.first_served_ms is None:
        visit.first_served_ms = at_ms
    _settle(visit, VisitState.SERVING)
    _note_move(visit, fact)


def _release(visit: Visit, fact: Fact) -> bool:
    """End the acting consultant's claim; tell whether nobody claims the visit any more."""
    staff = fact.body.get("staff", "")
    if staff in visit.claims:
        _end(visit, fact, staff)
        del visit.claims[staff]
    _settle(visit, visit.state)
    return not visit.claims


def _park(visit: Visit, fact: Fact) -> None:
    if not visit.is_live or not _release(visit, fact):
        return
    _end(visit, fact, None)
    _begin(visit, VisitState.PARKED, fact)
    visit.state, visit.reason = VisitState.PARKED, fact.body["reason"]
    visit.owner = fact.body.get("owner") or (
        fact.body.get("staff", "") if fact.body.get("keeps") else ""
    )
    visit.wake_ms = fact.body.get("wake_ms")
    _note_move(visit, fact)


def _return(visit: Visit, fact: Fact) -> None:
    if not visit.is_live or not _release(visit, fact):
        return
    _end(visit, fact, None)
    _begin(visit, VisitState.WAITING, fact)
    visit.state, visit.reason, visit.owner, visit.wake_ms = VisitState.WAITING, "", "", None
    visit.is_returning = True
    _note_move(visit, fact)


def _hand_over(visit: Visit, fact: Fact) -> None:
    """Offer the visit to a colleague: called there until they start or send it back."""
    giver = fact.body["staff"]
    if not visit.is_live or giver not in visit.claims:
        return
    _end(visit, fact, giver)
    del visit.claims[giver]
    _claim(visit, fact, VisitState.CALLED, handed_by=giver)


def _finish(visit: Visit, fact: Fact) -> None:
    if "quality" in fact.body:
        visit.time_quality = TimeQuality(fact.body["quality"])
    staff = fact.body.get("staff", "")
    by_other = fact.body.get("for_staff")
    if by_other in visit.claims:  # finished by a colleague, who was asked
        _end(visit, fact, by_other)
        del visit.claims[by_other]
        visit.time_quality = TimeQuality.FORGOT
    visit.finished_by = staff
    if not _release(visit, fact):
        return
    _end(visit, fact, None)
    visit.state, visit.reason = VisitState.DONE, ""
    visit.owner, visit.wake_ms, visit.closed_ms = "", None, corrected_ms(fact)
    _note_move(visit, fact)


def _leave(visit: Visit, fact: Fact) -> None:
    if not visit.is_live:
        return
    if "quality" in fact.body:
        visit.time_quality = TimeQuality(fact.body["quality"])
    if not _release(visit, fact):
        others = [claim for claim in visit.claims.values() if claim.state is VisitState.SERVING]
        if others:  # somebody is being helped at another desk: that person has not gone
            _note_conflict(visit, fact)
            return
        for claim in tuple(visit.claims.values()):
            _end(visit, fact, claim.staff)
        visit.claims.clear()
    _end(visit, fact, None)
    helped = bool(visit.finished_by)
    visit.state = VisitState.DONE if helped else VisitState.GONE
    visit.reason = "" if helped else GoneReason(fact.body["reason"]).value
    visit.owner, visit.wake_ms, visit.closed_ms = "", None, corrected_ms(fact)
    _note_move(visit, fact)


def _carry(visit: Visit, fact: Fact) -> None:
    """Take a visit over to another day with its place kept.

    The night is no wait: the first day's stretch ends with `until_ms`, the second's begins with
    `from_ms`.
    """
    if not visit.is_live:
        return
    for claim in tuple(visit.claims.values()):
        _end(visit, fact, claim.staff)
    visit.claims.clear()
    _end(visit, fact, None)
    visit.carried_from, visit.session = visit.session, fact.body["session"]
    visit.segments.append(
        Segment(state=VisitState.WAITING, start_ms=fact.body["from_ms"], fact=fact.id)
    )
    visit.state, visit.reason, visit.owner, visit.wake_ms = VisitState.WAITING, "", "", None
    visit.is_returning = True
    _note_move(visit, fact)


def _amend(visit: Visit, fact: Fact) -> None:
    _take_over(visit, fact)
    visit.readiness = {**visit.readiness, **fact.body.get("readiness", {})}


def _record_issue(visit: Visit, fact: Fact) -> None:
    """Add an issue or take over what a fact tells of it, field by field."""
    body, private = fact.body, fact.private or {}
    key = body["issue"]
    if body.get("dropped"):
        visit.issues.pop(key, None)
        return
    known = visit.issues.get(key) or Issue(id=IssueId(key), at_ms=corrected_ms(fact))
    told: dict[str, Any] = {name: body[name] for name in ISSUE_BODY if name in body}
    told |= {name: private[name] for name in ISSUE_PRIVATE if name in private}
    if "outcome" in body:
        told["outcome"] = Outcome(body["outcome"]) if body["outcome"] else None
    if "barriers" in body:
        told["barriers"] = tuple(Barrier(item) for item in body["barriers"])
    if "reused" in body:
        told["reused"] = tuple(dict.fromkeys((*known.reused, *body["reused"])))
    visit.issues[key] = replace(known, staff=body.get("staff") or known.staff, **told)


_STEPS: dict[FactKind, Callable[[Visit, Fact], None]] = {
    FactKind.VISIT_CALLED: _call,
    FactKind.VISIT_STARTED: _start,
    FactKind.VISIT_PARKED: _park,
    FactKind.VISIT_RETURNED: _return,
    FactKind.VISIT_HANDED_OVER: _hand_over,
    FactKind.VISIT_FINISHED: _finish,
    FactKind.VISIT_LEFT: _leave,
    FactKind.VISIT_CARRIED: _carry,
    FactKind.VISIT_AMENDED: _amend,
    FactKind.ISSUE_RECORDED: _record_issue,
}
