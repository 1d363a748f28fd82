"""A small event for tests of single commands."""

from dataclasses import dataclass

from command_line import VenueDesk

DAY = "2024-05-04"
"""The sample plan's day; sign-in 08:40-09:00, grace 5 minutes, ends 12:00."""


@dataclass(frozen=True)
class Workshop:
    """A profile with one event, and the badge codes of its people."""

    desk: VenueDesk
    codes: tuple[str, ...]
