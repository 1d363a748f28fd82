"""A hand at the keyboard: presses real keys at the real window, counts them, estimates the time.

The estimate is the keystroke-level model (Card, Moran and Newell): 0.28 s a key of an average
typist, a chord being two keys; 1.2 s to make up one's mind, once for each thing one decides; 3.5
keys for a hanzi with a Zhuyin input method. The window's own time is not in it: it is benchmarked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest

from ui.main_window import MainWindow

KEY_S, MIND_S, KEYS_A_HANZI = 0.28, 1.2, 3.5


@dataclass
class Effort:
    """What one case took."""

    keys: float = 0
    chords: int = 0
    decisions: int = 0
    screens: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        """The estimated time of input."""
        return self.keys * KEY_S + self.decisions * MIND_S


class Hand:
    """Presses keys; after each it waits until the window has taken them, never a fixed time."""

    def __init__(self, window: MainWindow, settle: Callable[[], None]) -> None:
        self._window = window
        self._settle = settle
        self.effort = Effort()

    def do(self, steps: str) -> None:
        """Do steps parted by blanks: a chord, `?` for a decision, `"words` to type (_ a blank)."""
        for step in steps.split():
            if step == "?":
                self.effort.decisions += 1
            elif step.startswith('"'):
                self.write(step[1:].replace("_", " "))
            else:
                self.press(step)

    def press(self, keys: str) -> None:
        """Press one chord."""
        combination = QKeySequence(keys)[0]
        handle = self._window.windowHandle()
        QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())
        self.effort.keys += 1 + (combination.keyboardModifiers() != Qt.KeyboardModifier(0))
        self.effort.chords += 1
        self._settle()
        self._look()

    def write(self, words: str) -> None:
        """Type words: hanzi as an input method commits them, the rest key by key."""
        hanzi = sum(sign > "\u2e80" for sign in words)
        if hanzi:
            event = QInputMethodEvent("", [])
            event.setCommitString(words)
            QGuiApplication.sendEvent(QGuiApplication.focusObject(), event)
            self.effort.keys += hanzi * KEYS_A_HANZI + len(words) - hanzi
        else:
            for sign in words:
                QTest.keyClick(self._window.windowHandle(), sign)
                self._settle()
            self.effort.keys += len(words)
        self._settle()
        self._look()

    def _look(self) -> None:
        self.effort.screens.add(self._window.current_place)
