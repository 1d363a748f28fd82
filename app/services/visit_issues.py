"""Issues of a visit as facts: words cleaned of secrets, only what differs, drafts flushed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from app.domain.clock import uuid7
from app.domain.errors import InvalidInput
from app.domain.facts import Draft, FactKind
from app.domain.secrets_typed import without_secrets
from app.domain.visit_fold import ISSUE_PRIVATE
from app.domain.visits import Barrier, Issue, IssueId, Outcome
from app.domain.words import Words
from app.services.topics import check_topic
from app.services.visit_acts import VisitPen
from app.services.visit_views import IssueForm
from db.queries import visits as queries

FORM_FIELDS = frozenset(item.name for item in fields(IssueForm))


def issue_drafts(act: VisitPen, forms: Iterable[IssueForm], staff: str) -> list[Draft]:
    """Return the facts that make the visit's issues what the forms say."""
    drafts: list[Draft] = []
    for form in forms:
        check_topic(act.context, act.connection, form.topic)
        if not 1 <= form.quantity <= 999:
            raise InvalidInput(
                Words(zh="數量要在 1 到 999 之間。", en="A quantity is 1 to 999."), field="quantity"
            )
        issue_id = form.id or uuid7(act.context.clock.wall_ms())
        known = act.visit.issues.get(issue_id)
        body, private = _told(form, known)
        if body or private or known is None:
            body = {"issue": issue_id, "staff": staff} | body
            drafts.append(act.draft(FactKind.ISSUE_RECORDED, body, private))
    return drafts


def _told(form: IssueForm, known: Issue | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a form tells that is not known: (body, private)."""
    before = known or Issue(id=IssueId(""), at_ms=0)
    body: dict[str, Any] = {
        name: getattr(form, name)
        for name in ("topic", "known_problem", "quantity")
        if getattr(form, name) != getattr(before, name)
    }
    if form.outcome is not before.outcome:
        body["outcome"] = form.outcome.value if form.outcome else ""
    if tuple(form.barriers) != before.barriers:
        body["barriers"] = [item.value for item in form.barriers]
    if fresh := [source for source in form.reused if source not in before.reused]:
        body["reused"] = fresh
    words = {name: without_secrets(getattr(form, name).strip()) for name in ISSUE_PRIVATE}
    private = {name: text for name, text in words.items() if text != getattr(before, name)}
    return body, private


def drafted_issues(act: VisitPen) -> tuple[IssueForm, ...]:
    """Return the issues that are typed on this laptop and not recorded; blank ones are none."""
    doc = queries.find_draft(act.connection, act.visit.id)
    if doc is None:
        return ()
    forms = [form_of(item) for item in json.loads(doc).get("issues", ())]
    return tuple(form for form in forms if not form.is_blank or form.id in act.visit.issues)


def form_of(item: Mapping[str, Any]) -> IssueForm:
    """Return an issue's form from JSON values named like its fields; others are ignored."""
    known = {name: value for name, value in item.items() if name in FORM_FIELDS}
    return IssueForm(
        **known
        | {
            "outcome": Outcome(known["outcome"]) if known.get("outcome") else None,
            "barriers": tuple(Barrier(each) for each in known.get("barriers", ())),
            "reused": tuple(known.get("reused", ())),
        }
    )


def cleaned(value: Any) -> Any:
    """Return JSON values with every text freed of secrets."""
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [cleaned(item) for item in value]
    return value
