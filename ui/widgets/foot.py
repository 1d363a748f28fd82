"""The foot of the window: station, roster, hub, reader, clock, backup, who is signed in."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QToolTip, QWidget

from ui.icons import line_icon
from ui.status import Mood, Piece
from ui.theme import palette, scaled
from ui.widgets.parts import row

LEFT = ("admit", "roster", "hub", "scanner")
RIGHT = ("backup", "clock", "person")


class Foot(QFrame):
    """Pieces that say how things are; a click says what to do about it.

    Signals:
        help_wanted: somebody pressed the help button.
    """

    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.buttons = {key: self._piece(key) for key in (*LEFT, *RIGHT)}
        self._shown: dict[str, Piece] = {}
        self.help = QToolButton()
        self.help.setText("F1")
        self.help.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.help.clicked.connect(self.help_wanted)
        left = [self.buttons[key] for key in LEFT]
        right = [self.buttons[key] for key in RIGHT]
        layout = row(*left, None, *right, self.help, space=2)
        layout.setContentsMargins(scaled(8), scaled(3), scaled(8), scaled(3))
        self.setLayout(layout)
        self.dress()

    def dress(self) -> None:
        """Fit icons to the colours and text size in use."""
        for key, button in (*self.buttons.items(), ("help", self.help)):
            button.setIcon(line_icon(key, palette().muted, scaled(16)))
            button.setIconSize(QSize(scaled(16), scaled(16)))

    def show_pieces(self, pieces: Mapping[str, Piece]) -> None:
        """Say how things are now."""
        for key, piece in pieces.items():
            if self._shown.get(key) != piece:
                self._show(self.buttons[key], piece)
        self._shown = dict(pieces)

    def _piece(self, key: str) -> QToolButton:
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda _checked=False: self._explain(key))
        return button

    def _show(self, button: QToolButton, piece: Piece) -> None:
        button.setText(piece.text)
        button.setToolTip(piece.remedy)
        button.setAccessibleDescription(piece.remedy)
        state = "" if piece.mood is Mood.CALM else piece.mood.value
        if button.property("state") != state:
            button.setProperty("state", state)
            button.style().unpolish(button)
            button.style().polish(button)

    def _explain(self, key: str) -> None:
        button = self.buttons[key]
        above = button.mapToGlobal(QPoint(0, -scaled(44)))
        QToolTip.showText(above, button.toolTip(), button)
