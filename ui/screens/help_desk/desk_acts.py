"""What the keys and buttons of the Desk page do to my visit; questions go to the page's bar."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app.domain.visits import Barrier, Outcome, ParkReason, Visit, VisitState
from app.domain.words import Words
from app.services.visit_views import VisitForm
from ui.language import say
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_bar import DeskBar
from ui.screens.help_desk.desk_view_model import DeskViewModel
from ui.screens.help_desk.issue_drafts import DraftKeeper
from ui.screens.help_desk.issue_editor import IssueEditor

OFFERED = 8
"""How many names or vendors get a digit; the ninth is always another one."""
PARKINGS = tuple(reason for reason in ParkReason if reason is not ParkReason.NOT_FOUND)
_WAKES = {ParkReason.PRACTISING, ParkReason.FETCHING}
"""Reasons that ask when the visitor is back."""


class DeskActs:
    """Acts on the visit that is with this seat."""

    def __init__(self, desk: Desk, model: DeskViewModel, editor: IssueEditor, bar: DeskBar) -> None:
        self._desk = desk
        self._model = model
        self._editor = editor
        self._bar = bar
        self.keeper = DraftKeeper(desk, editor.document, model)

    # --- calling

    def call_next(self) -> None:
        """Call who is next; where somebody is called already, call again."""
        self._model.call_next()

    def start(self) -> None:
        """Begin to serve whom I called."""
        visit = self._mine()
        if visit is not None:
            services = self._model.services.visits
            self._model.act(
                partial(services.start, visit.id, self._model.current),
                lambda _visit: self._editor.focus_text(),
            )

    def not_found(self) -> None:
        """Park whom I called and who is not there."""
        visit = self._mine()
        if visit is not None:
            services = self._model.services.visits
            self._model.act(partial(services.not_found, visit.id, self._model.current))

    def send_back(self) -> None:
        """Send my visit back to the line, with its place."""
        visit = self._mine()
        if visit is not None:
            self.keeper.flush()
            services = self._model.services.visits
            self._model.act(partial(services.send_back, visit.id, self._model.current))

    def serve_new(self) -> None:
        """Open and start a visit for somebody who stands here without a number."""
        self._bar.fill_in(say(wording.ASK_SCHOOL), self._serve_new)

    def _serve_new(self, typed: str) -> None:
        school, _, name = typed.replace("\u3000", " ").partition(" ")
        form = VisitForm(unit_text=school, name=name.strip(), channel="desk")
        self._model.when_free(partial(self._model.serve_new, form))

    # --- ending

    def finish(self, then: Callable[[], object] | None = None) -> None:
        """End my visit with what is typed."""
        self._finish(0, then)

    def finish_next(self) -> None:
        """End my visit and call the next one."""
        self.finish(lambda: self._model.when_free(self._model.call_next))

    def ask_earlier(self) -> None:
        """Ask how many minutes ago my visit ended, and end it then."""
        if self._serving() is not None:
            self._bar.fill_in(say(wording.ASK_MINUTES), self._finish_ago, digits=True)

    def finish_ago(self, minutes: int) -> None:
        """End my visit some minutes ago."""
        self._finish(minutes, None)

    def walked_off(self) -> None:
        """End my visit because the visitor left while being helped."""
        if self._serving() is not None:
            form = self._editor.front
            if form.outcome is None:
                self._editor.pick_outcome(Outcome.NOT_RESOLVED)
                self._editor.barriers.toggled.emit((Barrier.LEFT,))
            self.finish()

    def _finish_ago(self, typed: str) -> None:
        if typed.isdecimal():
            self._model.when_free(partial(self._finish, int(typed), None))

    def _finish(self, minutes: int, then: Callable[[], object] | None) -> None:
        visit = self._serving()
        if visit is None:
            return
        self.keeper.flush()
        ended_at = office_of(self._desk).events.now() - timedelta(minutes=minutes)
        more = {"ended_at": ended_at} if minutes else {}

        def done(_visit: Visit | None) -> None:
            self.keeper.forget()
            if then is not None:
                then()

        self._model.finish(visit, self._editor.worth_recording(), done, **more)

    # --- parking and handing over

    def ask_park(self) -> None:
        """Ask why my visit is parked, and park it."""
        if self._mine() is None:
            return
        words = [say(wording.PARK_REASONS[reason.value]) for reason in PARKINGS]
        self._bar.choose(say(wording.ASK_PARK), words, self._park)

    def _park(self, place: int) -> None:
        reason = PARKINGS[place]
        if reason not in _WAKES:
            self._store_park(reason, 0)
            return
        waits = [say(words) for _minutes, words in wording.WAKES]
        self._bar.choose(
            say(wording.ASK_WAKE),
            waits,
            lambda chosen: self._store_park(reason, wording.WAKES[chosen][0]),
        )

    def _store_park(self, reason: ParkReason, minutes: int) -> None:
        visit = self._mine()
        if visit is None:
            return
        now = office_of(self._desk).events.now()
        wake_at = now + timedelta(minutes=minutes) if minutes else None
        self.keeper.flush()
        park = self._model.services.visits.park
        keeps = reason not in (ParkReason.MOVED, ParkReason.EXPERT)
        self._model.act(
            partial(park, visit.id, reason, self._model.current, wake_at=wake_at, keeps=keeps)
        )

    def ask_hand_over(self) -> None:
        """Ask to whom my visit goes and what they should know."""
        visit = self._serving()
        if visit is None:
            return
        me = self._model.current.staff
        others = [one for one in self._model.seat.consultants if one.active and one.id != me]
        if not others:
            self._model.say(wording.NO_COLLEAGUE)
            return
        self._bar.choose(
            say(wording.ASK_WHO),
            [one.name for one in others[:9]],
            lambda place: self._ask_note(visit, others[place].id),
        )

    def _ask_note(self, visit: Visit, to_staff: str) -> None:
        self._bar.fill_in(
            say(wording.ASK_NOTE), lambda note: self._hand_over(visit, to_staff, note)
        )

    def _hand_over(self, visit: Visit, to_staff: str, note: str) -> None:
        self.keeper.flush()
        hand_over = self._model.services.visits.hand_over
        self._model.act(partial(hand_over, visit.id, to_staff, self._model.current, note=note))

    # --- escalating

    def ask_escalate(self) -> None:
        """Mark the issue as escalated and ask to whom it goes."""
        if self._serving() is None:
            return
        self._editor.pick_outcome(Outcome.ESCALATED)
        self._model.ask(self._model.services.followups.vendors, self._ask_vendor)

    def _ask_vendor(self, known: tuple[str, ...]) -> None:
        told = list(known[:OFFERED])
        if not told:
            self._ask_other_vendor()
            return
        self._bar.choose(
            say(wording.ASK_VENDOR),
            [*told, say(wording.OTHER_VENDOR)],
            lambda place: (
                self._escalate(told[place]) if place < len(told) else self._ask_other_vendor()
            ),
        )

    def _ask_other_vendor(self) -> None:
        self._bar.fill_in(say(wording.ASK_VENDOR), self._escalate)

    def _escalate(self, vendor: str) -> None:
        visit, form = self._mine(), self._editor.front
        if visit is None or not vendor.strip() or form.id is None:
            return
        services, seat, issue_id = self._model.services, self._model.current, form.id

        def store() -> Visit:
            recorded = services.issues.record(visit.id, form, seat)
            services.followups.open(visit.id, issue_id, vendor, owner=seat.staff)
            return recorded

        self.keeper.flush()
        told = wording.escalated(vendor.strip())
        self._model.act(store, lambda _visit: self._model.say(told), counts=False)

    # --- the rest

    def repeat_last(self) -> None:
        """Fill what is blank as in my entry before."""
        if self._mine() is None:
            return
        if self._model.last_entry is None:
            self._model.say(wording.NOTHING_BEFORE)
        else:
            self._editor.repeat(self._model.last_entry)

    def undo(self) -> None:
        """Take back the last act of this seat."""
        self.keeper.flush()
        self._model.undo()

    def drop_issue(self) -> None:
        """Take the issue in front out of my visit."""
        visit, gone = self._model.mine, self._editor.drop_issue()
        if visit is not None and gone in visit.issues:
            drop = self._model.services.issues.drop
            self._model.act(partial(drop, visit.id, gone), counts=False)

    def ask_who(self) -> None:
        """Ask for school and name of my visit."""
        visit = self._mine()
        if visit is not None:
            told = f"{visit.unit_text} {visit.name}".strip()
            self._bar.fill_in(say(wording.ASK_SCHOOL), partial(self._amend_who, visit), text=told)

    def _amend_who(self, visit: Visit, typed: str) -> None:
        school, _, name = typed.replace("\u3000", " ").partition(" ")
        amend = self._model.services.visits.amend
        work = partial(amend, visit.id, unit_text=school, name=name.strip())
        self._model.act(work, counts=False)

    def ask_party(self) -> None:
        """Ask how many came."""
        visit = self._mine()
        if visit is not None:
            self._bar.fill_in(
                say(wording.ASK_PARTY), partial(self._amend_party, visit), digits=True
            )

    def _amend_party(self, visit: Visit, typed: str) -> None:
        if typed.isdecimal() and 0 < int(typed) < 100:
            amend = self._model.services.visits.amend
            self._model.act(partial(amend, visit.id, party_size=int(typed)), counts=False)

    def note_topic(self) -> None:
        """Let the visit's topic follow its first issue; the clock goes on."""
        visit, forms = self._model.mine, self._editor.forms
        if visit is None or not forms or forms[0].topic in ("", visit.topic):
            return
        amend = self._model.services.visits.amend
        self._model.act(partial(amend, visit.id, topic=forms[0].topic), counts=False)

    def _mine(self) -> Visit | None:
        return self._need(self._model.mine, wording.NO_VISIT)

    def _serving(self) -> Visit | None:
        visit = self._mine()
        if visit is None:
            return None
        claim = visit.claims.get(self._model.current.staff)
        is_serving = claim is not None and claim.state is VisitState.SERVING
        return self._need(visit if is_serving else None, wording.NOT_STARTED)

    def _need(self, visit: Visit | None, words: Words) -> Visit | None:
        if visit is None:
            self._model.say(words)
        return visit
