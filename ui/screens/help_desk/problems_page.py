"""The page of what helps everybody: known problems, and canned texts."""

from functools import partial

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.help_desk import problems_wording as wording
from ui.screens.help_desk.canned_texts import CannedTexts
from ui.screens.help_desk.problems_known import KnownProblems
from ui.screens.help_desk.seat import SeatState
from ui.theme import scaled
from ui.widgets.parts import column, scrolling
from ui.widgets.speaker import Speaker


class ProblemsPage(QWidget):
    """Two lists behind two tabs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.known, self.canned = KnownProblems(desk), CannedTexts(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for place, (view, words) in enumerate(
            ((self.known, wording.PROBLEMS), (self.canned, wording.CANNED))
        ):
            view.setContentsMargins(0, scaled(10), 0, 0)
            self.tabs.addTab(scrolling(view), "")
            self._speak(partial(self.tabs.setTabText, place), words)
        self.setLayout(column(self.tabs))
        self.tabs.currentChanged.connect(lambda _place: self.opened())

    @property
    def front(self) -> KnownProblems | CannedTexts:
        """The list in front."""
        return self.known if self.tabs.currentIndex() == 0 else self.canned

    def opened(self) -> None:
        """Read the list in front."""
        self.front.opened()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show what other desks changed."""
        if changes & {Change.HELP_DESK, Change.EVENT}:
            self.front.reload()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the page."""
        return (("Ins", say(wording.ADD)), ("Ctrl+Enter", say(wording.SAVE)))


def build_problems_page(desk: Desk, _seat: SeatState) -> ProblemsPage:
    """Make the page for the place."""
    return ProblemsPage(desk)
