"""The Help desk place: honest about what is not there yet."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLayout

from app.domain.words import Words
from ui.place import Desk, PlaceView
from ui.screens.help_desk import wording
from ui.widgets.parts import button, card, column, fill_place, label, row
from ui.widgets.speaker import Speaker


class HelpDeskView(PlaceView):
    """Says what comes later and what to do meanwhile."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._speak = Speaker(self)
        self._build()

    def opened(self) -> None:
        """The one thing to do here is to go to the door."""
        self.go_button.setFocus()

    def _build(self) -> None:
        title, heading = label("title"), label("muted", wraps=True)
        self._speak(title.setText, wording.TITLE)
        self._speak(heading.setText, wording.HEADING)
        self.go_button = button(
            self._speak, wording.GO_CHECK_IN, lambda: self._desk.go_to("check_in"), kind="primary"
        )
        meanwhile = self._list(wording.MEANWHILE, wording.STEPS, row(self.go_button, None))
        cards = row(meanwhile, self._list(wording.LATER, wording.WILL_BE), space=16)
        cards.setStretch(0, 1)
        cards.setStretch(1, 1)
        fill_place(self, title, heading, cards, None)

    def _list(self, title: Words, lines: Sequence[Words], *rest: QLayout) -> QFrame:
        heading = label("heading")
        self._speak(heading.setText, title)
        told = [label("", wraps=True) for _ in lines]
        for made, words in zip(told, lines, strict=True):
            self._speak(made.setText, Words(zh=f"・{words.zh}", en=f"• {words.en}"))
        return card(heading, column(*told, space=8), *rest, None, space=12)


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    return HelpDeskView(desk)
