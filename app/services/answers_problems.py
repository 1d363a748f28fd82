"""Counting whom a known problem struck: schools, issues, those still unsolved."""

from collections.abc import Iterable, Sequence

from app.domain.help_desk import Problem, ProblemState
from app.domain.unit_names import unit_key
from app.domain.visits import Outcome
from app.services.answers_views import KnownProblem, StruckSchool
from db.queries.answers_kept import Struck

_SETTLED = frozenset((Outcome.RESOLVED, Outcome.RESOLVED_NEXT_STEP, Outcome.INFORMATION))
_ORDER = (ProblemState.OPEN, ProblemState.ANSWERED, ProblemState.CLOSED)


def count_problems(
    problems: Iterable[Problem], struck: Iterable[Struck], *, include_closed: bool
) -> tuple[KnownProblem, ...]:
    """Return the known problems with their numbers: open ones first, most schools first."""
    by_problem: dict[str, list[Struck]] = {}
    for item in struck:
        by_problem.setdefault(item.problem, []).append(item)
    counted = (
        _counted(problem, by_problem.get(problem.id, ()))
        for problem in problems
        if include_closed or problem.state is not ProblemState.CLOSED
    )
    return tuple(sorted(counted, key=_rank))


def _counted(problem: Problem, struck: Sequence[Struck]) -> KnownProblem:
    return KnownProblem(
        problem=problem,
        schools=len({_school_of(item) for item in struck}),
        issues=len(struck),
        unsolved=sum(item.outcome not in _SETTLED for item in struck),
        last_ms=max((item.at_ms for item in struck), default=0),
    )


def _school_of(item: Struck) -> str:
    """Return what tells schools apart: the name, which a listed unit has too, else the id."""
    return unit_key(item.unit_text) if item.unit_text else item.unit_id or item.visit_id


def _rank(item: KnownProblem) -> tuple[int, int, int]:
    return (_ORDER.index(item.problem.state), -item.schools, -item.last_ms)


def told_struck(item: Struck) -> StruckSchool:
    """Return an attached issue as screens show it."""
    return StruckSchool(
        visit_id=item.visit_id,
        issue_id=item.issue_id,
        ticket=item.ticket,
        unit_text=item.unit_text,
        outcome=item.outcome,
        at_ms=item.at_ms,
    )
