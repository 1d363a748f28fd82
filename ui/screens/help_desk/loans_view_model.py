"""What is lent out at the help desk: offering a tag, lending, taking back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.help_desk import Loan, LoanKind
from app.domain.visits import Visit
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.loans_tags import find_out, free_tag
from ui.screens.help_desk.seat import SeatState


class LoansViewModel(QObject):
    """Keeps the event's loans, those that are back too.

    Signals:
        loans_read: the `Loan`s that are out, the oldest first.
    """

    loans_read = Signal(object)

    def __init__(self, desk: Desk, seat: SeatState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seat = seat
        self._loans: tuple[Loan, ...] = ()

    @property
    def out(self) -> tuple[Loan, ...]:
        """What is out now, the oldest first."""
        away = [loan for loan in self._loans if loan.back_ms is None]
        return tuple(sorted(away, key=lambda loan: loan.out_ms))

    def load(self) -> None:
        """Read the loans."""
        read = partial(self._desk.services.help_desk.loans.list_loans, only_out=False)
        self._desk.tasks.run(self, read, self.show, self._desk.report, lane="reading")

    def show(self, loans: Sequence[Loan]) -> None:
        """Take up loans that were read."""
        self._loans = tuple(loans)
        self.loans_read.emit(self.out)

    def find_out(self, tag: str) -> Loan | None:
        """Return what is out under a tag."""
        return find_out(tag, self._loans)

    def offered_tag(self, kind: LoanKind) -> str:
        """Return a tag that can be lent."""
        return free_tag(kind, self._loans)

    def lend(self, kind: LoanKind, tag: str, visit: Visit) -> None:
        """Lend something to a visit."""
        loans = self._desk.services.help_desk.loans
        work = partial(loans.lend, kind, tag, visit.id, self._seat.current)
        self._act(work, say(wording.lent(tag, visit.ticket)))

    def give_back(self, loan: Loan) -> None:
        """Take a lent thing back."""
        work = partial(self._desk.services.help_desk.loans.give_back, loan.id)
        self._act(work, say(wording.gave_back(loan.tag)))

    def _act(self, work: Callable[[], Any], told: str) -> None:
        def done(_answer: Any) -> None:
            self._desk.notice(told)
            self._desk.changes.tell(Change.HELP_DESK)

        self._desk.tasks.run(self, work, done, self._desk.report)
