"""Words of the door: directions, verdicts, earlier scans, the person and the session's times."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.facts import FactId, PersonId

_NO_FACT = FactId("")


class Direction(StrEnum):
    """Which way a scan counts; a station may also leave it to the program."""

    IN = "in"
    OUT = "out"


class StationDirection(StrEnum):
    """How a station is set."""

    IN = "in"
    OUT = "out"
    AUTO = "auto"


class Tone(StrEnum):
    """How a verdict feels: colour, shape, sound and word together."""

    OK = "ok"
    NOTICE = "notice"
    QUIET = "quiet"
    WARN = "warn"
    REFUSE = "refuse"


class Verdict(StrEnum):
    """The verdicts, in the fixed order of the checks; the first that applies wins."""

    UNREADABLE = "unreadable"
    OTHER_EVENT = "other_event"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    REPEAT_READ = "repeat_read"
    CANCELLED = "cancelled"
    NOT_ON_ROSTER = "not_on_roster"
    ALREADY_IN = "already_in"
    ALREADY_OUT = "already_out"
    NO_ENTRY = "no_entry"
    NOT_OPEN = "not_open"
    LATE = "late"
    EARLY_LEAVE = "early_leave"
    CHECKED_IN = "checked_in"
    CHECKED_OUT = "checked_out"
    BACK_IN = "back_in"
    WALK_IN = "walk_in"


TONES: dict[Verdict, Tone] = {
    Verdict.UNREADABLE: Tone.REFUSE,
    Verdict.OTHER_EVENT: Tone.REFUSE,
    Verdict.UNKNOWN: Tone.REFUSE,
    Verdict.REVOKED: Tone.REFUSE,
    Verdict.REPEAT_READ: Tone.QUIET,
    Verdict.CANCELLED: Tone.WARN,
    Verdict.NOT_ON_ROSTER: Tone.WARN,
    Verdict.ALREADY_IN: Tone.WARN,
    Verdict.ALREADY_OUT: Tone.WARN,
    Verdict.NO_ENTRY: Tone.WARN,
    Verdict.NOT_OPEN: Tone.WARN,
    Verdict.LATE: Tone.NOTICE,
    Verdict.EARLY_LEAVE: Tone.NOTICE,
    Verdict.CHECKED_IN: Tone.OK,
    Verdict.CHECKED_OUT: Tone.OK,
    Verdict.BACK_IN: Tone.OK,
    Verdict.WALK_IN: Tone.OK,
}

CHOICES = frozenset({Verdict.CANCELLED, Verdict.NOT_ON_ROSTER, Verdict.NOT_OPEN})
"""Verdicts a person at the desk may turn into an admission with one key and a reason."""

COUNTING = frozenset(
    {
        Verdict.NO_ENTRY,
        Verdict.LATE,
        Verdict.EARLY_LEAVE,
        Verdict.CHECKED_IN,
        Verdict.CHECKED_OUT,
        Verdict.BACK_IN,
        Verdict.WALK_IN,
    }
)


class ReadingKind(StrEnum):
    """What a scanned text turned out to be, before anybody is looked up."""

    OWN = "own"
    OTHER_EVENT = "other_event"
    UNREADABLE = "unreadable"


class RegistrationStatus(StrEnum):
    """Whether a registration stands."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWindow:
    """A session's times as aware moments, and the limits its policy sets."""

    code: str
    course: str
    sign_in_from: datetime
    sign_in_until: datetime
    starts_at: datetime
    ends_at: datetime
    grace_minutes: int
    early_leave_minutes: int
    min_gap_seconds: int
    credited: bool
    """False for help days, which have neither late arrivals nor early leaves."""
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastScan:
    """One earlier scan of this person at this session that was not undone."""

    at: datetime
    station: str
    direction: Direction
    verdict: Verdict
    counts: bool
    badge_code: str = ""
    fact_id: FactId = _NO_FACT
    hand_entered: bool = False
    offset_quality: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The person a badge belongs to, as far as a verdict needs to know."""

    person_id: PersonId
    badge_revoked_at: datetime | None = None
    registrations: dict[str, RegistrationStatus] = field(default_factory=dict)
    """Session code → whether the registration stands."""
    scans: tuple[PastScan, ...] = ()
    """Earlier scans at this session, any order; only those at or before `now` are considered."""
