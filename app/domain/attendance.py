"""Presence: in and out scans folded into intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.verdict import PastScan


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of presence; `out_at` is None while the person is in the room."""

    in_at: datetime
    out_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """What is known of one person at one session."""

    intervals: tuple[Interval, ...] = ()
    exits_without_entry: tuple[datetime, ...] = ()
    hand_entered: bool = False
    clock_doubtful: bool = False

    @property
    def is_present(self) -> bool:
        """Whether the person is in the room now."""
        return bool(self.intervals) and self.intervals[-1].out_at is None

    @property
    def first_in(self) -> datetime | None:
        """The first entry."""
        return self.intervals[0].in_at if self.intervals else None

    @property
    def last_out(self) -> datetime | None:
        """The last exit, None while present or never in."""
        return self.intervals[-1].out_at if self.intervals else None

    @property
    def minutes_present(self) -> int:
        """Whole minutes of all closed intervals together."""
        seconds = sum(
            (interval.out_at - interval.in_at).total_seconds()
            for interval in self.intervals
            if interval.out_at is not None
        )
        return int(seconds // 60)


def fold_presence(scans: Iterable[PastScan]) -> Attendance:
    """Fold counting scans, in any order, into intervals by time; ties by fact id."""
    raise NotImplementedError
