"""The verdict, big enough to read from two metres: colour, shape, word, name, unit, why.

Painted in one go from texts laid out beforehand: a scan must be on screen within milliseconds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStaticText,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.scans import Tone
from app.services.outcomes import ScanOutcome
from ui.language import say
from ui.screens.check_in import wording
from ui.screens.check_in.why import why
from ui.theme import palette, scaled, text_font, tone_paint
from ui.widgets.tone_shape import draw_tone_shape

DIM_AFTER_MS = 8_000
_FLASH_MS = 90


@dataclass(frozen=True, slots=True)
class PanelText:
    """What the panel says. `tone` None is the waiting panel."""

    tone: Tone | None
    tag: str
    headline: str
    name: str = ""
    unit: str = ""
    why: str = ""
    attention: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    text: QStaticText
    font: QFont
    at: QPointF
    colour: QColor


def panel_text(outcome: ScanOutcome, session_title: Callable[[str], str]) -> PanelText:
    """Return what the panel says about an outcome."""
    person = outcome.person
    direction = say(wording.DIRECTIONS[outcome.direction])
    tag = f"{say(wording.TONE_WORDS[outcome.tone])}・{direction}・{session_title(outcome.session)}"
    headline = say(wording.HEADLINES[outcome.verdict])
    if outcome.voided:
        headline = say(wording.VOIDED)
    elif outcome.admitted:
        headline = say(wording.ADMITTED)
    return PanelText(
        tone=Tone.QUIET if outcome.voided else outcome.tone,
        tag=tag,
        headline=headline,
        name=person.name if person else "",
        unit="　".join(part for part in (person.unit, person.title) if part) if person else "",
        why=why(outcome, session_title),
        attention=person.attention if person else "",
    )


class VerdictPanel(QWidget):
    """Fills the place with the last verdict; dims when it is no longer news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say(wording.VERDICT_PANEL))
        self.flashes: Callable[[], bool] = lambda: False
        """Whether a fresh verdict flashes, asked each time."""
        self._text = PanelText(None, "", say(wording.READY), why=say(wording.READY_WHY))
        self._lines: list[_Line] = []
        self._grow = 1.0
        self._shape = QRectF()
        self._is_dim = False
        self._is_flashing = False
        self._dim_later = QTimer(self, singleShot=True, interval=DIM_AFTER_MS)
        self._dim_later.timeout.connect(self.dim)
        self._end_flash = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._end_flash.timeout.connect(self._on_flash_over)

    @property
    def text(self) -> PanelText:
        """What the panel says now."""
        return self._text

    @property
    def is_dim(self) -> bool:
        """Whether what is shown is no longer news."""
        return self._is_dim

    def show_text(self, text: PanelText, *, fresh: bool = True) -> None:
        """Show a text and paint it before returning; `fresh` texts dim after a while."""
        self._text = text
        self._is_dim = not fresh and text.tone is not None
        self._is_flashing = fresh and text.tone is not None and self.flashes()
        self._dim_later.start() if fresh and text.tone is not None else self._dim_later.stop()
        self._lay_out()
        self._tell_screen_readers()
        self.repaint()
        if self._is_flashing:
            self._end_flash.start()

    def dim(self) -> None:
        """Step back: the verdict stays readable but no longer shouts."""
        self._is_dim = True
        self._lay_out()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for as much as a small laptop can give."""
        return QSize(scaled(720), scaled(420))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(280, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the texts out for the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint background, shape and lines."""
        painter = QPainter(self)
        background, foreground, mark = self._colours()
        self._paint_ground(painter, QColor(background))
        if self._text.tone is not None:
            draw_tone_shape(painter, self._text.tone, self._shape, (foreground, mark))
        for line in self._lines:
            painter.setFont(line.font)
            painter.setPen(line.colour)
            painter.drawStaticText(line.at, line.text)

    def _paint_ground(self, painter: QPainter, colour: QColor) -> None:
        """Fill the panel; smoothing only its corners is much quicker than the whole outline."""
        box, radius = self.rect(), scaled(10)
        painter.fillRect(box, colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for x in (box.left(), box.right() + 1 - radius):
            for y in (box.top(), box.bottom() + 1 - radius):
                painter.fillRect(x, y, radius, radius, QColor(palette().window))
        painter.setBrush(colour)
        for x in (radius, box.width() - radius):
            for y in (radius, box.height() - radius):
                painter.drawEllipse(QPointF(x, y), radius, radius)

    def _colours(self) -> tuple[str, str, str]:
        """Return background, text and the mark inside the shape."""
        if self._text.tone is None:
            return palette().surface, palette().text, palette().surface
        paint = tone_paint(self._text.tone)
        if self._is_flashing:
            return paint.on_panel, paint.panel, paint.on_panel
        if self._is_dim:
            return paint.soft, paint.on_soft, paint.soft
        return paint.panel, paint.on_panel, paint.panel

    def _lay_out(self) -> None:
        """Prepare every line: as large as the panel allows, from the top down."""
        if self.width() < scaled(80) or self.height() < scaled(80):
            return
        self._grow = min(self.width() / scaled(640), self.height() / scaled(560), 1.8)
        self._lines = []
        margin = self._big(36)
        room = self.width() - 2 * margin
        y = margin + self._put_head(margin, room) + self._big(30)
        y += self._put(self._text.name, 96, (margin, y), room, bold=True)
        y += self._put(self._text.unit, 42, (margin, y), room) + self._big(18)
        if self._text.attention:
            y += self._put(f"★ {self._text.attention}", 32, (margin, y), room, bold=True)
        self._put_why(margin, y, room)

    def _big(self, pixels: float) -> float:
        """Return a length that grows with the panel."""
        return scaled(pixels) * self._grow

    def _put_head(self, margin: float, room: float) -> float:
        """Add shape, tag and headline; return the height they take."""
        if self._text.tone is None:
            return self._big(100) + self._put(
                self._text.headline, 72, (margin, margin + self._big(100)), room, bold=True
            )
        side = self._big(124)
        self._shape = QRectF(margin, margin, side, side)
        beside = side + self._big(28)
        at = (margin + beside, margin)
        tag = self._put(self._text.tag, 22, at, room - beside)
        at = (margin + beside, margin + tag)
        head = self._put(self._text.headline, 62, at, room - beside, bold=True)
        return max(side, tag + head)

    def _put(
        self, text: str, pixels: int, at: tuple[float, float], room: float, *, bold: bool = False
    ) -> float:
        """Add one line no wider than `room`; return the height it takes."""
        if not text:
            return 0.0
        font = _fitting(text, pixels * self._grow, room, bold=bold)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._add(shown, font, QPointF(*at), None)
        return metrics.height()

    def _put_why(self, x: float, y: float, room: float) -> None:
        # With nobody to name, why is the news.
        pixels = 28 if self._text.name or self._text.tone is None else 36
        self._add(self._text.why, text_font(pixels * self._grow), QPointF(x, y), room)

    def _add(self, text: str, font: QFont, at: QPointF, wrap: float | None) -> None:
        static = QStaticText(text)
        static.setTextFormat(Qt.TextFormat.PlainText)
        if wrap is not None:
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            static.setTextOption(option)
            static.setTextWidth(wrap)
        static.prepare(font=font)
        self._lines.append(_Line(static, font, at, QColor(self._colours()[1])))

    def _on_flash_over(self) -> None:
        self._is_flashing = False
        self._lay_out()
        self.update()

    def _tell_screen_readers(self) -> None:
        text = self._text
        spoken = "，".join(part for part in (text.headline, text.name, text.unit, text.why) if part)
        self.setAccessibleDescription(spoken)
        if QAccessible.isActive() and text.tone is not None:
            announcement = QAccessibleAnnouncementEvent(self, spoken)
            QAccessible.updateAccessibility(announcement)


def _fitting(text: str, pixels: float, room: float, *, bold: bool) -> QFont:
    """Return the largest font up to `pixels` in which the text fits, but at least half of it."""
    font = text_font(pixels, bold=bold)
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > room:
        return text_font(max(pixels / 2, pixels * room / width * 0.98), bold=bold)
    return font
