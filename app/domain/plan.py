"""The plan: what a training consists of. Loaded from TOML by `app.plans`, kept as JSON in a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class SessionKind(StrEnum):
    """A briefing may yield credit; a help day never does."""

    BRIEFING = "briefing"
    HELPDESK = "helpdesk"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPolicy:
    """When a course's hours are proposed without review. All limits are whole minutes."""

    grace_minutes: int = 10
    early_leave_minutes: int = 10
    max_absence_minutes: int = 10
    sign_out_required: bool = True
    min_gap_seconds: int = 120
    """A second reading of one badge at one station within this gap is ignored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One line of a course's agenda. `label_minutes` is what the organiser wrote, if anything."""

    kind: str
    """`signin`, `class`, `break`, `desk` or `leave`."""
    title: str
    starts_at: time
    ends_at: time | None = None
    label_minutes: int | None = None
    codes: tuple[str, ...] = ()
    speaker: str = ""

    @property
    def clock_minutes(self) -> int | None:
        """Minutes between start and end, or None where the end is open."""
        if self.ends_at is None:
            return None
        start, end = self.starts_at, self.ends_at
        return (end.hour - start.hour) * 60 + end.minute - start.minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A content that earns its hours once per person, in whichever session it was attended."""

    code: str
    title: str
    hours: int
    """Granted hours, a number of the plan, never computed. 0 for a help day."""
    agenda: tuple[AgendaItem, ...] = ()
    policy: CreditPolicy = field(default_factory=CreditPolicy)
    audience: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where sessions are held."""

    code: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A group of townships whose schools belong to one batch."""

    name: str
    batch: str
    townships: tuple[str, ...]
    school_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A run of sessions (梯次)."""

    code: str
    title: str
    school_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSession:
    """One course at one venue on one day, or one help day. Times are the venue's local times."""

    code: str
    kind: SessionKind
    course: str
    title: str
    held_on: date
    venue: str
    batch: str = ""
    sign_in_from: time
    sign_in_until: time
    starts_at: time
    ends_at: time
    registration: str = "required"
    """`required` or `none` (help days)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtopic:
    """The second level of a help topic."""

    code: str
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A help-desk topic group."""

    code: str
    title: str
    title_en: str = ""
    module_codes: tuple[str, ...] = ()
    subtopics: tuple[Subtopic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The definition of one training programme."""

    code: str
    title: str
    organiser: str
    timezone: str
    county: str
    sessions: tuple[EventSession, ...]
    courses: tuple[Course, ...]
    venues: tuple[Venue, ...]
    batches: tuple[Batch, ...] = ()
    regions: tuple[Region, ...] = ()
    bring: tuple[str, ...] = ()
    """What to bring, one sentence each."""
    topics: tuple[Topic, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone all local times of the plan are in."""
        return ZoneInfo(self.timezone)

    def find_session(self, code: str) -> EventSession | None:
        """Return the session with this code, if there is one."""
        return next((session for session in self.sessions if session.code == code), None)

    def course_of(self, session: EventSession) -> Course:
        """Return the course a session belongs to."""
        return next(course for course in self.courses if course.code == session.course)

    def venue_of(self, session: EventSession) -> Venue:
        """Return the venue of a session."""
        return next(venue for venue in self.venues if venue.code == session.venue)

    def moment(self, session: EventSession, at: time) -> datetime:
        """Return a session's local time as an aware moment."""
        return datetime.combine(session.held_on, at, tzinfo=self.zone)

    def breaks_of(self, session: EventSession) -> tuple[tuple[datetime, datetime], ...]:
        """Return the session's breaks as aware moments; absence inside them never counts."""
        return tuple(
            (self.moment(session, item.starts_at), self.moment(session, item.ends_at))
            for item in self.course_of(session).agenda
            if item.kind == "break" and item.ends_at is not None
        )


def plan_to_json(plan: Plan) -> dict[str, object]:
    """Return the plan as plain JSON values, the shape kept in the journal."""
    raise NotImplementedError


def plan_from_json(document: Mapping[str, object]) -> Plan:
    """Rebuild a plan from `plan_to_json`'s shape; unknown keys of newer versions are ignored."""
    raise NotImplementedError


Sessions = Sequence[EventSession]
