"""Topics, symptoms, readiness and what stayed open (blocks 6 to 8, 10 and 13)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from app.domain.desk_figures import real_visits
from app.domain.desk_records import DeskDay, IssueRecord, ProblemRecord, VisitRecord
from app.domain.desk_spread import Spread, share, spread_of
from app.domain.desk_times import help_ms
from app.domain.text import fold_text

OUTCOMES = ("resolved", "resolved_next_step", "information", "escalated", "not_resolved", "")
"""From settled to open; the last is an issue without an outcome."""
TOP_SYMPTOMS = 10
OPEN_OUTCOMES = frozenset({"escalated", "not_resolved"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFigures:
    """One topic, or one of its subtopics."""

    code: str
    issues: int
    share: Fraction | None
    help: Spread
    """Of visits about this topic alone: shared time cannot be told apart."""
    outcomes: Mapping[str, int]
    repeats: int
    """Issues of return visits."""
    before: int | None = None
    """Issues on the day compared with; None without one."""
    subtopics: tuple["TopicFigures", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """An issue that was escalated or not resolved."""

    ticket: str
    unit: str
    topic: str
    outcome: str
    barriers: tuple[str, ...]
    next_step: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFigures:
    """A known problem and the units it touched."""

    problem: ProblemRecord
    units: tuple[str, ...]
    visits: int


Numbered = tuple[VisitRecord, IssueRecord]


def day_issues(day: DeskDay) -> list[Numbered]:
    """Return every issue recorded this day, with its visit: carried visits count once."""
    return [
        (visit, issue)
        for visit in real_visits(day)
        for issue in visit.issues
        if day.has(visit, issue.at_ms)
    ]


def topic_figures(day: DeskDay, before: DeskDay | None = None) -> tuple[TopicFigures, ...]:
    """Return the topics of a day, most issues first, each with its subtopics."""
    earlier = day_issues(before) if before else None
    return _level(day_issues(day), earlier, "topic")


def _level(
    found: Sequence[Numbered], earlier: Sequence[Numbered] | None, level: str
) -> tuple[TopicFigures, ...]:
    codes = {getattr(issue, level) for _, issue in found}
    figures = [
        _topic(code, found, _of(earlier, level, code) if earlier is not None else None, level)
        for code in codes
    ]
    return tuple(sorted(figures, key=lambda topic: (-topic.issues, topic.code)))


def _topic(
    code: str, found: Sequence[Numbered], earlier: Sequence[Numbered] | None, level: str
) -> TopicFigures:
    mine = _of(found, level, code)
    outcomes: Counter[str] = Counter()
    for _, issue in mine:
        outcomes[issue.outcome] += issue.quantity
    deeper = level == "topic" and any(issue.subtopic for _, issue in mine)
    return TopicFigures(
        code=code,
        issues=_count(mine),
        share=share(_count(mine), _count(found)),
        help=spread_of(_alone(mine, level, code)),
        outcomes=MappingProxyType({outcome: outcomes[outcome] for outcome in OUTCOMES}),
        repeats=_count([pair for pair in mine if pair[0].is_return]),
        before=None if earlier is None else _count(earlier),
        subtopics=_level(mine, earlier, "subtopic") if deeper else (),
    )


def _count(found: Sequence[Numbered]) -> int:
    return sum(issue.quantity for _, issue in found)


def _of(found: Sequence[Numbered], level: str, code: str) -> list[Numbered]:
    return [pair for pair in found if getattr(pair[1], level) == code]


def _alone(mine: Sequence[Numbered], level: str, code: str) -> list[int]:
    """Return the help times of visits that were about nothing else."""
    visits = {visit.visit_id: visit for visit, _ in mine}.values()
    alone = [
        help_ms(visit)
        for visit in visits
        if all(getattr(issue, level) == code for issue in visit.issues)
    ]
    return [time for time in alone if time is not None]


def top_symptoms(day: DeskDay) -> tuple[tuple[str, int], ...]:
    """Return the symptoms told most often, spelling differences folded, at most ten."""
    return _frequent(day_issues(day))[:TOP_SYMPTOMS]


def unanswered_symptoms(day: DeskDay) -> tuple[tuple[str, int], ...]:
    """Return symptoms told more than once for which no earlier answer was used."""
    found = day_issues(day)
    answered = {fold_text(issue.symptom) for _, issue in found if issue.reused}
    left = [pair for pair in found if fold_text(pair[1].symptom) not in answered]
    return tuple((text, count) for text, count in _frequent(left) if count > 1)[:TOP_SYMPTOMS]


def _frequent(found: Sequence[Numbered]) -> tuple[tuple[str, int], ...]:
    told: dict[str, list[str]] = {}
    for _, issue in found:
        if issue.symptom.strip():
            told.setdefault(fold_text(issue.symptom), []).append(issue.symptom.strip())
    ordered = sorted(told.values(), key=lambda texts: (-len(texts), min(texts)))
    return tuple((min(texts), len(texts)) for texts in ordered)


def barrier_counts(day: DeskDay) -> tuple[tuple[str, int], ...]:
    """Return barriers, the most frequent first."""
    return _ranked(barrier for _, issue in day_issues(day) for barrier in issue.barriers)


def open_issues(day: DeskDay) -> tuple[OpenIssue, ...]:
    """Return what was escalated or not resolved, by ticket."""
    return tuple(
        OpenIssue(
            ticket=visit.ticket,
            unit=visit.unit,
            topic=issue.topic,
            outcome=issue.outcome,
            barriers=issue.barriers,
            next_step=issue.next_step,
            owner=issue.owner,
        )
        for visit, issue in sorted(day_issues(day), key=lambda pair: pair[0].ticket)
        if issue.outcome in OPEN_OUTCOMES
    )


def problem_figures(day: DeskDay) -> tuple[ProblemFigures, ...]:
    """Return the known problems that visits of the day name, most units first."""
    found = [_problem(problem, day_issues(day)) for problem in day.problems]
    named = [problem for problem in found if problem.visits]
    return tuple(
        sorted(named, key=lambda each: (-len(each.units), -each.visits, each.problem.code))
    )


def missing_counts(day: DeskDay) -> tuple[tuple[str, int, int], ...]:
    """Return (readiness item, visits that lacked it, visits asked), most frequent first."""
    visits = real_visits(day)
    ranked = _ranked(item for visit in visits for item in visit.missing)
    return tuple((item, count, len(visits)) for item, count in ranked)


def extra_help_ms(day: DeskDay) -> tuple[Spread, Spread]:
    """Return help times of visits that lacked something and of those that lacked nothing."""
    visits = [(visit, help_ms(visit)) for visit in real_visits(day)]
    lacking = [time for visit, time in visits if time is not None and visit.missing]
    ready = [time for visit, time in visits if time is not None and not visit.missing]
    return spread_of(lacking), spread_of(ready)


def _problem(problem: ProblemRecord, found: Sequence[Numbered]) -> ProblemFigures:
    visits = [visit for visit, issue in found if issue.known_problem == problem.code]
    return ProblemFigures(
        problem=problem,
        units=tuple(
            sorted({visit.unit_key: visit.unit for visit in visits if visit.unit}.values())
        ),
        visits=len({visit.visit_id for visit in visits}),
    )


def _ranked(items: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(items).items(), key=lambda entry: (-entry[1], entry[0])))
