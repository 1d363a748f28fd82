"""How consultants, their periods, loans and leftovers read in lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.help_desk import DutyPeriod, DutyState, Loan
from app.domain.scans import Tone
from app.domain.visits import Visit, VisitState
from app.services.visit_views import ConsultantLoad
from ui.language import say
from ui.screens.help_desk import door_wording
from ui.screens.help_desk import people_wording as wording
from ui.theme import palette
from ui.widgets.row_pictures import TwoLines
from ui.widgets.row_table import Column

_MINUTE_MS = 60_000


def minutes_of(span_ms: int) -> int:
    """Return whole minutes."""
    return round(span_ms / _MINUTE_MS)


def share_of(load: ConsultantLoad) -> float:
    """Return serving time over time on duty; 0 where nobody was on duty."""
    return load.serving_ms / load.duty_ms if load.duty_ms else 0.0


def share_text(load: ConsultantLoad) -> str:
    """Return the share in percent, a dash where there was no duty."""
    return f"{share_of(load):.0%}" if load.duty_ms else "–"


def state_text(load: ConsultantLoad) -> str:
    """Return what somebody is doing, with its sign."""
    if not load.consultant.active:
        return say(wording.RETIRED)
    return f"{wording.SIGNS[load.state]} {say(wording.STATES[load.state])}"


def _colour(load: ConsultantLoad) -> str | None:
    return {DutyState.ON: palette().good, DutyState.BREAK: palette().caution}.get(load.state)


def _number(count: int) -> str:
    return str(count) if count else "–"


LOAD_COLUMNS: tuple[Column[ConsultantLoad], ...] = (
    Column(heading=wording.NAME, text=lambda load: load.consultant.name),
    Column(heading=wording.DUTY, text=state_text, colour=_colour),
    Column(heading=wording.DESK, text=lambda load: load.desk or "–"),
    Column(heading=wording.NOW, text=lambda load: load.ticket or "–"),
    Column(
        heading=wording.VISITS, text=lambda load: _number(load.visits), is_number=True,
        sort_key=lambda load: load.visits,
    ),
    Column(
        heading=wording.ISSUES, text=lambda load: _number(load.issues), is_number=True,
        sort_key=lambda load: load.issues,
    ),
    Column(
        heading=wording.SERVING, text=lambda load: _number(minutes_of(load.serving_ms)),
        sort_key=lambda load: load.serving_ms, is_number=True,
    ),
    Column(
        heading=wording.ON_DUTY, text=lambda load: _number(minutes_of(load.duty_ms)),
        sort_key=lambda load: load.duty_ms, is_number=True,
    ),
    Column(
        heading=wording.SHARE, text=share_text, sort_key=share_of, is_number=True,
        tip=lambda _load: say(wording.SHARE_TIP),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRow:
    """Something that is out, with the number and school it went to."""

    loan: Loan
    ticket: str
    unit: str
    since: str


LOAN_COLUMNS: tuple[Column[LoanRow], ...] = (
    Column(
        heading=wording.WHAT,
        text=lambda row: f"{row.loan.tag}  {say(door_wording.LOAN_KINDS[row.loan.kind])}".strip(),
    ),
    Column(heading=wording.TICKET, text=lambda row: f"{row.ticket} {row.unit}".strip() or "–"),
    Column(heading=wording.SINCE, text=lambda row: row.since),
)


def period_lines(
    periods: Sequence[DutyPeriod], staff: str, clock: Callable[[int], str]
) -> tuple[str, ...]:
    """Return somebody's periods of the day, one a line: from, to, what, where."""
    return tuple(_period(one, clock) for one in periods if one.staff == staff)


def _period(period: DutyPeriod, clock: Callable[[int], str]) -> str:
    end = say(wording.OPEN_END) if period.end_ms is None else clock(period.end_ms)
    parts = (
        f"{clock(period.start_ms)}–{end}",
        say(wording.STATES[period.state]),
        say(door_wording.desk_named(period.desk)) if period.desk else "",
        say(wording.FORCED) if period.ended_by == "forced" else "",
    )
    return "  ".join(part for part in parts if part)


def leftover_entry(visit: Visit, clock: Callable[[int], str]) -> TwoLines:
    """Return a number that is still there at the end of the day."""
    is_served = visit.state is VisitState.SERVING
    state = wording.SERVING_NOW if is_served else door_wording.short_state(visit.state)
    parts = (visit.unit_text, visit.name, say(state))
    return TwoLines(
        first=visit.ticket,
        second="・".join(part for part in parts if part),
        end=clock(visit.arrived_ms),
        tone=Tone.WARN if is_served else Tone.NOTICE,
    )
