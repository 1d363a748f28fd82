"""Canned texts that come with the program; nothing is added but by a person's click."""

import tomllib
from dataclasses import dataclass

import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedText:
    """A text that may be added to an event's canned texts."""

    code: str
    title: str
    body: str
    topic: str = ""


def read_offered() -> tuple[OfferedText, ...]:
    """Return the offered texts, in their file's order."""
    file = resources.path("answers/offered.toml")
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(OfferedText(**item) for item in told["answers"])
