"""The plan: what a training consists of. Read from TOML by `app.plans`, kept as JSON in a fact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Final, get_args, get_origin
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput
from app.domain.words import Words


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
    weekday: str = ""
    """The day of the week as the organiser wrote it beside the date, e.g. `(一)`; only compared."""


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
    listed_as: str = ""
    """The organiser's own wording where its list of topics names this group."""
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
    school_count: int | None = None
    """How many schools the organiser says there are, over all batches."""
    official_names: tuple[tuple[str, str], ...] = ()
    """Township as this plan spells it → its official name."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """A contradiction inside a plan that does not stop it."""

    kind: str
    where: str
    """Where in the plan, by codes: `courses.day2`, `sessions.b1d1`."""
    message: Words
    severity: str = "warn"
    """`warn`: somebody should decide; `notice`: worth knowing."""


Sessions = Sequence[EventSession]

_Read = Callable[[Any], Any]

_DAMAGED: Final = Words(
    zh="這份計畫的內容不完整或型態不對。", en="This plan is incomplete or holds wrong values."
)
_DAMAGED_REMEDY: Final = Words(
    zh="請由原本的計畫檔重新建立活動。", en="Create the event again from its plan file."
)


def plan_to_json(plan: Plan) -> dict[str, object]:
    """Return the plan as plain JSON values, the shape kept in the journal.

    One object per dataclass with its field names; lists; dates and times as ISO 8601 text.
    """
    return _fields_to_json(plan)


def plan_from_json(document: Mapping[str, object]) -> Plan:
    """Rebuild a plan from `plan_to_json`'s shape; unknown keys of newer versions are ignored.

    Raises InvalidInput where a needed value is missing or of the wrong kind.
    """
    try:
        plan: Plan = _reader(Plan)(document)
    except (AttributeError, TypeError, ValueError) as error:
        raise InvalidInput(_DAMAGED, remedy=_DAMAGED_REMEDY, field="plan") from error
    return plan


def _fields_to_json(record: Any) -> dict[str, object]:
    return {each.name: _to_json(getattr(record, each.name)) for each in fields(record)}


def _to_json(value: Any) -> object:
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, tuple):
        return [_to_json(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else _fields_to_json(value)


@cache
def _reader(kind: Any) -> _Read:
    """Return what turns a JSON value into a field of this type; the types are those above."""
    if kind in (date, time):
        read: _Read = kind.fromisoformat
        return read
    if is_dataclass(kind):
        return _record_reader(kind)
    if get_origin(kind) is tuple:
        return _list_reader(_reader(get_args(kind)[0]))
    if isinstance(kind, UnionType):
        return _optional_reader(_reader(get_args(kind)[0]))
    return SessionKind if kind is SessionKind else _plain_reader(kind)


def _record_reader(kind: Any) -> _Read:
    types: dict[str, Any] = {each.name: each.type for each in fields(kind)}
    readers = {name: _reader(each) for name, each in types.items()}

    def read(value: Any) -> Any:
        known = {name: readers[name](part) for name, part in value.items() if name in readers}
        return kind(**known)

    return read


def _list_reader(read_part: _Read) -> _Read:
    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError
        return tuple(map(read_part, value))

    return read


def _optional_reader(read_part: _Read) -> _Read:
    return lambda value: None if value is None else read_part(value)


def _plain_reader(kind: type) -> _Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:  # True is an int, yet no number of hours
            raise TypeError
        return value

    return read
