"""From a subject's facts to the rows it has in the read tables."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.domain import chain, fold
from app.domain.attendance import Attendance, fold_presence
from app.domain.clock import ms_of
from app.domain.conflicts import fold_resolutions
from app.domain.facts import Fact, FactKind, PersonId, UnitId
from app.domain.merging import standing_merges
from app.domain.name_sounds import sound_terms
from app.domain.people import PersonData, short_unit_name
from app.domain.text import fold_text, search_grams
from app.domain.verdict import RegistrationStatus
from db.name_sounds import load_readings
from db.projection.desk_rows import DESK_MAKERS, DESK_TABLES
from db.projection.device_rows import DEVICE_TABLES, device_rows
from db.projection.read_table import ReadTable, TableRows
from db.projection.staff_rows import STAFF, staff_rows

_NO_DIGIT = re.compile("[^0-9]+")

PERSON = ReadTable(
    "person",
    (
        "id",
        "name",
        "name_key",
        "unit_id",
        "unit_text",
        "title",
        "id_number",
        "phone",
        "email",
        "attention",
        "meal",
        "grams",
    ),
    1,
)
REGISTRATION = ReadTable(
    "registration",
    ("person_id", "session", "status", "origin", "added_ms", "cancelled_ms"),
    2,
)
PERSON_MERGE = ReadTable(
    "person_merge", ("fact_id", "person_id", "into_id", "at_ms", "actor", "reason"), 1
)
BADGE = ReadTable("badge", ("code", "person_id", "issued_ms", "revoked_ms"), 1)
SCAN = ReadTable(
    "scan",
    (
        "fact_id",
        "person_id",
        "session",
        "station",
        "at_ms",
        "body",
        "counts",
        "voided_ms",
        "admitted",
        "offset_quality",
    ),
    1,
)
ATTENDANCE = ReadTable(
    "attendance", ("person_id", "session", "first_in_ms", "last_out_ms", "present", "minutes"), 2
)
CREDIT = ReadTable(
    "credit_decision",
    ("person_id", "session", "course", "granted", "hours", "reason", "actor", "at_ms"),
    2,
)
CONFLICT = ReadTable(
    "conflict_resolution",
    ("person_id", "conflict", "session", "choice", "reason", "actor", "at_ms"),
    2,
)
UNIT = ReadTable("unit", ("id", "code", "name", "level", "township", "region", "phone"), 1)
SESSION_STATE = ReadTable("session_state", ("session", "sealed_ms", "seal", "actor"), 1)
EVENT = ReadTable("event", ("id", "plan", "published_ms", "rehearsal"), 1)

READ_TABLES = {
    table.name: table
    for table in (
        PERSON,
        REGISTRATION,
        PERSON_MERGE,
        BADGE,
        SCAN,
        ATTENDANCE,
        CREDIT,
        CONFLICT,
        UNIT,
        SESSION_STATE,
        EVENT,
        STAFF,
        *DEVICE_TABLES,
        *DESK_TABLES,
    )
}


def rows_of(subject: str, facts: Sequence[Fact]) -> TableRows:
    """Return every read-table row the subject has after these facts (any order)."""
    noun, _, key = subject.partition(":")
    make = _MAKERS.get(noun)
    return make(key, facts) if make is not None and facts else {}


def search_text(name: str, unit_text: str, numbers: Iterable[str], email: str) -> str:
    """Return what the search index holds of a person: name and its sound, unit, last digits."""
    sounds = sound_terms(fold_text(name), load_readings())
    grams = [*search_grams(name), *sounds, *_unit_grams(unit_text)]
    for number in numbers:
        end = number[-4:]
        if not end.isdigit():
            end = _NO_DIGIT.sub("", number)[-4:]
        if len(end) > 2:
            grams += (end[-3:], end)
    if email:
        grams.append(fold_text(email.partition("@")[0]))
    return " ".join(dict.fromkeys(grams))


@lru_cache(maxsize=4096)
def _unit_grams(unit_text: str) -> tuple[str, ...]:
    """Return the grams of a unit's short name; a roster names few units many times."""
    return search_grams(short_unit_name(unit_text))


def _person_rows(person_id: str, facts: Sequence[Fact]) -> TableRows:
    state = fold.fold_person(PersonId(person_id), facts)
    rows: TableRows = {}
    if state.data is not None:
        rows["person", person_id] = _person_row(person_id, state.data)
    for session, registration in state.registrations.items():
        rows["registration", person_id, session] = (
            person_id,
            session,
            registration.status.value,
            registration.origin,
            registration.added_ms,
            registration.cancelled_ms,
        )
    for code, badge in state.badges.items():
        rows["badge", code] = (code, person_id, badge.issued_ms, badge.revoked_ms)
    if state.scans:
        rows |= _scan_rows(person_id, state.scans)
        rows |= _attendance_rows(state)
    for session, decision in state.decisions.items():
        rows["credit_decision", person_id, session] = (
            person_id,
            session,
            decision.course,
            int(decision.granted),
            decision.hours,
            decision.reason,
            decision.actor,
            decision.at_ms,
        )
    rows |= _resolution_rows(person_id, facts)
    return rows | _merge_rows(facts)


