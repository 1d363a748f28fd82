"""The Help desk place: its pages, each made when it is first opened, and the seat they act as."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.domain.words import Words
from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.help_desk import wording
from ui.screens.help_desk.seat import SeatState
from ui.screens.help_desk.seat_bar import SeatBar
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.speaker import Speaker

FOLLOW_EVERY_MS = 5_000
"""How often the pages look for what other desks did."""


class HelpDeskPage(Protocol):
    """What every page of the place is, beside a QWidget."""

    def opened(self) -> None:
        """The page was brought to the front: put the focus where work starts."""
        ...

    def reload(self, changes: frozenset[Change]) -> None:
        """Something of these kinds changed."""
        ...

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return (key, what it does) for the key map."""
        ...


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page by the module that makes it; one whose module is missing is left out."""

    key: str
    title: Words
    module: str

    @property
    def is_there(self) -> bool:
        """Whether this build of the program has the page."""
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:  # its package is not there either
            return False

    def build(self, desk: Desk, seat: SeatState) -> QWidget:
        """Make the page."""
        maker: Callable[[Desk, SeatState], QWidget]
        maker = getattr(import_module(self.module), f"build_{self.module.rsplit('.', 1)[-1]}")
        return maker(desk, seat)


PAGES = (
    PageEntry("desk", wording.PAGE_DESK, "ui.screens.help_desk.desk_page"),
    PageEntry("door", wording.PAGE_DOOR, "ui.screens.help_desk.door_page"),
    PageEntry("followups", wording.PAGE_FOLLOWUPS, "ui.screens.help_desk.followups_page"),
    PageEntry("problems", wording.PAGE_PROBLEMS, "ui.screens.help_desk.problems_page"),
    PageEntry("people", wording.PAGE_PEOPLE, "ui.screens.help_desk.people_page"),
    PageEntry("topics", wording.PAGE_TOPICS, "ui.screens.topics.topics_page"),
)


class _Slot(QWidget):
    """Holds a page's place among the tabs until it is first opened."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.entry = entry
        self.page: QWidget | None = None
        self.stale: frozenset[Change] = frozenset()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, scaled(8), 0, 0)

    def fill(self, desk: Desk, seat: SeatState) -> QWidget:
        """Make the page if it is not there, and return it."""
        if self.page is None:
            self.page = self.entry.build(desk, seat)
            self._inside.addWidget(self.page)
            self.page.show()  # at once: what is not shown yet cannot take the focus
        return self.page

    def tell(self, changes: frozenset[Change], *, in_front: bool) -> None:
        """Let the page know now, or when it comes to the front."""
        if self.page is None:
            return
        if in_front:
            cast("HelpDeskPage", self.page).reload(changes)
        else:
            self.stale |= changes


class HelpDeskView(PlaceView):
    """Assembles the pages there are; the desk comes first."""

    def __init__(self, desk: Desk, seat: SeatState) -> None:
        super().__init__()
        self._desk = desk
        self.seat = seat
        seat.setParent(self)
        self._speak = Speaker(self)
        self.slots = [_Slot(entry) for entry in PAGES if entry.is_there]
        self._build()
        self.tabs.currentChanged.connect(lambda _place: self._open_front())
        self._follow = QTimer(self, interval=FOLLOW_EVERY_MS)
        self._follow.timeout.connect(self._look_around)
        self._follow.start()
        seat.load()

    @property
    def front(self) -> QWidget | None:
        """The page in front."""
        slot = self.tabs.currentWidget()
        return slot.page if isinstance(slot, _Slot) else None

    def page(self, key: str) -> QWidget | None:
        """Return a page that was opened, by its key."""
        return next((slot.page for slot in self.slots if slot.entry.key == key), None)

    def show_page(self, key: str) -> None:
        """Bring a page to the front by its key."""
        for slot in self.slots:
            if slot.entry.key == key:
                self.tabs.setCurrentWidget(slot)

    def opened(self) -> None:
        """Open the page in front."""
        self._open_front()

    def reload(self, changes: frozenset[Change]) -> None:
        """Tell the page in front, and the others when they come."""
        self.seat.reload(changes)
        front = self.tabs.currentWidget()
        for slot in self.slots:
            slot.tell(changes, in_front=slot is front)

    def take_scan(self, text: str) -> bool:
        """Let the page in front use a reading."""
        take = getattr(self.front, "take_scan", None)
        return bool(take(text)) if take is not None else False

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the page in front and those between the pages."""
        front = self.front
        own = cast("HelpDeskPage", front).keys() if front is not None else ()
        return (*own, ("Ctrl+PgUp / Ctrl+PgDn", say(wording.KEY_PAGES)))

    def _build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.bar = SeatBar(self.seat)
        self.tabs.setCornerWidget(self.bar)
        for place, slot in enumerate(self.slots):
            self.tabs.addTab(slot, "")
            self._speak(partial(self.tabs.setTabText, place), slot.entry.title)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(10))
        inside.addWidget(self.tabs)
        bind_key(self, "Ctrl+PgDown", lambda: self._step(1))
        bind_key(self, "Ctrl+PgUp", lambda: self._step(-1))
        # The page hears its keys only with the focus inside: Enter goes on to where work starts.
        name = self.bar.people.lineEdit()
        if name is not None:
            name.returnPressed.connect(self.bar.sign.setFocus)
        self.bar.sign.returnPressed.connect(self._open_front)

    def _step(self, by: int) -> None:
        count = self.tabs.count()
        if count:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % count)

    def _open_front(self) -> None:
        slot = self.tabs.currentWidget()
        if not isinstance(slot, _Slot):
            return
        page = cast("HelpDeskPage", slot.fill(self._desk, self.seat))
        stale, slot.stale = slot.stale, frozenset()
        if stale:
            page.reload(stale)
        page.opened()

    def _look_around(self) -> None:
        if self.isVisible():
            self.reload(frozenset((Change.HELP_DESK,)))


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    return HelpDeskView(desk, SeatState(desk, office_of(desk).preferences))
