"""How visits and loans read in the lists of the door; pure but for the language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.help_desk import Loan
from app.domain.scans import Tone
from app.domain.visits import GoneReason, Visit, VisitState
from app.services.visit_views import OpenPoint
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.issue_wording import OUTCOMES_SHORT
from ui.widgets.row_pictures import TwoLines

_TONES: Mapping[VisitState, Tone] = {
    VisitState.WAITING: Tone.NOTICE,
    VisitState.CALLED: Tone.WARN,
    VisitState.SERVING: Tone.OK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorNames:
    """What codes and numbers are called: topics, consultants, moments (UTC ms) at the venue."""

    topic: Callable[[str], str]
    clock: Callable[[int], str]
    """`09:41`, with the date in front on another day."""


def ticket_row(visit: Visit, names: DoorNames) -> TwoLines:
    """Return a number as the list of the last ones shows it."""
    is_void = visit.reason == GoneReason.VOID
    state = wording.VOIDED if is_void else wording.short_state(visit.state)
    parts = (
        names.topic(visit.topic) or say(wording.NO_TOPIC),
        say(wording.party(visit.party_size)) if visit.party_size > 1 else "",
        say(state),
    )
    return TwoLines(
        first=_joined(visit.ticket, visit.unit_text or say(wording.NO_UNIT)),
        second=_joined(*parts),
        end=names.clock(visit.arrived_ms),
        tone=_TONES.get(visit.state, Tone.QUIET),
        is_struck=is_void,
    )


def school_row(visit: Visit, points: Sequence[OpenPoint], names: DoorNames) -> TwoLines:
    """Return a visit of the school in front: who, what about, what was left open."""
    topic = names.topic(visit.topic)
    told = (
        topic if visit.name else "",
        say(wording.short_state(visit.state)),
        _desk_of(visit),
    )
    return TwoLines(
        first=_joined(visit.ticket, visit.name or topic),
        second=open_words(points) or _joined(*told),
        end=names.clock(visit.arrived_ms),
        tone=Tone.WARN if points else _TONES.get(visit.state, Tone.QUIET),
    )


def open_words(points: Sequence[OpenPoint]) -> str:
    """Say what was left open: how many, what came of it, what was to be done."""
    if not points:
        return ""
    issue = points[0].issue
    outcome = say(OUTCOMES_SHORT[issue.outcome]) if issue.outcome else ""
    return _joined(say(wording.open_points(len(points))), outcome, issue.next_step or issue.symptom)


def loan_row(loan: Loan, ticket: str, unit: str, names: DoorNames) -> TwoLines:
    """Return something that is out: what, to which number, since when."""
    return TwoLines(
        first=_joined(loan.tag, say(wording.LOAN_KINDS[loan.kind])),
        second=_joined(ticket, unit),
        end=names.clock(loan.out_ms),
    )


def _desk_of(visit: Visit) -> str:
    claim = visit.claim
    return say(wording.desk_named(claim.desk)) if claim is not None and claim.desk else ""


def _joined(*parts: str) -> str:
    return "・".join(part for part in parts if part)
