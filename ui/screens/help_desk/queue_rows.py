"""The queue as rows: whom to call in order and why, who is parked, who is where. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.next_in_line import WHY_WORDS, Turn, WhyNext
from app.domain.visits import LIVE, Claim, Seat, Visit, VisitState
from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.timer import minutes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One line of the queue; a heading has no visit."""

    visit_id: str = ""
    ticket: str = ""
    first: str = ""
    second: str = ""
    end: str = ""
    mark: str = ""
    """`first`, `mine`, `conflict`, `returning` or nothing: a bar of colour beside the words."""
    can_call: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the row names what stands below it."""
        return not self.visit_id

    @property
    def spoken(self) -> str:
        """The row as one sentence, for screen readers."""
        return "，".join(part for part in (self.ticket, self.first, self.second, self.end) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What numbers and codes are called, from outside: consultants, topics, the clock."""

    staff: Callable[[str], str]
    topic: Callable[[str], str]
    clock: Callable[[int], str]
    now_ms: int


def waiting_rows(
    visits: Sequence[Visit], turns: Sequence[Turn], names: Names
) -> tuple[QueueRow, ...]:
    """Return whom to call, in order, each with the reason of its place."""
    schools = Counter(school for visit in visits if (school := _school(visit)))
    waiting = [_turn_row(turn, place, schools, names) for place, turn in enumerate(turns)]
    return tuple(_group(wording.queue_waiting(len(waiting)), waiting))


def other_rows(
    visits: Sequence[Visit], turns: Sequence[Turn], seat: Seat, names: Names
) -> tuple[QueueRow, ...]:
    """Return who is with whom, and who is parked and until when."""
    listed = {turn.visit.id for turn in turns}
    parked = [
        _parked_row(visit, seat, names)
        for visit in visits
        if visit.state is VisitState.PARKED and visit.id not in listed
    ]
    served = [
        _served_row(visit, claim, seat, names)
        for visit in visits
        for claim in visit.claims.values()
    ]
    return (
        *_group(wording.queue_served(len(served)), served),
        *_group(wording.queue_parked(len(parked)), parked),
    )


def changed_places(old: Sequence[QueueRow], new: Sequence[QueueRow]) -> tuple[int, ...] | None:
    """Return which rows read differently, or None where rows came, went or moved."""
    if [row.visit_id for row in old] != [row.visit_id for row in new]:
        return None
    return tuple(place for place, row in enumerate(new) if row != old[place])


def _group(heading: Words, rows: list[QueueRow]) -> list[QueueRow]:
    return [QueueRow(first=say(heading)), *rows] if rows else []


def _turn_row(turn: Turn, place: int, schools: Mapping[str, int], names: Names) -> QueueRow:
    visit = turn.visit
    return QueueRow(
        visit_id=visit.id,
        ticket=visit.ticket,
        first=who(visit),
        second="　".join(part for part in _reasons(turn, schools, names) if part),
        end=say(wording.minutes(minutes_of(visit.wait_ms(names.now_ms)))),
        mark="first" if place == 0 else "",
        can_call=True,
    )


def _reasons(turn: Turn, schools: Mapping[str, int], names: Names) -> list[str]:
    visit = turn.visit
    why = say(WHY_WORDS[turn.why])
    if turn.why is WhyNext.PRIORITY and visit.priority_reason:
        why = f"{why}：{visit.priority_reason}"
    same = schools.get(_school(visit), 0)
    return [
        why,
        names.topic(visit.topic),
        say(wording.party(visit.party_size)) if visit.party_size > 1 else "",
        say(wording.same_school(same)) if same > 1 else "",
        say(wording.RETURNED) if visit.return_of else "",
        say(wording.BACK_IN_LINE) if visit.is_returning else "",
        say(wording.NOT_READY) if visit.is_ready is False else "",
    ]


def _parked_row(visit: Visit, seat: Seat, names: Names) -> QueueRow:
    is_mine = bool(visit.owner) and visit.owner == seat.staff
    reason = wording.PARK_REASONS.get(visit.reason)
    keeper = "" if is_mine else names.staff(visit.owner) if visit.owner else say(wording.ANYBODY)
    told = [say(reason) if reason else "", say(wording.MINE) if is_mine else keeper]
    return QueueRow(
        visit_id=visit.id,
        ticket=visit.ticket,
        first=who(visit),
        second="　".join(part for part in told if part),
        end=names.clock(visit.wake_ms) if visit.wake_ms is not None else "",
        mark="mine" if is_mine else "",
        can_call=not visit.owner or is_mine,
    )


def _served_row(visit: Visit, claim: Claim, seat: Seat, names: Names) -> QueueRow:
    state = wording.CLAIM_STATES[claim.state]
    at = say(wording.at_desk(claim.desk)) if claim.desk else ""
    told = [at, names.staff(claim.staff), say(state)]
    if claim.state is VisitState.CALLED and claim.recalls > 1:
        told.append(say(wording.called_times(claim.recalls)))
    is_mine = claim.staff == seat.staff
    return QueueRow(
        visit_id=visit.id,
        ticket=visit.ticket,
        first=who(visit),
        second="　".join(part for part in told if part),
        end=say(wording.minutes(minutes_of(names.now_ms - claim.since_ms))),
        mark="conflict" if len(visit.claims) > 1 else "mine" if is_mine else "",
    )


def who(visit: Visit) -> str:
    """Return a visit's school, or who came where no school is known."""
    return visit.unit_text or visit.name or say(wording.NOBODY_KNOWN)


def _school(visit: Visit) -> str:
    return (visit.unit_id or visit.unit_text) if visit.state in LIVE else ""
