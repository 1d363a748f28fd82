"""`visit open`, `finish`, `issue`, `tally`: what is typed of a visitor and of what came of it."""

from dataclasses import replace
from typing import Annotated

import typer

from app.cli.output import EventOption, JsonOption, ProfileOption, plain, print_json
from app.cli.readings import read_moment
from app.cli.visits import (
    AtOption,
    ConsultantOption,
    DeskOption,
    SessionOption,
    StationOption,
    TicketArgument,
    TopicOption,
    at_counter,
    visit_app,
)
from app.cli.visits_output import print_visit
from app.cli.visits_seat import Counter, Given
from app.cli.visits_words import read_issue, read_readiness
from app.domain.errors import NotFound
from app.domain.visits import Seat, Visit
from app.domain.words import Words
from app.services.visit_views import IssueForm, VisitForm

__all__ = ["visit_app"]

OutcomeOption = Annotated[str | None, typer.Option("--outcome", help="What came of it.")]
BarrierOption = Annotated[list[str] | None, typer.Option("--barrier", help="Why not; repeat.")]


@visit_app.command("open")
def open_visit(
    *,
    unit: Annotated[str, typer.Option("--unit", help="School: name or code.")] = "",
    name: Annotated[str, typer.Option("--name")] = "",
    title: Annotated[str, typer.Option("--title")] = "",
    phone: Annotated[str, typer.Option("--phone")] = "",
    badge: Annotated[str, typer.Option("--badge", help="Badge code of the visitor.")] = "",
    id_number: Annotated[str, typer.Option("--id-number", help="Of the visitor.")] = "",
    topic: TopicOption = "",
    party: Annotated[int, typer.Option("--party", "--party-size", min=1, max=99)] = 1,
    ready: Annotated[list[str] | None, typer.Option("--ready", help="card=ok; repeat.")] = None,
    return_of: Annotated[str, typer.Option("--return-of", help="Earlier ticket or id.")] = "",
    note: Annotated[str, typer.Option("--note")] = "",
    join: Annotated[bool, typer.Option("--join", help="Join the live number.")] = False,
    another: Annotated[bool, typer.Option("--another", help="A namesake, not the same.")] = False,
    serve_now: Annotated[bool, typer.Option("--serve-now", help="Start at once.")] = False,
    session: SessionOption = None,
    station: StationOption = None,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a visitor a number."""
    given = Given(
        profile=profile, event=event, session=session, station=station, desk=desk,
        consultant=consultant, at=at,
    )  # fmt: skip
    form = VisitForm(
        unit_text=plain(unit), name=plain(name), title=plain(title), phone=plain(phone),
        topic=plain(topic), party_size=party, readiness=read_readiness(ready or ()),
        note=plain(note),
    )  # fmt: skip
    from app.services.visit_opening import already_here

    with at_counter(given) as counter:
        form = _with_person(counter, form, badge or id_number)
        if return_of:
            form = replace(form, return_of=counter.visit(return_of).id)
        live = None if another else counter.help_desk.visits.find_live_visit(form)
        if live is not None and not join:
            raise already_here(live)
        seat = counter.next_seat() if serve_now else counter.door_seat()
        document = counter.document(_opened(counter, form, seat, live, serve_now=serve_now))
    print_visit(document, as_json=as_json)


def _opened(
    counter: Counter, form: VisitForm, seat: Seat, live: Visit | None, *, serve_now: bool
) -> Visit:
    visits = counter.help_desk.visits
    if live is not None:
        return visits.join(live.id, form)
    act = visits.serve_now if serve_now else visits.open
    return act(form, seat, at=counter.moment())


def _with_person(counter: Counter, form: VisitForm, raw: str) -> VisitForm:
    """Return the form with the person a badge or ID number belongs to. Raises NotFound."""
    if not raw:
        return form
    card = counter.help_desk.visits.badge_visitor(plain(raw))
    if card is None:
        raise NotFound(
            Words(zh="名冊裡找不到這個名牌或身分證字號。", en="Nobody here has this badge or ID."),
            remedy=Words(zh="請改用 --unit 與 --name。", en="Use --unit and --name instead."),
        )
    return replace(form, person_id=card.id)


@visit_app.command("finish")
def finish(
    ticket: TicketArgument,
    *,
    outcome: OutcomeOption = None,
    topic: TopicOption = "",
    symptom: Annotated[str, typer.Option("--symptom")] = "",
    steps: Annotated[str, typer.Option("--steps")] = "",
    resolution: Annotated[str, typer.Option("--resolution")] = "",
    barrier: BarrierOption = None,
    next_step: Annotated[str, typer.Option("--next-step")] = "",
    ended_at: Annotated[str | None, typer.Option("--ended-at", help="It ended then.")] = None,
    confirmed: Annotated[bool, typer.Option("--yes", help="Finish another's visit.")] = False,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a visit. Outcomes: resolved, resolved_next_step, escalated, not_resolved, information."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    texts = {
        "symptom": symptom, "steps": steps, "resolution": resolution, "next_step": next_step,
    }  # fmt: skip
    typed = read_issue(outcome=outcome, topic=topic, barrier=barrier or (), texts=texts)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        done = counter.help_desk.visits.finish(
            visit.id,
            counter.seat_for(visit),
            _issues(visit, typed),
            ended_at=read_moment(ended_at, counter.desk.context.plan.zone),
            confirmed=confirmed,
            at=counter.moment(),
        )
        document = counter.document(done)
    print_visit(document, as_json=as_json)


def _issues(visit: Visit, typed: IssueForm) -> list[IssueForm] | None:
    """Return what `finish` records: what was typed goes to the issues that have no outcome.

    An only issue that has one was finished before, and undone: it is finished again.
    """
    from app.services.visit_amending import form_of_issue

    known = [*visit.issues.values()]
    open_issues = known if len(known) == 1 else [item for item in known if item.outcome is None]
    unsettled = [form_of_issue(item) for item in open_issues]
    if typed.is_blank and not typed.topic:
        return None
    if unsettled and (not typed.topic or unsettled[0].topic in ("", typed.topic)):
        first, *others = unsettled
        return [
            _merged(first, typed),
            *(replace(form, outcome=typed.outcome, barriers=typed.barriers) for form in others),
        ]
    return [replace(typed, topic=typed.topic or visit.topic)]


def _merged(known: IssueForm, typed: IssueForm) -> IssueForm:
    """Return a known issue with what was typed laid over it."""
    names = ("topic", "symptom", "steps", "resolution", "next_step")
    told = {name: text for name in names if (text := getattr(typed, name))}
    barriers = typed.barriers or known.barriers
    return replace(known, outcome=typed.outcome or known.outcome, barriers=barriers, **told)


@visit_app.command("issue")
def issue(
    ticket: TicketArgument,
    *,
    issue_id: Annotated[str | None, typer.Option("--issue", help="Id; none: a new one.")] = None,
    outcome: OutcomeOption = None,
    topic: TopicOption = "",
    symptom: Annotated[str, typer.Option("--symptom")] = "",
    steps: Annotated[str, typer.Option("--steps")] = "",
    resolution: Annotated[str, typer.Option("--resolution")] = "",
    barrier: BarrierOption = None,
    next_step: Annotated[str, typer.Option("--next-step")] = "",
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record one more issue of a visit, or what changed of one."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    texts = {
        "symptom": symptom, "steps": steps, "resolution": resolution, "next_step": next_step,
    }  # fmt: skip
    typed = read_issue(outcome=outcome, topic=topic, barrier=barrier or (), texts=texts)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        if issue_id is None:
            form = replace(typed, topic=typed.topic or visit.topic)
        else:
            form = _merged(_known_issue(visit, issue_id), typed)
        recorded = counter.help_desk.issues.record(
            visit.id, form, counter.seat_for(visit), at=counter.moment()
        )
        document = counter.document(recorded)
    print_visit(document, as_json=as_json)


def _known_issue(visit: Visit, issue_id: str) -> IssueForm:
    from app.services.visit_amending import form_of_issue

    known = visit.issues.get(issue_id)
    if known is None:
        raise NotFound(
            Words(zh="沒有這個問題。", en="There is no such issue."),
            remedy=Words(zh="請看 visit show 的 issue。", en="See `issue` in visit show."),
        )
    return form_of_issue(known)


@visit_app.command("tally")
def tally(
    *,
    topic: TopicOption = "",
    session: SessionOption = None,
    station: StationOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count a door question answered on the spot."""
    given = Given(
        profile=profile, event=event, session=session, station=station, consultant=consultant,
        at=at,
    )  # fmt: skip
    with at_counter(given) as counter:
        seat = counter.door_seat()
        fact_id = counter.help_desk.visits.tally(plain(topic), seat, at=counter.moment())
        count = counter.help_desk.visits.numbers(seat.session).tallies
    if as_json:
        print_json({"fact": fact_id, "session": seat.session, "tallies": count})
    else:
        typer.echo(f"{fact_id}\t{count}")
