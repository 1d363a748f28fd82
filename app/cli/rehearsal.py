"""`rehearsal begin|state|rush|end`: a twin of the event to play with, thrown away afterwards."""

import time
from typing import Annotated, Any

import typer

from app.bootstrap import Desk
from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    open_current,
    print_json,
    say,
)
from app.cli.readings import station_letter
from app.domain.words import Words
from app.services.outcomes import Station
from app.services.profile import Profile
from app.services.rehearsals import RehearsalService, RehearsalState
from app.system_clock import SystemClock

rehearsal_app = typer.Typer(
    help="Rehearse with a copy of the event that never mixes with it.", no_args_is_help=True
)
_STATES = {
    True: Words(zh="演練中", en="rehearsing"),
    False: Words(zh="正式活動", en="the real event"),
}


@rehearsal_app.command()
def begin(
    *,
    session: SessionOption,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a copy for rehearsing a session; commands and the window then work on the copy."""
    with open_current(profile, event) as desk:
        made = _service(desk).begin(session)
    with open_current(profile, made) as desk:
        _tell(_service(desk).state(), made, as_json=as_json)


@rehearsal_app.command()
def state(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Say whether this is a rehearsal."""
    with open_current(profile, event) as desk:
        _tell(_service(desk).state(), desk.context.event_id, as_json=as_json)


@rehearsal_app.command()
def rush(
    *,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=1, max=240, help="Arrivals per minute.")
    ] = 20,
    arrivals: Annotated[int, typer.Option("--arrivals", min=1, max=10_000)] = 100,
    in_time: Annotated[
        bool, typer.Option("--in-time/--at-once", help="Wait between arrivals as people would.")
    ] = True,
    session: Annotated[
        str | None, typer.Option("--session", help="Default: the one being rehearsed.")
    ] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let people arrive at a rate, through the same path as a real scan; print how long it took."""
    from app.services.rush import Rush, play_rush, require_rehearsal

    with open_current(profile, event) as desk:
        context = desk.context
        require_rehearsal(context)
        place = Station(session=session or context.rehearsed, letter=station_letter(None, desk))
        queue = Rush(context, place.session)
        tally = play_rush(
            context,
            queue,
            place,
            per_minute=per_minute,
            arrivals=arrivals,
            wait=time.sleep if in_time else None,
        )
    told: dict[str, Any] = {
        "recorded": tally.recorded,
        "verdicts": dict(sorted(tally.verdicts.items())),
        "ms": {name: round(tally.percentile(part), 2) for name, part in _PARTS},
    }
    if as_json:
        print_json(told)
        return
    for verdict, number in told["verdicts"].items():
        typer.echo(f"{verdict}\t{number}")
    for name, took in told["ms"].items():
        typer.echo(f"{name}\t{took} ms")


_PARTS = (("p50", 0.5), ("p99", 0.99), ("max", 1.0))


@rehearsal_app.command()
def end(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Throw the rehearsal away and go back to the real event."""
    with open_current(profile, event) as desk:
        real = _service(desk).end()
    if as_json:
        print_json({"rehearsal": False, "event": real})
        return
    say(
        Words(
            zh="演練已丟棄，回到正式活動。",
            en="The rehearsal was thrown away; back to the real event.",
        )
    )
    typer.echo(real)


def _service(desk: Desk) -> RehearsalService:
    return RehearsalService(
        Profile(desk.context.database.path.parents[1]), desk.context, SystemClock()
    )


def _tell(found: RehearsalState, event_id: str, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "rehearsal": found.is_open,
                "event": event_id,
                "session": found.session or None,
                "people": found.people,
            }
        )
        return
    from app.edge import language

    words = _STATES[found.is_open].in_language(language())
    typer.echo(f"{words}\t{event_id}\t{found.session}\t{found.people}")
