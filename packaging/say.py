"""Words for the person at the keyboard: Chinese first, then English, never on standard output."""

import sys
from typing import TextIO


class CannotGoOnError(Exception):
    """Something only a person can mend; carries what happened and what to do, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english


def _stream() -> TextIO:
    # Standard output belongs to the program (`--json`); a narrow code page must not stop us.
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="replace")
    return sys.stderr


def say(chinese: str, english: str) -> None:
    """One message in both languages."""
    print(f"{chinese}\n{english}", file=_stream(), flush=True)


def say_line(line: str) -> None:
    """One line as a tool printed it."""
    print(line, file=_stream(), flush=True)
