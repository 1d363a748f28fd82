"""A list of rows for keyboard and mouse, with a note in place of an empty list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.domain.words import Words
from ui.language import say
from ui.theme import palette, scaled
from ui.widgets.row_table import RowTable
from ui.widgets.speaker import Speaker

HEADER = "QHeaderView::section { padding-left: 11px; padding-right: 11px; }"
"""Headings stand exactly above what they head."""

_LEAST_STRETCH = 110


class RowView(QTableView):
    """Shows a RowTable; one row is current, Enter or a double click acts on it.

    Signals:
        row_selected: the row now current, or None.
        row_chosen: the row Enter or a double click acted on.
    """

    row_selected = Signal(object)
    row_chosen = Signal(object)

    def __init__(self, table: RowTable[Any], *, name: Words, stretch: int = -1) -> None:
        super().__init__()
        self._table = table
        self._stretch = stretch
        self.empty_note: Words | None = None
        """What to do first, shown while the list is empty."""
        self.rows_wanted = 4
        """How many rows there should be room for before the place scrolls."""
        table.setParent(self)
        self.setModel(table)
        self._dress(stretch)
        Speaker(self)(self.setAccessibleName, name)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        table.modelReset.connect(self._tell_current)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set column widths in pixels at 100 %; 0 leaves a column as it is."""
        for place, width in enumerate(widths):
            if width:
                self.setColumnWidth(place, scaled(width))

    def set_empty_note(self, words: Words | None) -> None:
        """Say what to do first while the list is empty."""
        self.empty_note = words
        self.viewport().update()

    def current_row(self) -> Any:
        """Return the row that is current, or None."""
        return self._table.row_at(self.currentIndex())

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows and stay on the row one was on."""
        key = self._table.key_at(self.currentIndex())
        self._table.show_rows(rows)
        self.select_key(key)

    def select_key(self, key: object) -> bool:
        """Make the row with this key current; False if it is not listed."""
        place = self._table.find_row(key)
        if place is None:
            return False
        self.select_place(place)
        return True

    def select_place(self, place: int) -> None:
        """Make the row at a place of the list current, the last one if there are fewer."""
        last = self._table.rowCount() - 1
        if last >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self._table.index(min(place, last), 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def sizeHint(self) -> QSize:
        """Ask for a heading and some rows at the text size in use."""
        return QSize(scaled(256), scaled(40 + 34 * self.rows_wanted))

    def resizeEvent(self, qt_event: QResizeEvent) -> None:
        """Let the stretching column take the rest, but never less than a name needs."""
        super().resizeEvent(qt_event)
        if self._stretch < 0:
            return
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        others = header.length() - header.sectionSize(self._stretch)
        fits = self.viewport().width() - others >= scaled(_LEAST_STRETCH)
        header.setSectionResizeMode(self._stretch, mode.Stretch if fits else mode.Interactive)
        if not fits:
            self.setColumnWidth(self._stretch, scaled(_LEAST_STRETCH))

    def paintEvent(self, qt_event: QPaintEvent) -> None:
        """Draw the list, or the note of an empty one."""
        super().paintEvent(qt_event)
        if self.empty_note is not None and self._table.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(palette().muted)
            room = self.viewport().rect().adjusted(24, 16, -24, -16)
            wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room, wrapped, say(self.empty_note))
            painter.end()

    def _dress(self, stretch: int) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Always 2 px, so that the focus ring is whole and nothing moves when it comes.
        self.setStyleSheet(f"QTableView {{ border-width: 2px; }} {HEADER}")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(34))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if stretch >= 0:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        else:
            header.setStretchLastSection(True)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.row_selected.emit(self._table.row_at(index))

    def _on_activated(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self._table.row_at(index))

    def _tell_current(self) -> None:
        if self._table.rowCount() == 0:
            self.row_selected.emit(None)
