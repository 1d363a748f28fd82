"""What changes of a visit without moving it, and tallies, which are no visits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.clock import ms_of
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.plan import EventSession
from app.domain.secrets_typed import without_secrets
from app.domain.visit_fold import PRIVATE_FIELDS
from app.domain.visit_moves import Move, check_move
from app.domain.visits import Barrier, Issue, Outcome, Seat, Visit
from app.domain.words import Words
from app.services.context import EventContext
from app.services.topics import check_topic
from app.services.visit_acts import VisitPen, acting, get_help_day
from app.services.visit_issues import FORM_FIELDS
from app.services.visit_opening import check_readiness
from app.services.visit_views import IssueForm, VisitForm
from app.services.visit_who import completed
from db.journal import find_fact

AMENDABLE = frozenset(
    (
        "unit_text",
        "unit_id",
        "name",
        "title",
        "phone",
        "note",
        "person_id",
        "topic",
        "party_size",
        "return_of",
    )
)
MOST_PRIORITY = 9


def at_the_desk(form: VisitForm) -> VisitForm:
    """Return the form of somebody who is served at once."""
    return form if form.channel == "paper" else replace(form, channel="desk")


def amend(context: EventContext, visit_id: str, fields: Mapping[str, Any]) -> Visit:
    """Record what is told anew of a visit; what is known already is not told again."""
    if unknown := fields.keys() - AMENDABLE:
        raise TypeError(f"no such field: {sorted(unknown)}")
    with acting(context, visit_id) as act:
        told = _resolved(act, {name: value or _blank(name) for name, value in fields.items()})
        changed = {name: value for name, value in told.items() if value != getattr(act.visit, name)}
        if "topic" in changed:
            check_topic(context, act.connection, changed["topic"])
        if not changed:
            return act.visit
        private = {name: value for name, value in changed.items() if name in PRIVATE_FIELDS}
        body = {name: value for name, value in changed.items() if name not in PRIVATE_FIELDS}
        return act.record(FactKind.VISIT_AMENDED, body, private)


def _blank(name: str) -> str | int:
    return 1 if name == "party_size" else ""


def _resolved(act: VisitPen, told: dict[str, Any]) -> dict[str, Any]:
    """Add the unit a text means, and what the roster knows of a person; clean the note."""
    form = completed(
        act.context,
        act.connection,
        VisitForm(
            unit_text=told.get("unit_text", ""),
            unit_id=told.get("unit_id") or None,
            person_id=told.get("person_id") or None,
        ),
    )
    if "note" in told:
        told["note"] = without_secrets(told["note"].strip())
    if "unit_text" in told or form.unit_id:
        told |= {"unit_id": form.unit_id or "", "unit_text": form.unit_text}
    if told.get("person_id"):
        told = {"name": form.name, "title": form.title} | told
    return told


def join(context: EventContext, visit_id: str, form: VisitForm) -> Visit:
    """Let a party grow by those of a form; a name that differs is added to the note."""
    with acting(context, visit_id) as act:
        visit = act.visit
        if not visit.is_live:
            check_move(visit, Move.CALL, "")
        name = form.name.strip()
        note = f"{visit.note} ＋{name}".strip() if name and name != visit.name else visit.note
        private = {"note": without_secrets(note)} if note != visit.note else None
        body = {"party_size": visit.party_size + form.party_size}
        return act.record(FactKind.VISIT_AMENDED, body, private)


def set_readiness(context: EventContext, visit_id: str, values: Mapping[str, str]) -> Visit:
    """Record the readiness items that differ."""
    told = check_readiness(values)
    with acting(context, visit_id) as act:
        known = act.visit.readiness
        changed = {item: value for item, value in told.items() if known.get(item) != value}
        if not changed:
            return act.visit
        return act.record(FactKind.VISIT_AMENDED, {"readiness": changed})


def set_priority(context: EventContext, visit_id: str, level: int, reason: str) -> Visit:
    """Record who goes first, with a reason."""
    if level > 0 and not reason.strip():
        raise InvalidInput(
            Words(zh="優先需要理由。", en="Priority needs a reason."), field="reason"
        )
    if not 0 <= level <= MOST_PRIORITY:
        raise InvalidInput(Words(zh="優先序是 0 到 9。", en="Priority is 0 to 9."), field="level")
    with acting(context, visit_id) as act:
        private = {"priority_reason": without_secrets(reason.strip())}
        return act.record(FactKind.VISIT_AMENDED, {"priority": level}, private)


def rate(context: EventContext, visit_id: str, score: int) -> Visit:
    """Record 1 to 3 faces."""
    if score not in (1, 2, 3):
        raise InvalidInput(Words(zh="評分是 1 到 3。", en="A rating is 1 to 3."), field="score")
    with acting(context, visit_id) as act:
        return act.record(FactKind.VISIT_AMENDED, {"rating": score})


def carry_over(act: VisitPen, day: EventSession) -> Visit:
    """Take one visit over to another day: its wait stops with its own day and goes on then.

    Raises InvalidInput (it is on that day), Conflict (it is over).
    """
    check_move(act.visit, Move.CARRY, "")
    plan = act.context.plan
    own = get_help_day(act.context, act.visit.session)
    if day.code == own.code:
        raise InvalidInput(
            Words(
                zh=f"{act.visit.ticket} 已經在這一天。", en=f"{act.visit.ticket} is on this day."
            ),
            remedy=Words(zh="請選另一個駐點場次。", en="Choose the other help day."),
            field="session",
        )
    closes_ms = ms_of(plan.moment(own, own.ends_at))
    opens_ms = ms_of(plan.moment(day, day.starts_at))
    body = {
        "session": day.code,
        "until_ms": min(act.now_ms, closes_ms),
        "from_ms": max(act.now_ms, opens_ms),
    }
    return act.record(FactKind.VISIT_CARRIED, body)


def form_of_issue(issue: Issue) -> IssueForm:
    """Return an issue as the form that would record it."""
    return IssueForm(**{name: getattr(issue, name) for name in FORM_FIELDS})


def ended(form: IssueForm, outcome: Outcome, barriers: tuple[Barrier, ...]) -> IssueForm:
    """Return an issue's form with what came of it."""
    told = tuple(dict.fromkeys((*form.barriers, *barriers)))
    return replace(form, outcome=outcome, barriers=told)


def tally(context: EventContext, topic: str, seat: Seat, at: datetime | None) -> str:
    """Count a door question answered on the spot."""
    get_help_day(context, seat.session)
    with context.database.write() as connection:
        check_topic(context, connection, topic)
        draft = Draft(
            kind=FactKind.TALLY_COUNTED,
            subject=f"tally:{seat.session}",
            body={"station": seat.station, "topic": topic, "staff": seat.staff},
            actor=context.actor,
            at_ms=None if at is None else ms_of(at),
        )
        return context.journal.append(connection, [draft])[0].id


def undo_tally(context: EventContext, fact_id: str) -> None:
    """Take back a tally."""
    with context.database.write() as connection:
        fact = find_fact(connection, fact_id)
        if fact is None or fact.kind != FactKind.TALLY_COUNTED:
            raise NotFound(Words(zh="沒有這一筆計數。", en="There is no such tally."))
        draft = Draft(
            kind=FactKind.TALLY_UNDONE,
            subject=fact.subject,
            body={"fact": fact_id},
            actor=context.actor,
        )
        context.journal.append(connection, [draft])
