"""What the program says about one scan. `judge_scan` is pure: the same code runs at every desk."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.facts import FactId, PersonId


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
    fact_id: FactId = FactId("")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The numbers and moments behind a verdict; what does not apply is None or empty."""

    late_minutes: int | None = None
    minutes_present: int | None = None
    short_minutes: int | None = None
    first_in: datetime | None = None
    last_at: datetime | None = None
    """When the earlier scan this verdict refers to happened (already in, already out, repeat)."""
    last_station: str = ""
    other_session: str | None = None
    sub_reason: str = ""
    """For `not_on_roster`: `wrong_batch`, `wrong_day` or empty."""
    revoked_at: datetime | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with the direction taken and its detail."""

    verdict: Verdict
    direction: Direction
    detail: Detail = Detail()

    @property
    def tone(self) -> Tone:
        """How the verdict feels."""
        return TONES[self.verdict]

    @property
    def counts(self) -> bool:
        """Whether the scan changes attendance."""
        return self.verdict in COUNTING


def judge_scan(
    reading: ReadingKind,
    candidate: Candidate | None,
    *,
    window: SessionWindow,
    windows: dict[str, SessionWindow],
    station: str,
    setting: StationDirection,
    now: datetime,
) -> Judgement:
    """Return the verdict for one scan; checks run in the order of `Verdict`, first hit wins.

    `windows` holds every session of the plan by code, to say which session a person is on.
    """
    raise NotImplementedError
