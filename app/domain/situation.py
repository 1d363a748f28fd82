"""All a check may look at: who was read where and when, and what was known before."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.domain.attendance import Attendance, Interval, fold_presence
from app.domain.minutes import is_early, is_late, seconds_between
from app.domain.scans import (
    Candidate,
    Direction,
    PastScan,
    SessionWindow,
    StationDirection,
    Verdict,
)

_ANSWERED = frozenset({Verdict.ALREADY_IN, Verdict.ALREADY_OUT})
_ADMITTED = frozenset({Verdict.CANCELLED, Verdict.NOT_ON_ROSTER})
_NOBODY_SCANS: tuple[PastScan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One reading at one station, with what was known of the person before it."""

    candidate: Candidate | None
    window: SessionWindow
    windows: dict[str, SessionWindow]
    station: str
    setting: StationDirection
    now: datetime

    @property
    def person(self) -> Candidate:
        """The person read; only asked for once somebody is known."""
        if self.candidate is None:
            raise ValueError("nobody is known in this situation")
        return self.candidate

    @cached_property
    def earlier(self) -> tuple[PastScan, ...]:
        """The person's scans up to this moment, oldest first; later ones do not exist yet."""
        scans = self.candidate.scans if self.candidate else _NOBODY_SCANS
        known = (scan for scan in scans if scan.at <= self.now)
        return tuple(sorted(known, key=lambda scan: (scan.at, scan.fact_id)))

    @cached_property
    def attendance(self) -> Attendance:
        """The person's presence before this scan."""
        return fold_presence(self.earlier)

    @cached_property
    def last_counting(self) -> PastScan | None:
        """The latest scan that changed attendance."""
        return next((scan for scan in reversed(self.earlier) if scan.counts), None)

    @cached_property
    def last_reading_here(self) -> PastScan | None:
        """The latest scan at this station that got an answer; refusals and repeats do not."""
        here = (scan for scan in reversed(self.earlier) if scan.station == self.station)
        return next((scan for scan in here if scan.counts or scan.verdict in _ANSWERED), None)

    @property
    def was_admitted(self) -> bool:
        """Whether somebody at a desk let the person in although the roster did not."""
        return any(scan.counts and scan.verdict in _ADMITTED for scan in self.earlier)

    @property
    def minutes_present_after_exit(self) -> int:
        """Whole minutes present, the stretch that this exit closes included."""
        *before, last = self.attendance.intervals
        closed = Interval(in_at=last.in_at, out_at=self.now)
        return Attendance(intervals=(*before, closed)).minutes_present

    def is_in_gap(self, scan: PastScan) -> bool:
        """Tell whether this moment is within the minimum gap after an earlier scan."""
        return seconds_between(scan.at, self.now) < self.window.min_gap_seconds

    @cached_property
    def direction(self) -> Direction:
        """Which way this scan counts, decided by the program where the station leaves it open."""
        if self.setting is not StationDirection.AUTO:
            return Direction(self.setting.value)
        window = self.window
        if window.credited and not is_late(self.now, window.sign_in_until, window.grace_minutes):
            return Direction.IN
        if window.credited and not is_early(self.now, window.ends_at, window.early_leave_minutes):
            return Direction.OUT
        return self._direction_by_state()

    def _direction_by_state(self) -> Direction:
        """Present goes out, absent comes in; nobody turns round inside the minimum gap."""
        last = self.last_counting
        if last is not None and self.is_in_gap(last):
            return last.direction
        return Direction.OUT if self.attendance.is_present else Direction.IN
