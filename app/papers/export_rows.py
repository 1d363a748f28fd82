"""What one row of each export knows. A column profile picks fields of these by name.

All moments are local to the event; all texts are as typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """Hours granted to one person for one course."""

    name: str
    id_number: str
    hours: int | float
    held_on: date
    unit: str = ""
    unit_code: str = ""
    title: str = ""
    course_code: str = ""
    """The in-service site's course code (課程代碼), digits."""
    course_title: str = ""
    session: str = ""
    session_title: str = ""
    organiser: str = ""
    approval_number: str = ""
    """依據文號; files for the in-service site want 無文號 where there is none."""
    first_in: datetime | None = None
    last_out: datetime | None = None
    course_hours: int | None = None
    """Hours the plan grants for the course, to check against; not a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """One person's presence at one session."""

    name: str
    held_on: date
    unit: str = ""
    unit_code: str = ""
    title: str = ""
    id_number: str = ""
    session: str = ""
    session_title: str = ""
    origin: str = ""
    """Words for imported, walk-in or moved."""
    status: str = ""
    """Words for present, absent, left early …"""
    first_in: datetime | None = None
    last_out: datetime | None = None
    minutes: int | None = None
    intervals: str = ""
    """All stretches as `08:41-12:00 12:50-17:02`."""
    hours: int | float | None = None
    decision: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow:
    """One reading at a station, whatever came of it."""

    scanned_at: datetime
    session: str
    station: str
    direction: str
    verdict: str
    counts: bool
    code: str = ""
    name: str = ""
    unit: str = ""
    reader: str = ""
    """Which reader or screen it came from."""
    voided: bool = False
    reason: str = ""
    fact: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRow:
    """Whether one unit sent somebody to one course."""

    unit: str
    course: str
    course_title: str
    came: bool
    unit_code: str = ""
    level: str = ""
    township: str = ""
    region: str = ""
    batch: str = ""
    registered: int = 0
    attended: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One visit to the help desk."""

    ticket: str
    held_on: date
    unit: str = ""
    people: str = ""
    party_size: int = 1
    topics: str = ""
    outcome: str = ""
    consultant: str = ""
    state: str = ""
    gone_reason: str = ""
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    wait_minutes: int | None = None
    minutes: int | None = None
    parked_minutes: int | None = None
    missing: str = ""
    """What was not ready at the door."""
    barriers: str = ""
    symptom: str = ""
    resolution: str = ""
    next_step: str = ""
    returned: str = ""
    """Word for yes where somebody came back."""
    time_quality: str = ""


ExportRow = CreditRow | AttendanceRow | ScanRow | ParticipationRow | VisitRow

ROW_TYPES: Mapping[str, type[ExportRow]] = MappingProxyType(
    {
        "credit": CreditRow,
        "attendance": AttendanceRow,
        "scans": ScanRow,
        "participation": ParticipationRow,
        "visits": VisitRow,
    }
)
