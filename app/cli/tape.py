"""`tape on FOLDER`, `tape off`, `tape status`: every act on a second disk as well."""

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
    say,
)
from app.domain.words import Words

tape_app = typer.Typer(help="Paper tape.", no_args_is_help=True)
SAME_DISK = Words(
    zh="紙帶和資料在同一顆磁碟：檔案損壞時有用，磁碟壞掉時沒有。",
    en="The tape lies on the disk of the data: it helps when the file breaks, not the disk.",
)


@tape_app.command()
def on(
    folder: Annotated[Path, typer.Argument(help="Existing folder, best on a stick.")],
    *,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write every act to a folder too, from the beginning of the journal on."""
    from app.services.paper_tape import turn_tape_on

    found, _ = build_events(profile)
    chosen = turn_tape_on(found, folder)
    if found.find_current() is None:
        if as_json:
            print_json({"on": True, "folder": str(chosen)})
        return
    status(profile=profile, event=None, as_json=as_json)


@tape_app.command()
def off(*, profile: ProfileOption = None, as_json: JsonOption = False) -> None:
    """Write no tape any more; tapes that exist stay."""
    from app.services.paper_tape import turn_tape_off

    turn_tape_off(build_events(profile)[0])
    if as_json:
        print_json({"on": False})


@tape_app.command()
def status(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Tell whether the tape is in step with the journal."""
    from app.services.paper_tape import FAULTS, tape_status

    found, _ = build_events(profile)
    with open_current(profile, event) as desk:
        told = tape_status(found, desk.opened.database, desk.opened.tapes)
    if told.fault:
        say(FAULTS[told.fault])
    elif told.same_disk:
        say(SAME_DISK)
    if as_json:
        print_json(
            {
                "on": told.folder is not None,
                "folder": str(told.folder) if told.folder else None,
                "written": told.written,
                "behind": told.behind,
                "fault": told.fault,
                "same_disk": told.same_disk,
            }
        )
    elif told.folder is None:
        typer.echo(Words(zh="紙帶沒有開。", en="The tape is off.").in_language(language()))
    else:
        typer.echo(f"{told.folder}\t{told.written}\t{told.behind}\t{told.fault}")
