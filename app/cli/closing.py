"""`credit`, `close`, `reopen`: the end of the day."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    bad_option,
    open_current,
    plain,
    print_json,
    print_rows,
)
from app.domain.attendance import Interval
from app.domain.facts import PersonId
from app.domain.words import Words

credit_app = typer.Typer(
    help="Proposed and decided hours.", invoke_without_command=True, no_args_is_help=False
)


@credit_app.callback()
def credit(
    context: typer.Context,
    *,
    session: Annotated[str | None, typer.Option("--session")] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what is proposed and decided for everybody at a session."""
    if context.invoked_subcommand is not None:
        if session or profile or event or as_json:
            # Without this `approve` would quietly work on another profile.
            raise typer.BadParameter(f"Options go after {context.invoked_subcommand}.")
        return
    if session is None:
        raise typer.BadParameter("Option '--session' is missing.")
    from app.services.closing import ClosingService

    with open_current(profile, event) as desk:
        sheet = ClosingService(desk.context).credit_sheet(session)
    if as_json:
        print_json(
            {
                "session": sheet.session,
                "course": sheet.course,
                "sealed_at": sheet.sealed_at.isoformat() if sheet.sealed_at else None,
                "people": [line_json(line) for line in sheet.lines],
            }
        )
        return
    print_rows(
        [
            (
                line.person.id,
                line.person.name,
                line.person.unit,
                line.minutes_present,
                line.proposal.kind.value,
                ",".join(finding.reason.value for finding in line.proposal.findings),
                "" if line.decision is None else ("grant" if line.decision.granted else "deny"),
            )
            for line in sheet.lines
        ]
    )


def line_json(line: Any) -> dict[str, Any]:
    """Return one person of the closing list in the contract's shape."""
    decision = line.decision
    return {
        "person": line.person.id,
        "name": line.person.name,
        "unit": line.person.unit,
        "has_id": line.has_id,
        "intervals": [_interval_json(interval) for interval in line.intervals],
        "minutes_present": line.minutes_present,
        "proposal": line.proposal.kind.value,
        "hours": line.proposal.hours,
        "reasons": [finding.reason.value for finding in line.proposal.findings],
        "findings": [
            {"reason": finding.reason.value, "minutes": finding.minutes}
            for finding in line.proposal.findings
        ],
        "decision": None
        if decision is None
        else {
            "granted": decision.granted,
            "hours": decision.hours,
            "reason": decision.reason,
            "actor": decision.actor,
            "at": decision.decided_at.isoformat(),
        },
    }


def _interval_json(interval: Interval) -> list[str | None]:
    return [interval.in_at.isoformat(), interval.out_at.isoformat() if interval.out_at else None]


@credit_app.command("approve")
def approve(
    *,
    session: SessionOption,
    clean: Annotated[bool, typer.Option("--clean", help="All clean proposals.")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Grant every clean proposal of a session at once."""
    from app.services.closing import ClosingService

    if not clean:
        raise bad_option(
            "--clean",
            Words(zh="approve 只核准沒有疑點的人。", en="approve grants the clean ones only."),
            Words(
                zh="請加上 --clean；其他人請用 credit decide。",
                en="Add --clean; decide on others with credit decide.",
            ),
        )
    with open_current(profile, event) as desk:
        approved = ClosingService(desk.context).approve_clean(session)
    if as_json:
        print_json({"session": session, "approved": approved})
        return
    typer.echo(str(approved))


@credit_app.command("decide")
def decide(
    *,
    session: SessionOption,
    person: Annotated[str, typer.Option("--person", help="Person id.")],
    grant: Annotated[bool, typer.Option("--grant/--deny", help="Grant or deny.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide on one person with a reason."""
    from app.services.closing import ClosingService

    with open_current(profile, event) as desk:
        line = ClosingService(desk.context).decide(
            PersonId(person), session, grant=grant, reason=plain(reason)
        )
    if as_json:
        print_json(line_json(line))
        return
    typer.echo("grant" if grant else "deny")


def close(
    *,
    session: SessionOption,
    out: Annotated[Path | None, typer.Option("--out", help="Seal sheet (PDF) to write.")] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Seal a session; prints counts and chain heads."""
    from app.office import build_office

    with open_current(profile, event) as desk:
        office = build_office(desk.context)
        seal = office.closing.close_session(session)
        if out is not None:
            office.exports.write_seal(seal, out)
    if as_json:
        print_json(
            {
                "session": seal.session,
                "sealed_at": seal.sealed_at.isoformat(),
                "facts": seal.facts,
                "first_seq": seal.first_seq,
                "last_seq": seal.last_seq,
                "heads": [list(head) for head in seal.heads],
                "granted": seal.granted,
                "denied": seal.denied,
                "undecided": seal.undecided,
            }
        )
        return
    print_rows([(seal.session, seal.sealed_at.isoformat(), seal.facts, seal.last_seq)])


def reopen(
    *,
    session: SessionOption,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a session's seal back with a reason."""
    from app.services.closing import ClosingService

    with open_current(profile, event) as desk:
        ClosingService(desk.context).reopen_session(session, plain(reason))
    if as_json:
        print_json({"session": session, "sealed": False})
