"""What commands share: options, opening an event, printing, and errors in words."""

import io
import json
import locale
import os
import re
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
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]+")
SessionOption = Annotated[str, typer.Option("--session", help="Session code, such as b1d1.")]


def language() -> Language:
    """Return the language of messages: VENUEDESK_LANG, else the locale's."""
    named = (os.environ.get(name) for name in ("VENUEDESK_LANG", "LC_ALL", "LANG"))
    chosen = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def plain(text: str) -> str:
    """Return a text of the command line as one line that can be stored and shown.

    Bytes that were no characters arrive as lone surrogates, which nothing can store.
    """
    return _CONTROLS.sub(" ", _HALF_CHARACTERS.sub("\ufffd", text)).strip()


def say(words: Words) -> None:
    """Tell the person something on stderr."""
    typer.echo(words.in_language(language()), err=True)


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
    _ready_output()
    try:
        program()
    except VenueDeskError as error:
        typer.echo(error.sentence(language()), err=True)
        return 1
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KeyboardInterrupt:
        say(Words(zh="已中斷。", en="Interrupted."))
        return 1
    except OSError as error:
        _tell_lost_file(error)
        return 1
    except Exception as error:  # noqa: BLE001 - the outer edge of the command line
        _tell_unexpected(error)
        return 1
    return 0


def _ready_output() -> None:
    """Make what leaves the program UTF-8 whatever the locale, and give closed streams a place."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Kept for the rest of the process.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell_lost_file(error: OSError) -> None:
    """Say that a file or our own output failed, unless whoever read it simply left."""
    if not isinstance(error, BrokenPipeError):
        say(
            Words(
                zh=f"檔案或輸出無法讀寫（{error.strerror}）。已經回報的紀錄都存下了。",
                en=f"A file or the output failed ({error.strerror}). "
                "Whatever was reported before is stored.",
            )
        )
    # What is still buffered must not fail again when Python ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_unexpected(error: Exception) -> None:
    """Name a fault of ours by kind and place; its message may hold personal data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
    say(
        Words(
            zh=f"程式發生錯誤（{where}）。已經回報的紀錄都存下了，這一步沒有。請回報這一行。",
            en=f"The program failed ({where}). Whatever was reported before is stored, this step "
            "is not. Please report this line.",
        )
    )


def bad_option(option: str, message: Words, remedy: Words) -> InvalidInput:
    """Return the refusal of an option's value."""
    return InvalidInput(message, remedy=remedy, field=option)
