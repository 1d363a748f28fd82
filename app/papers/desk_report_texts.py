"""The day report's model, and how its numbers are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.domain.clock import moment_of
from app.domain.dates import roc_date
from app.domain.desk_records import MINUTE_MS, DeskDay
from app.domain.desk_spread import Spread
from app.domain.words import Language, Words

NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTitle:
    """One help day's name and date."""

    title: str
    held_on: date
    hours: str
    """Opening hours as `09:00–16:00`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskReport:
    """A help day to be reported. `before`: the day compared with; `whole`: all days as one."""

    event_title: str
    organiser: str
    venue: str
    zone: ZoneInfo
    title: DayTitle
    day: DeskDay
    topics: Mapping[str, Words] = field(default_factory=dict)
    """Every topic's and subtopic's name by code."""
    before: DeskDay | None = None
    before_title: DayTitle | None = None
    whole: DeskDay | None = None
    language: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        """Return one of two texts, by the report's language."""
        return zh if self.language == "zh" else en

    def local(self, at_ms: int) -> datetime:
        """Return a moment in the venue's zone."""
        return moment_of(at_ms).astimezone(self.zone)

    def clock(self, at_ms: int) -> str:
        """Return HH:MM at the venue."""
        return self.local(at_ms).strftime("%H:%M")

    def on(self, day: date) -> str:
        """Return a date as its readers write it."""
        return roc_date(day) if self.language == "zh" else day.isoformat()

    def topic(self, code: str) -> str:
        """Return a topic's name."""
        if not code:
            return self.say("未分類", "No topic")
        found = self.topics.get(code)
        return found.in_language(self.language) if found else code


def minutes(time_ms: int | None) -> str:
    """Return whole minutes, half a minute counting as one."""
    if time_ms is None:
        return NONE
    return str((time_ms + MINUTE_MS // 2) // MINUTE_MS)


def percent(part: Fraction | None) -> str:
    """Return a share in whole percent."""
    return NONE if part is None else f"{round(part * 100)}%"


def change(now: int, before: int | None) -> str:
    """Return how a count moved: ▲3, ▼2, ＝."""
    if before is None:
        return ""
    if now == before:
        return "＝"
    return f"▲{now - before}" if now > before else f"▼{before - now}"


def spread_cells(spread: Spread) -> tuple[str, str, str, str]:
    """Return number, median, P90 and longest as cells."""
    times = (spread.median_ms, spread.p90_ms, spread.max_ms)
    first, second, third = (minutes(time) for time in times)
    return (str(spread.count), first, second, third)
