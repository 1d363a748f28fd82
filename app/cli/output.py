"""What commands share: options, opening an event, printing, and errors in words."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from app.bootstrap import Desk, build_events, open_desk
from app.domain.errors import FileDamaged, InvalidInput
from app.domain.words import Words
from app.edge import language, run_safely, say
from app.services.events import EventService

__all__ = [
    "EventOption",
    "JsonOption",
    "ProfileOption",
    "SessionOption",
    "bad_option",
    "language",
    "open_current",
    "plain",
    "print_json",
    "print_rows",
    "run_safely",
    "say",
]

ProfileOption = Annotated[
    Path | None, typer.Option("--profile", help="Data folder (default: the platform's).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
EventOption = Annotated[
    str | None, typer.Option("--event", help="Event id (default: the one used last).")
]
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALF_CHARACTERS = re.compile("[\ud800-\udc7f\udd00-\udfff]+")
SessionOption = Annotated[str, typer.Option("--session", help="Session code, such as b1d1.")]


def plain(text: str) -> str:
    """Return a text of the command line as one line that can be stored and shown.

    Bytes the locale did not know arrive as lone surrogates, which nothing can store; most often
    they are UTF-8 all the same.
    """
    raw = _HALF_CHARACTERS.sub("\ufffd", text).encode("utf-8", "surrogateescape")
    return _CONTROLS.sub(" ", raw.decode("utf-8", "replace")).strip()


def print_json(document: object) -> None:
    """Print one JSON document as one line."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_rows(rows: list[tuple[Any, ...]]) -> None:
    """Print a plain table, columns parted by tabs; no cell can break it or steer a terminal."""
    for row in rows:
        typer.echo("\t".join("" if value is None else plain(str(value)) for value in row))


@contextmanager
def open_current(profile: Path | None, event: str | None) -> Iterator[Desk]:
    """Open the event a command works on, and close it whatever happens.

    A file that turns out damaged is laid anew (with a notice), so that the next command works.
    """
    found, events = build_events(profile)
    desk = open_desk(events, event)
    if desk.opened.key_place == "profile":
        say(
            Words(
                zh=f"注意：金鑰就放在資料旁邊（{found.folder / 'key'}）。",
                en=f"Note: the key lies beside its data ({found.folder / 'key'}).",
            )
        )
    if desk.opened.new_incarnation:
        say(
            Words(
                zh="這個資料檔來自另一台電腦，已開始新的紀錄序號。",
                en="This file came from another machine; a new chain of records was begun.",
            )
        )
    if desk.opened.recovered is not None:
        say(desk.opened.recovered.words())
    try:
        yield desk
    except FileDamaged as damage:
        desk.opened.abandon()
        raise _laid_anew(events, desk, damage) from damage
    except BaseException:
        desk.close()
        raise
    desk.close()


def _laid_anew(events: EventService, desk: Desk, damage: FileDamaged) -> FileDamaged:
    """Lay an event anew that broke during a command; return what to tell about that command."""
    report = events.recover_event(desk.context.event_id, damage)
    if report is None:
        return damage
    say(report.words())
    return FileDamaged(
        damage.message,
        remedy=Words(
            zh="活動已重建，可以繼續；這一步請再做一次。",
            en="The event was laid anew and can go on; do this step again.",
        ),
    )


def bad_option(option: str, message: Words, remedy: Words) -> InvalidInput:
    """Return the refusal of an option's value."""
    return InvalidInput(message, remedy=remedy, field=option)
