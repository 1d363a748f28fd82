"""A reader that types a code and Enter into a window, as the system would deliver it."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow


def type_code(window: QWindow, code: str) -> None:
    """Send every key of a code, without its terminator."""
    for letter in code:
        _press(window, Qt.Key(ord(letter)), letter, Qt.KeyboardModifier.ShiftModifier)
        _release(window, Qt.Key(ord(letter)), letter, Qt.KeyboardModifier.ShiftModifier)


def press_enter(window: QWindow) -> None:
    """Send the reader's terminating key."""
    _press(window, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)


def release_enter(window: QWindow) -> None:
    """Let the terminating key go, which a reader reports some milliseconds after the press."""
    _release(window, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)


def _press(window: QWindow, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def _release(window: QWindow, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyRelease, key, held, text))
