"""The two boards behind one frame: the welcome and the numbers now serving."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from ui.screens.board.now_serving import NowServing
from ui.screens.board.welcome import Welcome


class BoardPages(QStackedWidget):
    """One board, as the preview in the window or full screen where people look.

    Signals:
        seen_changed: it went up or was taken down.
    """

    seen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.welcome, self.serving = Welcome(), NowServing()
        self.addWidget(self.welcome)
        self.addWidget(self.serving)
        self.setMinimumSize(320, 180)

    def show_kind(self, kind: str) -> None:
        """Show the `welcome` or the numbers now `serving`."""
        self.setCurrentWidget(self.serving if kind == "serving" else self.welcome)

    def showEvent(self, qt_event: QShowEvent) -> None:
        """Tell that it went up."""
        super().showEvent(qt_event)
        self.seen_changed.emit()

    def hideEvent(self, qt_event: QHideEvent) -> None:
        """Tell that it was taken down, by whichever way."""
        super().hideEvent(qt_event)
        self.seen_changed.emit()


def make_screen() -> BoardPages:
    """Return a board that is a window of its own."""
    board = BoardPages()
    # The board must not keep the program alive after its window is closed.
    board.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
    board.setCursor(Qt.CursorShape.BlankCursor)
    board.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or Esc would not reach it
    return board
