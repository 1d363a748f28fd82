"""Presence: in and out scans folded into intervals."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.minutes import seconds_between
from app.domain.scans import Direction, PastScan


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
            seconds_between(interval.in_at, interval.out_at)  # real ones: clocks change at night
            for interval in self.intervals
            if interval.out_at is not None
        )
        return int(seconds // 60)


def fold_presence(scans: Iterable[PastScan]) -> Attendance:
    """Fold counting scans, in any order, into intervals by time; ties by fact id.

    The same fact given twice counts once. An entry while present and an exit while absent change
    nothing, but an exit before any entry is kept: the person was there.
    """
    intervals: list[Interval] = []
    lone_exits: list[datetime] = []
    counting = _in_order(scans)
    for scan in counting:
        is_present = bool(intervals) and intervals[-1].out_at is None
        if scan.direction is Direction.IN and not is_present:
            intervals.append(Interval(in_at=scan.at))
        elif scan.direction is Direction.OUT and is_present:
            intervals[-1] = replace(intervals[-1], out_at=scan.at)
        elif scan.direction is Direction.OUT and not intervals:
            lone_exits.append(scan.at)
    return Attendance(
        intervals=tuple(intervals),
        exits_without_entry=tuple(lone_exits),
        hand_entered=any(scan.hand_entered for scan in counting),
        clock_doubtful=any(scan.offset_quality == "doubtful" for scan in counting),
    )


def _in_order(scans: Iterable[PastScan]) -> list[PastScan]:
    """Return each counting fact once, in time order; equal ones in an order of their own."""
    counting = sorted((scan for scan in scans if scan.counts), key=_order)
    once: dict[object, PastScan] = {}
    for scan in counting:
        once.setdefault(scan.fact_id or scan, scan)
    return list(once.values())


def _order(scan: PastScan) -> tuple[float, str, str, str, str]:
    """Return the total order of scans: time, fact id, then all that could still differ."""
    marks = f"{scan.verdict}|{scan.badge_code}|{scan.hand_entered}|{scan.offset_quality}"
    return scan.at.timestamp(), scan.fact_id, scan.direction, scan.station, marks
