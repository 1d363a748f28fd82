"""Arrivals per five minutes as bars, those of the day before as outlines."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.dates import clock_time
from ui.language import say
from ui.screens.overview import wording
from ui.theme import palette, scaled, text_font
from ui.widgets.speaker import Speaker

TALLEST = 26
"""Room above the bars for their numbers, in pixels at 100 %."""


class ArrivalBars(QWidget):
    """Bars with the number on top and every third time below."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[datetime, int, int], ...] = ()
        self._speak = Speaker(self)
        self._speak(self.setAccessibleName, wording.PER_FIVE)
        self.setFixedHeight(scaled(96))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_arrivals(self, bars: tuple[tuple[datetime, int, int], ...]) -> None:
        """Show (time, arrivals, arrivals the day before); screen readers get the first as text."""
        self._bars = bars
        told = (f"{clock_time(at)} {count}" for at, count, _before in bars if count)
        self.setAccessibleDescription("；".join(told))
        self.update()

    def paintEvent(self, _qt_event: QPaintEvent) -> None:
        """Draw the bars, or what will be here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(12))
        if self._bars:
            self._draw_bars(painter)
        else:
            painter.setPen(QColor(palette().muted))
            wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), wrapped, say(wording.NO_ARRIVALS))
        painter.end()

    def _draw_bars(self, painter: QPainter) -> None:
        base = self.height() - scaled(20)
        room = base - scaled(TALLEST)
        step = min(self.width() / len(self._bars), scaled(56))
        most = max(max(count, before) for _, count, before in self._bars)
        painter.setPen(QColor(palette().line))
        painter.drawLine(0, base, self.width(), base)
        for place, (at, count, before) in enumerate(self._bars):
            left, wide = place * step + 2, max(step - 4, 2)
            tall, tall_before = room * count / most, room * before / most
            bar = QRectF(left, base - tall, wide, tall)
            painter.fillRect(bar, QColor(palette().accent))
            if before:
                painter.setPen(QPen(QColor(palette().muted), scaled(2)))
                painter.drawRect(QRectF(left, base - tall_before, wide, tall_before))
            top = base - max(tall, tall_before)
            self._draw_texts(painter, bar, top, at, count if step >= scaled(18) else 0)

    def _draw_texts(
        self, painter: QPainter, bar: QRectF, top: float, at: datetime, count: int
    ) -> None:
        centred = int(Qt.AlignmentFlag.AlignHCenter)
        if count:
            painter.setPen(QColor(palette().text))
            above = QRectF(bar.left() - 10, top - scaled(19), bar.width() + 20, scaled(18))
            painter.drawText(above, centred, str(count))
        if at.minute % 15 == 0:
            painter.setPen(QColor(palette().muted))
            below = QRectF(bar.center().x() - 30, bar.bottom() + 2, 60, scaled(18))
            painter.drawText(below, centred, clock_time(at))
