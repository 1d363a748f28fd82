"""The now-serving board itself: the last four called, how the line stands, one line of text.

Every length is a share of the height, so it reads the same on a laptop and on a projector. On a
24-inch screen the smallest number is an inch high: read from eight metres.
"""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.scans import Tone
from app.domain.words import Words
from ui.language import say
from ui.screens.board import wording
from ui.screens.board.lettering import LEFT, RIGHT, draw_text
from ui.screens.board.picture import BoardPicture, ShownCall
from ui.theme import palette, tone_paint
from ui.widgets.speaker import Speaker

FLASHES = 8
FLASH_MS = 400
"""Slow enough for people whom quick flashing makes ill."""
_EDGE = 0.025
_HEAD, _ROWS, _FOOT = 0.105, 0.165, 0.90
_FIRST_ROW = 0.27
_LEFT_SHARE = 0.64


class NowServing(QWidget):
    """Numbers and desks; there is no way to put a name on it."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = BoardPicture()
        self._title = ""
        self._message = ""
        self._flashing = 0
        self._timer = QTimer(self, interval=FLASH_MS)
        self._timer.timeout.connect(self._blink)
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self._speak(self.setAccessibleName, wording.KINDS["serving"])
        self.setMinimumSize(320, 180)

    def show_title(self, title: str) -> None:
        """Show which help day it is; empty where the event has none."""
        self._title = title
        self.update()

    def show_message(self, message: str) -> None:
        """Show another line at the foot."""
        self._message = message
        self.update()

    def show_picture(self, picture: BoardPicture) -> None:
        """Show newer numbers."""
        if picture != self._picture:
            self._picture = picture
            self._retell()

    def flash(self) -> None:
        """Let the newest number flash for a few seconds."""
        self._flashing = FLASHES
        self._timer.start()
        self.update()

    @property
    def is_flashing(self) -> bool:
        """Whether the newest number flashes now."""
        return self._flashing > 0

    def paintEvent(self, _qt_event: QPaintEvent) -> None:
        """Draw everything in proportion to the height."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette().window))
        if not self._title:
            self._text(painter, (0, 0.4, 1, 0.2), say(wording.NO_HELP_DAY), 0.07)
        else:
            self._draw_head(painter)
            self._draw_calls(painter)
            self._draw_line(painter)
            self._draw_foot(painter)
        painter.end()

    # --- parts, top to bottom; places are (left, top, width, height) as shares

    def _draw_head(self, painter: QPainter) -> None:
        picture, colours = self._picture, palette()
        painter.fillRect(self._rect((0, 0, 1, _HEAD - 0.015)), QColor(colours.rail))
        title = (_EDGE, 0, 0.58, _HEAD - 0.015)
        self._text(painter, title, self._title, 0.045, colours.on_rail, LEFT)
        read = say(wording.as_of(picture.read_at) if picture.read_at else wording.NOT_READ_YET)
        self._text(painter, (0.62, 0, 0.2, 0.09), read, 0.03, colours.rail_muted, RIGHT)
        clock = (0.83, 0, 0.17 - _EDGE, 0.09)
        self._text(painter, clock, picture.clock, 0.07, colours.on_rail, RIGHT)

    def _draw_calls(self, painter: QPainter) -> None:
        colours = palette()
        left = (_EDGE * 2, _HEAD, 0.25, 0.055)
        self._text(painter, left, say(wording.NUMBER), 0.036, colours.muted, LEFT)
        right = (0.3, _HEAD, _LEFT_SHARE - 0.3 - _EDGE, 0.055)
        self._text(painter, right, say(wording.GO_TO), 0.036, colours.muted, RIGHT)
        if not self._picture.calls:
            self._box(painter, (_EDGE, _ROWS, _LEFT_SHARE - _EDGE, _FIRST_ROW), colours.surface)
            place = (_EDGE, _ROWS, _LEFT_SHARE - _EDGE, _FIRST_ROW)
            self._text(painter, place, say(wording.NO_CALL), 0.06, colours.muted)
        high = (_FOOT - _ROWS - _FIRST_ROW) / 3
        for number, call in enumerate(self._picture.calls):
            if number == 0:
                self._draw_call(painter, call, (_ROWS, _FIRST_ROW), is_newest=True)
            else:
                top = _ROWS + _FIRST_ROW + high * (number - 1)
                self._draw_call(painter, call, (top, high), is_newest=False)

    def _draw_call(
        self, painter: QPainter, call: ShownCall, where: tuple[float, float], *, is_newest: bool
    ) -> None:
        top, high = where[0], where[1] - 0.014
        back, front = self._call_colours(is_newest=is_newest)
        wide = _LEFT_SHARE - _EDGE
        self._box(painter, (_EDGE, top, wide, high), back)
        size = high * (0.74 if is_newest else 0.78)
        number = (_EDGE * 2, top, wide * 0.5, high)
        self._text(painter, number, call.ticket, size, front, LEFT)
        desk = (_EDGE + wide * 0.5, top, wide * 0.5 - _EDGE, high)
        again = call.times > 1 and is_newest
        if again:
            desk = (desk[0], top, desk[2], high * 0.74)
            below = (desk[0], top + high * 0.68, desk[2], high * 0.28)
            self._text(painter, below, say(wording.called_again(call.times)), 0.04, front, RIGHT)
        self._text(painter, desk, say(wording.desk(call.desk)), size * 0.82, front, RIGHT)

    def _call_colours(self, *, is_newest: bool) -> tuple[str, str]:
        if not is_newest:
            return palette().surface, palette().text
        if self._flashing % 2:
            lit = tone_paint(Tone.WARN)
            return lit.panel, lit.on_panel
        return palette().accent, palette().on_accent

    def _draw_line(self, painter: QPainter) -> None:
        """Draw how the line stands, on the right."""
        picture = self._picture
        longest = wording.minutes(picture.longest_minutes) if picture.waiting else wording.NONE
        wait = wording.wait(picture.wait) if picture.wait is not None else None
        tiles = [
            (wording.WAITING, wording.people(picture.waiting), 0.13),
            (wording.LONGEST_WAIT, longest, 0.09),
            (wording.NEW_NUMBER, wait, 0.09),
            (wording.DESKS, Words(zh=str(picture.desks), en=str(picture.desks)), 0.09),
        ]
        shown = [(caption, told, size) for caption, told, size in tiles if told is not None]
        top, unit = _HEAD, (_FOOT - _HEAD) / sum(size + 0.06 for *_, size in shown)
        for caption, told, size in shown:
            high = (size + 0.06) * unit
            self._draw_tile(painter, (top, high), caption, (told, size))
            top += high

    def _draw_tile(
        self,
        painter: QPainter,
        where: tuple[float, float],
        caption: Words,
        told: tuple[Words, float],
    ) -> None:
        top, high = where
        left, wide = _LEFT_SHARE + _EDGE, 1 - _LEFT_SHARE - 2 * _EDGE
        self._box(painter, (left, top, wide, high - 0.014), palette().surface)
        inner = (left + 0.012, top + 0.008, wide - 0.024, 0.05)
        self._text(painter, inner, say(caption), 0.036, palette().muted, LEFT)
        value = (left + 0.012, top + 0.05, wide - 0.024, high - 0.014 - 0.055)
        self._text(painter, value, say(told[0]), told[1], palette().text, LEFT)

    def _draw_foot(self, painter: QPainter) -> None:
        place = (0.0, _FOOT, 1.0, 1 - _FOOT)
        inner = (_EDGE, _FOOT, 1 - 2 * _EDGE, 1 - _FOOT)
        if self._picture.is_stale:
            warn = tone_paint(Tone.WARN)
            painter.fillRect(self._rect(place), QColor(warn.panel))
            told = say(wording.stale_since(self._picture.read_at))
            self._text(painter, inner, told, 0.05, warn.on_panel)
            return
        painter.fillRect(self._rect(place), QColor(palette().raised))
        self._text(painter, inner, self._message, 0.045, palette().text)

    # --- strokes

    def _rect(self, share: tuple[float, float, float, float]) -> QRectF:
        left, top, wide, high = share
        return QRectF(
            left * self.width(), top * self.height(), wide * self.width(), high * self.height()
        )

    def _box(
        self, painter: QPainter, share: tuple[float, float, float, float], colour: str
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        round_by = self.height() * 0.015
        painter.drawRoundedRect(self._rect(share), round_by, round_by)

    def _text(
        self,
        painter: QPainter,
        share: tuple[float, float, float, float],
        text: str,
        size: float,
        colour: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    ) -> None:
        draw_text(
            painter,
            self._rect(share),
            text,
            pixels=self.height() * size,
            colour=colour or palette().text,
            align=align,
        )

    def _blink(self) -> None:
        self._flashing -= 1
        if self._flashing <= 0:
            self._timer.stop()
        self.update()

    def _retell(self) -> None:
        """Say the same to a screen reader."""
        picture = self._picture
        told = [f"{call.ticket} {say(wording.desk(call.desk))}" for call in picture.calls]
        told.append(f"{say(wording.WAITING)} {say(wording.people(picture.waiting))}")
        if picture.wait is not None:
            told.append(f"{say(wording.NEW_NUMBER)} {say(wording.wait(picture.wait))}")
        if picture.is_stale:
            told.append(say(wording.stale_since(picture.read_at)))
        self.setAccessibleDescription("; ".join(told))
        self.update()
