"""The left rail: the seven places, one click or Ctrl+1…7 (Ctrl+F1…F7) away."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon_pixmap, screen_ratios
from ui.language import say
from ui.place import Place
from ui.theme import palette, scaled, text_font
from ui.widgets.speaker import Speaker

_SMALLEST_ICON = 14


class Rail(QFrame):
    """Icons with words for the places.

    Signals:
        place_picked: the key of a place.
    """

    place_picked = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._places = tuple(places)
        self._speak = Speaker(self)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(6), scaled(10), scaled(6), scaled(10))
        layout.setSpacing(scaled(4))
        for number, place in enumerate(self._places, 1):
            layout.addWidget(self._add(place, number, parent))
        layout.addStretch(1)
        self.dress()

    def dress(self) -> None:
        """Fit icons and width to the colours and text size in use."""
        self.setFixedWidth(scaled(92))
        for place in self._places:
            self.buttons[place.key].setIcon(_rail_icon(place.key))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all words readable: where the text is large, the icons give way."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.height() - scaled(20)) // max(1, len(self._places)) - scaled(4)
        text = QFontMetrics(text_font(13)).height()
        side = max(0, min(scaled(26), room - text - scaled(18)))
        style = Qt.ToolButtonStyle
        for button in self.buttons.values():
            button.setToolButtonStyle(
                style.ToolButtonTextUnderIcon
                if side >= _SMALLEST_ICON
                else style.ToolButtonTextOnly
            )
            button.setIconSize(QSize(side, side))
            button.setFixedHeight(max(text + scaled(8), min(scaled(66), room)))

    def show_place(self, key: str) -> None:
        """Mark the place in front; none where `key` is none of them."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _add(self, place: Place, number: int, window: QWidget) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        self._speak(button.setText, place.title)
        self._speak(
            lambda _text: button.setToolTip(f"{say(place.title)}  Ctrl+{number}"), place.title
        )
        button.clicked.connect(lambda _checked=False: self.place_picked.emit(place.key))
        shortcut = QShortcut(window)
        # A place may need Ctrl+digits for itself (decision 0009); Ctrl+F-keys are always ours.
        shortcut.setKeys([QKeySequence(f"Ctrl+{number}"), QKeySequence(f"Ctrl+F{number}")])
        shortcut.activated.connect(lambda: self.place_picked.emit(place.key))
        self._group.addButton(button)
        self.buttons[place.key] = button
        return button


def _rail_icon(key: str) -> QIcon:
    colours, size = palette(), scaled(26)
    icon = QIcon()
    for ratio in screen_ratios():
        icon.addPixmap(icon_pixmap(key, colours.rail_muted, size, ratio=ratio))
        icon.addPixmap(
            icon_pixmap(key, colours.on_rail, size, ratio=ratio), QIcon.Mode.Normal, QIcon.State.On
        )
    return icon
