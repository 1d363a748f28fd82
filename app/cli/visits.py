"""`visit …`: the help desk from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    open_current,
    plain,
    print_json,
)
from app.cli.readings import read_moment
from app.cli.visits_output import print_visit, print_visits
from app.cli.visits_seat import Counter, Given
from app.cli.visits_words import read_readiness, read_word
from app.domain.errors import NotFound
from app.domain.visits import LIVE, GoneReason, ParkReason, VisitState
from app.domain.words import Words

TicketArgument = Annotated[str, typer.Argument(help="Ticket (A017) or visit id.")]
SessionOption = Annotated[
    str | None, typer.Option("--session", help="Help day (default: the only one, or today's).")
]
StationOption = Annotated[
    str | None,
    typer.Option("--station", help="Station letter. Default: this laptop's from the hub, or A."),
]
DeskOption = Annotated[str | None, typer.Option("--desk", help="The desk's sign (default: 1).")]
ConsultantOption = Annotated[
    str | None, typer.Option("--consultant", help="Name of the consultant; added where new.")
]
AtOption = Annotated[
    str | None, typer.Option("--at", help="When it happened (ISO 8601; venue time if no zone).")
]
TopicOption = Annotated[str, typer.Option("--topic", help="Topic code, such as 05 or 0503.")]

visit_app = typer.Typer(help="The help desk.", no_args_is_help=True, rich_markup_mode=None)


@contextmanager
def at_counter(given: Given) -> Iterator[Counter]:
    """Open the event's help desk for one command."""
    from app.help_desk import build_help_desk

    with open_current(given.profile, given.event) as desk:
        yield Counter(desk, build_help_desk(desk.context), given)


