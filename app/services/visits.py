"""The help desk's visits: opened, called, started, parked, handed over, finished, undone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.clock import ms_of
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.facts import Draft, FactKind
from app.domain.next_in_line import Turn
from app.domain.secrets_typed import without_secrets
from app.domain.visit_moves import WALKED_OFF, Move, check_move, check_outcomes, is_no_show
from app.domain.visits import GoneReason, ParkReason, Seat, Visit, VisitState
from app.domain.words import Words
from app.services import visit_amending as amending
from app.services.visit_acts import (
    VisitPen,
    acting,
    check_staff,
    duty_drafts,
    get_help_day,
    open_act,
)
from app.services.visit_issues import drafted_issues, issue_drafts
from app.services.visit_opening import open_visit
from app.services.visit_reading import VisitReadings, by_hold, turns_of
from app.services.visit_undoing import undo_last
from app.services.visit_views import IssueForm, VisitForm
from db.engine import Connection
from db.queries import visits as queries
from db.queries import visits_desk


class VisitService(VisitReadings):
    """Every move of a visit, each guarded and recorded in one commit."""

    def open(self, form: VisitForm, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Give a visitor the station's next number.

        Raises Conflict (this person has a live number), NotAllowed (no help day), InvalidInput.
        """
        with self._context.database.write() as connection:
            at_ms = None if at is None else ms_of(at)
            return open_visit(self._context, connection, form, seat, at_ms)[0]

    def serve_now(self, form: VisitForm, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Open a visit and start it at once, past the line; nothing needs to be known of it yet."""
        staff = check_staff(seat)
        form = amending.at_the_desk(form)
        at_ms = None if at is None else ms_of(at)
        with self._context.database.write() as connection:
            visit, facts = open_visit(self._context, connection, form, seat, at_ms)
            act = VisitPen(self._context, connection, visit, facts, at_ms)
            act.check_free(staff)
            return _at_the_desk(act, FactKind.VISIT_STARTED, seat)

    def join(self, visit_id: str, form: VisitForm) -> Visit:
        """Let somebody join a live visit: the party grows."""
        return amending.join(self._context, visit_id, form)

    def call(self, visit_id: str, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Call a visit to the seat; again, it is a recall. Raises Conflict, NotAllowed."""
        with acting(self._context, visit_id, at) as act:
            return _call(act, seat)

    def call_next(self, seat: Seat, *, at: datetime | None = None) -> Visit | None:
        """Call who is next in line, or recall whom the seat has called; None: nobody waits.

        Raises NotAllowed while the consultant is serving somebody.
        """
        staff = check_staff(seat)
        with self._context.database.write() as connection:
            held = by_hold(queries.list_held_by(connection, staff), staff)
            wanted = held[0] if held else self._find_next(connection, seat, at)
            if wanted is None:
                return None
            act = open_act(self._context, connection, wanted.id, at)
            if held and wanted.claims[staff].state is VisitState.SERVING:
                raise _still_serving(wanted)
            return _call(act, seat)

    def _find_next(self, connection: Connection, seat: Seat, at: datetime | None) -> Visit | None:
        now_ms = self._context.clock.wall_ms() if at is None else ms_of(at)
        turns: tuple[Turn, ...] = turns_of(connection, seat, now_ms)
        return turns[0].visit if turns else None

    def start(self, visit_id: str, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Begin serving a visit. Raises Conflict, NotAllowed (the seat holds another)."""
        staff = check_staff(seat)
        with acting(self._context, visit_id, at) as act:
            check_move(act.visit, Move.START, staff)
            act.check_free(staff)
            return _at_the_desk(act, FactKind.VISIT_STARTED, seat)

    def park(
        self,
        visit_id: str,
        reason: ParkReason,
        seat: Seat,
        *,
        wake_at: datetime | None = None,
        keeps: bool = True,
        at: datetime | None = None,
    ) -> Visit:
        """Park a visit with its reason; kept, only this consultant goes on with it."""
        with acting(self._context, visit_id, at) as act:
            check_move(act.visit, Move.PARK, seat.staff)
            body: dict[str, Any] = _by(seat) | {"reason": ParkReason(reason).value, "keeps": keeps}
            if wake_at is not None:
                body["wake_ms"] = ms_of(wake_at)
            return _flushed(act, seat, [act.draft(FactKind.VISIT_PARKED, body)])

    def not_found(self, visit_id: str, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Park a called visit whose visitor did not come; it keeps its place for anybody."""
        return self.park(visit_id, ParkReason.NOT_FOUND, seat, keeps=False, at=at)

    def send_back(self, visit_id: str, seat: Seat, *, at: datetime | None = None) -> Visit:
        """Send a visit back to the line with its arrival time; an offer goes back to its giver."""
        with acting(self._context, visit_id, at) as act:
            check_move(act.visit, Move.RETURN, seat.staff)
            claim = act.visit.claims.get(seat.staff)
            if claim is not None and claim.is_offer:
                return act.record(FactKind.VISIT_PARKED, _declined(act, seat, claim.handed_by))
            return act.record(FactKind.VISIT_RETURNED, _by(seat))

    def hand_over(
        self, visit_id: str, to_staff: str, seat: Seat, *, note: str, at: datetime | None = None
    ) -> Visit:
        """Offer a visit to a colleague, with a word about it; they start it or send it back."""
        if not note.strip():
            raise InvalidInput(
                Words(zh="轉交需要一句說明。", en="Handing over needs a note."), field="note"
            )
        with acting(self._context, visit_id, at) as act:
            check_move(act.visit, Move.HAND_OVER, seat.staff)
            _check_taker(act.connection, to_staff, seat)
            duty = visits_desk.find_open_duty(act.connection, to_staff)
            body = _by(seat) | {"to": to_staff, "to_desk": duty.desk if duty else ""}
            private = {"note": without_secrets(note.strip())}
            draft = act.draft(FactKind.VISIT_HANDED_OVER, body, private)
            return _flushed(act, seat, [draft])

    def finish(
        self,
        visit_id: str,
        seat: Seat,
        issues: Sequence[IssueForm] | None = None,
        *,
        ended_at: datetime | None = None,
        confirmed: bool = False,
        at: datetime | None = None,
    ) -> Visit:
        """End a visit with its issues, in one commit. `ended_at`: it was over earlier.

        Raises InvalidInput (an outcome is missing), NotAllowed (somebody else serves it and
        nobody `confirmed`).
        """
        self._check_over(ended_at)
        with acting(self._context, visit_id, ended_at or at) as act:
            check_move(act.visit, Move.FINISH, seat.staff)
            body = _by(seat)
            if ended_at is not None:
                body["quality"] = "estimated"
            if seat.staff not in act.visit.claims:
                body["for_staff"] = _served_by_other(act.visit, confirmed=confirmed)
            forms = drafted_issues(act) if issues is None else issues
            return self._end(act, seat, forms, body)

    def _check_over(self, ended_at: datetime | None) -> None:
        if ended_at is not None and ms_of(ended_at) > self._context.clock.wall_ms():
            raise InvalidInput(
                Words(zh="結束時間還沒到。", en="That end is still to come."), field="ended_at"
            )

    def _end(
        self, act: VisitPen, seat: Seat, forms: Iterable[IssueForm], body: Mapping[str, Any]
    ) -> Visit:
        staff = str(body.get("for_staff") or seat.staff)
        ended = act.draft(FactKind.VISIT_FINISHED, body)
        done = act.record_all([*issue_drafts(act, forms, staff), ended])
        check_outcomes(tuple(done.issues.values()))  # a refusal takes all of the commit back
        queries.drop_draft(act.connection, done.id)
        return done

    def leave(
        self, visit_id: str, reason: GoneReason, seat: Seat, *, at: datetime | None = None
    ) -> Visit:
        """End a visit that was not helped. While it is served here the visitor walked off:
        its open issues are not resolved, and it counts as served.
        """
        with acting(self._context, visit_id, at) as act:
            if act.visit.state is VisitState.SERVING and seat.staff in act.visit.claims:
                return self._end(act, seat, _walked_off(act), _by(seat))
            check_move(act.visit, Move.LEAVE, seat.staff)
            queries.drop_draft(act.connection, act.visit.id)
            body = _by(seat) | {"reason": GoneReason(reason).value}
            return act.record(FactKind.VISIT_LEFT, body)

    def carry(
        self, visit_ids: Iterable[str], to_session: str, *, at: datetime | None = None
    ) -> tuple[Visit, ...]:
        """Take visits over to another help day with their places kept; all of them or none."""
        day = get_help_day(self._context, to_session)
        with self._context.database.write() as connection:
            return tuple(
                amending.carry_over(open_act(self._context, connection, visit_id, at), day)
                for visit_id in visit_ids
            )

    def set_readiness(self, visit_id: str, values: Mapping[str, str]) -> Visit:
        """Note what the visitor has, lacks or does not need (ReadinessItem → Ready)."""
        return amending.set_readiness(self._context, visit_id, values)

    def amend(self, visit_id: str, **fields: Any) -> Visit:
        """Change what is known of a visit: names of VisitForm's fields. Times stay."""
        return amending.amend(self._context, visit_id, fields)

    def set_priority(self, visit_id: str, level: int, reason: str) -> Visit:
        """Put a visit first (level 1 or more, with a reason), or back by arrival (0)."""
        return amending.set_priority(self._context, visit_id, level, reason)

    def rate(self, visit_id: str, score: int) -> Visit:
        """Keep the visitor's word: 1 to 3 faces."""
        return amending.rate(self._context, visit_id, score)

    def undo(self, visit_id: str, seat: Seat, *, as_organizer: bool = False) -> Visit:
        """Take back the last move: one's own, or anybody's as organizer. Raises NotAllowed."""
        with acting(self._context, visit_id) as act:
            return undo_last(act, seat, as_organizer=as_organizer)

    def park_no_shows(self, session: str) -> tuple[Visit, ...]:
        """Park called visits whose visitors did not come; offers nobody took go to the giver."""
        now_ms = self._context.clock.wall_ms()
        with self._context.database.read() as connection:
            called = queries.list_visits(connection, session, [VisitState.CALLED])
        late = [visit for visit in called if is_no_show(visit, now_ms)]
        if not late:  # a timer asks often: most times nothing is written
            return ()
        with self._context.database.write() as connection:
            acts = [open_act(self._context, connection, visit.id) for visit in late]
            return tuple(_parked_late(act) for act in acts if is_no_show(act.visit, act.now_ms))

    def tally(self, topic: str, seat: Seat, *, at: datetime | None = None) -> str:
        """Count a door question answered on the spot; return the fact's id."""
        return amending.tally(self._context, topic, seat, at)

    def undo_tally(self, fact_id: str) -> None:
        """Take back a tally. Raises NotFound."""
        amending.undo_tally(self._context, fact_id)


def _by(seat: Seat) -> dict[str, Any]:
    """Return who acts where, as a fact's body tells it."""
    return {"staff": seat.staff, "desk": seat.desk}


def _call(act: VisitPen, seat: Seat) -> Visit:
    staff = check_staff(seat)
    check_move(act.visit, Move.CALL, staff)
    act.check_free(staff)
    return _at_the_desk(act, FactKind.VISIT_CALLED, seat)


def _at_the_desk(act: VisitPen, kind: FactKind, seat: Seat) -> Visit:
    """Record a call or a start; whoever does so is on duty from then on."""
    duty = duty_drafts(act.context, act.connection, seat, act.at_ms)
    act.context.journal.append(act.connection, duty)
    return act.record(kind, _by(seat))


def _flushed(act: VisitPen, seat: Seat, moves: list[Draft]) -> Visit:
    """Record the issues typed so far together with a move."""
    drafts = issue_drafts(act, drafted_issues(act), seat.staff)
    queries.drop_draft(act.connection, act.visit.id)
    return act.record_all([*drafts, *moves])


def _declined(act: VisitPen, seat: Seat, giver: str) -> dict[str, Any]:
    """An offer that was not taken waits for its giver, who finds it at the top."""
    reason = ParkReason.MOVED.value
    return _by(seat) | {"reason": reason, "owner": giver, "wake_ms": act.now_ms}


def _parked_late(act: VisitPen) -> Visit:
    claim = act.visit.claim
    if claim is None:
        return act.visit
    by = Seat(session=act.visit.session, staff=claim.staff, desk=claim.desk)
    if claim.is_offer:
        body = _declined(act, by, claim.handed_by)
    else:
        body = _by(by) | {"reason": ParkReason.NOT_FOUND.value, "keeps": False}
    return act.record(FactKind.VISIT_PARKED, body | {"auto": True})


def _walked_off(act: VisitPen) -> list[IssueForm]:
    """Return the visit's issues with those that have no outcome marked: the visitor left."""
    outcome, barriers = WALKED_OFF
    forms = [*drafted_issues(act)]
    typed = {form.id for form in forms}
    forms += [amending.form_of_issue(i) for k, i in act.visit.issues.items() if k not in typed]
    if not forms:
        forms = [IssueForm(topic=act.visit.topic)]
    return [form if form.outcome else amending.ended(form, outcome, barriers) for form in forms]


def _check_taker(connection: Connection, to_staff: str, seat: Seat) -> None:
    taker = visits_desk.find_consultant(connection, to_staff)
    if taker is None or not taker.active or to_staff == seat.staff:
        raise InvalidInput(
            Words(zh="請選另一位諮詢人員。", en="Choose another consultant."), field="to_staff"
        )


def _still_serving(visit: Visit) -> NotAllowed:
    return NotAllowed(
        Words(zh=f"{visit.ticket} 還在你這裡。", en=f"{visit.ticket} is still with you."),
        remedy=Words(zh="先完成或暫放，再叫下一位。", en="Finish or park it first."),
    )


def _served_by_other(visit: Visit, *, confirmed: bool) -> str:
    """Return whose visit is ended by somebody else, who was asked once."""
    claim = visit.claim
    if claim is None or not confirmed:
        raise NotAllowed(
            Words(
                zh=f"{visit.ticket} 由另一位諮詢人員服務中。",
                en=f"Another consultant is serving {visit.ticket}.",
            ),
            remedy=Words(zh="確定要代為完成嗎？", en="Confirm to finish it for them."),
        )
    return claim.staff
