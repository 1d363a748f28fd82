"""What can be done to a row of the queue: offered as digits in the bar, only what is allowed."""

from collections.abc import Callable
from functools import partial

from app.domain.visit_moves import Move, allowed_moves
from app.domain.visits import GoneReason, Visit, VisitState
from app.domain.words import Words
from app.services.visit_views import VisitForm
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_bar import DeskBar
from ui.screens.help_desk.desk_view_model import DeskViewModel

RowAct = tuple[Words, Callable[[], object]]
_REASONS = (GoneReason.LEFT, GoneReason.NO_SHOW, GoneReason.TURNED_AWAY, GoneReason.DUPLICATE,
            GoneReason.VOID)  # fmt: skip


class DeskRowActs:
    """Asks what to do with a visit of the queue, and does it."""

    def __init__(self, model: DeskViewModel, bar: DeskBar) -> None:
        self._model = model
        self._bar = bar

    def ask(self, visit_id: str) -> None:
        """Offer what this seat may do with a visit now."""
        visit = next((one for one in self._model.picture.visits if one.id == visit_id), None)
        if visit is None:
            return
        offers = self.offers(visit)
        self._bar.choose(
            say(wording.about_row(visit.ticket)),
            [say(words) for words, _act in offers],
            lambda place: self._model.when_free(offers[place][1]),
        )

    def offers(self, visit: Visit) -> list[RowAct]:
        """Return what this seat may do with a visit, the likeliest first."""
        seat, visits = self._model.current, self._model.services.visits
        moves = allowed_moves(visit, seat.staff) if seat.staff else frozenset()
        found: list[RowAct] = []
        if Move.CALL in moves:
            found.append(
                (wording.ROW_CALL, partial(self._do, partial(visits.call, visit.id, seat)))
            )
        if Move.START in moves:
            start = partial(visits.start, visit.id, seat)
            found.append((wording.ROW_SERVE, partial(self._do, start)))
        if visit.state is VisitState.PARKED:
            back = partial(visits.send_back, visit.id, seat)
            found.append((wording.ROW_BACK, partial(self._do, back)))
        if Move.LEAVE in moves:
            found.append((wording.ROW_LEFT, partial(self._ask_left, visit)))
        if visit.state is VisitState.WAITING:
            found.append((wording.ROW_PRIORITY, partial(self._ask_priority, visit)))
            if self._model.mine is not None:
                found.append((wording.ROW_JOIN, partial(self._join, visit)))
        if visit.state is VisitState.SERVING and seat.staff not in visit.claims:
            found.append((wording.ROW_FINISH, partial(self._ask_confirm, visit)))
        return found or [(wording.ROW_MY, lambda: None)]

    def _do(self, work: Callable[[], Visit]) -> None:
        self._model.act(work)

    def _ask_left(self, visit: Visit) -> None:
        words = [say(wording.GONE_REASONS[reason.value]) for reason in _REASONS]
        leave, seat = self._model.services.visits.leave, self._model.current
        self._bar.choose(
            say(wording.why_left(visit.ticket)),
            words,
            lambda place: self._do(partial(leave, visit.id, _REASONS[place], seat)),
        )

    def _ask_priority(self, visit: Visit) -> None:
        told = [say(words) for words in (*wording.PRIORITIES, wording.PRIORITY_OFF)]
        self._bar.choose(
            say(wording.why_priority(visit.ticket)),
            told,
            lambda place: self._set_priority(visit, told[place], place < len(wording.PRIORITIES)),
        )

    def _set_priority(self, visit: Visit, reason: str, is_on: bool) -> None:
        set_priority = self._model.services.visits.set_priority
        level, why = (1, reason) if is_on else (0, "")
        self._model.act(partial(set_priority, visit.id, level, why), counts=False)

    def _join(self, visit: Visit) -> None:
        mine, seat, visits = self._model.mine, self._model.current, self._model.services.visits
        if mine is None:
            return

        def join() -> Visit:
            joined = visits.join(mine.id, VisitForm(name=visit.name, party_size=visit.party_size))
            visits.leave(visit.id, GoneReason.DUPLICATE, seat)
            return joined

        self._model.act(join, counts=False)

    def _ask_confirm(self, visit: Visit) -> None:
        seat, finish = self._model.current, self._model.services.visits.finish
        self._bar.choose(
            say(wording.ASK_CONFIRM),
            [say(wording.ROW_FINISH), say(wording.ROW_MY)],
            lambda place: (
                self._do(partial(finish, visit.id, seat, confirmed=True)) if place == 0 else None
            ),
        )