@visit_app.command("call")
def call(
    ticket: Annotated[str | None, typer.Argument(help="Ticket or id; none: the next.")] = None,
    *,
    session: SessionOption = None,
    station: StationOption = None,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Call a visit to a desk, or whoever is next in line; again, it is a recall."""
    given = Given(
        profile=profile, event=event, session=session, station=station, desk=desk,
        consultant=consultant, at=at,
    )  # fmt: skip
    with at_counter(given) as counter:
        visits = counter.help_desk.visits
        if ticket is None:
            called = visits.call_next(counter.next_seat(), at=counter.moment())
        else:
            visit = counter.visit(ticket)
            called = visits.call(visit.id, counter.seat_for(visit), at=counter.moment())
        if called is None:
            raise NotFound(Words(zh="沒有人在等候。", en="Nobody is waiting."))
        document = counter.document(called)
    print_visit(document, as_json=as_json)


@visit_app.command("start")
def start(
    ticket: TicketArgument,
    *,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Begin serving a visit."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        seat = counter.seat_for(visit)
        document = counter.document(
            counter.help_desk.visits.start(visit.id, seat, at=counter.moment())
        )
    print_visit(document, as_json=as_json)


@visit_app.command("park")
def park(
    ticket: TicketArgument,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "practising",
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, max=1440, help="Wake after.")
    ] = None,
    wake_at: Annotated[str | None, typer.Option("--wake-at", help="Wake then.")] = None,
    release: Annotated[bool, typer.Option("--release", help="Anybody may go on.")] = False,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Park a visit: practising, fetching, expert, break, moved or not_found."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    why = read_word(ParkReason, reason, "--reason")
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        now = counter.moment() or counter.desk.context.now()
        wake = read_moment(wake_at, counter.desk.context.plan.zone)
        parked = counter.help_desk.visits.park(
            visit.id,
            why,
            counter.seat_for(visit, somebody=False),
            wake_at=now + timedelta(minutes=minutes) if minutes else wake,
            keeps=not release and why is not ParkReason.NOT_FOUND,
            at=counter.moment(),
        )
        document = counter.document(parked)
    print_visit(document, as_json=as_json)


@visit_app.command("back")
def back(
    ticket: TicketArgument,
    *,
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send a visit back to the line; it keeps its arrival time."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        seat = counter.seat_for(visit, somebody=False)
        document = counter.document(
            counter.help_desk.visits.send_back(visit.id, seat, at=counter.moment())
        )
    print_visit(document, as_json=as_json)


@visit_app.command("hand-over")
def hand_over(
    ticket: TicketArgument,
    *,
    to: Annotated[str, typer.Option("--to", help="Name of the colleague; added where new.")],
    note: Annotated[str, typer.Option("--note", help="What the colleague should know.")],
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer a visit to a colleague, who starts it or sends it back."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        seat = counter.seat_for(visit)
        taker = counter.help_desk.consultants.find_or_add(plain(to)).id
        offered = counter.help_desk.visits.hand_over(
            visit.id, taker, seat, note=plain(note), at=counter.moment()
        )
        document = counter.document(offered)
    print_visit(document, as_json=as_json)


@visit_app.command("leave")
def leave(
    ticket: TicketArgument,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "left",
    desk: DeskOption = None,
    consultant: ConsultantOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a visit without help: left, no_show, turned_away, duplicate or void."""
    given = Given(profile=profile, event=event, desk=desk, consultant=consultant, at=at)
    why = read_word(GoneReason, reason, "--reason")
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        seat = counter.seat_for(visit, somebody=False)
        document = counter.document(
            counter.help_desk.visits.leave(visit.id, why, seat, at=counter.moment())
        )
    print_visit(document, as_json=as_json)


@visit_app.command("undo")
def undo(
    ticket: TicketArgument,
    *,
    consultant: ConsultantOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back the last move of a visit; the journal keeps both."""
    given = Given(profile=profile, event=event, consultant=consultant)
    with at_counter(given) as counter:
        visit = counter.visit(ticket)
        seat = counter.seat_for(visit, by=visit.last_move_by, somebody=False)
        document = counter.document(counter.help_desk.visits.undo(visit.id, seat))
    print_visit(document, as_json=as_json)


@visit_app.command("carry")
def carry(
    tickets: Annotated[list[str], typer.Argument(help="Tickets or ids.")],
    *,
    to: Annotated[str, typer.Option("--to", help="The other help day.")],
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take visits over to another help day with their places kept."""
    with at_counter(Given(profile=profile, event=event, at=at)) as counter:
        ids = [counter.visit(ticket).id for ticket in tickets]
        carried = counter.help_desk.visits.carry(ids, plain(to), at=counter.moment())
        documents = [counter.document(visit) for visit in carried]
    if as_json:
        print_json({"session": plain(to), "visits": documents})
    else:
        print_visits(documents)


@visit_app.command("ready")
def ready(
    ticket: TicketArgument,
    items: Annotated[list[str], typer.Argument(help="Such as card=ok reader=missing.")],
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note what a visitor has, lacks or does not need."""
    told = read_readiness(items)
    with at_counter(Given(profile=profile, event=event)) as counter:
        visit = counter.visit(ticket)
        document = counter.document(counter.help_desk.visits.set_readiness(visit.id, told))
    print_visit(document, as_json=as_json)


@visit_app.command("list")
def list_visits(
    *,
    session: SessionOption = None,
    state: Annotated[list[str] | None, typer.Option("--state", help="Only these.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """List a help day's visits by arrival; without --all those that are not over."""
    states = [read_word(VisitState, word, "--state") for word in state or ()]
    wanted = states or (list(VisitState) if everything else list(LIVE))
    with at_counter(Given(profile=profile, event=event, session=session, at=at)) as counter:
        code = counter.help_day()
        printer = counter.printer()
        visits = counter.help_desk.visits.list_visits(code, wanted)
        documents = [printer.document(visit) for visit in visits]
    if as_json:
        print_json({"session": code, "visits": documents})
    else:
        print_visits(documents)


@visit_app.command("show")
def show(
    ticket: TicketArgument,
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one visit with everything that was done to it."""
    with at_counter(Given(profile=profile, event=event)) as counter:
        visit = counter.visit(ticket)
        context = counter.desk.context
        document = counter.document(visit)
        document["history"] = [
            {
                "fact": act.fact_id,
                "kind": act.kind,
                "at": context.local(act.at_ms).isoformat(),
                "consultant": act.staff_name or None,
                "desk": act.desk or None,
                "reason": act.reason or None,
                "undone": act.undone,
            }
            for act in counter.help_desk.visits.history(visit.id)
        ]
    print_visit(document, as_json=as_json)
