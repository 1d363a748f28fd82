"""A table model over dataclasses: sorted, filtered and re-filled without losing the selection."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from app.domain.words import Words
from ui.language import say

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its heading, the text of a row, how it sorts and what its colour says."""

    heading: Words
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any] | None = None
    """Sorts by this; None sorts by the text."""
    colour: Callable[[Row], str | None] | None = None
    """A colour for the text, only ever beside words that say the same."""
    tip: Callable[[Row], str] | None = None
    is_number: bool = False


class RowTable(QAbstractTableModel, Generic[Row]):
    """Rows of one kind, shown by columns."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._rows: list[Row] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows, keeping the order the person chose."""
        self.beginResetModel()
        self._rows = list(rows)
        self._sort_rows()
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return the row behind an index, or None."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def key_at(self, index: Index) -> Hashable:
        """Return the key of the row behind an index, or None."""
        row = self.row_at(index)
        return None if row is None else self._key(row)

    def find_row(self, key: Hashable) -> int | None:
        """Return where the row with this key stands now, or None."""
        places = (place for place, row in enumerate(self._rows) if self._key(row) == key)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        row = self.row_at(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip else column.text(row)
            case Qt.ItemDataRole.ForegroundRole:
                return _brush(column, row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's heading in the language of the window."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(self._columns[section].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._columns[section])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what was selected stays selected."""
        self._sorted_by = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(index, self._key(self._rows[index.row()])) for index in before]
        self._sort_rows()
        places = {self._key(row): place for place, row in enumerate(self._rows)} if kept else {}
        after = [self.index(places[key], index.column()) for index, key in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sort_rows(self) -> None:
        if self._sorted_by is None:
            return
        place, order = self._sorted_by
        column = self._columns[place]
        self._rows.sort(
            key=column.sort_key or column.text, reverse=order is Qt.SortOrder.DescendingOrder
        )


def _brush(column: Column[Row], row: Row) -> QBrush | None:
    colour = column.colour(row) if column.colour else None
    return QBrush(QColor(colour)) if colour else None


def _alignment(column: Column[Row]) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
