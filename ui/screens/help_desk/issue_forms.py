"""Issues as they are being typed: from a visit and its draft, and back to what a draft keeps.

Forms are plain `IssueForm`s; a draft is `{"issues": [...], "front": n}` with every field of a form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from app.domain.visits import Barrier, Issue, Outcome, Visit
from app.services.visit_views import IssueForm

TEXTS = ("symptom", "steps", "resolution", "next_step")
OPEN_ENDS = frozenset((Outcome.RESOLVED_NEXT_STEP, Outcome.ESCALATED, Outcome.NOT_RESOLVED))
"""The outcomes that ask for barriers and a next step."""


def form_of(issue: Issue) -> IssueForm:
    """Return a recorded issue as a form."""
    return IssueForm(
        id=issue.id,
        topic=issue.topic,
        outcome=issue.outcome,
        barriers=issue.barriers,
        symptom=issue.symptom,
        steps=issue.steps,
        resolution=issue.resolution,
        next_step=issue.next_step,
        known_problem=issue.known_problem,
        reused=issue.reused,
        quantity=issue.quantity,
    )


def document_of(forms: Sequence[IssueForm], front: int = 0) -> dict[str, Any]:
    """Return forms as a draft keeps them: plain JSON values."""
    return {"issues": [asdict(form) for form in forms], "front": front}


def forms_in(document: Mapping[str, Any] | None) -> tuple[IssueForm, ...]:
    """Return the forms of a draft; none where there is no draft."""
    return tuple(_form_from(item) for item in (document or {}).get("issues", ()))


def _form_from(item: Mapping[str, Any]) -> IssueForm:
    return IssueForm(
        **dict(item)
        | {
            "outcome": Outcome(item["outcome"]) if item.get("outcome") else None,
            "barriers": tuple(Barrier(each) for each in item.get("barriers", ())),
            "reused": tuple(item.get("reused", ())),
        }
    )


def forms_for(visit: Visit, draft: Mapping[str, Any] | None = None) -> tuple[IssueForm, ...]:
    """Return what to show for a visit: recorded issues, what is typed over them, never nothing."""
    typed = {form.id: form for form in forms_in(draft)}
    shown = [typed.get(issue.id, form_of(issue)) for issue in visit.issues.values()]
    fresh = [form for key, form in typed.items() if key not in visit.issues]
    shown += [form for form in fresh if not form.is_blank or form.topic]
    return tuple(shown) or (IssueForm(topic=visit.topic),)


def like_before(form: IssueForm, earlier: IssueForm) -> IssueForm:
    """Fill what is blank with the entry before; nothing typed is lost."""
    blanks = {name: getattr(earlier, name) for name in TEXTS if not getattr(form, name).strip()}
    return replace(
        form,
        topic=earlier.topic if len(earlier.topic) > len(form.topic) else form.topic,
        outcome=form.outcome or earlier.outcome,
        barriers=form.barriers or earlier.barriers,
        known_problem=form.known_problem or earlier.known_problem,
        **blanks,
    )


def needs_more(form: IssueForm) -> bool:
    """Whether barriers and a next step belong to the outcome."""
    return form.outcome in OPEN_ENDS
