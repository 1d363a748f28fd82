"""`verify`, `rebuild`, `backup`, `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from app.bootstrap import build_events
from app.cli.output import EventOption, JsonOption, ProfileOption, open_current, print_json, say
from app.domain.words import Words
from app.system_clock import SystemClock


def verify(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Prove the journal: chains, contiguity, signatures, read tables = rebuild."""
    from app.services.care import verify_event

    with open_current(profile, event) as desk:
        report = verify_event(desk.context)
    if as_json:
        print_json(
            {
                "sound": report.is_sound,
                "chains": [
                    {
                        "device": chain.device,
                        "incarnation": chain.incarnation,
                        "facts": chain.facts,
                        "head": chain.head,
                        "faults": list(chain.faults),
                    }
                    for chain in report.chains
                ],
                "signed_heads": report.signed_heads,
                "faults": list(report.faults),
            }
        )
    else:
        for chain in report.chains:
            typer.echo(f"{chain.device}\t{chain.facts}\t{chain.head}\t{' '.join(chain.faults)}")
        for fault in report.faults:
            typer.echo(fault)
    if not report.is_sound:
        say(
            Words(
                zh="日誌有問題。若只有 read_table_differs，請執行 venuedesk rebuild；"
                "其他情形請還原備份。",
                en="Something is wrong. For read_table_differs run venuedesk rebuild; "
                "for anything else restore a backup.",
            )
        )
        raise typer.Exit(1)


def rebuild(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Fold the read tables again from the journal."""
    from app.services.care import rebuild_tables

    with open_current(profile, event) as desk:
        rebuild_tables(desk.context)
    if as_json:
        print_json({"rebuilt": True})


def backup(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an encrypted snapshot of the event (the same key opens it)."""
    from app.services.care import back_up

    with open_current(profile, event) as desk:
        size = back_up(desk.context, file)
    if as_json:
        print_json({"file": str(file), "bytes": size})
        return
    typer.echo(f"{file}\t{size}")


def restore(
    file: Annotated[Path, typer.Argument(help="Snapshot to bring back.")],
    *,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a snapshot back; new records go on in a new incarnation."""
    from app.services.care import restore as bring_back

    found, events = build_events(profile)
    event_id = bring_back(found, file, SystemClock())
    opened = events.open_event(event_id)
    opened.close()
    if as_json:
        print_json({"event": event_id, "incarnation": opened.context.journal.origin.incarnation})
        return
    typer.echo(event_id)
