"""The chords of the Desk page: they come before the rail's and before the field being typed in.

Only function keys and chords with Ctrl or Alt stand here: an input method uses none of them.
"""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

Command = Callable[[], object]
"""Does something; returns False where the key should go its usual way."""


def chord(keys: str) -> int:
    """Return a chord such as `Ctrl+1` as one number."""
    return int(QKeySequence(keys)[0].toCombined())  # type: ignore[index] # Qt's stubs forgot it


class DeskKeys(QObject):
    """Hears the chords wherever the focus is inside a page.

    Signals:
        focus_came: the widget inside the page that got the focus.
    """

    focus_came = Signal(object)

    def __init__(self, page: QWidget, commands: Mapping[str, Command]) -> None:
        super().__init__(page)
        self.pressed_ms = 0.0
        """When a key was last pressed inside the page, on `time.monotonic()`'s clock."""
        self._page = page
        self._commands = {chord(keys): command for keys, command in commands.items()}
        self._is_wanted: Callable[[int], bool] = lambda _chord: True
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._listen)
        page.installEventFilter(self)

    def only_when(self, is_wanted: Callable[[int], bool]) -> None:
        """Leave a chord to others where `is_wanted` says no, such as Ctrl+1 for the rail."""
        self._is_wanted = is_wanted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim a chord before shortcuts see it, and act when it comes."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        self.pressed_ms = time.monotonic() * 1000
        pressed = _combined(event)
        command = self._commands.get(pressed)
        if command is None or not self._is_wanted(pressed):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.isAutoRepeat():
            return True
        return command() is not False

    def _listen(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and (now is self._page or self._page.isAncestorOf(now)):
            now.removeEventFilter(self)
            now.installEventFilter(self)
            self.focus_came.emit(now)


def _combined(event: QKeyEvent) -> int:
    key = event.key()
    if key == Qt.Key.Key_Enter:  # the number pad's
        key = Qt.Key.Key_Return
    modifiers = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
    )
    return int(modifiers.value) | int(key)
