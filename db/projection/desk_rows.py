"""From the facts of the help desk's subjects to the rows they have in the read tables."""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from typing import Any

from app.domain import help_desk_fold as records
from app.domain.answer_terms import folded_texts, index_terms, topic_mark, unit_marks
from app.domain.facts import Fact, FactKind
from app.domain.fold import corrected_ms, in_order
from app.domain.people import unit_key
from app.domain.text import fold_text
from app.domain.visit_fold import fold_visit
from app.domain.visit_json import visit_to_json
from app.domain.visits import Issue, Visit, VisitId
from db.projection.read_table import ReadTable, TableRows

VISIT = ReadTable(
    "visit",
    (
        "id",
        "session",
        "ticket",
        "state",
        "unit_id",
        "unit_key",
        "person_id",
        "name_key",
        "arrived_ms",
        "changed_ms",
        "called_ms",
        "doc",
    ),
    1,
)
VISIT_CLAIM = ReadTable("visit_claim", ("visit_id", "staff", "desk", "state"), 2)
ISSUE = ReadTable(
    "issue",
    (
        "id",
        "visit_id",
        "session",
        "ticket",
        "unit_id",
        "unit_text",
        "topic",
        "outcome",
        "known_problem",
        "staff",
        "at_ms",
        "symptom",
        "steps",
        "resolution",
        "next_step",
        "terms",
        "folded",
    ),
    1,
)
ANSWER_USE = ReadTable("answer_use", ("issue_id", "source"), 2)
ATTACHMENT = ReadTable(
    "attachment",
    (
        "id",
        "visit_id",
        "issue_id",
        "fact_id",
        "sha256",
        "size",
        "width",
        "height",
        "masked",
        "at_ms",
    ),
    1,
)
TALLY = ReadTable("tally", ("fact_id", "session", "station", "topic", "staff", "at_ms"), 1)
CONSULTANT = ReadTable(
    "consultant", ("id", "name", "name_en", "unit_text", "title", "skills", "active"), 1
)
DUTY = ReadTable("duty", ("staff", "start_ms", "session", "state", "end_ms", "desk", "ended_by"), 2)
TOPIC = ReadTable(
    "topic", ("code", "parent", "title", "title_en", "active", "quick", "position"), 1
)
ANSWER = ReadTable("answer", ("id", "code", "topic", "title", "body", "source_issue", "active"), 1)
PROBLEM = ReadTable("problem", ("id", "topic", "title", "answer", "state", "first_seen_ms"), 1)
FOLLOWUP = ReadTable(
    "followup",
    (
        "id",
        "visit",
        "issue",
        "vendor",
        "owner",
        "due_on",
        "state",
        "reference",
        "contact",
        "note",
        "answer",
        "opened_ms",
        "changed_ms",
    ),
    1,
)
LOAN = ReadTable("loan", ("id", "kind", "tag", "visit", "session", "out_ms", "back_ms"), 1)

DESK_TABLES = (
    VISIT,
    VISIT_CLAIM,
    ISSUE,
    ANSWER_USE,
    ATTACHMENT,
    TALLY,
    CONSULTANT,
    DUTY,
    TOPIC,
    ANSWER,
    PROBLEM,
    FOLLOWUP,
    LOAN,
)


def _visit_rows(visit_id: str, facts: Sequence[Fact]) -> TableRows:
    visit = fold_visit(VisitId(visit_id), facts)
    if visit is None:
        return {}
    rows: TableRows = {("visit", visit_id): _visit_row(visit)}
    for claim in visit.claims.values():
        key = ("visit_claim", visit_id, claim.staff)
        rows[key] = (visit_id, claim.staff, claim.desk, claim.state.value)
    for issue in visit.issues.values():
        rows["issue", issue.id] = _issue_row(visit, issue)
        for source in issue.reused:
            rows["answer_use", issue.id, source] = (issue.id, source)
    return rows


def _visit_row(visit: Visit) -> tuple[Any, ...]:
    return (
        visit.id,
        visit.session,
        visit.ticket,
        visit.state.value,
        visit.unit_id,
        unit_key(visit.unit_text),
        visit.person_id,
        fold_text(visit.name),
        visit.arrived_ms,
        visit.changed_ms,
        visit.first_called_ms,
        # Not in canonical order: the order of claims says which one stands.
        json.dumps(visit_to_json(visit), ensure_ascii=False, separators=(",", ":")),
    )