def _merge_rows(facts: Sequence[Fact]) -> TableRows:
    return {
        ("person_merge", merge.fact_id): (
            merge.fact_id,
            merge.person,
            merge.into,
            merge.at_ms,
            merge.actor,
            merge.reason,
        )
        for merge in standing_merges(facts)
    }


def _resolution_rows(person_id: str, facts: Sequence[Fact]) -> TableRows:
    decided = [fact for fact in facts if fact.kind is FactKind.CONFLICT_RESOLVED]
    if not decided:
        return {}
    return {
        ("conflict_resolution", person_id, name): (
            person_id,
            name,
            item.session,
            item.choice,
            item.reason,
            item.actor,
            item.at_ms,
        )
        for name, item in fold_resolutions(decided).items()
    }


@lru_cache(maxsize=256)
def _person_row(person_id: str, data: PersonData) -> tuple[Any, ...]:
    """Return a person's row; folded before and after a scan it is the same."""
    return (
        person_id,
        data.name,
        fold_text(data.name),
        data.unit_id,
        data.unit_text,
        data.title,
        data.id_number,
        data.phone,
        data.email,
        data.attention,
        data.meal,
        search_text(data.name, data.unit_text, (data.phone, data.id_number), data.email),
    )


def _scan_rows(person_id: str | None, scans: Mapping[Any, fold.ScanState]) -> TableRows:
    return {
        ("scan", scan.fact_id): (
            scan.fact_id,
            person_id,
            scan.body["session"],
            scan.body["station"],
            scan.at_ms,
            chain.canonical(scan.body),
            int(scan.counts),
            scan.voided_ms,
            int(scan.admitted),
            scan.offset_quality,
        )
        for scan in scans.values()
    }


def _attendance_rows(state: fold.PersonState) -> TableRows:
    rows: TableRows = {}
    for session in {scan.body["session"] for scan in state.scans.values() if scan.counts}:
        attendance = fold_presence(scan for scan in state.scans_at(session) if scan.counts)
        rows["attendance", state.id, session] = (
            state.id,
            session,
            *_attendance_values(attendance),
        )
    return rows


def _attendance_values(attendance: Attendance) -> tuple[int | None, int | None, int, int]:
    first, last = attendance.first_in, attendance.last_out
    return (
        ms_of(first) if first else None,
        ms_of(last) if last else None,
        int(attendance.is_present),
        attendance.minutes_present,
    )


def _station_rows(_station: str, facts: Sequence[Fact]) -> TableRows:
    return _scan_rows(None, fold.fold_scans(facts))


def _unit_rows(unit_id: str, facts: Sequence[Fact]) -> TableRows:
    unit = fold.fold_unit(UnitId(unit_id), facts)
    if unit is None:
        return {}
    values = (unit.id, unit.code, unit.name, unit.level.value)
    return {("unit", unit_id): (*values, unit.township, unit.region, unit.phone)}


def _session_rows(session: str, facts: Sequence[Fact]) -> TableRows:
    last = fold.in_order(facts)[-1]
    if last.kind != FactKind.SESSION_CLOSED:
        return {}
    seal = chain.canonical(last.body)
    return {("session_state", session): (session, fold.corrected_ms(last), seal, last.actor)}


def _event_rows(event_id: str, facts: Sequence[Fact]) -> TableRows:
    plans = [fact for fact in fold.in_order(facts) if fact.kind == FactKind.PLAN_PUBLISHED]
    if not plans:
        return {}
    last = plans[-1]
    plan = chain.canonical(last.body["plan"])
    rehearsal = int(bool(plans[0].body.get("rehearsal")))
    return {("event", event_id): (event_id, plan, fold.corrected_ms(last), rehearsal)}


def tally_of(rows: TableRows) -> dict[str, tuple[int, int, int]]:
    """Return session → (expected, arrived, present) that one subject contributes."""
    tally: dict[str, tuple[int, int, int]] = {}
    for key, row in rows.items():
        if key[0] == "registration" and row[2] == RegistrationStatus.ACTIVE.value:
            _add(tally, row[1], (1, 0, 0))
        elif key[0] == "attendance":
            _add(tally, row[1], (0, int(row[2] is not None), row[4]))
    return tally


def _add(tally: dict[str, tuple[int, int, int]], session: str, more: tuple[int, int, int]) -> None:
    expected, arrived, present = tally.get(session, (0, 0, 0))
    tally[session] = (expected + more[0], arrived + more[1], present + more[2])


_MAKERS: dict[str, Callable[[str, Sequence[Fact]], TableRows]] = {
    "person": _person_rows,
    "station": _station_rows,
    "unit": _unit_rows,
    "session": _session_rows,
    "event": _event_rows,
    "device": device_rows,
    "staff": staff_rows,
    **DESK_MAKERS,
}
