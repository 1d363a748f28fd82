"""What the now-serving board shows at one moment: numbers, and nothing that could be a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.wait_range import WaitRange

MOST_SHOWN: Final = 4
"""People look up late: the last four called stay, not the next four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCall:
    """A number called to a desk; `times` above 1 says that it was called again."""

    ticket: str
    desk: str
    at_ms: int
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPicture:
    """Calls newest first, and how the line stands."""

    calls: tuple[ShownCall, ...] = ()
    waiting: int = 0
    longest_minutes: int = 0
    desks: int = 0
    wait: WaitRange | None = None
    """None while nothing honest can be said."""
    clock: str = ""
    """The time at the venue, HH:MM."""
    read_at: str = ""
    """When the numbers were read, HH:MM:SS; empty before the first time."""
    is_stale: bool = False
    """Whether nothing was heard for so long that people must not trust the numbers."""


def newest_call(calls: Sequence[ShownCall], seen_ms: int) -> ShownCall | None:
    """Return the newest call made after a moment, None where nothing was called since.

    A call that was undone lets an older one move up; that is no new call.
    """
    fresh = [call for call in calls if call.at_ms > seen_ms]
    return max(fresh, key=lambda call: call.at_ms, default=None)
