"""What the door asks the services, each in one go, in the background; no Qt here."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.errors import NotFound, VenueDeskError
from app.domain.help_desk import Loan
from app.domain.visits import Seat, Visit, VisitState
from app.services.visit_views import BoardState, HelpTopic, UnitCard, VisitForm
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk.door_draft import DoorDraft, PlannedLoan
from ui.screens.help_desk.door_hits import Hit, KnownPerson, Typed, colleagues

if TYPE_CHECKING:
    from app.help_desk import HelpDesk

_TICKET = re.compile(r"[A-Za-z]\d{3}")
_ALL_STATES = frozenset(VisitState)
UNITS_LISTED, PEOPLE_LISTED, COLLEAGUES_LISTED = 8, 4, 40
TICKETS_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A number that was just given, with the line as it stood before it."""

    visit: Visit
    board: BoardState
    trouble: VenueDeskError | None = None
    """Why the loan that was to go with it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """The line, this station's last numbers, everything lent, the topics."""

    board: BoardState
    tickets: tuple[Visit, ...]
    """Newest first."""
    loans: tuple[Loan, ...]
    """Those that are back too."""
    topics: tuple[HelpTopic, ...]


class DoorQuestions:
    """Each method is called in the background and asks several services."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def state(self, seat: Seat) -> DoorState:
        """Return what the page shows while nobody is at the door."""
        visits = self._help.visits.list_visits(seat.session, _ALL_STATES)
        own = [visit for visit in visits if visit.station == seat.station]
        own.sort(key=lambda visit: (visit.arrived_ms, visit.ticket), reverse=True)
        return DoorState(
            board=self._help.visits.board(seat.session),
            tickets=tuple(own[:TICKETS_LISTED]),
            loans=tuple(self._help.loans.list_loans(only_out=False)),
            topics=self._help.topics.list_topics(),
        )

    def topics(self, session: str) -> tuple[tuple[HelpTopic, ...], tuple[HelpTopic, ...]]:
        """Return all topics, and those for the first nine keys."""
        topics = self._help.topics
        return topics.list_topics(), topics.quick_topics(session)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return what a typed text may mean: an old number, schools, people, or itself."""
        numbered = self._visit_of(text) if _TICKET.fullmatch(text) else []
        units = office_of(self._desk).registrations.find_units(text, limit=UNITS_LISTED)
        found = self._desk.services.people.find_people(text, limit=PEOPLE_LISTED * 4)
        named = [hit.card for hit in found if text in hit.card.name]
        return (*numbered, *units, *named[:PEOPLE_LISTED], Typed(text))

    def badge(self, text: str) -> Hit | None:
        """Return who a badge names, or the visit of a number slip; None for anything else."""
        text = text.strip()
        if _TICKET.fullmatch(text):
            return next(iter(self._visit_of(text)), None)
        return self._help.visits.badge_visitor(text)

    def school(self, draft: DoorDraft) -> tuple[UnitCard, tuple[KnownPerson, ...]]:
        """Return what is known of the draft's school, and whom it may have sent."""
        card = self._help.visits.unit_card(draft.unit_id or draft.unit_text)
        found = self._desk.services.people.find_people(draft.unit_text, limit=COLLEAGUES_LISTED)
        return card, colleagues([hit.card for hit in found], card.visits)

    def open(
        self, form: VisitForm, loan: PlannedLoan | None, seat: Seat, board: BoardState | None
    ) -> Given:
        """Give the number; what is lent with it goes out after it.

        `board`: the line as it was read last, some seconds ago: the number comes at once.
        """
        board = board or self._help.visits.board(seat.session)
        visit = self._help.visits.open(form, seat)
        trouble = None
        if loan is not None:
            try:
                self._help.loans.lend(loan.kind, loan.tag, visit.id, seat)
            except VenueDeskError as error:  # the number stands; the loan can be made again
                trouble = error
        return Given(visit=visit, board=board, trouble=trouble)

    @property
    def _help(self) -> "HelpDesk":
        return self._desk.services.help_desk

    def _visit_of(self, ticket: str) -> list[Visit]:
        try:
            return [self._help.visits.get_visit(ticket.upper())]
        except NotFound:
            return []
