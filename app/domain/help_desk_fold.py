"""Folding what a help desk keeps beside its visits: later facts amend earlier ones by field."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from app.domain.facts import Fact, FactKind
from app.domain.fold import corrected_ms, in_order
from app.domain.help_desk import (
    Answer,
    Consultant,
    DutyPeriod,
    DutyState,
    Followup,
    FollowupState,
    Loan,
    LoanKind,
    Problem,
    ProblemState,
    Tally,
    TopicRecord,
)

Record = TypeVar("Record")


def told_by(facts: Iterable[Fact], kind: FactKind) -> dict[str, Any]:
    """Return what the facts of one kind tell together, body and private, later ones winning."""
    told: dict[str, Any] = {}
    for fact in in_order(facts):
        if fact.kind == kind:
            told |= {**fact.body, **(fact.private or {})}
    return told


def _made(kind: type[Record], known: Mapping[str, Any]) -> Record:
    names = {item.name for item in fields(kind)}  # type: ignore[arg-type] # all are dataclasses
    return kind(**{name: value for name, value in known.items() if name in names})


def fold_consultant(consultant_id: str, facts: Iterable[Fact]) -> Consultant | None:
    """Fold a consultant's facts; None where nobody said who it is."""
    told = told_by(facts, FactKind.CONSULTANT_RECORDED)
    return _made(Consultant, {"skills": {}} | told | {"id": consultant_id}) if told else None


def fold_duty(consultant_id: str, facts: Iterable[Fact]) -> list[DutyPeriod]:
    """Fold a consultant's changes of duty into periods; the last may be open."""
    periods: list[DutyPeriod] = []
    changes = [fact for fact in in_order(facts) if fact.kind == FactKind.DUTY_CHANGED]
    for place, fact in enumerate(changes):
        state = DutyState(fact.body["state"])
        if state in (DutyState.OFF, DutyState.AWAY):
            continue
        following = changes[place + 1] if place + 1 < len(changes) else None
        periods.append(
            DutyPeriod(
                staff=consultant_id,
                start_ms=corrected_ms(fact),
                session=fact.body["session"],
                state=state,
                end_ms=corrected_ms(following) if following else None,
                desk=fact.body.get("desk", ""),
                ended_by=following.body.get("ended_by", "self") if following else "",
            )
        )
    return periods


def fold_topic(code: str, facts: Iterable[Fact]) -> TopicRecord | None:
    """Fold what people changed of a topic."""
    told = told_by(facts, FactKind.TOPIC_AMENDED)
    return _made(TopicRecord, told | {"code": code}) if told else None


def fold_answer(answer_id: str, facts: Iterable[Fact]) -> Answer | None:
    """Fold a canned text."""
    told = told_by(facts, FactKind.ANSWER_RECORDED)
    return _made(Answer, told | {"id": answer_id}) if told else None


def fold_problem(problem_id: str, facts: Iterable[Fact]) -> Problem | None:
    """Fold a known problem."""
    ordered = [item for item in in_order(facts) if item.kind == FactKind.PROBLEM_RECORDED]
    if not ordered:
        return None
    told = told_by(ordered, FactKind.PROBLEM_RECORDED)
    state = ProblemState(told.get("state", ProblemState.OPEN))
    first_ms = corrected_ms(ordered[0])
    return _made(Problem, told | {"id": problem_id, "state": state, "first_seen_ms": first_ms})


def fold_followup(followup_id: str, facts: Iterable[Fact]) -> Followup | None:
    """Fold a follow-up."""
    ordered = [item for item in in_order(facts) if item.kind == FactKind.FOLLOWUP_RECORDED]
    if not ordered:
        return None
    told = told_by(ordered, FactKind.FOLLOWUP_RECORDED)
    known = told | {
        "id": followup_id,
        "state": FollowupState(told.get("state", FollowupState.OPEN)),
        "opened_ms": corrected_ms(ordered[0]),
        "changed_ms": corrected_ms(ordered[-1]),
    }
    return _made(Followup, known)


def fold_loan(loan_id: str, facts: Iterable[Fact]) -> Loan | None:
    """Fold a loan: made once, returned once (the first return stands)."""
    ordered = in_order(facts)
    made = next((item for item in ordered if item.kind == FactKind.LOAN_MADE), None)
    if made is None:
        return None
    back = next((item for item in ordered if item.kind == FactKind.LOAN_RETURNED), None)
    known = {**made.body, "id": loan_id, "kind": LoanKind(made.body["kind"])}
    back_ms = corrected_ms(back) if back else None
    return _made(Loan, known | {"out_ms": corrected_ms(made), "back_ms": back_ms})


def fold_tallies(session: str, facts: Iterable[Fact]) -> list[Tally]:
    """Fold a help day's tallies; those undone are not among them."""
    ordered = in_order(facts)
    undone = {item.body["fact"] for item in ordered if item.kind == FactKind.TALLY_UNDONE}
    return [
        Tally(
            fact_id=fact.id,
            session=session,
            station=fact.body["station"],
            topic=fact.body.get("topic", ""),
            staff=fact.body.get("staff", ""),
            at_ms=corrected_ms(fact),
        )
        for fact in ordered
        if fact.kind == FactKind.TALLY_COUNTED and fact.id not in undone
    ]
