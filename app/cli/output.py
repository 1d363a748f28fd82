"""What commands share: options, opening an event, printing, and errors in words."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from app.bootstrap import Desk, build_events, open_desk
from app.domain.errors import InvalidInput, VenueDeskError
from app.domain.words import Language, Words

ProfileOption = Annotated[
    Path | None, typer.Option("--profile", help="Data folder (default: the platform's).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
EventOption = Annotated[
    str | None, typer.Option("--event", help="Event id (default: the one used last).")
]
SessionOption = Annotated[str, typer.Option("--session", help="Session code, such as b1d1.")]


def language() -> Language:
    """Return the language of messages: VENUEDESK_LANG, else the locale's."""
    chosen = os.environ.get("VENUEDESK_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    return "zh" if (chosen or "").lower().startswith("zh") else "en"


def say(words: Words) -> None:
    """Tell the person something on stderr."""
    typer.echo(words.in_language(language()), err=True)


def print_json(document: object) -> None:
    """Print one JSON document as one line."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_rows(rows: list[tuple[Any, ...]]) -> None:
    """Print a plain table, columns parted by tabs."""
    for row in rows:
        typer.echo("\t".join("" if value is None else str(value) for value in row))


@contextmanager
def open_current(profile: Path | None, event: str | None) -> Iterator[Desk]:
    """Open the event a command works on, and close it whatever happens."""
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
    try:
        yield desk
    finally:
        desk.close()


def run_safely(program: Callable[[], None]) -> int:
    """Run a program; return its exit status. No traceback ever reaches a person."""
    try:
        program()
    except VenueDeskError as error:
        typer.echo(error.sentence(language()), err=True)
        return 1
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except KeyboardInterrupt:
        say(Words(zh="已中斷。", en="Interrupted."))
        return 1
    except BrokenPipeError:
        # Whoever read our output left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the outer edge of the command line
        _tell_unexpected(error)
        return 1
    return 0


def _tell_unexpected(error: Exception) -> None:
    """Name a fault of ours by kind and place; its message may hold personal data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
    say(
        Words(
            zh=f"程式發生錯誤（{where}），沒有存下任何變更。請回報這一行。",
            en=f"The program failed ({where}); nothing was changed. Please report this line.",
        )
    )


def bad_option(option: str, message: Words, remedy: Words) -> InvalidInput:
    """Return the refusal of an option's value."""
    return InvalidInput(message, remedy=remedy, field=option)
