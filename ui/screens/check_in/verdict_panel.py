"""The verdict, big enough to read from two metres: colour, shape, word, name, unit, why.

A scan must be on screen within milliseconds: texts are shaped beforehand, and of a verdict that
looks like the one before only the lines that differ are painted again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.scans import Tone
from app.domain.verdict_words import HEADLINES
from app.services.outcomes import ScanOutcome
from ui.language import say
from ui.screens.check_in import wording
from ui.screens.check_in.panel_layout import Frame, Line, Typesetter
from ui.screens.check_in.why import why
from ui.theme import palette, scaled, text_scale, tone_paint
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


def panel_text(outcome: ScanOutcome, session_title: Callable[[str], str]) -> PanelText:
    """Return what the panel says about an outcome."""
    person = outcome.person
    direction = say(wording.DIRECTIONS[outcome.direction])
    tone = Tone.QUIET if outcome.voided else outcome.tone
    tag = f"{say(wording.TONE_WORDS[tone])}・{direction}・{session_title(outcome.session)}"
    headline = say(HEADLINES[outcome.verdict])
    if outcome.voided:
        headline = say(wording.VOIDED)
    elif outcome.admitted:
        headline = say(wording.ADMITTED)
    return PanelText(
        tone=tone,
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
        self._type = Typesetter()
        self._frame = Frame()
        self._scale, self._grow = 1.0, 0.0
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
        is_news = fresh and text.tone is not None
        self._is_dim = not is_news and text.tone is not None
        self._is_flashing = is_news and self.flashes()
        part = self._lay_out()
        self.repaint() if part is None else self.repaint(part)
        self._dim_later.start() if is_news else self._dim_later.stop()
        self._tell_screen_readers()
        if self._is_flashing:
            self._end_flash.start()

    def dim(self) -> None:
        """Step back: the verdict stays readable but no longer shouts."""
        self._is_dim = True
        self._show_anew()

    def sizeHint(self) -> QSize:
        """Ask for as much as a small laptop can give."""
        return QSize(scaled(720), scaled(420))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(280, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the texts out for the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the texts out for the new text size."""
        super().changeEvent(event)
        if self._grow and event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint background, shape and lines as far as they are asked for."""
        part, frame = event.rect(), self._frame
        background, foreground, mark = frame.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QColor(background), part)
        shape = self._shape()
        if frame.tone is not None and shape.intersects(QRectF(part)):
            draw_tone_shape(painter, frame.tone, shape, (foreground, mark))
        painter.setPen(QColor(foreground))
        for line in frame.lines:
            if part.intersects(line.box()):
                self._type.draw(painter, line)

    def _paint_ground(self, painter: QPainter, colour: QColor, part: QRect) -> None:
        """Fill the panel; smoothing only its corners is much quicker than the whole outline."""
        painter.fillRect(part, QBrush(colour))  # asked for with a colour, Qt loads its gradients
        box, radius = self.rect(), scaled(10)
        if box.adjusted(0, radius, 0, -radius).contains(part):
            return
        around = QBrush(QColor(palette().window))
        painter.setPen(Qt.PenStyle.NoPen)
        for x in (box.left(), box.right() + 1 - radius):
            for y in (box.top(), box.bottom() + 1 - radius):
                painter.fillRect(QRect(x, y, radius, radius), around)
        painter.setBrush(colour)
        for x in (radius, box.width() - radius):
            for y in (radius, box.height() - radius):
                painter.drawEllipse(QPointF(x, y), radius, radius)

    def _fit(self) -> None:
        """Begin anew for another size of panel or text."""
        self._scale = text_scale()
        self._grow = min(self.width() / scaled(640), self.height() / scaled(560), 1.8)
        self._type = Typesetter()
        self._show_anew()

    def _show_anew(self) -> None:
        self._lay_out()
        self.update()

    def _lay_out(self) -> QRect | None:
        """Prepare the frame; return the part that differs from the one before, None for all."""
        if not self._grow:
            return None
        earlier = self._frame
        self._frame = self._frame_of(self._text, is_dim=self._is_dim, is_flashing=self._is_flashing)
        return self._frame.differs_from(earlier)

    def _frame_of(self, text: PanelText, *, is_dim: bool = False, is_flashing: bool) -> Frame:
        is_tiny = min(self.width(), self.height()) < 80 * self._scale
        colours = _colours(text.tone, is_dim=is_dim, is_flashing=is_flashing)
        return Frame(text.tone, colours, () if is_tiny else self._lines(text))

    def _shape(self) -> QRectF:
        """Return where the tone's shape goes."""
        margin, side = self._big(36), self._big(124)
        return QRectF(margin, margin, side, side)

    def _lines(self, text: PanelText) -> tuple[Line, ...]:
        """Return every line: as large as the panel allows, from the top down."""
        margin = self._big(36)
        room = self.width() - 2 * margin
        lines, y = self._head(text, margin, room)
        y += self._big(30)
        if text.name:
            lines.append(self._line(text.name, 96, (margin, y), room, bold=True))
            y += lines[-1].height
        if text.unit:
            lines.append(self._line(text.unit, 42, (margin, y), room))
            y += lines[-1].height
        y += self._big(18)
        if text.attention:
            lines.append(self._line(f"★ {text.attention}", 32, (margin, y), room, bold=True))
            y += lines[-1].height
        # With nobody to name, why is the news.
        pixels = (28 if text.name or text.tone is None else 36) * self._scale * self._grow
        lines.append(self._type.paragraph(text.why, pixels, (margin, y), room))
        return tuple(lines)

    def _head(self, text: PanelText, margin: float, room: float) -> tuple[list[Line], float]:
        """Return tag and headline, and where they and the shape end."""
        if text.tone is None:
            at = (margin, margin + self._big(100))
            head = self._line(text.headline, 72, at, room, bold=True)
            return [head], head.y + head.height
        side = self._big(124)
        x, room = margin + side + self._big(28), room - side - self._big(28)
        tag = self._line(text.tag, 22, (x, margin), room)
        head = self._line(text.headline, 62, (x, margin + tag.height), room, bold=True)
        return [tag, head], max(margin + side, head.y + head.height)

    def _line(
        self, text: str, pixels: int, at: tuple[float, float], room: float, *, bold: bool = False
    ) -> Line:
        return self._type.line(text, pixels * self._scale * self._grow, at, room, bold=bold)

    def _big(self, pixels: float) -> float:
        """Return a length that grows with the panel."""
        return round(pixels * self._scale) * self._grow

    def _on_flash_over(self) -> None:
        self._is_flashing = False
        self._show_anew()

    def _tell_screen_readers(self) -> None:
        text = self._text
        spoken = "，".join(part for part in (text.headline, text.name, text.unit, text.why) if part)
        self.setAccessibleDescription(spoken)
        if text.tone is None:
            return
        from PySide6.QtGui import (  # noqa: PLC0415 - a hundred words the first paint can do without
            QAccessible,
            QAccessibleAnnouncementEvent,
        )

        if QAccessible.isActive():
            announcement = QAccessibleAnnouncementEvent(self, spoken)
            QAccessible.updateAccessibility(announcement)


def _colours(tone: Tone | None, *, is_dim: bool, is_flashing: bool) -> tuple[str, str, str]:
    """Return background, text and the mark inside the shape."""
    if tone is None:
        return palette().surface, palette().text, palette().surface
    paint = tone_paint(tone)
    if is_flashing:
        return paint.on_panel, paint.panel, paint.on_panel
    if is_dim:
        return paint.soft, paint.on_soft, paint.soft
    return paint.panel, paint.on_panel, paint.panel
