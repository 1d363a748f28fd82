"""A visit in the contract's shape."""

from typing import Any

from app.bootstrap import Desk
from app.cli.output import plain, print_json, print_rows
from app.domain.visit_moves import state_words
from app.domain.visits import Issue, Visit, VisitState
from app.edge import language

_MINUTE_MS = 60_000


class VisitPrinter:
    """Turns visits into documents; knows the consultants' names and the venue's zone."""

    def __init__(self, desk: Desk, names: dict[str, str], now_ms: int) -> None:
        """Prepare to print; waits that go on are counted up to `now_ms`."""
        self._context = desk.context
        self._names = names
        self._now_ms = now_ms

    def document(self, visit: Visit) -> dict[str, Any]:
        """Return one visit."""
        now_ms = self._now_ms
        claim = visit.claim
        holder = claim.staff if claim else visit.finished_by or visit.owner
        return {
            "visit": visit.id,
            "ticket": visit.ticket,
            "state": visit.state.value,
            "reason": visit.reason or None,
            "session": visit.session,
            "station": visit.station,
            "unit": visit.unit_text,
            "unit_id": visit.unit_id or None,
            "person": visit.person_id or None,
            "name": visit.name,
            "title": visit.title,
            "topic": visit.topic or None,
            "party_size": visit.party_size,
            "channel": visit.channel,
            "return_of": visit.return_of or None,
            "carried_from": visit.carried_from or None,
            "priority": visit.priority,
            "note": visit.note,
            "arrived_at": self._iso(visit.arrived_ms),
            "called_at": self._iso(visit.first_called_ms),
            "served_at": self._iso(visit.first_served_ms),
            "closed_at": self._iso(visit.closed_ms),
            "wake_at": self._iso(visit.wake_ms),
            "wait_minutes": self._wait_ms(visit) // _MINUTE_MS,
            "serving_minutes": visit.total_ms(VisitState.SERVING, now_ms) // _MINUTE_MS,
            "parked_minutes": visit.total_ms(VisitState.PARKED, now_ms) // _MINUTE_MS,
            "desk": self._desk(visit),
            "consultant": self._names.get(holder, holder) or None,
            "recalls": visit.recalls,
            "time_quality": visit.time_quality.value,
            "readiness": dict(visit.readiness),
            "issues": [self._issue(issue) for issue in visit.issues.values()],
            "conflicts": [
                {
                    "consultant": self._names.get(item.staff, item.staff),
                    "desk": item.desk,
                    "other_consultant": self._names.get(item.other_staff, item.other_staff),
                    "other_desk": item.other_desk,
                    "at": self._iso(item.at_ms),
                }
                for item in visit.conflicts
            ],
        }

    def _wait_ms(self, visit: Visit) -> int:
        """Return the wait; a visit that went without a call waited until it was over."""
        return visit.wait_ms(self._now_ms if visit.closed_ms is None else visit.closed_ms)

    def _desk(self, visit: Visit) -> str | None:
        if visit.claim is not None:
            return visit.claim.desk or None
        return next((item.desk for item in reversed(visit.segments) if item.desk), None)

    def _issue(self, issue: Issue) -> dict[str, Any]:
        return {
            "issue": issue.id,
            "topic": issue.topic or None,
            "outcome": issue.outcome.value if issue.outcome else None,
            "barriers": [item.value for item in issue.barriers],
            "symptom": issue.symptom,
            "steps": issue.steps,
            "resolution": issue.resolution,
            "next_step": issue.next_step,
            "known_problem": issue.known_problem or None,
            "quantity": issue.quantity,
            "consultant": self._names.get(issue.staff, issue.staff) or None,
        }

    def _iso(self, at_ms: int | None) -> str | None:
        return None if at_ms is None else self._context.local(at_ms).isoformat()


def print_visits(documents: list[dict[str, Any]]) -> None:
    """Print visits as a plain table."""
    print_rows([_row(item) for item in documents])


def print_visit(document: dict[str, Any], *, as_json: bool) -> None:
    """Print one visit as its document, or as a line."""
    if as_json:
        print_json(document)
    else:
        print_visits([document])


def _row(item: dict[str, Any]) -> tuple[Any, ...]:
    words = state_words(VisitState(item["state"])).in_language(language())
    unit, name = plain(item["unit"]), plain(item["name"])
    times = (item["wait_minutes"], item["serving_minutes"])
    return (item["ticket"], words, item["reason"], item["desk"], *times, unit, name, item["topic"])
