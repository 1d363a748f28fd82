"""From visits as folded to visits as a report knows them: names for ids, open times closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.desk_records import IssueRecord, Stretch, VisitRecord
from app.domain.text import fold_text
from app.domain.visits import Issue, Ready, Segment, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNames:
    """What ids stand for: consultants, units, and the topic group of each subtopic."""

    staff: Mapping[str, str]
    units: Mapping[str, str]
    groups: Mapping[str, str]
    carried_ms: Mapping[str, int]
    """When carried visits' lines began anew on the later day."""

    def unit_of(self, visit: Visit) -> str:
        """Return the unit's name: the list's, or what was typed."""
        return self.units.get(visit.unit_id, "") or visit.unit_text

    def staff_name(self, staff: str) -> str:
        """Return a consultant's name; an id nobody named stands for itself."""
        return self.staff.get(staff) or staff


def visit_record(visit: Visit, names: DeskNames, as_of_ms: int) -> VisitRecord:
    """Return a visit as reports know it, its open stretches closed at `as_of_ms`."""
    unit = names.unit_of(visit)
    return VisitRecord(
        visit_id=visit.id,
        ticket=visit.ticket,
        session=visit.carried_from or visit.session,
        arrived_ms=visit.arrived_ms,
        unit=unit,
        unit_key=visit.unit_id or fold_text(unit),
        people=(visit.name,) if visit.name else (),
        party_size=visit.party_size,
        state=visit.state.value,
        gone_reason="" if visit.is_live else visit.reason,
        gone_stage=visit.segments[-1].state.value if visit.segments else "",
        ended_ms=visit.closed_ms,
        is_return=bool(visit.return_of),
        carried_to=visit.session if visit.carried_from else "",
        carried_ms=names.carried_ms.get(visit.id, 0) if visit.carried_from else 0,
        priority=visit.priority_reason,
        time_quality=visit.time_quality.value,
        stretches=tuple(_stretch(each, names, as_of_ms) for each in visit.segments),
        issues=tuple(
            _issue(number, issue, names) for number, issue in enumerate(visit.issues.values(), 1)
        ),
        missing=tuple(
            item for item, value in visit.readiness.items() if value == Ready.MISSING.value
        ),
        conflicts=len(visit.conflicts),
        undone=visit.undone,
        rating=visit.rating or None,
    )


def _stretch(segment: Segment, names: DeskNames, as_of_ms: int) -> Stretch:
    is_open = segment.end_ms is None
    until_ms = max(as_of_ms, segment.start_ms) if segment.end_ms is None else segment.end_ms
    return Stretch(
        state=segment.state.value,
        from_ms=segment.start_ms,
        until_ms=until_ms,
        reason=segment.reason,
        staff=names.staff_name(segment.staff),
        station=segment.desk,
        is_open=is_open,
    )


def _issue(number: int, issue: Issue, names: DeskNames) -> IssueRecord:
    group = names.groups.get(issue.topic, "")
    return IssueRecord(
        number=number,
        topic=group or issue.topic,
        subtopic=issue.topic if group else "",
        at_ms=issue.at_ms,
        outcome=issue.outcome.value if issue.outcome else "",
        barriers=tuple(barrier.value for barrier in issue.barriers),
        next_step=issue.next_step,
        symptom=issue.symptom,
        steps=issue.steps,
        resolution=issue.resolution,
        known_problem=issue.known_problem,
        owner=names.staff_name(issue.staff),
        reused=len(issue.reused),
        quantity=issue.quantity,
    )
