"""The closing list of a session: presence, proposal and decision of each person."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.attendance import Attendance, Interval, fold_presence
from app.domain.credit import Proposal, ProposalKind, Reason, propose_credit
from app.domain.errors import NotAllowed
from app.domain.facts import FactId, PersonId
from app.domain.people import id_tail, short_unit_name
from app.domain.plan import EventSession, SessionKind
from app.domain.verdict import Direction, PastScan, Verdict
from app.domain.words import Words
from app.services.conflict_cards import ConflictFlags, read_flags
from app.services.context import EventContext
from app.services.people import PersonCard
from db.engine import storage_errors
from db.queries import closing as queries
from db.queries.closing import Attendee
from db.tables import CreditDecisionRow, ScanRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided, who and why."""

    granted: bool
    hours: int
    reason: str
    actor: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One person at one session: presence, proposal, decision."""

    person: PersonCard
    has_id: bool
    intervals: tuple[Interval, ...]
    minutes_present: int
    proposal: Proposal
    decision: Decision | None
    origin: str = ""
    """`imported`, `walk_in` or `moved`; empty for somebody here without a registration."""
    was_seen: bool = True
    """Whether any scan counts, an exit without an entry too."""
    id_number: str = ""
    """In full; shown to nobody, written to the credit file only."""
    unit_code: str = ""
    credited_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSheet:
    """A session's closing list."""

    session: str
    course: str
    lines: tuple[CreditLine, ...]
    sealed_at: datetime | None = None


def require_briefing(context: EventContext, code: str) -> EventSession:
    """Return a session that may yield credit. Raises NotFound, NotAllowed (a help day)."""
    session = context.get_session(code)
    if session.kind is SessionKind.HELPDESK:
        raise NotAllowed(
            Words(
                zh="駐點服務日不核給研習時數。",
                en="A help day never yields credit hours.",
            ),
            remedy=Words(
                zh="可改匯出出席證明（proofs）或出席紀錄（attendance）。",
                en="Export attendance proofs or the attendance list instead.",
            ),
        )
    return session


def read_credit_sheet(context: EventContext, code: str) -> CreditSheet:
    """Return everybody registered or present at a session, those needing review first."""
    lines = read_lines(context, code)
    session = context.get_session(code)
    with context.database.orm() as db:
        seal = queries.find_seal(db, code)
    lines.sort(key=lambda line: (_urgency(line), line.person.unit, line.person.name))
    return CreditSheet(
        session=code,
        course=session.course,
        lines=tuple(lines),
        sealed_at=context.local(seal.sealed_ms) if seal else None,
    )


def read_lines(context: EventContext, code: str) -> list[CreditLine]:
    """Return a session's people by unit and name, help days included (they propose nothing)."""
    session = context.get_session(code)
    with context.database.orm() as db:
        attendees = queries.list_attendees(db, code)
        here = _scans_by_person(context, db, [code])
        elsewhere = _scans_by_person(context, db, _sessions_at_the_same_time(context, session))
        # Whatever facts may say: a help day has no decisions.
        is_briefing = session.kind is SessionKind.BRIEFING
        decisions = queries.list_decisions(db, session.course) if is_briefing else []
        numbers = queries.id_numbers_of_decided(db, session.course)
    # Not in a transaction of its own: a decision reads the list inside its own.
    with storage_errors():
        flags = read_flags(context, context.database.connection(), code)
    decided = {item.person_id: item for item in decisions if item.session == code}
    grants = _first_grants(decisions, numbers)
    return [
        _line(
            context,
            session,
            attendee,
            scans=here.get(attendee.person.id, []),
            scans_elsewhere=elsewhere.get(attendee.person.id, []),
            decided=decided.get(attendee.person.id),
            granted=grants.get(attendee.person.id_number or attendee.person.id),
            flags=flags,
        )
        for attendee in attendees
    ]


def _first_grants(
    decisions: Sequence[CreditDecisionRow], numbers: Mapping[str, str]
) -> dict[str, CreditDecisionRow]:
    """Return the standing grant of a course by ID number; by person where there is none.

    Two desks that had not met may both have granted: the first decision stands. Two entries with
    one ID number (a walk-in who was on the roster all along) are one person to the credit file.
    """
    grants: dict[str, CreditDecisionRow] = {}
    for item in decisions:
        if item.granted:
            grants.setdefault(numbers.get(item.person_id) or item.person_id, item)
    return grants


