"""What help-day papers say, read from the tables: proofs, slips, vendors' cases."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.attendance import Interval
from app.domain.help_desk import Consultant, DutyPeriod, DutyState
from app.domain.plan import EventSession
from app.domain.text import fold_text
from app.domain.visits import GoneReason, Visit, VisitState
from app.papers.desk_proofs import DutyProof, HelpDay, VisitProof
from app.papers.desk_report_texts import DeskReport
from app.papers.take_home_slip import SlipIssue, TakeHomeSlip
from app.services.context import EventContext
from app.services.credit_sheet import CreditLine
from app.services.desk_day_visits import DeskNames

NEVER_HERE = frozenset((GoneReason.NO_SHOW, GoneReason.DUPLICATE, GoneReason.VOID))


def help_day(context: EventContext, held: EventSession) -> HelpDay:
    """Return the day all proofs of a file are about; they are issued on that day."""
    return HelpDay(
        event_title=context.plan.title,
        session_title=held.title,
        held_on=held.held_on,
        venue=context.plan.venue_of(held).name,
        organiser=context.plan.organiser,
        issued_on=held.held_on,
    )


def duty_proofs(
    context: EventContext, consultants: Sequence[Consultant], duty: Sequence[DutyPeriod]
) -> list[DutyProof]:
    """Return consultants with their periods on duty, by name; breaks are left out."""
    on = [period for period in duty if period.state is DutyState.ON]
    found = []
    for person in consultants:
        mine = [period for period in on if period.staff == person.id]
        if mine:
            found.append(
                DutyProof(
                    name=person.name,
                    unit=person.unit_text,
                    title=person.title,
                    periods=tuple(_period(context, each) for each in mine),
                )
            )
    return found


def _period(context: EventContext, period: DutyPeriod) -> tuple[datetime, datetime | None]:
    end = None if period.end_ms is None else context.local(period.end_ms)
    return context.local(period.start_ms), end


def visit_proofs(
    context: EventContext, visits: Iterable[Visit], names: DeskNames, session: str
) -> list[VisitProof]:
    """Return who came to a help day, by arrival; somebody who came twice has one proof.

    Those who never showed up and tickets that were no visit have none.
    """
    found: dict[str, VisitProof] = {}
    for visit in sorted(visits, key=lambda each: (each.arrived_ms, each.ticket)):
        span = None if visit.reason in NEVER_HERE else _span_on(visit, names, session)
        if span is None:
            continue
        proof = VisitProof(
            ticket=visit.ticket,
            unit=names.unit_of(visit),
            title=visit.title,
            name=visit.name,
            party_size=visit.party_size,
            arrived_at=context.local(span[0]),
            left_at=None if span[1] is None else context.local(span[1]),
        )
        key = _same_person(visit, proof.unit)
        known = found.get(key)
        found[key] = proof if known is None else _both(known, proof)
    return list(found.values())


def _span_on(visit: Visit, names: DeskNames, session: str) -> tuple[int, int | None] | None:
    """Return from when to when a visit was there on a day; None where nobody knows it was."""
    if not visit.carried_from:
        return visit.arrived_ms, visit.closed_ms
    carried_ms = names.carried_ms.get(visit.id, 0)
    if session == visit.carried_from:
        ends = [part.end_ms for part in visit.segments if part.start_ms < carried_ms]
        return visit.arrived_ms, max((end for end in ends if end is not None), default=None)
    came = [
        part.start_ms
        for part in visit.segments
        if part.start_ms >= carried_ms and part.state in (VisitState.CALLED, VisitState.SERVING)
    ]
    # Its place was kept overnight: that it stands in line does not tell that anybody is there.
    return (min(came), visit.closed_ms) if came else None


def _same_person(visit: Visit, unit: str) -> str:
    if visit.person_id:
        return visit.person_id
    return f"{fold_text(unit)}|{fold_text(visit.name)}" if visit.name else visit.id


def _both(first: VisitProof, later: VisitProof) -> VisitProof:
    """Return one proof for two visits: the first arrival, the last departure."""
    return replace(
        first,
        ticket=f"{first.ticket}、{later.ticket}",
        party_size=max(first.party_size, later.party_size),
        left_at=later.left_at,
    )


def scanned_proofs(lines: Iterable[CreditLine], known: Iterable[str]) -> list[VisitProof]:
    """Return those who only signed in with their badge at a help day; `known` have a visit."""
    visitors = set(known)
    return [
        VisitProof(
            ticket="",
            unit=line.person.unit,
            title=line.person.title,
            name=line.person.name,
            arrived_at=line.intervals[0].in_at,
            left_at=_last_out(line.intervals),
        )
        for line in lines
        if line.intervals and line.person.id not in visitors
    ]


def _last_out(intervals: Sequence[Interval]) -> datetime | None:
    return intervals[-1].out_at


def take_home_slip(report: DeskReport, visit: Visit, *, unit: str, contact: str) -> TakeHomeSlip:
    """Return what a visit takes home."""
    return TakeHomeSlip(
        event_title=report.event_title,
        session_title=report.title.title,
        held_on=report.local(visit.arrived_ms).date(),
        ticket=visit.ticket,
        unit=unit,
        issues=tuple(
            SlipIssue(
                topic=report.topic(issue.topic),
                outcome=issue.outcome.value if issue.outcome else "",
                resolution=issue.resolution,
                next_step=issue.next_step,
            )
            for issue in visit.issues.values()
        ),
        contact=contact,
        organiser=report.organiser,
        language=report.language,
    )
