"""Readers, cables and phones lent to visits, and given back."""

from app.domain.clock import uuid7
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import Loan, LoanKind
from app.domain.visits import Seat
from app.domain.words import Words
from app.services.context import EventContext
from app.services.visit_acts import no_such_visit
from db.engine import Connection
from db.queries import visits, visits_desk

LONGEST_TAG = 20


class LoanService:
    """What is lent at one event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def lend(self, kind: LoanKind, tag: str, visit_id: str, seat: Seat) -> Loan:
        """Lend something by its tag ("" where it has none) to a visit.

        Raises Conflict (it is out already), NotFound (no such visit), InvalidInput.
        """
        tag = tag.strip().upper()
        if len(tag) > LONGEST_TAG:
            raise InvalidInput(Words(zh="編號太長。", en="The tag is too long."), field="tag")
        with self._context.database.write() as connection:
            if visits.find_visit(connection, visit_id) is None:
                raise no_such_visit()
            self._check_here(connection, kind, tag)
            loan_id = uuid7(self._context.clock.wall_ms())
            body = {"kind": LoanKind(kind).value, "tag": tag, "visit": visit_id}
            body |= {"session": seat.session}
            self._record(connection, FactKind.LOAN_MADE, loan_id, body)
            return self._get(connection, loan_id)

    def give_back(self, loan_id: str) -> Loan:
        """Note that something came back. Raises NotFound, Conflict (it was back already)."""
        with self._context.database.write() as connection:
            if self._get(connection, loan_id).back_ms is not None:
                raise Conflict(Words(zh="這一件已經歸還了。", en="This came back already."))
            self._record(connection, FactKind.LOAN_RETURNED, loan_id, {})
            return self._get(connection, loan_id)

    def list_loans(self, only_out: bool = True) -> tuple[Loan, ...]:
        """Return what is out, or everything that was lent, oldest first."""
        with self._context.database.read() as connection:
            return tuple(visits_desk.list_loans(connection, only_out=only_out))

    def _check_here(self, connection: Connection, kind: LoanKind, tag: str) -> None:
        for loan in visits_desk.list_loans(connection, only_out=True):
            if tag and (loan.kind, loan.tag) == (kind, tag):
                raise Conflict(
                    Words(zh=f"{tag} 還沒有歸還。", en=f"{tag} is still lent out."),
                    remedy=Words(zh="先登記歸還，或選另一個。", en="Give it back first."),
                )

    def _record(
        self, connection: Connection, kind: FactKind, loan_id: str, body: dict[str, str]
    ) -> None:
        draft = Draft(kind=kind, subject=f"loan:{loan_id}", body=body, actor=self._context.actor)
        self._context.journal.append(connection, [draft])

    def _get(self, connection: Connection, loan_id: str) -> Loan:
        loan = visits_desk.find_loan(connection, loan_id)
        if loan is None:
            raise NotFound(Words(zh="沒有這筆借用。", en="There is no such loan."))
        return loan
