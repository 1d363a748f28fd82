"""Proofs of a help day: consultants' attendance and substitute teaching, visitors' presence.

Visitors' proofs are for official leave only (the plan: 同意核予參加學員公(差)假登記): a help day
earns no credit, so no hours stand on them. Substitute teaching (課務派代) is granted to consultants
only, and on help days only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.dates import clock
from app.papers.fonts import FontBook
from app.papers.paper_warnings import PaperWarning
from app.papers.proof_halves import ProofText, write_proof_halves
from app.papers.proofs import NOT_RECORDED

Period = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDay:
    """The help day all proofs of a file are about."""

    event_title: str
    session_title: str
    held_on: date
    venue: str
    organiser: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyProof:
    """A consultant with the periods on duty, local times."""

    name: str
    unit: str = ""
    title: str = ""
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitProof:
    """Visitors of one stay; without a name the ticket stands for them. Times are local.

    Without a ticket somebody only signed in with the badge.
    """

    ticket: str
    unit: str = ""
    title: str = ""
    name: str = ""
    party_size: int = 1
    arrived_at: datetime
    left_at: datetime | None = None


def write_desk_proofs(
    out: Path,
    day: HelpDay,
    *,
    duties: Sequence[DutyProof] = (),
    visits: Sequence[VisitProof] = (),
    fonts: FontBook | None = None,
) -> tuple[PaperWarning, ...]:
    """Write a help day's proofs as PDF: each consultant's two on one page, then the visitors'."""
    texts = [
        text for duty in duties for text in (attended_text(day, duty), substituted_text(day, duty))
    ]
    texts += [visited_text(day, visit) for visit in visits]
    return write_proof_halves(out, texts, fonts=fonts)


def attended_text(day: HelpDay, duty: DutyProof) -> ProofText:
    """Return a consultant's attendance proof."""
    starts = [start for start, _ in duty.periods]
    ends = [end for _, end in duty.periods if end is not None]
    times = (
        ("到場時間", clock(min(starts, default=None)) or NOT_RECORDED),
        ("離場時間", clock(max(ends, default=None)) or NOT_RECORDED),
    )
    return _text(
        day,
        title="出席證明",
        who=f"茲證明　{_who(duty.unit, duty.title, duty.name)}　君",
        purpose="擔任下列活動之諮詢教師，作為公（差）假登記之用：",
        lines=times,
    )


def substituted_text(day: HelpDay, duty: DutyProof) -> ProofText:
    """Return a consultant's proof for substitute teaching, with the periods on duty."""
    periods = "、".join(
        f"{clock(start)}–{clock(end) or '（未結束）'}" for start, end in duty.periods
    )
    return _text(
        day,
        title="課務派代證明",
        who=f"茲證明　{_who(duty.unit, duty.title, duty.name)}　君",
        purpose="擔任下列駐點之諮詢教師，該日課務請准予派代：",
        lines=(("值班時段", periods or NOT_RECORDED),),
    )


def visited_text(day: HelpDay, visit: VisitProof) -> ProofText:
    """Return a visitor's proof of presence, without hours."""
    together = f"等 {visit.party_size} 人" if visit.party_size > 1 else ""
    named = f"{_who(visit.unit, visit.title, visit.name)}　君{together}"
    nameless = f"{visit.unit or '（單位　　　　　　）'}　＿＿＿＿＿＿　君{together}"
    number = (("號　　碼", visit.ticket),) if visit.ticket else ()
    return _text(
        day,
        title="到場證明",
        who=f"茲證明　{named if visit.name else nameless}",
        purpose="到場接受駐點實機協助，作為公（差）假登記之用：",
        lines=(
            ("到場時間", clock(visit.arrived_at)),
            ("離場時間", clock(visit.left_at) or NOT_RECORDED),
            *number,
        ),
    )


def _text(
    day: HelpDay, *, title: str, who: str, purpose: str, lines: tuple[tuple[str, str], ...]
) -> ProofText:
    return ProofText(
        title=title,
        who=who,
        purpose=purpose,
        lines=(
            ("活動名稱", day.event_title),
            ("場　　次", day.session_title),
            ("日　　期", roc_date(day.held_on)),
            *lines,
            ("地　　點", day.venue),
        ),
        organiser=day.organiser,
        issued_on=day.issued_on,
    )


def _who(unit: str, title: str, name: str) -> str:
    return " ".join(part for part in (unit, title, name) if part)
