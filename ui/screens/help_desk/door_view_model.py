"""The door of the help desk: who is here, what about, and the number that comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.domain.errors import InvalidInput
from app.domain.visits import GoneReason, Seat, Visit, VisitId
from app.services.visit_views import BoardState, HelpTopic
from ui.changes import Change
from ui.language import say
from ui.latest import LatestOnly
from ui.place import Desk
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_hits import Hit
from ui.screens.help_desk.door_questions import DoorState, Given
from ui.screens.help_desk.door_visitor import DoorVisitor
from ui.screens.help_desk.loans_view_model import LoansViewModel
from ui.screens.help_desk.seat import SeatState

if TYPE_CHECKING:
    from app.help_desk import HelpDesk


@dataclass(frozen=True, slots=True)
class _Done:
    """Something Ctrl+Z takes back: a number or a count."""

    what: str
    """`visit` or `tally`."""
    id: str


class DoorViewModel(DoorVisitor):
    """Finds who is here, gives numbers and takes them back; nothing here waits for a disk.

    Signals:
        hits_found: `Hit`s for the newest text.
        visitor_read: a reading said who is here.
        given: a `Given`.
        board_read: the `BoardState` now.
        tickets_read: this station's `Visit`s, the newest first.
        topics_read: (all topics, the quick ones).
    """

    hits_found = Signal(object)
    visitor_read = Signal()
    given = Signal(object)
    board_read = Signal(object)
    tickets_read = Signal(object)
    topics_read = Signal(object, object)

    def __init__(self, desk: Desk, seat: SeatState) -> None:
        super().__init__(desk)
        self._seat = seat
        self._is_giving = False
        self.loans = LoansViewModel(desk, seat, self)
        self.tickets: tuple[Visit, ...] = ()
        self._board: BoardState | None = None
        self._topics: tuple[HelpTopic, ...] = ()
        self._topics_day: str | None = None
        self._sought = self._found = ""
        self._done: list[_Done] = []
        self._hits = LatestOnly(desk.tasks, desk.report, self)
        self._state = LatestOnly(desk.tasks, desk.report, self)
        seat.changed.connect(self._on_seat)

    @property
    def seat(self) -> Seat:
        """Who acts, and where."""
        return self._seat.current

    @property
    def is_finding(self) -> bool:
        """Whether the answer to what was typed last is still to come."""
        return self._sought != self._found

    # --- reading

    def load(self) -> None:
        """Read what the page shows; the topics' keys stay where they are until topics change."""
        if self.seat.session != self._topics_day:
            self._load_topics()
        self.refresh()

    def refresh(self) -> None:
        """Read the line, the last numbers and the loans again."""
        if not self.seat.session:
            return
        self._state.ask(partial(self._ask.state, self.seat), self._on_state)
        if self.draft.unit_text:
            self.load_school()

    def find(self, text: str) -> None:
        """Look for schools, people and old numbers as somebody types."""
        text = text.strip()
        self._sought = text
        if not text:
            self._hits.forget()
            self._on_hits(text, ())
            return
        self._hits.ask(partial(self._ask.hits, text), partial(self._on_hits, text))

    def take_scan(self, text: str) -> None:
        """Use a reading: a lent thing comes back, else the badge says who is here."""
        loan = self.loans.find_out(text)
        if loan is not None:
            self.loans.give_back(loan)
            return
        self._read(partial(self._ask.badge, text), self._on_badge)

    # --- acts

    def give(self, topic: str) -> None:
        """Give a number for the draft."""
        if not self.seat.session:
            self._desk.report(InvalidInput(wording.NO_DAY, field="session"))
            return
        if self._is_giving:
            return  # a second press of the key is no second visitor
        self._is_giving = True
        board = self._board if self._board and self._board.session == self.seat.session else None
        work = partial(self._ask.open, self.form(topic), self.draft.loan, self.seat, board)
        self._desk.tasks.run(self, work, self._on_given, self._on_not_given)

    def join(self, topic: str) -> None:
        """Put the draft's people under the number offered."""
        offered = self.offers.join
        if offered is None:
            self._desk.notice(say(wording.NOTHING_TO_JOIN))
            return
        if self.offers.is_same_person:
            self._desk.notice(say(wording.already_here(offered.ticket)))
            self.clear()
            return
        work = partial(self._help.visits.join, offered.id, self.form(topic))
        self._act(work, self._on_joined)

    def tally(self, topic: str, title: str) -> None:
        """Count a question answered at the door."""

        def counted(fact_id: str) -> None:
            self._done.append(_Done("tally", fact_id))
            self._desk.notice(say(wording.tallied(title)))

        self._act(partial(self._help.visits.tally, topic, self.seat), counted)

    def undo_last(self) -> None:
        """Take back the last number or count of this window."""
        if not self._done:
            self._desk.notice(say(wording.NOTHING_TO_UNDO))
            return
        last = self._done.pop()
        if last.what == "tally":
            self._act(
                partial(self._help.visits.undo_tally, last.id),
                lambda _answer: self._desk.notice(say(wording.UNTALLIED)),
            )
        else:
            self._void(VisitId(last.id))

    def toggle_void(self, visit: Visit) -> None:
        """Void a number, or let one that was voided stand again."""
        if visit.is_live:
            self._done = [one for one in self._done if one.id != visit.id]
            self._void(visit.id)
        elif visit.reason == GoneReason.VOID:
            self._act(
                partial(self._help.visits.undo, visit.id, self.seat),
                lambda done: self._desk.notice(say(wording.restored(done.ticket))),
            )
        else:
            self._desk.notice(say(wording.NOT_LIVE))

    # --- the form

    @property
    def _help(self) -> "HelpDesk":
        return self._desk.services.help_desk

    # --- answers

    def _on_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        self._found = text
        self.hits_found.emit(hits)

    def _on_topics(self, answer: tuple[tuple[HelpTopic, ...], tuple[HelpTopic, ...]]) -> None:
        self._topics, quick = answer
        self.topics_read.emit(self._topics, quick)

    def _on_state(self, state: DoorState) -> None:
        if state.topics != self._topics:  # somebody edited them meanwhile
            self._load_topics()
        self._board, self.tickets = state.board, state.tickets
        self.board_read.emit(state.board)
        self.tickets_read.emit(state.tickets)
        self.loans.show(state.loans)

    def _on_badge(self, hit: Hit | None) -> None:
        if hit is None:
            self._desk.notice(say(wording.NOT_KNOWN_BADGE))
        else:
            self.pick(hit)
            self.visitor_read.emit()

    def _on_not_given(self, error: Exception) -> None:
        self._is_giving = False
        self._desk.report(error)

    def _on_given(self, given: Given) -> None:
        self._is_giving = False
        self._done.append(_Done("visit", given.visit.id))
        self.clear()
        self.given.emit(given)
        self._tell()
        if given.trouble is not None:
            self._desk.report(given.trouble)

    def _on_joined(self, visit: Visit) -> None:
        self._desk.notice(say(wording.joined(visit.ticket, visit.party_size)))
        self.clear()

    def _on_seat(self, _seat: Seat) -> None:
        self.load()

    # --- small parts

    def _load_topics(self) -> None:
        self._topics_day = self.seat.session
        self._read(partial(self._ask.topics, self._topics_day), self._on_topics)

    def _void(self, visit_id: VisitId) -> None:
        self._act(
            partial(self._help.visits.leave, visit_id, GoneReason.VOID, self.seat),
            lambda gone: self._desk.notice(say(wording.voided(gone.ticket))),
        )

    def _act(self, work: Callable[[], Any], on_done: Callable[[Any], object]) -> None:
        def done(answer: Any) -> None:
            on_done(answer)
            self._tell()

        self._desk.tasks.run(self, work, done, self._desk.report)

    def _tell(self) -> None:
        self._desk.changes.tell(Change.HELP_DESK)

    def _read(self, work: Callable[[], Any], on_done: Callable[[Any], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane="reading")
