"""`verify`, `rebuild`, `backup`, `restore`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.bootstrap import build_events
from app.cli.output import EventOption, JsonOption, ProfileOption, open_current, print_json, say
from app.cli.passphrases import PassphraseFile, read_passphrase
from app.domain.errors import FileDamaged
from app.domain.words import Words
from app.system_clock import SystemClock

if TYPE_CHECKING:
    from db.verify import VerifyReport


def verify(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """Prove the journal: chains, contiguity, signatures, read tables = rebuild.

    A damaged file is laid anew from backup and tape; then the status is 1 this once.
    """
    from app.services.care import verify_event
    from app.services.disk_care import WARNINGS, list_warnings
    from app.services.recovering import list_recoveries

    found, _ = build_events(profile)
    with open_current(profile, event) as desk:
        report = verify_event(desk.context)
        warnings = list_warnings(found, desk.opened.database)
        broke = desk.opened.recovered is not None
        if as_json:
            past = list_recoveries(found, desk.context.event_id)
            print_json(
                _told(report)
                | {
                    "warnings": warnings,
                    "recoveries": [{**asdict(each), "lost": each.lost} for each in past],
                }
            )
        else:
            _print_report(report)
        if {"page_altered", "file_damaged"} & set(report.faults):
            # What the pages' own checksums deny is met by nobody yet: it is dealt with now.
            raise FileDamaged(Words(zh="資料檔已損壞。", en="The data file is damaged."))
    for code in warnings:
        say(WARNINGS[code])
    if not report.is_sound:
        say(
            Words(
                zh="日誌有問題。若只有 read_table_differs，請執行 venuedesk rebuild；"
                "其他情形請還原備份。",
                en="Something is wrong. For read_table_differs run venuedesk rebuild; "
                "for anything else restore a backup.",
            )
        )
    if broke or not report.is_sound:
        raise typer.Exit(1)


def _told(report: "VerifyReport") -> dict[str, Any]:
    return {
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


def _print_report(report: "VerifyReport") -> None:
    for chain in report.chains:
        typer.echo(f"{chain.device}\t{chain.facts}\t{chain.head}\t{' '.join(chain.faults)}")
    for fault in report.faults:
        typer.echo(fault)


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
    """Write an encrypted snapshot; the key or the recovery passphrase opens it."""
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
    passphrase_file: PassphraseFile = None,
    tape: Annotated[
        Path | None, typer.Option("--tape", help="Folder of paper tapes to play back too.")
    ] = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a snapshot back; new records go on in a new incarnation."""
    from app.services.care import is_sealed_for_others
    from app.services.care import restore as bring_back

    found, events = build_events(profile)
    needed = passphrase_file is not None or is_sealed_for_others(found, file)
    passphrase = read_passphrase(passphrase_file) if needed else None
    event_id = bring_back(found, file, SystemClock(), passphrase=passphrase, tape=tape)
    opened = events.open_event(event_id)
    opened.close()
    if as_json:
        print_json({"event": event_id, "incarnation": opened.context.journal.origin.incarnation})
        return
    typer.echo(event_id)
