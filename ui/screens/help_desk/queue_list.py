"""The queue as a list: headings, big numbers, the reason of each place; told only what changed."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.scans import Tone
from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.queue_rows import QueueRow, changed_places
from ui.theme import palette, scaled, text_font, tone_paint
from ui.widgets.speaker import Speaker

Index = QModelIndex | QPersistentModelIndex
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class QueueModel(QAbstractListModel):
    """Rows of the queue."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def show(self, rows: tuple[QueueRow, ...]) -> bool:
        """Replace the rows; True where rows came, went or moved."""
        changed = changed_places(self.rows, rows)
        if changed is None:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return True
        self.rows = rows
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))
        return False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's words, for screen readers."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self.rows[index.row()].spoken if role in wanted else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let arrows step over headings."""
        if self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        # Once: a list asks for sizes thousands of times, and is made anew for another text size.
        self._heading, self._row = QSize(scaled(120), scaled(30)), QSize(scaled(120), scaled(50))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, QueueModel)  # noqa: S101 - made for it
        return self._heading if model.rows[index.row()].is_heading else self._row

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, QueueModel)  # noqa: S101 - made for it
        row, box = model.rows[index.row()], QRectF(option.rect)
        painter.save()
        if row.is_heading:
            _paint_heading(painter, row, box)
        else:
            is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_row(painter, row, box, is_selected=is_selected)
        painter.restore()


def _paint_heading(painter: QPainter, row: QueueRow, box: QRectF) -> None:
    painter.fillRect(box, QColor(palette().raised))
    painter.setPen(QColor(palette().muted))
    painter.setFont(text_font(13, bold=True))
    painter.drawText(box.adjusted(scaled(10), 0, 0, 0), int(_LEFT | _MIDDLE), row.first)


def _paint_row(painter: QPainter, row: QueueRow, box: QRectF, *, is_selected: bool) -> None:
    colours = palette()
    if is_selected:
        painter.fillRect(box, QColor(colours.selected))
    bar = _bar_colour(row.mark)
    if bar:
        painter.fillRect(QRectF(box.left(), box.top(), scaled(5), box.height()), QColor(bar))
    text = colours.on_selected if is_selected else colours.text
    muted = colours.on_selected if is_selected else colours.muted
    left, right = box.left() + scaled(14), box.right() - scaled(10)
    painter.setFont(text_font(19, bold=True))
    _text(painter, QRectF(left, box.top(), scaled(62), box.height()), row.ticket, text)
    left += scaled(66)
    if row.end:
        painter.setFont(text_font(15, bold=row.mark == "first"))
        wide = painter.fontMetrics().horizontalAdvance(row.end)
        place = QRectF(right - wide, box.top() + scaled(4), wide, box.height() / 2 - 4)
        painter.setPen(QColor(muted))
        painter.drawText(place, int(_RIGHT | _MIDDLE), row.end)
        room = right - left - wide - scaled(8)
    else:
        room = right - left
    half = box.height() / 2
    painter.setFont(text_font(15, bold=True))
    _text(painter, QRectF(left, box.top() + scaled(4), room, half - 4), row.first, text)
    painter.setFont(text_font(13))
    _text(painter, QRectF(left, box.top() + half, right - left, half - 4), row.second, muted)
    painter.setPen(QColor(colours.line))
    painter.drawLine(box.bottomLeft(), box.bottomRight())


def _bar_colour(mark: str) -> str:
    match mark:
        case "first":
            return palette().accent
        case "conflict":
            return tone_paint(Tone.WARN).panel
        case "mine":
            return tone_paint(Tone.OK).panel
        case _:
            return ""


def _text(painter: QPainter, box: QRectF, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, int(_LEFT | _MIDDLE), shown)


class QueueList(QListView):
    """The queue; Enter or a double click asks what to do with a row.

    Signals:
        row_chosen: the `QueueRow` somebody chose.
    """

    row_chosen = Signal(object)

    def __init__(self, name: Words = wording.QUEUE) -> None:
        super().__init__()
        self.entries = QueueModel()
        self.entries.setParent(self)
        self.setModel(self.entries)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always 2 px, so that the focus ring is whole and nothing moves when it comes.
        self.setStyleSheet("QListView { border-width: 2px; }")
        Speaker(self)(self.setAccessibleName, name)
        self.doubleClicked.connect(lambda index: self._choose(index.row()))

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Replace the rows and stay on the visit one was on."""
        kept = self.current_row()
        if self.entries.show(tuple(rows)) and kept is not None:
            self.select(kept.visit_id)

    def content_height(self) -> int:
        """Return the height at which every row is in sight."""
        return sum(self.sizeHintForRow(place) for place in range(len(self.entries.rows))) + 4

    def current_row(self) -> QueueRow | None:
        """Return the row that is selected."""
        place = self.currentIndex().row()
        rows = self.entries.rows
        return rows[place] if 0 <= place < len(rows) and not rows[place].is_heading else None

    def select(self, visit_id: str) -> bool:
        """Select a visit's row; False if it is not listed."""
        for place, row in enumerate(self.entries.rows):
            if row.visit_id == visit_id:
                self.setCurrentIndex(self.entries.index(place))
                return True
        return False

    def enter(self) -> None:
        """Take the focus, on the first visit where none is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.current_row() is None:
            first = next((row for row in self.entries.rows if not row.is_heading), None)
            if first is not None:
                self.select(first.visit_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or what an empty queue says."""
        super().paintEvent(event)
        if not self.entries.rows:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(palette().muted))
            room = self.viewport().rect().adjusted(24, 16, -24, -16)
            wrapped = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room, wrapped, say(wording.QUEUE_EMPTY))
            painter.end()

    def _choose(self, place: int) -> None:
        rows = self.entries.rows
        if 0 <= place < len(rows) and not rows[place].is_heading:
            self.row_chosen.emit(rows[place])
