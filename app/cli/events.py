"""`new`, `events`, `sessions`."""

from pathlib import Path
from typing import Annotated

import typer

from app.bootstrap import build_events
from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    language,
    open_current,
    print_json,
    print_rows,
    say,
)
from app.services.events import list_sessions


def new(
    plan: Annotated[str, typer.Argument(help="Plan file (TOML) or a bundled plan's name.")],
    *,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Create an event from a plan; prints the plan's warnings."""
    name = Path(plan) if Path(plan).suffix else plan
    summary, warnings = build_events(profile)[1].create_event(name)
    if as_json:
        print_json(
            {
                "event": summary.id,
                "plan": summary.code,
                "title": summary.title,
                "warnings": [
                    {
                        "kind": warning.kind,
                        "where": warning.where,
                        "severity": warning.severity,
                        "message": warning.message.in_language(language()),
                    }
                    for warning in warnings
                ],
            }
        )
        return
    typer.echo(f"{summary.id}\t{summary.title}")
    for warning in warnings:
        say(warning.message)


def events(*, profile: ProfileOption = None, as_json: JsonOption = False) -> None:
    """List the events of the profile."""
    found = build_events(profile)[1].list_events()
    if as_json:
        print_json(
            {
                "events": [
                    {
                        "event": item.id,
                        "plan": item.code,
                        "title": item.title,
                        "current": item.is_current,
                    }
                    for item in found
                ]
            }
        )
        return
    print_rows([(item.id, item.code, item.title, "*" if item.is_current else "") for item in found])


def sessions(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """List the plan's sessions."""
    with open_current(profile, event) as desk:
        found = list_sessions(desk.context)
        if as_json:
            print_json(
                {
                    "event": desk.context.event_id,
                    "plan": desk.context.plan.code,
                    "sessions": [
                        {
                            "code": item.code,
                            "date": item.held_on.isoformat(),
                            "kind": item.kind,
                            "course": item.course,
                            "title": item.title,
                            "venue": item.venue,
                            "hours": item.hours,
                            "roster_size": item.roster_size,
                            "sealed": item.sealed,
                        }
                        for item in found
                    ],
                }
            )
            return
    print_rows(
        [
            (item.code, item.held_on, item.course, item.venue, item.hours, item.roster_size)
            for item in found
        ]
    )