def _issue_row(visit: Visit, issue: Issue) -> tuple[Any, ...]:
    texts = (issue.symptom, issue.steps, issue.resolution, issue.next_step)
    marks = (*unit_marks(visit.unit_id, visit.unit_text), topic_mark(issue.topic))
    return (
        issue.id,
        visit.id,
        visit.session,
        visit.ticket,
        visit.unit_id,
        visit.unit_text,
        issue.topic,
        issue.outcome.value if issue.outcome else "",
        issue.known_problem,
        issue.staff,
        issue.at_ms,
        *texts,
        index_terms(texts, marks),
        folded_texts(texts),
    )


def _attachment_rows(attachment_id: str, facts: Sequence[Fact]) -> TableRows:
    ordered = in_order(facts)
    added = next((item for item in ordered if item.kind == FactKind.ATTACHMENT_ADDED), None)
    if added is None or any(item.kind == FactKind.ATTACHMENT_REMOVED for item in ordered):
        return {}
    body = added.body
    row = (
        attachment_id,
        body["visit"],
        body["issue"],
        added.id,
        body["sha256"],
        body["size"],
        body["width"],
        body["height"],
        int(body["masked"]),
        corrected_ms(added),
    )
    return {("attachment", attachment_id): row}


def _tally_rows(session: str, facts: Sequence[Fact]) -> TableRows:
    return {
        ("tally", tally.fact_id): astuple(tally) for tally in records.fold_tallies(session, facts)
    }


def _consultant_rows(consultant_id: str, facts: Sequence[Fact]) -> TableRows:
    rows: TableRows = {}
    person = records.fold_consultant(consultant_id, facts)
    if person is not None:
        skills = json.dumps(dict(person.skills), sort_keys=True)
        names = (person.name, person.name_en, person.unit_text, person.title)
        rows["consultant", consultant_id] = (consultant_id, *names, skills, int(person.active))
    for period in records.fold_duty(consultant_id, facts):
        key = ("duty", consultant_id, str(period.start_ms))
        rows[key] = (
            consultant_id,
            period.start_ms,
            period.session,
            period.state.value,
            period.end_ms,
            period.desk,
            period.ended_by,
        )
    return rows


def _topic_rows(code: str, facts: Sequence[Fact]) -> TableRows:
    topic = records.fold_topic(code, facts)
    if topic is None:
        return {}
    flags = (int(topic.active), int(topic.quick), topic.position)
    return {("topic", code): (code, topic.parent, topic.title, topic.title_en, *flags)}


def _answer_rows(answer_id: str, facts: Sequence[Fact]) -> TableRows:
    answer = records.fold_answer(answer_id, facts)
    if answer is None:
        return {}
    return {("answer", answer_id): (*astuple(answer)[:-1], int(answer.active))}


def _problem_rows(problem_id: str, facts: Sequence[Fact]) -> TableRows:
    problem = records.fold_problem(problem_id, facts)
    if problem is None:
        return {}
    return {
        ("problem", problem_id): (
            problem_id,
            problem.topic,
            problem.title,
            problem.answer,
            problem.state.value,
            problem.first_seen_ms,
        )
    }


def _followup_rows(followup_id: str, facts: Sequence[Fact]) -> TableRows:
    followup = records.fold_followup(followup_id, facts)
    if followup is None:
        return {}
    plain = replace(followup, state=followup.state.value)  # type: ignore[arg-type] # for the row
    return {("followup", followup_id): tuple(getattr(plain, name) for name in FOLLOWUP.columns)}


def _loan_rows(loan_id: str, facts: Sequence[Fact]) -> TableRows:
    loan = records.fold_loan(loan_id, facts)
    if loan is None:
        return {}
    row = (loan_id, loan.kind.value, loan.tag, loan.visit, loan.session, loan.out_ms, loan.back_ms)
    return {("loan", loan_id): row}


DESK_MAKERS: dict[str, Callable[[str, Sequence[Fact]], TableRows]] = {
    "visit": _visit_rows,
    "attachment": _attachment_rows,
    "tally": _tally_rows,
    "consultant": _consultant_rows,
    "topic": _topic_rows,
    "answer": _answer_rows,
    "problem": _problem_rows,
    "followup": _followup_rows,
    "loan": _loan_rows,
}
