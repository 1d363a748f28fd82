"""What a laptop shows that an organizer shut out at the hub."""

from PySide6.QtCore import Qt

from ui.hub.pages import wording
from ui.place import PlaceView
from ui.widgets.parts import card, column, fill_place, label
from ui.widgets.speaker import Speaker


class ShutOutPage(PlaceView):
    """One card of words: what happened, what it means, what to do."""

    def __init__(self) -> None:
        super().__init__()
        self._speak = Speaker(self)
        title, self.text = label("title"), label("", wraps=True)
        self._speak(title.setText, wording.SHUT_OUT)
        self._speak(self.text.setText, wording.SHUT_OUT_TEXT)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        fill_place(self, column(card(title, self.text, space=14), None))

    def opened(self) -> None:
        """Let the words have the focus, so that a screen reader begins there."""
        self.text.setFocus()
