"""Schools, consultants, ratings (blocks 11, 12 and 14) and data quality (blocks 1 and 15)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from app.domain.desk_figures import real_visits, served_here
from app.domain.desk_records import DeskDay, DutyRecord, Stretch, VisitRecord
from app.domain.desk_spread import share
from app.domain.desk_topics import OPEN_OUTCOMES

FACES = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """What one school came with and what it still waits for."""

    unit: str
    visits: int
    people: int
    issues: int
    open_issues: int
    next_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultantFigures:
    """One consultant's day. Case mix differs: these numbers rank nobody."""

    staff: str
    visits: int
    issues: int
    serving_ms: int
    duty_ms: int
    """On duty, breaks taken out; 0 where no duty was recorded."""
    topics: tuple[str, ...]
    follow_ups: int
    """Still open."""

    @property
    def load(self) -> Fraction | None:
        """Serving time of time on duty."""
        return share(self.serving_ms, self.duty_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """Ratings given, by score, and how many could have been."""

    given: int
    served: int
    scores: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFigures:
    """How far the figures can be trusted."""

    visits: int
    exact_times: int
    undone: int
    backdated: int
    """Visits with a time a person gave, on the spot or later."""
    forgotten: int
    without_outcome: tuple[str, ...]
    """Tickets of finished visits with an issue that has none, or without any issue."""
    overlapping: tuple[str, ...]
    """Tickets with two stretches at one time."""
    conflicts: int
    forced_duties: int

    @property
    def exact_share(self) -> Fraction | None:
        """Share of visits whose times nobody had to mend."""
        return share(self.exact_times, self.visits)


def unit_figures(day: DeskDay) -> tuple[UnitFigures, ...]:
    """Return the schools that came, those with open issues and most visits first."""
    units: dict[str, list[VisitRecord]] = {}
    for visit in real_visits(day):
        units.setdefault(visit.unit_key, []).append(visit)
    found = [_unit(visits) for visits in units.values()]
    return tuple(sorted(found, key=lambda each: (-each.open_issues, -each.visits, each.unit)))


def consultant_figures(day: DeskDay) -> tuple[ConsultantFigures, ...]:
    """Return the consultants by name."""
    serving = [
        (visit, part)
        for visit in real_visits(day)
        for part in visit.stretches
        if part.state == "serving" and day.has(visit, part.from_ms)
    ]
    staff = {part.staff for _, part in serving} | {duty.staff for duty in day.duties}
    return tuple(_consultant(name, day, serving) for name in sorted(staff - {""}))


def rating_figures(day: DeskDay) -> RatingFigures:
    """Return the ratings of the visits served."""
    served = served_here(day)
    scores = Counter(visit.rating for visit in served if visit.rating is not None)
    return RatingFigures(
        given=scores.total(),
        served=len(served),
        scores=tuple((score, scores[score]) for score in sorted({*scores, *FACES})),
    )


def quality_figures(day: DeskDay) -> QualityFigures:
    """Return what to know before believing the rest."""
    visits = real_visits(day)
    return QualityFigures(
        visits=len(visits),
        exact_times=sum(visit.time_quality == "ok" for visit in visits),
        undone=sum(visit.undone for visit in day.visits),
        backdated=sum(visit.time_quality == "estimated" for visit in visits),
        forgotten=sum(visit.time_quality == "forgot" for visit in visits),
        without_outcome=_tickets(visit for visit in visits if _lacks_outcome(visit)),
        overlapping=_tickets(visit for visit in visits if _overlaps(visit.stretches)),
        conflicts=sum(visit.conflicts for visit in visits),
        forced_duties=sum(duty.is_forced for duty in day.duties),
    )


def _unit(visits: Sequence[VisitRecord]) -> UnitFigures:
    issues = [issue for visit in visits for issue in visit.issues]
    return UnitFigures(
        unit=visits[0].unit,
        visits=len(visits),
        people=sum(visit.party_size for visit in visits),
        issues=sum(issue.quantity for issue in issues),
        open_issues=sum(issue.quantity for issue in issues if issue.outcome in OPEN_OUTCOMES),
        next_steps=tuple(dict.fromkeys(issue.next_step for issue in issues if issue.next_step)),
    )


def _consultant(
    staff: str, day: DeskDay, serving: Sequence[tuple[VisitRecord, Stretch]]
) -> ConsultantFigures:
    mine = [(visit, part) for visit, part in serving if part.staff == staff]
    helped = list({visit.visit_id: visit for visit, _ in mine}.values())
    issues = [each for visit in helped for each in visit.issues if day.has(visit, each.at_ms)]
    topics = Counter(issue.topic for issue in issues if issue.topic)
    waiting = [each for each in day.follow_ups if each.owner == staff and each.state != "closed"]
    return ConsultantFigures(
        staff=staff,
        visits=len(helped),
        issues=sum(issue.quantity for issue in issues),
        serving_ms=sum(part.length_ms for _, part in mine),
        duty_ms=duty_ms([duty for duty in day.duties if duty.staff == staff]),
        topics=tuple(topic for topic, _ in topics.most_common()),
        follow_ups=len(waiting),
    )


def duty_ms(duties: Sequence[DutyRecord]) -> int:
    """Return the time on duty, breaks and absences not counted, no moment counted twice."""
    total, reached = 0, 0
    for duty in sorted(duties, key=lambda each: each.from_ms):
        if duty.kind == "on":
            total += max(0, duty.until_ms - max(duty.from_ms, reached))
            reached = max(reached, duty.until_ms)
    return total


def _lacks_outcome(visit: VisitRecord) -> bool:
    if visit.state != "done":
        return False
    return not visit.issues or any(not issue.outcome for issue in visit.issues)


def _overlaps(stretches: Sequence[Stretch]) -> bool:
    ordered = sorted(stretches, key=lambda part: (part.from_ms, part.until_ms))
    return any(after.from_ms < before.until_ms for before, after in pairwise(ordered))


def _tickets(visits: Iterable[VisitRecord]) -> tuple[str, ...]:
    return tuple(sorted(visit.ticket for visit in visits))
