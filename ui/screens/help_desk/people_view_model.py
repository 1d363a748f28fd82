"""Consultants of the help day: who is on duty, how much they did, and how the day ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.help_desk import Consultant, DutyPeriod, DutyState, Loan
from app.domain.visits import GoneReason, Seat, Visit, VisitId, VisitState
from app.services.summaries import SessionSummary
from app.services.visit_views import ConsultantLoad, HelpTopic
from ui.changes import Change
from ui.dates import short_date
from ui.language import say
from ui.latest import LatestOnly
from ui.place import Desk
from ui.screens.help_desk import door_wording
from ui.screens.help_desk import people_wording as wording
from ui.screens.help_desk.people_rows import LoanRow
from ui.screens.help_desk.seat import SeatState

if TYPE_CHECKING:
    from app.help_desk import HelpDesk

_ENDABLE = frozenset((VisitState.WAITING, VisitState.CALLED, VisitState.PARKED))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleState:
    """Everything the page shows of a help day."""

    loads: tuple[ConsultantLoad, ...] = ()
    periods: tuple[DutyPeriod, ...] = ()
    groups: tuple[HelpTopic, ...] = ()
    loans: tuple[tuple[Loan, Visit | None], ...] = ()
    """What is out, with the visit it went to."""
    leftovers: tuple[Visit, ...] = ()

    @property
    def on_duty(self) -> int:
        """How many are on duty or on a break."""
        return sum(1 for load in self.loads if load.state in (DutyState.ON, DutyState.BREAK))


class PeopleViewModel(QObject):
    """Asks the services in the background and tells what came of it.

    Signals:
        state_read: a `PeopleState`.
        consultant_kept: the `Consultant` that was saved.
        refused: the error a form has to show.
    """

    state_read = Signal(object)
    consultant_kept = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, seat: SeatState) -> None:
        super().__init__()
        self._desk = desk
        self._seat = seat
        self.state = PeopleState()
        self._reading = LatestOnly(desk.tasks, desk.report, self)
        seat.changed.connect(lambda _seat: self.load())

    @property
    def seat(self) -> Seat:
        """Who acts, and where."""
        return self._seat.current

    @property
    def next_day(self) -> SessionSummary | None:
        """The help day after this one, None where none follows."""
        days = sorted(self._seat.days, key=lambda day: day.held_on)
        codes = [day.code for day in days]
        if self.seat.session not in codes:
            return None
        after = days[codes.index(self.seat.session) + 1 :]
        return after[0] if after else None

    def load(self) -> None:
        """Read the page again."""
        if self.seat.session:
            self._reading.ask(partial(self._read, self.seat.session), self._on_read)

    def set_duty(self, consultant: Consultant, state: DutyState, desk: str) -> None:
        """Put somebody on duty, on a break, away or off, at a desk."""
        seat = Seat(
            session=self.seat.session,
            staff=consultant.id,
            desk=desk.strip(),
            station=self.seat.station,
        )
        work = partial(self._help.consultants.set_duty, consultant.id, state, seat)
        self._act(work, lambda _periods: say(wording.now_on(consultant.name, state)))

    def keep(self, consultant_id: str, told: dict[str, Any]) -> None:
        """Add somebody ("" for the id), or change what is known of them."""
        consultants = self._help.consultants
        work: Callable[[], Consultant]
        if consultant_id:
            work = partial(consultants.amend, consultant_id, **told)
        else:
            work = partial(consultants.add, **told)
        self._desk.tasks.run(self, work, self._on_kept, self.refused.emit)

    def give_back(self, row: LoanRow) -> None:
        """Take a lent thing back."""
        work = partial(self._help.loans.give_back, row.loan.id)
        self._act(work, lambda _loan: say(door_wording.gave_back(row.loan.tag)))

    def end_as_gone(self, visits: Iterable[Visit]) -> None:
        """Note that visitors left without help."""
        over = [visit.id for visit in visits if visit.state in _ENDABLE]
        leave, seat = self._help.visits.leave, self.seat

        def work() -> int:
            for visit_id in over:
                leave(visit_id, GoneReason.LEFT, seat)
            return len(over)

        self._act(work, lambda count: say(wording.gone(count)))

    def carry(self, visits: Iterable[Visit]) -> None:
        """Take visits over to the next help day with their place kept."""
        day = self.next_day
        if day is None:
            self._desk.notice(say(wording.NO_NEXT_DAY))
            return
        kept = [visit.id for visit in visits if visit.state in _ENDABLE]
        told = short_date(day.held_on)
        work = partial(self._help.visits.carry, kept, day.code)
        self._act(work, lambda _visits: say(wording.carried(len(kept), told)))

    def end_day(self) -> None:
        """Let everybody go off duty."""
        work = partial(self._help.consultants.end_day, self.seat.session)
        self._act(work, lambda count: say(wording.forced_off(count)))

    @property
    def _help(self) -> "HelpDesk":
        return self._desk.services.help_desk

    def _read(self, session: str) -> PeopleState:
        help_desk = self._help
        visits = {
            visit.id: visit
            for visit in help_desk.visits.list_visits(session, frozenset(VisitState))
        }
        return PeopleState(
            loads=self._loads(session),
            periods=tuple(help_desk.consultants.list_duty(session)),
            groups=tuple(one for one in help_desk.topics.list_topics() if not one.parent),
            loans=tuple(
                (loan, visits.get(VisitId(loan.visit))) for loan in help_desk.loans.list_loans()
            ),
            leftovers=tuple(visit for visit in visits.values() if visit.is_live),
        )

    def _loads(self, session: str) -> tuple[ConsultantLoad, ...]:
        """Return who works at the help day, then those who come no more."""
        loads = self._help.consultants.loads(session)
        listed = {load.consultant.id for load in loads}
        others = (
            ConsultantLoad(consultant=one, state=DutyState.OFF)
            for one in self._help.consultants.list_consultants()
            if one.id not in listed
        )
        busy_first = sorted(loads, key=lambda load: (load.state is DutyState.OFF, load.desk))
        return (*busy_first, *others)

    def _on_read(self, state: PeopleState) -> None:
        self.state = state
        self.state_read.emit(state)

    def _on_kept(self, consultant: Consultant) -> None:
        self._desk.notice(say(wording.SAVED))
        self.consultant_kept.emit(consultant)
        self._desk.changes.tell(Change.HELP_DESK, Change.STAFF)

    def _act(self, work: Callable[[], Any], told: Callable[[Any], str]) -> None:
        def done(answer: Any) -> None:
            self._desk.notice(told(answer))
            self._desk.changes.tell(Change.HELP_DESK, Change.STAFF)

        self._desk.tasks.run(self, work, done, self._desk.report)
