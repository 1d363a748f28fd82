"""The two boards behind one frame: the welcome and the numbers now serving."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from ui.screens.board.now_serving import NowServing
from ui.screens.board.welcome import Welcome


class BoardPages(QStackedWidget):
    """One board, as the preview in the window or full screen where people look."""

    def __init__(self) -> None:
        super().__init__()
        self.welcome, self.serving = Welcome(), NowServing()
        self.addWidget(self.welcome)
        self.addWidget(self.serving)
        self.setMinimumSize(320, 180)

    def show_kind(self, kind: str) -> None:
        """Show the `welcome` or the numbers now `serving`."""
        self.setCurrentWidget(self.serving if kind == "serving" else self.welcome)


def make_screen() -> BoardPages:
    """Return a board that is a window of its own."""
    board = BoardPages()
    # The board must not keep the program alive after its window is closed.
    board.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
    board.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or Esc would not reach it
    return board
