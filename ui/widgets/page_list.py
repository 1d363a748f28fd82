"""Pages of a place behind a list at the left: as many as are needed, in any language and size."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from app.domain.words import Words
from ui.theme import scaled
from ui.widgets.parts import name_widget, row
from ui.widgets.speaker import Speaker

_ROW, _PAD, _MOST = 40, 44, 190


class PageList(QWidget):
    """A list of pages and the page in front; Ctrl+Tab goes round.

    Signals:
        page_shown: the page that came to the front.
    """

    page_shown = Signal(QWidget)

    def __init__(self, name: Words) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.list = QListWidget()
        self.list.setObjectName("pages")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_widget(self._speak, self.list, name)
        self.stack = QStackedWidget()
        self.list.currentRowChanged.connect(self._show)
        whole = row(self.list, self.stack, space=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._speak.language_changed.connect(self._fit)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            pressed = QShortcut(QKeySequence(keys), self)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            pressed.activated.connect(lambda step=step: self._turn(step))

    def add_page(self, page: QWidget, words: Words) -> None:
        """Add a page at the end."""
        self.list.addItem("")
        place = self.list.count() - 1
        self.list.item(place).setSizeHint(QSize(0, scaled(_ROW)))
        self.stack.addWidget(page)
        # By its place: an item that is kept here outlives its list.
        self._speak(lambda text: self.list.item(place).setText(text), words)
        self._fit()
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def currentWidget(self) -> QWidget | None:
        """Return the page in front."""
        return self.stack.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.list.setCurrentRow(self.stack.indexOf(page))

    def currentIndex(self) -> int:
        """Return the place of the page in front."""
        return self.list.currentRow()

    def setCurrentIndex(self, place: int) -> None:
        """Bring the page at a place to the front."""
        self.list.setCurrentRow(place)

    def page_name(self, place: int) -> str:
        """Return what a page is called."""
        return self.list.item(place).text()

    def focus_list(self) -> None:
        """Put the focus where pages are chosen."""
        self.list.setFocus()

    def _show(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        page = self.stack.currentWidget()
        if page is not None:
            self.page_shown.emit(page)

    def _turn(self, step: int) -> None:
        self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))

    def _fit(self) -> None:
        """Be as wide as the longest name needs."""
        metrics = QFontMetrics(self.list.font())
        names = [self.page_name(place) for place in range(self.list.count())]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self.list.setFixedWidth(min(widest + scaled(_PAD), scaled(_MOST)))
