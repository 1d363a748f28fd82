"""The commands of `venuedesk`."""

from typing import Annotated

import typer

from app.cli import care, closing, desk, events, exports, rosters
from app.cli.bench import bench
from app.cli.cards import card_app
from app.cli.conflicts import conflicts_app
from app.cli.hub import hub_app
from app.cli.output import run_safely
from app.cli.paper import paper_app
from app.cli.people import people_app
from app.cli.preflight import preflight
from app.cli.readers import readers_app
from app.cli.recovery import recovery_app
from app.cli.rehearsal import rehearsal_app
from app.cli.staff import staff_app
from app.cli.sync import bundle_app, join, sync
from app.cli.tape import tape_app
from app.cli.visits_door import visit_app
from app.cli.window import demo
from app.window_door import open_window

program = typer.Typer(
    name="venuedesk",
    help="Check-in and help desk for trainings, without a network.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@program.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    profile: Annotated[str | None, typer.Option("--profile", help="Data folder.")] = None,
) -> None:
    """Open the window when no command is given."""
    if context.invoked_subcommand is None:
        open_window(profile)
    elif profile is not None:
        # Without this a command would quietly work on the platform's own folder.
        raise typer.BadParameter("--profile goes after the command's name.")


for command in (
    events.new,
    events.events,
    events.sessions,
    desk.scan,
    desk.undo,
    desk.admit,
    desk.walkin,
    desk.badges,
    closing.close,
    closing.reopen,
    exports.export,
    care.verify,
    care.rebuild,
    care.backup,
    care.restore,
    bench,
    demo,
    preflight,
    join,
    sync,
):
    program.command()(command)
program.add_typer(rosters.units_app, name="units")
program.add_typer(rosters.roster_app, name="roster")
program.add_typer(people_app, name="people")
program.add_typer(card_app, name="card")
program.add_typer(closing.credit_app, name="credit")
program.add_typer(conflicts_app, name="conflicts")
program.add_typer(staff_app, name="staff")
program.add_typer(paper_app, name="paper")
program.add_typer(readers_app, name="readers")
program.add_typer(rehearsal_app, name="rehearsal")
program.add_typer(recovery_app, name="recovery")
program.add_typer(tape_app, name="tape")
program.add_typer(bundle_app, name="bundle")
program.add_typer(visit_app, name="visit")
program.add_typer(hub_app, name="hub")


def run() -> int:
    """Run the command line; return its exit status."""
    return run_safely(program)
