"""A list of two-line entries: perhaps a shape, a bold line, a muted line, something at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.scans import Tone
from ui.theme import palette, scaled, text_font, tone_paint
from ui.widgets.tone_shape import draw_tone_shape

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
LINES_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLines:
    """One entry as the list paints it and screen readers speak it."""

    first: str
    second: str = ""
    end: str = ""
    tone: Tone | None = None
    is_struck: bool = False
    """Undone: still there, no longer counts."""

    @property
    def spoken(self) -> str:
        """The entry as one sentence."""
        return "，".join(part for part in (self.first, self.second, self.end) if part)


class TwoLinesModel(QAbstractTableModel, Generic[T]):
    """Things of one kind, each turned into two lines by `describe`."""

    def __init__(self, describe: Callable[[T], TwoLines]) -> None:
        super().__init__()
        self._describe = describe
        self._things: Sequence[T] = ()

    def show(self, things: Sequence[T]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self._things = things
        self.endResetModel()

    def thing(self, row: int) -> T | None:
        """Return what a row stands for."""
        return self._things[row] if 0 <= row < len(self._things) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many things there are."""
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return one: an entry is one cell."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the two lines to paint, or their words."""
        thing = self.thing(index.row())
        if thing is None or role not in {LINES_ROLE, Qt.ItemDataRole.DisplayRole}:
            return None
        lines = self._describe(thing)
        return lines if role == LINES_ROLE else lines.spoken


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(scaled(120), scaled(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        lines = index.data(LINES_ROLE)
        if isinstance(lines, TwoLines):
            state = option.state
            selected = bool(state & QStyle.StateFlag.State_Selected)
            box = QRectF(option.rect)
            _paint_lines(painter, lines, box, selected=selected)


def _paint_lines(painter: QPainter, lines: TwoLines, box: QRectF, *, selected: bool) -> None:
    colours = palette()
    painter.save()
    if selected:
        painter.fillRect(box, QColor(colours.selected))
    left = box.left() + scaled(10)
    if lines.tone is not None:
        side = scaled(22)
        shape = QRectF(left, box.center().y() - side / 2, side, side)
        paint = tone_paint(lines.tone)
        # On a list the quiet panel colour would vanish; its text colour stands in.
        fill = paint.on_soft if lines.tone is Tone.QUIET else paint.panel
        draw_tone_shape(painter, lines.tone, shape, (fill, paint.on_panel))
        left += side + scaled(10)
    right = box.right() - scaled(10) - _paint_end(painter, lines.end, box)
    text = colours.on_selected if selected else colours.text
    muted = colours.on_selected if selected else colours.muted
    font = text_font(15, bold=True)
    font.setStrikeOut(lines.is_struck)
    painter.setFont(font)
    half = box.height() / 2
    first = QRectF(left, box.top() + scaled(5), right - left, half - scaled(5))
    _paint_text(painter, first, lines.first, text)
    painter.setFont(text_font(13))
    second = QRectF(left, box.top() + half, right - left, half - scaled(5))
    _paint_text(painter, second, lines.second, muted)
    painter.setPen(QColor(colours.line))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.restore()


def _paint_end(painter: QPainter, text: str, box: QRectF) -> float:
    """Paint what stands at the end; return the width it takes."""
    if not text:
        return 0.0
    font = text_font(13)
    width = QFontMetricsF(font).horizontalAdvance(text) + scaled(8)
    painter.setFont(font)
    painter.setPen(QColor(palette().muted))
    place = QRectF(box.right() - scaled(10) - width, box.top(), width, box.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return width


def _paint_text(painter: QPainter, box: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TwoLinesList(QListView, Generic[T]):
    """The list itself; Enter or a double click picks.

    Signals:
        picked: the thing somebody chose.
    """

    picked = Signal(object)

    def __init__(self, describe: Callable[[T], TwoLines], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: TwoLinesModel[T] = TwoLinesModel(describe)
        self.setModel(self.entries)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(lambda index: self._pick(index.row()))

    def show_things(self, things: Sequence[T], *, select_first: bool = False) -> None:
        """Replace what is listed."""
        self.entries.show(things)
        if select_first and things:
            self.setCurrentIndex(self.entries.index(0, 0))

    def move_selection(self, step: int) -> None:
        """Select the entry `step` further down, as arrow keys in a search field do."""
        row = max(0, min(self.currentIndex().row() + step, self.entries.rowCount() - 1))
        self.setCurrentIndex(self.entries.index(row, 0))

    def pick_current(self) -> None:
        """Pick the selected entry, or the first."""
        self._pick(max(0, self.currentIndex().row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pick_current()
            return
        super().keyPressEvent(event)

    def _pick(self, row: int) -> None:
        thing = self.entries.thing(row)
        if thing is not None:
            self.picked.emit(thing)
