"""Arrivals and finished visits per hour as pairs of bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.dates import clock_time
from ui.language import say
from ui.screens.overview import wording
from ui.screens.overview.help_load import HourFigures
from ui.theme import palette, scaled, text_font
from ui.widgets.speaker import Speaker

_WIDEST = 168
"""Width of an hour in pixels at 100 %."""


class HelpLoadBars(QWidget):
    """Filled bars came, outlined bars were finished: told apart without colour too."""

    def __init__(self) -> None:
        super().__init__()
        self._hours: tuple[HourFigures, ...] = ()
        self._speak = Speaker(self)
        self._speak(self.setAccessibleName, wording.PER_HOUR)
        self._speak.language_changed.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for a chart one can read from a step away."""
        return QSize(scaled(400), scaled(260))

    def minimumSizeHint(self) -> QSize:
        """Give way to the numbers above."""
        return QSize(scaled(240), scaled(160))

    def show_hours(self, hours: tuple[HourFigures, ...]) -> None:
        """Show other hours; screen readers get them as text."""
        self._hours = hours
        told = (f"{clock_time(one.starts_at)} {one.arrived}/{one.finished}" for one in hours)
        self.setAccessibleDescription("；".join(told))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, or what will be here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(14))
        if self._hours:
            self._draw_hours(painter)
        else:
            painter.setPen(QColor(palette().muted))
            wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), wrapped, say(wording.NO_VISITS))
        painter.end()

    def _draw_hours(self, painter: QPainter) -> None:
        base = self.height() - scaled(28)
        step = min(self.width() / len(self._hours), scaled(_WIDEST))
        most = max(max(one.arrived, one.finished) for one in self._hours) or 1
        room = base - scaled(30)
        painter.setPen(QColor(palette().line))
        painter.drawLine(0, base, self.width(), base)
        for place, one in enumerate(self._hours):
            wide = step * 0.32
            left = place * step + step * 0.14
            for at, (count, is_filled) in enumerate(((one.arrived, True), (one.finished, False))):
                tall = room * count / most
                bar = QRectF(left + at * (wide + step * 0.06), base - tall, wide, tall)
                self._draw_bar(painter, bar, count, is_filled=is_filled)
            self._draw_hour(painter, QRectF(place * step, base + 4, step * 0.98, scaled(22)), one)

    def _draw_bar(self, painter: QPainter, bar: QRectF, count: int, *, is_filled: bool) -> None:
        colours = palette()
        if is_filled:
            painter.fillRect(bar, QColor(colours.accent))
        elif count:
            painter.setPen(QColor(colours.good))
            painter.fillRect(bar, QColor(colours.raised))
            painter.drawRect(bar)
        if count:
            painter.setPen(QColor(colours.text))
            above = QRectF(bar.left() - 20, bar.top() - scaled(22), bar.width() + 40, scaled(20))
            painter.drawText(above, int(Qt.AlignmentFlag.AlignHCenter), str(count))

    def _draw_hour(self, painter: QPainter, box: QRectF, hour: HourFigures) -> None:
        painter.setPen(QColor(palette().muted))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), clock_time(hour.starts_at))
