"""From an event's tables to the rows that files and papers take."""

import json
from collections.abc import Sequence
from datetime import datetime

from app.domain.attendance import Interval
from app.domain.people import UnitLevel
from app.domain.plan import EventSession, Plan, SessionKind
from app.papers.export_rows import AttendanceRow, CreditRow, ParticipationRow, ScanRow
from app.papers.flow import Heading
from app.papers.proofs import AttendanceProof
from app.papers.signin_sheet import SignInRow, SignInSheet
from app.services.context import EventContext
from app.services.credit_sheet import CreditLine, read_lines
from app.services.regions import batch_of_region
from db.queries import desk, participation

LEVEL_WORDS = {
    UnitLevel.ELEMENTARY: "國小",
    UnitLevel.JUNIOR: "國中",
    UnitLevel.SENIOR: "高中",
    UnitLevel.OTHER: "其他",
}
ORIGIN_WORDS = {
    "imported": "預先報名",
    "walk_in": "現場報名",
    "portable": "現場報名",
    "added": "補登",
    "moved": "更換場次",
    "": "",
}


def credit_rows(context: EventContext, held: EventSession) -> tuple[list[CreditRow], list[int]]:
    """Return the granted hours of a session, and positions of those left out for want of an ID.

    A person whose course was first granted at another session stands in that session's file only.
    """
    granted = [
        line
        for line in read_lines(context, held.code)
        if line.decision is not None and line.decision.granted and not line.credited_elsewhere
    ]
    rows = [_credit_row(context, held, line) for line in granted if line.has_id]
    left_out = [position for position, line in enumerate(granted, 1) if not line.has_id]
    return rows, left_out


def _credit_row(context: EventContext, held: EventSession, line: CreditLine) -> CreditRow:
    course = context.plan.course_of(held)
    first_in, last_out = _span(line.intervals)
    return CreditRow(
        name=line.person.name,
        id_number=line.id_number,
        hours=line.decision.hours if line.decision else 0,
        held_on=held.held_on,
        unit=line.person.unit,
        unit_code=line.unit_code,
        title=line.person.title,
        course_title=course.title,
        session=held.code,
        session_title=held.title,
        organiser=context.plan.organiser,
        first_in=first_in,
        last_out=last_out,
        course_hours=course.hours,
    )


def _span(intervals: Sequence[Interval]) -> tuple[datetime | None, datetime | None]:
    if not intervals:
        return None, None
    return intervals[0].in_at, intervals[-1].out_at


def attendance_rows(context: EventContext, held: EventSession) -> list[AttendanceRow]:
    """Return everybody of a session with presence, absent people included."""
    rows = []
    for line in read_lines(context, held.code):
        first_in, last_out = _span(line.intervals)
        rows.append(
            AttendanceRow(
                name=line.person.name,
                held_on=held.held_on,
                unit=line.person.unit,
                unit_code=line.unit_code,
                title=line.person.title,
                id_number=line.id_number,
                session=held.code,
                session_title=held.title,
                origin=ORIGIN_WORDS[line.origin],
                status="出席" if first_in else "僅簽退" if line.was_seen else "未到",
                first_in=first_in,
                last_out=last_out,
                minutes=line.minutes_present if line.intervals else None,
                intervals=" ".join(_stretch(interval) for interval in line.intervals),
                hours=line.decision.hours if line.decision else None,
                decision=_decision_word(line),
                remark="" if line.origin else "不在名冊",
            )
        )
    return rows


def _stretch(interval: Interval) -> str:
    end = f"{interval.out_at:%H:%M}" if interval.out_at else ""
    return f"{interval.in_at:%H:%M}-{end}"


def _decision_word(line: CreditLine) -> str:
    if line.decision is None:
        return ""
    return "核給" if line.decision.granted else "不核給"


def scan_rows(context: EventContext, held: EventSession) -> list[ScanRow]:
    """Return every reading at a session, refused and undone ones included, oldest first."""
    with context.database.read() as connection:
        stored = desk.all_scans(connection, held.code)
        notes = desk.scan_notes(connection, held.code)
    rows = []
    for scan in stored:
        body = json.loads(scan.body)
        seq, reason = notes[scan.fact_id]
        rows.append(
            ScanRow(
                scanned_at=context.local(scan.at_ms),
                session=scan.session,
                station=scan.station,
                direction=body["direction"],
                verdict=body["verdict"],
                counts=scan.counts,
                code=body.get("code", ""),
                name=scan.person.name if scan.person else "",
                unit=scan.person.unit if scan.person else "",
                reader=body.get("reader", ""),
                voided=scan.voided_ms is not None,
                fact=scan.fact_id,
                seq=seq,
                reason=reason,
            )
        )
    return rows


def participation_rows(context: EventContext, held: EventSession) -> list[ParticipationRow]:
    """Return every unit with how many it sent to the session's course, over all its sessions."""
    course = context.plan.course_of(held)
    sessions = [item.code for item in context.plan.sessions if item.course == course.code]
    batches = batch_of_region(context.plan)
    with context.database.read() as connection:
        found = participation.list_units(connection, sessions)
    return [
        ParticipationRow(
            unit=unit.name,
            course=course.code,
            course_title=course.title,
            came=unit.attended > 0,
            unit_code=unit.code,
            level=LEVEL_WORDS[UnitLevel(unit.level)],
            township=unit.township,
            region=unit.region,
            batch=batches.get(unit.region, ""),
            registered=unit.registered,
            attended=unit.attended,
            phone=unit.phone,
        )
        for unit in found
    ]


def signin_sheet(context: EventContext, held: EventSession) -> SignInSheet:
    """Return the sign-in/out sheet of a session."""
    plan = context.plan
    rows = []
    for line in read_lines(context, held.code):
        first_in, last_out = _span(line.intervals)
        rows.append(
            SignInRow(
                name=line.person.name,
                unit=line.person.unit,
                unit_code=line.unit_code,
                title=line.person.title,
                first_in=first_in,
                last_out=last_out,
                remark="" if line.origin else "不在名冊",
            )
        )
    return SignInSheet(
        event_title=plan.title,
        session_title=held.title,
        held_on=held.held_on,
        venue=plan.venue_of(held).name,
        organiser=plan.organiser,
        rows=tuple(rows),
    )


def proofs(context: EventContext, held: EventSession) -> list[AttendanceProof]:
    """Return an attendance proof for everybody who came; hours only where they were granted."""
    plan = context.plan
    found = []
    for line in read_lines(context, held.code):
        first_in, last_out = _span(line.intervals)
        if first_in is None:
            continue
        granted = line.decision.hours if line.decision and line.decision.granted else None
        found.append(
            AttendanceProof(
                name=line.person.name,
                unit=line.person.unit,
                title=line.person.title,
                event_title=plan.title,
                session_title=held.title,
                held_on=held.held_on,
                venue=plan.venue_of(held).name,
                organiser=plan.organiser,
                first_in=first_in,
                last_out=last_out,
                hours=granted if held.kind is SessionKind.BRIEFING else None,
                issued_on=held.held_on,
            )
        )
    return found


def heading(plan: Plan, held: EventSession, title: str) -> Heading:
    """Return the head of a report about a session."""
    return Heading(
        title=f"{plan.title} {title}",
        lines=(held.title, f"地點：{plan.venue_of(held).name}"),
        organiser=plan.organiser,
    )