def _urgency(line: CreditLine) -> int:
    """Order of the closing list: no ID first, then the doubtful, then the clean, then the rest."""
    if line.decision is not None:
        return 4
    if not line.has_id and line.proposal.kind is not ProposalKind.NONE:
        return 0
    return {ProposalKind.REVIEW: 1, ProposalKind.GRANT: 2, ProposalKind.NONE: 3}[line.proposal.kind]


def _line(
    context: EventContext,
    session: EventSession,
    attendee: Attendee,
    *,
    scans: Sequence[PastScan],
    scans_elsewhere: Sequence[PastScan],
    decided: CreditDecisionRow | None,
    granted: CreditDecisionRow | None,
    flags: ConflictFlags,
) -> CreditLine:
    """Return one person's line; `granted` is the standing grant of the course, wherever made."""
    attendance = fold_presence(scans)
    person = attendee.person
    here = (session.code, person.id)
    credited_elsewhere = granted is not None and (granted.session, granted.person_id) != here
    return CreditLine(
        person=PersonCard(
            id=PersonId(person.id),
            name=person.name,
            unit=short_unit_name(attendee.unit_name),
            title=person.title,
            id_tail=id_tail(person.id_number),
            attention=person.attention,
        ),
        has_id=bool(person.id_number),
        intervals=attendance.intervals,
        minutes_present=attendance.minutes_present,
        proposal=_proposal(
            context,
            session,
            attendance,
            has_id=bool(person.id_number),
            credited_elsewhere=credited_elsewhere,
            scans_elsewhere=() if person.id in flags.settled_rooms else scans_elsewhere,
            has_conflict=person.id in flags.unsettled,
        ),
        decision=_decision(context, decided) if decided else None,
        origin=attendee.origin,
        was_seen=bool(attendance.intervals or attendance.exits_without_entry),
        id_number=person.id_number,
        unit_code=attendee.unit_code,
        credited_elsewhere=credited_elsewhere,
    )


def _proposal(
    context: EventContext,
    session: EventSession,
    attendance: Attendance,
    *,
    has_id: bool,
    credited_elsewhere: bool,
    scans_elsewhere: Sequence[PastScan],
    has_conflict: bool,
) -> Proposal:
    course = context.plan.course_of(session)
    return propose_credit(
        attendance,
        window=context.windows[session.code],
        policy=course.policy,
        hours=course.hours,
        breaks=context.plan.breaks_of(session),
        has_id_number=has_id,
        credited_elsewhere=credited_elsewhere,
        intervals_elsewhere=fold_presence(scans_elsewhere).intervals if scans_elsewhere else (),
        has_conflict=has_conflict,
    )


def _decision(context: EventContext, row: CreditDecisionRow) -> Decision:
    return Decision(
        granted=bool(row.granted),
        hours=row.hours,
        reason=row.reason,
        actor=row.actor,
        decided_at=context.local(row.at_ms),
    )


def _sessions_at_the_same_time(context: EventContext, session: EventSession) -> list[str]:
    return [
        other.code
        for other in context.plan.sessions
        if other.code != session.code and other.held_on == session.held_on
    ]


def _scans_by_person(
    context: EventContext, db: Session, sessions: Sequence[str]
) -> dict[str, list[PastScan]]:
    scans: dict[str, list[PastScan]] = defaultdict(list)
    if sessions:
        for row in queries.list_counting_scans(db, sessions):
            if row.person_id is not None:
                scans[row.person_id].append(_past_scan(context, row))
    return scans


def _past_scan(context: EventContext, row: ScanRow) -> PastScan:
    body = json.loads(row.body)
    return PastScan(
        at=context.local(row.at_ms),
        station=row.station,
        direction=Direction(body["direction"]),
        verdict=Verdict(body["verdict"]),
        counts=True,
        badge_code=body.get("code", ""),
        fact_id=FactId(row.fact_id),
        hand_entered=bool(body.get("hand_entered")),
        offset_quality=row.offset_quality,
    )


def reasons_of(line: CreditLine) -> tuple[Reason, ...]:
    """Return the reasons of a line's proposal in order."""
    return tuple(finding.reason for finding in line.proposal.findings)
