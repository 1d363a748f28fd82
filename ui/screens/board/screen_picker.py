"""On which of the laptop's screens the board goes up."""

from PySide6.QtGui import QGuiApplication, QScreen

from ui.screens.board import wording
from ui.widgets.elided_combo import ElidedCombo
from ui.widgets.speaker import Speaker


class ScreenPicker(ElidedCombo):
    """The screens as they are plugged in now; the last one plugged in is the one for people."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumContentsLength(20)
        Speaker(self)(self.setAccessibleName, wording.WHERE)
        self._names: list[str] = []
        self.refill()

    def refill(self) -> None:
        """List the screens again; a choice stays unless its screen is gone or a new one came."""
        screens = QGuiApplication.screens()
        names = [screen.name() for screen in screens]
        if names == self._names:
            return
        self._names = names
        self.clear()
        for screen in screens:
            size = screen.size()
            self.addItem(f"{screen.name()} {size.width()}×{size.height()}".strip())
        self.setCurrentIndex(len(screens) - 1)

    def chosen(self) -> QScreen:
        """Return the screen to use."""
        screens = QGuiApplication.screens()
        return screens[max(0, min(self.currentIndex(), len(screens) - 1))]
