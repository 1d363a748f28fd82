"""One human act on a visit: loaded, folded, guarded and recorded inside one write transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.clock import ms_of
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, Fact, FactKind
from app.domain.help_desk import DutyPeriod, DutyState
from app.domain.plan import EventSession, SessionKind
from app.domain.visit_fold import fold_visit
from app.domain.visit_moves import check_free
from app.domain.visits import Seat, Visit, VisitId
from app.domain.words import Words
from app.services.context import EventContext
from app.services.text_lengths import check_lengths
from db.engine import Connection
from db.journal import load_subject
from db.queries import visits as queries
from db.queries import visits_desk


@dataclass(slots=True)
class VisitPen:
    """A visit as its facts have it now, and a pen to write the next ones."""

    context: EventContext
    connection: Connection
    visit: Visit
    facts: list[Fact]
    at_ms: int | None
    """When it happened, where a person says so."""

    @property
    def now_ms(self) -> int:
        """When the act happens."""
        return self.context.clock.wall_ms() if self.at_ms is None else self.at_ms

    def record(
        self,
        kind: FactKind,
        body: Mapping[str, Any],
        private: Mapping[str, Any] | None = None,
    ) -> Visit:
        """Append one fact of the visit and return the visit as it is then."""
        return self.record_all([self.draft(kind, body, private)])

    def draft(
        self, kind: FactKind, body: Mapping[str, Any], private: Mapping[str, Any] | None = None
    ) -> Draft:
        """Return a fact of this visit to be recorded. Raises InvalidInput (a text too long)."""
        check_lengths(private or {})
        return Draft(
            kind=kind,
            subject=f"visit:{self.visit.id}",
            body=body,
            private=private or None,
            actor=self.context.actor,
            at_ms=self.at_ms,
        )

    def record_all(self, drafts: list[Draft]) -> Visit:
        """Append facts of the visit and return the visit as it is then."""
        known = {f"visit:{self.visit.id}": tuple(self.facts)}
        self.facts += self.context.journal.append(self.connection, drafts, known=known)
        self.visit = fold_known(self.visit.id, self.facts)
        return self.visit

    def check_free(self, staff: str) -> None:
        """Refuse while the consultant holds another visit; one offered to them holds nobody up."""
        for held in queries.list_held_by(self.connection, staff):
            if not held.claims[staff].is_offer:
                check_free(held, self.visit)


def duty_drafts(
    context: EventContext, connection: Connection, seat: Seat, at_ms: int | None
) -> list[Draft]:
    """Return that a consultant is on duty, where nobody said so: who calls people works.

    A break ends with the next call. Without it a day's work would have no proof of attendance.
    """
    now = visits_desk.find_open_duty(connection, seat.staff)
    if now is not None and now.session == seat.session and now.state is DutyState.ON:
        return []
    forgotten = [] if now is None or now.session == seat.session else [forgotten_duty(context, now)]
    return [*forgotten, duty_draft(context, seat.staff, DutyState.ON, seat, at_ms)]


def forgotten_duty(context: EventContext, period: DutyPeriod) -> Draft:
    """Return the end of a period that nobody ended: at its day's end, or now."""
    day = get_help_day(context, period.session)
    closes_ms = ms_of(context.plan.moment(day, day.ends_at))
    end_ms = max(period.start_ms, min(context.clock.wall_ms(), closes_ms))
    seat = Seat(session=period.session, desk=period.desk)
    return duty_draft(context, period.staff, DutyState.OFF, seat, end_ms, forced=True)


def duty_draft(
    context: EventContext,
    staff: str,
    state: DutyState,
    seat: Seat,
    at_ms: int | None,
    *,
    forced: bool = False,
) -> Draft:
    """Return a change of a consultant's duty."""
    body = {"state": DutyState(state).value, "session": seat.session, "desk": seat.desk}
    return Draft(
        kind=FactKind.DUTY_CHANGED,
        subject=f"consultant:{staff}",
        body=body | {"ended_by": "forced" if forced else "self"},
        actor=context.actor,
        at_ms=at_ms,
    )


@contextmanager
def acting(context: EventContext, visit_id: str, at: datetime | None = None) -> Iterator[VisitPen]:
    """One act on a visit. Raises NotFound, InvalidInput (a moment before what has happened)."""
    with context.database.write() as connection:
        yield open_act(context, connection, visit_id, at)


def open_act(
    context: EventContext, connection: Connection, visit_id: str, at: datetime | None = None
) -> VisitPen:
    """Return an act inside the caller's write transaction."""
    facts = load_subject(connection, f"visit:{visit_id}")
    visit = fold_visit(VisitId(visit_id), facts)
    if visit is None:
        raise no_such_visit()
    if at is not None:
        _check_moment(context, visit, at)
    return VisitPen(context, connection, visit, facts, None if at is None else ms_of(at))


def fold_known(visit_id: str, facts: list[Fact]) -> Visit:
    """Return the visit of facts that hold its opening."""
    visit = fold_visit(VisitId(visit_id), facts)
    if visit is None:
        raise no_such_visit()
    return visit


def _check_moment(context: EventContext, visit: Visit, at: datetime) -> None:
    """Refuse a moment before the visit's latest stretch began: it would turn time round."""
    begun_ms = max(item.start_ms for item in visit.segments)
    if ms_of(at) >= begun_ms:
        return
    begun = context.local(begun_ms)
    raise InvalidInput(
        Words(
            zh=f"這個時間早於 {visit.ticket} 的上一步（{begun:%H:%M:%S}）。",
            en=f"That is before the last act on {visit.ticket} ({begun:%H:%M:%S}).",
        ),
        remedy=Words(zh="請輸入較晚的時間。", en="Give a later time."),
        field="at",
    )


def no_such_visit() -> NotFound:
    """Return the refusal of a visit that is not here."""
    return NotFound(
        Words(zh="找不到這個號碼或求助紀錄。", en="There is no such ticket or visit here."),
        remedy=Words(zh="請看清單上的號碼，例如 A017。", en="See the list; a ticket is like A017."),
    )


def check_staff(seat: Seat) -> str:
    """Return who acts. Raises InvalidInput where nobody is chosen."""
    if not seat.staff:
        raise InvalidInput(
            Words(zh="還沒有選諮詢人員。", en="No consultant is chosen."),
            remedy=Words(zh="請先選你是誰、坐哪一桌。", en="First say who you are and which desk."),
            field="staff",
        )
    return seat.staff


def help_days_there_are(context: EventContext) -> Words:
    """Tell which help days the plan has, or that it has none: a remedy."""
    days = [item for item in context.plan.sessions if item.kind is SessionKind.HELPDESK]
    zh, en = "、".join(item.code for item in days), ", ".join(item.code for item in days)
    return Words(
        zh=f"駐點場次：{zh}" if days else "這個計畫沒有駐點場次。",
        en=f"Help days there are: {en}" if days else "This plan has no help day.",
    )


def get_help_day(context: EventContext, code: str) -> EventSession:
    """Return a help day. Raises NotFound, NotAllowed (a briefing), both with the help days."""
    session = context.plan.find_session(code)
    if session is not None and session.kind is SessionKind.HELPDESK:
        return session
    remedy = help_days_there_are(context)
    if session is None:
        raise NotFound(
            Words(zh=f"計畫裡沒有場次 {code}。", en=f"The plan has no session {code}."),
            remedy=remedy,
        )
    raise NotAllowed(
        Words(zh=f"{code} 是簡報場，不是駐點實機。", en=f"{code} is a briefing, not a help day."),
        remedy=remedy,
    )
