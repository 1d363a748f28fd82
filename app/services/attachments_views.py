"""A picture of an issue as screens list it. Light: screens import it before any database."""

from dataclasses import dataclass

LONGEST_SIDE = 1600
"""Pixels; a screen window is readable, a photograph of a desk is not."""
LARGEST_BYTES = 400_000
"""What the window aims at; the service takes half as much again and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What is known of a picture without reading it."""

    id: str
    visit_id: str
    issue_id: str
    sha256: str
    size: int
    """Bytes."""
    width: int
    height: int
    masked: bool
    """Whether somebody covered parts of it."""
    at_ms: int
