"""A person's day at a session as a bar: presence, breaks, every entry and exit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.domain.attendance import Interval
from app.domain.plan import Plan
from app.domain.scans import Direction
from app.services.outcomes import ScanOutcome
from ui.dates import clock_time
from ui.screens.closing import wording
from ui.theme import palette, scaled, text_font
from ui.widgets.speaker import Speaker

BEFORE, AFTER = timedelta(minutes=20), timedelta(minutes=30)
Break = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the bar draws, with the hours it covers."""

    starts_at: datetime
    ends_at: datetime
    late_after: datetime
    breaks: tuple[Break, ...]
    intervals: tuple[Interval, ...] = ()
    scans: tuple[ScanOutcome, ...] = ()

    @property
    def left(self) -> datetime:
        """Where the bar begins: a little before the session, or the first scan."""
        return min([self.starts_at, *(scan.at for scan in self.scans)]) - BEFORE

    @property
    def right(self) -> datetime:
        """Where the bar ends: a little after the session, or the last scan."""
        return max([self.ends_at, *(scan.at for scan in self.scans)]) + AFTER

    def share(self, at: datetime) -> float:
        """Return where a moment lies between the ends, 0 to 1."""
        return min(1.0, max(0.0, (at - self.left) / (self.right - self.left)))


def find_day(
    plan: Plan, session: str, intervals: Sequence[Interval], scans: Sequence[ScanOutcome]
) -> Day | None:
    """Return what to draw, None where the plan has no such session."""
    held = plan.find_session(session)
    if held is None:
        return None
    grace = timedelta(minutes=plan.course_of(held).policy.grace_minutes)
    return Day(
        starts_at=plan.moment(held, held.sign_in_from),
        ends_at=plan.moment(held, held.ends_at),
        late_after=plan.moment(held, held.sign_in_until) + grace,
        breaks=plan.breaks_of(held),
        intervals=tuple(intervals),
        scans=tuple(scans),
    )


class TimelineBar(QWidget):
    """Draws a day; colours and shapes both tell in from out."""

    def __init__(self) -> None:
        super().__init__()
        self._day: Day | None = None
        self._speak = Speaker(self)
        self._speak(self.setAccessibleName, wording.TIMELINE)
        self.setFixedHeight(scaled(76))

    def show_day(self, day: Day | None) -> None:
        """Draw another day; screen readers get it as text."""
        self._day = day
        spans = day.intervals if day else ()
        told = "；".join(f"{clock_time(one.in_at)}–{clock_time(one.out_at)}" for one in spans)
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, _qt_event: QPaintEvent) -> None:
        """Draw the day."""
        if self._day is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(11))
        self._draw_hours(painter, self._day)
        self._draw_session(painter, self._day)
        self._draw_presence(painter, self._day)
        self._draw_scans(painter, self._day)
        painter.end()

    def _x(self, at: datetime) -> float:
        assert self._day is not None  # noqa: S101 - only called while drawing a day
        return 6 + (self.width() - 12) * self._day.share(at)

    def _span(self, start: datetime, end: datetime) -> QRectF:
        left, right = self._x(start), self._x(end)
        return QRectF(left, scaled(24), max(right - left, 2), scaled(20))

    def _draw_hours(self, painter: QPainter, day: Day) -> None:
        hour = day.left.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while hour < day.right:
            x = self._x(hour)
            painter.setPen(QColor(palette().line))
            painter.drawLine(QPointF(x, scaled(20)), QPointF(x, scaled(50)))
            painter.setPen(QColor(palette().muted))
            room = QRectF(x - 20, scaled(54), 40, scaled(18))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), f"{hour:%H}")
            hour += timedelta(hours=1)

    def _draw_session(self, painter: QPainter, day: Day) -> None:
        painter.fillRect(self._span(day.starts_at, day.ends_at), QColor(palette().raised))
        limit = QPen(QColor(palette().edge), 1, Qt.PenStyle.DashLine)
        painter.setPen(limit)
        for at in (day.late_after, day.ends_at):
            x = self._x(at)
            painter.drawLine(QPointF(x, scaled(18)), QPointF(x, scaled(50)))

    def _draw_presence(self, painter: QPainter, day: Day) -> None:
        for span in day.intervals:
            solid = span.out_at is not None
            end = span.out_at or day.ends_at
            fill = Qt.BrushStyle.SolidPattern if solid else Qt.BrushStyle.BDiagPattern
            painter.fillRect(self._span(span.in_at, end), QBrush(QColor(palette().accent), fill))
        for start, end in day.breaks:
            lines = QBrush(QColor(palette().surface), Qt.BrushStyle.Dense4Pattern)
            painter.fillRect(self._span(start, end), lines)

    def _draw_scans(self, painter: QPainter, day: Day) -> None:
        for scan in day.scans:
            if scan.counts or scan.voided or scan.admitted:
                self._draw_scan(painter, scan)

    def _draw_scan(self, painter: QPainter, scan: ScanOutcome) -> None:
        x, into = self._x(scan.at), scan.direction is Direction.IN
        colour = QColor(palette().muted if scan.voided else palette().text)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(x, scaled(20)), QPointF(x, scaled(46)))
        painter.setBrush(colour)
        top, tip = (scaled(12), scaled(20)) if into else (scaled(20), scaled(12))
        painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, tip)]))
        room = QRectF(x - 12, -2, 24, scaled(14))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), scan.station)
