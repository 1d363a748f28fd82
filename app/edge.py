"""The outer edge of the program: errors in words, an exit status, never a traceback.

Apart from the command line, because the window starts through it without loading typer.
"""

import io
import locale
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import VenueDeskError
from app.domain.words import Language, Words


def language() -> Language:
    """Return the language of messages: VENUEDESK_LANG, else the locale's."""
    named = (os.environ.get(name) for name in ("VENUEDESK_LANG", "LC_ALL", "LANG"))
    chosen = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def say(words: Words) -> None:
    """Tell the person something on stderr."""
    sys.stderr.write(words.in_language(language()) + "\n")


def run_safely(program: Callable[[], None]) -> int:
    """Run a program; return its exit status. No traceback ever reaches a person."""
    _ready_output()
    try:
        program()
    except VenueDeskError as error:
        sys.stderr.write(error.sentence(language()) + "\n")
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
