"""A reader that types a code and Enter into a window, as the system would deliver it."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow


def type_code(window: QWindow, code: str) -> None:
    """Send every key of a code, without its terminator."""
    for letter in code:
        _press(window, Qt.Key(ord(letter)), letter, Qt.KeyboardModifier.ShiftModifier)


def press_enter(window: QWindow) -> None:
    """Send the reader's terminating key."""
    _press(window, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)


def _press(window: QWindow, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(window, QKeyEvent(kind, key, held, text))
