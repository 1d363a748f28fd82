"""The TOML format of a plan file: one model a table, unknown keys refused.

Only the shape of each table is here; what tables say about each other is in `app.plans.rules`.
"""

from collections.abc import Callable
from datetime import time
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from app.domain.words import Words
from app.plans.written import UnreadableTextError, WrittenDate, find_weekday, read_date, read_time

WORDS_ERROR: Final = "words"
"""Type of the errors raised here; their context holds the sentence as `zh` and `en`."""


def words_error(words: Words) -> PydanticCustomError:
    """Return a pydantic error that carries a sentence in both languages."""
    return PydanticCustomError(WORDS_ERROR, "{en}", {"zh": words.zh, "en": words.en})


def _in_words(read: Callable[[object], Any]) -> Callable[[object], Any]:
    def validate(value: object) -> Any:
        try:
            return read(value)
        except UnreadableTextError as error:
            raise words_error(error.words) from None

    return validate


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise words_error(
            Words(
                zh='沒有這個時區，台灣請寫 "Asia/Taipei"',
                en='is not a known time zone; for Taiwan write "Asia/Taipei"',
            )
        ) from None
    return name


def _known_weekday(text: str) -> str:
    if text and find_weekday(text) is None:
        raise words_error(
            Words(
                zh='不是星期，請寫 "一" 到 "日"',
                en='is not a weekday; write "一" to "日", or "Mon" to "Sun"',
            )
        )
    return text


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
MaybeText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Day = Annotated[WrittenDate, PlainValidator(_in_words(read_date))]
Clock = Annotated[time, PlainValidator(_in_words(read_time))]
Weekday = Annotated[MaybeText, AfterValidator(_known_weekday)]
Zone = Annotated[Text, AfterValidator(_known_zone)]


class Table(BaseModel):
    """A TOML table whose keys are exactly the fields."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True
    )


class PolicyTable(Table):
    """`[policy]` for all courses, `[courses.policy]` for one; what is left out is the default."""

    grace_minutes: Minutes = 10
    early_leave_minutes: Minutes = 10
    max_absence_minutes: Minutes = 10
    sign_out_required: bool = True
    min_gap_seconds: Annotated[int, Field(ge=0, le=3600)] = 120


class AgendaTable(Table):
    """One part of a course's `agenda`."""

    kind: Literal["signin", "class", "break", "desk", "leave"]
    title: Text
    starts_at: Clock
    ends_at: Clock | None = None
    label_minutes: Minutes | None = None
    codes: Texts = ()
    speaker: MaybeText = ""


class CourseTable(Table):
    """`[[courses]]`."""

    code: Code
    title: Text
    hours: Annotated[int, Field(ge=0, le=200)]
    audience: MaybeText = ""
    policy: PolicyTable = PolicyTable()
    agenda: Annotated[tuple[AgendaTable, ...], Field(strict=False)] = ()


class VenueTable(Table):
    """`[[venues]]`."""

    code: Code
    name: Text
    address: MaybeText = ""


class BatchTable(Table):
    """`[[batches]]`."""

    code: Code
    title: Text
    school_count: Count | None = None


class RegionTable(Table):
    """`[[regions]]`."""

    name: Text
    batch: Code
    townships: Texts
    school_count: Count | None = None


class SessionTable(Table):
    """`[[sessions]]`."""

    code: Code
    kind: Literal["briefing", "helpdesk"]
    course: Code
    title: Text
    held_on: Day
    weekday: Weekday = ""
    venue: Code
    batch: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_-]{0,31})?$")] = ""
    sign_in_from: Clock
    sign_in_until: Clock
    starts_at: Clock
    ends_at: Clock
    registration: Literal["required", "none"] | None = None
    """Left out: required for a briefing, none for a help day."""


class SubtopicTable(Table):
    """One part of a topic's `subtopics`."""

    code: Code
    title: Text
    title_en: MaybeText = ""


class TopicTable(SubtopicTable):
    """`[[topics]]`."""

    module_codes: Texts = ()
    listed_as: MaybeText = ""
    subtopics: Annotated[tuple[SubtopicTable, ...], Field(strict=False)] = ()


class PlanFile(Table):
    """The whole file."""

    code: Code
    title: Text
    organiser: Text
    timezone: Zone
    county: Text
    school_count: Count | None = None
    bring: Texts = ()
    notes: Texts = ()
    official_names: dict[Text, Text] = {}
    policy: PolicyTable = PolicyTable()
    venues: Annotated[tuple[VenueTable, ...], Field(strict=False, min_length=1)]
    batches: Annotated[tuple[BatchTable, ...], Field(strict=False)] = ()
    regions: Annotated[tuple[RegionTable, ...], Field(strict=False)] = ()
    courses: Annotated[tuple[CourseTable, ...], Field(strict=False, min_length=1)]
    sessions: Annotated[tuple[SessionTable, ...], Field(strict=False, min_length=1)]
    topics: Annotated[tuple[TopicTable, ...], Field(strict=False)] = ()


TABLES: Final[dict[tuple[str, ...], type[Table]]] = {
    (): PlanFile,
    ("policy",): PolicyTable,
    ("venues",): VenueTable,
    ("batches",): BatchTable,
    ("regions",): RegionTable,
    ("courses",): CourseTable,
    ("courses", "policy"): PolicyTable,
    ("courses", "agenda"): AgendaTable,
    ("sessions",): SessionTable,
    ("topics",): TopicTable,
    ("topics", "subtopics"): SubtopicTable,
}
"""Which keys are allowed where, by the names on the way down."""
