"""The Desk page's state and acts: every act is stored away from the window, in the order typed."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import ms_of
from app.domain.visits import Seat, Visit
from app.domain.words import Words
from app.services.visit_views import IssueForm, VisitForm
from ui.background import T
from ui.changes import Change
from ui.language import say
from ui.latest import LatestOnly
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk import desk_reading as reading
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_reading import DeskPicture, DeskTopics, VisitPapers
from ui.screens.help_desk.seat import SeatState

if TYPE_CHECKING:
    from app.help_desk import HelpDesk

MEDIANS_EVERY_MS = 60_000
NO_SHOWS_EVERY_MS = 15_000
_REMEMBERED = 50
"""How many acts can be undone one after the other."""


class DeskViewModel(QObject):
    """What one seat sees and does.

    Signals:
        picture_changed: the `DeskPicture` to show.
        papers_changed: the `VisitPapers` of my visit; told once for each visit.
        topics_changed: the `DeskTopics`.
        moved: the `Visit` an act of this seat just changed.
    """

    picture_changed = Signal(object)
    papers_changed = Signal(object)
    topics_changed = Signal(object)
    moved = Signal(object)

    def __init__(self, desk: Desk, seat: SeatState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.seat = seat
        self.picture = DeskPicture()
        self.topics = DeskTopics()
        self.medians: dict[str, int] = {}
        self.last_entry: IssueForm | None = None
        self._papers_of = ""
        self._is_busy = False
        self._waits_for_papers = False
        self._after: deque[Callable[[], object]] = deque()
        self._history: deque[str] = deque(maxlen=_REMEMBERED)
        self._latest = LatestOnly(desk.tasks, desk.report, self)
        self._medians_often = QTimer(self, interval=MEDIANS_EVERY_MS)
        self._medians_often.timeout.connect(self.load_medians)
        self._medians_often.start()
        self._no_shows_often = QTimer(self, interval=NO_SHOWS_EVERY_MS)
        self._no_shows_often.timeout.connect(self.park_no_shows)
        self._no_shows_often.start()
        seat.changed.connect(self._on_seat)

    # --- what there is

    @property
    def services(self) -> "HelpDesk":
        """The help desk of the open event."""
        return self._desk.services.help_desk

    @property
    def current(self) -> Seat:
        """The seat that acts."""
        return self.seat.current

    @property
    def mine(self) -> Visit | None:
        """The visit that is with this seat."""
        return self.picture.mine

    def now_ms(self) -> int:
        """Return the present moment at the venue."""
        return ms_of(office_of(self._desk).events.now())

    # --- reading

    def load(self) -> None:
        """Read everything again."""
        self._read(partial(reading.read_topics, self.services, self.current.session), self._topics)
        self.load_medians()
        self._read(
            partial(reading.read_last_entry, self.services, self.current), self._on_last_entry
        )
        self.refresh()

    def refresh(self) -> None:
        """Read the queue and my visit again; overtaken questions are never asked."""
        if not self._is_busy:
            work = partial(reading.read_picture, self.services, self.current)
            self._latest.ask(work, self._on_picture)

    def load_medians(self) -> None:
        """Read how long topics take today."""
        if self.current.session:
            work = partial(reading.read_medians, self.services, self.current.session)
            self._read(work, self._on_medians)

    def ask(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        """Read something for a part of the page."""
        self._read(work, on_done)

    # --- acting

    @property
    def is_busy(self) -> bool:
        """Whether an act is being stored, or the papers of a visit are being fetched."""
        return self._is_busy or self._waits_for_papers

    def when_free(self, act: Callable[[], object]) -> None:
        """Do something now, or as soon as the act before it is stored and shown."""
        if self.is_busy:
            self._after.append(act)
        else:
            act()

    def act(
        self,
        work: Callable[[], Visit | None],
        then: Callable[[Visit | None], object] | None = None,
        *,
        counts: bool = True,
    ) -> None:
        """Store an act; `counts`: it can be undone. What is pressed meanwhile waits its turn."""

        def done(visit: Visit | None) -> None:
            if visit is not None and counts:
                self._history.append(visit.id)
            self._finish_act(visit)
            if then is not None:
                then(visit)
            self._go_on()

        self._is_busy = True
        self._latest.forget()
        self._desk.tasks.run(self, work, done, self._on_refused)

    def call_next(self) -> None:
        """Call who is next, or call again."""
        work = partial(self.services.visits.call_next, self.current)
        self.act(work, self._on_called)

    def finish(
        self,
        visit: Visit,
        forms: tuple[IssueForm, ...],
        then: Callable[[Visit | None], object] | None = None,
        **more: Any,
    ) -> None:
        """End a visit with its issues; `more`: `ended_at`, `confirmed`."""
        work = partial(self.services.visits.finish, visit.id, self.current, forms, **more)

        def done(ended: Visit | None) -> None:
            self.last_entry = forms[-1] if forms else self.last_entry
            self._desk.notice(say(wording.finished(visit.ticket)))
            if then is not None:
                then(ended)

        self.act(work, done)

    def serve_new(self, form: VisitForm) -> None:
        """Open a visit for somebody who stands here, and serve it at once."""
        self.act(partial(self.services.visits.serve_now, form, self.current))

    def undo(self) -> None:
        """Take back the last act of this seat."""
        target = self._history.pop() if self._history else self.mine.id if self.mine else ""
        if not target:
            self._desk.notice(say(wording.NOTHING_TO_UNDO))
            return
        work = partial(self.services.visits.undo, target, self.current)
        self.act(work, self._on_undone, counts=False)

    def park_no_shows(self) -> None:
        """Park who was called and did not come; nothing is said where nobody was."""
        session = self.current.session
        if session and not self._is_busy:
            work = partial(self.services.visits.park_no_shows, session)
            self._desk.tasks.run(self, work, self._on_no_shows, self._desk.report)

    def say(self, words: Words) -> None:
        """Say something short."""
        self._desk.notice(say(words))

    def report(self, error: Exception) -> None:
        """Show an error with its remedy."""
        self._desk.report(error)

    # --- what comes back

    def _read(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")

    def _finish_act(self, visit: Visit | None) -> None:
        self._is_busy = False
        if visit is not None:
            self._show(self._with(visit))
            # Painted by now: reading on would only have fought the painting for Python's lock.
            self.moved.emit(visit)
            self._follow_papers()
        self._desk.changes.tell(Change.HELP_DESK)

    def _go_on(self) -> None:
        while self._after and not self.is_busy:
            self._after.popleft()()

    def _on_refused(self, error: Exception) -> None:
        self._is_busy = False
        # What was pressed after it meant a state that did not come about.
        self._after.clear()
        self._desk.report(error)
        self.refresh()

    def _with(self, visit: Visit) -> DeskPicture:
        """Return the picture with a visit as an act left it, before the queue is read again."""
        claim = visit.claims.get(self.current.staff)
        mine = self.mine
        if claim is not None:
            mine = visit
        elif mine is not None and mine.id == visit.id:
            mine = None
        others = (one for one in self.picture.visits if one.id != visit.id)
        visits = (*others, visit) if visit.is_live else tuple(others)
        turns = tuple(turn for turn in self.picture.turns if turn.visit.id != visit.id)
        return DeskPicture(visits=visits, turns=turns, mine=mine)

    def _show(self, picture: DeskPicture) -> None:
        if picture != self.picture:
            self.picture = picture
            self.picture_changed.emit(picture)

    def _on_picture(self, picture: DeskPicture) -> None:
        self._show(picture)
        self._follow_papers()

    def _follow_papers(self) -> None:
        visit = self.mine
        wanted = visit.id if visit is not None else ""
        if wanted == self._papers_of:
            return
        self._papers_of = wanted
        self._waits_for_papers = visit is not None
        if visit is None:
            self.papers_changed.emit(VisitPapers())
        else:
            self._read(partial(reading.read_papers, self.services, visit), self._on_papers)

    def _on_papers(self, papers: VisitPapers) -> None:
        if papers.visit_id == self._papers_of:
            self._waits_for_papers = False
            self.papers_changed.emit(papers)
            self._go_on()

    def _on_called(self, visit: Visit | None) -> None:
        if visit is None:
            self._desk.notice(say(wording.NOBODY_NEXT))

    def _on_undone(self, visit: Visit | None) -> None:
        if visit is not None:
            self._papers_of = ""  # its issues may read differently now
            self._follow_papers()
            self._desk.notice(say(wording.undone(visit.ticket)))

    def _on_no_shows(self, parked: tuple[Visit, ...]) -> None:
        if not parked:
            return
        self._desk.changes.tell(Change.HELP_DESK)
        if any(visit.id == self._papers_of for visit in parked):
            self._desk.notice(say(wording.PARKED_BY_ITSELF))
        self.refresh()

    def _topics(self, topics: DeskTopics) -> None:
        self.topics = topics
        self.topics_changed.emit(topics)

    def _on_medians(self, medians: dict[str, int]) -> None:
        self.medians = medians

    def _on_last_entry(self, entry: IssueForm | None) -> None:
        self.last_entry = self.last_entry or entry

    def _on_seat(self, _seat: Seat) -> None:
        self.last_entry = None
        self._history.clear()
        self.load()
