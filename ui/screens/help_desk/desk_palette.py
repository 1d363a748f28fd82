"""Ctrl+K: every act of the page by a few letters of its name; also used to find a topic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from app.domain.text import fold_text
from ui.theme import scaled
from ui.widgets.two_lines import TwoLines, TwoLinesList

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette: its name, its key, and other words it is found by."""

    name: str
    key: str
    act: Callable[[], object]
    also: str = ""

    def matches(self, typed: str) -> bool:
        """Whether every word typed occurs in the name, the key or the other words."""
        told = fold_text(f"{self.name} {self.key} {self.also}")
        return all(word in told for word in fold_text(typed).split())


def _lines(offer: Offer) -> TwoLines:
    return TwoLines(first=offer.name, second=offer.key)


class DeskPalette(QFrame):
    """A field and a list over the middle of the page.

    Signals:
        closed: it went away; the focus may go back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._offers: Sequence[Offer] = ()
        self.text = QLineEdit()
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._filter)
        self.list: TwoLinesList[Offer] = TwoLinesList(_lines)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.picked.connect(self._do)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(scaled(14), scaled(14), scaled(14), scaled(14))
        inside.setSpacing(scaled(8))
        inside.addWidget(self.text)
        inside.addWidget(self.list)
        self.hide()

    def open(self, hint: str, offers: Sequence[Offer]) -> None:
        """Offer what there is."""
        self._offers = offers
        self.text.setPlaceholderText(hint)
        self.text.setAccessibleName(hint)
        self.text.clear()
        self._filter("")
        self._place()
        self.show()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away without doing anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the field work on the list."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.list.move_selection(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.pick_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _filter(self, typed: str) -> None:
        found = [offer for offer in self._offers if offer.matches(typed)]
        self.list.show_things(found, select_first=True)

    def _do(self, offer: Offer) -> None:
        self.leave()
        offer.act()

    def _place(self) -> None:
        around = self.parentWidget()
        if around is None:
            return
        wide = min(scaled(520), around.width() - scaled(40))
        tall = min(scaled(460), around.height() - scaled(40))
        self.setGeometry((around.width() - wide) // 2, scaled(24), wide, tall)
