"""A list of two-line entries: perhaps a shape, a bold line, a muted line, something at the end."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import scaled
from ui.widgets.row_pictures import RowLook, RowPictures, TwoLines

__all__ = ["TwoLines", "TwoLinesList", "TwoLinesModel"]

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class TwoLinesModel(QAbstractTableModel, Generic[T]):
    """Things of one kind, each turned into two lines by `describe`."""

    def __init__(self, describe: Callable[[T], TwoLines]) -> None:
        super().__init__()
        self._describe = describe
        self._things: Sequence[T] = ()
        self._lines: list[TwoLines] = []

    def show(self, things: Sequence[T]) -> None:
        """Replace what is listed, telling the view no more than what changed."""
        lines, old = [self._describe(thing) for thing in things], self._lines
        if old and len(lines) > 1 and lines[1:] == old[: len(lines) - 1]:
            self._put_first(things, lines)
        elif lines and len(lines) == len(old):
            self._change(things, lines)
        else:
            self.beginResetModel()
            self._things, self._lines = things, lines
            self.endResetModel()

    def _put_first(self, things: Sequence[T], lines: list[TwoLines]) -> None:
        """Take up one new entry at the top, let go of those that fall off the end."""
        kept = len(lines) - 1
        if kept < len(self._lines):
            self.beginRemoveRows(QModelIndex(), kept, len(self._lines) - 1)
            self._things, self._lines = self._things[:kept], self._lines[:kept]
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._things, self._lines = things, lines
        self.endInsertRows()

    def _change(self, things: Sequence[T], lines: list[TwoLines]) -> None:
        """Take up entries in the places of those before."""
        old, self._things, self._lines = self._lines, things, lines
        for row, (before, now) in enumerate(zip(old, lines, strict=True)):
            if before != now:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def thing(self, row: int) -> T | None:
        """Return what a row stands for."""
        return self._things[row] if 0 <= row < len(self._things) else None

    def lines(self, row: int) -> TwoLines | None:
        """Return how a row reads."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many things there are."""
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return one: an entry is one cell."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an entry's words, for screen readers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        lines = self.lines(index.row())
        return lines.spoken if lines is not None else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, entries: TwoLinesModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = entries
        self.pictures = RowPictures()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(scaled(120), scaled(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        lines = self._entries.lines(index.row())
        if lines is None:
            return
        box = option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ratio = painter.device().devicePixelRatioF()
        look = RowLook(box.width(), box.height(), ratio, is_selected)
        painter.drawPixmap(box.x(), box.y() + 1, self.pictures.picture(lines, look))


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
        self._delegate = _Delegate(self.entries, self)
        self.setItemDelegate(self._delegate)
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

    def changeEvent(self, event: QEvent) -> None:
        """Draw rows anew in other colours or another text size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._delegate.pictures.forget()

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
