"""Dates, times and weekdays the ways organisers write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from app.domain.words import Words

WEEKDAYS_ZH: Final = "一二三四五六日"
WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
_ROC_EPOCH: Final = 1911

_DATE: Final = re.compile(
    r"(?:中華民國|民國)?\s*(\d{2,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*(\(.*\))?"
)
_COMPACT_DATE: Final = re.compile(r"(\d{3,4})(\d{2})(\d{2})()")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_WEEKDAY_ZH: Final = re.compile(r"\(?(?:星期|禮拜|週|周)?([一二三四五六日天])\)?")


class UnreadableTextError(ValueError):
    """What stands there is no date, time or weekday; `words` says what to write."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date, and the weekday that was written behind it in brackets."""

    on: date
    weekday: str = ""


def read_date(value: object) -> WrittenDate:
    """Read a TOML date or text in ROC or Gregorian form. Raises UnreadableTextError."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return WrittenDate(_in_range(value.year, value.month, value.day))
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        raise UnreadableTextError(
            Words(
                zh='不是日期，請寫成 2023-08-07 或 "112-08-07"（民國年要加引號）',
                en='is not a date; write 2023-08-07, or "112-08-07" (an ROC year needs quotes)',
            )
        )
    year, month, day = (int(part) for part in match.groups()[:3])
    weekday = match.group(4) or ""
    return WrittenDate(_in_range(year, month, day), weekday if find_weekday(weekday) else "")


def _in_range(year: int, month: int, day: int) -> date:
    """Return the date; a year below 1000 counts from the founding of the Republic."""
    western = year + _ROC_EPOCH if year < 1000 else year
    shown = f"{year}-{month:02}-{day:02}"
    try:
        found = date(western, month, day)
    except ValueError:
        raise UnreadableTextError(
            Words(zh=f"沒有 {shown} 這一天", en=f"names a day that does not exist: {shown}")
        ) from None
    if not FIRST_YEAR <= western <= LAST_YEAR:
        raise UnreadableTextError(
            Words(
                zh=f"{shown} 的年份不合理，請寫西元 {FIRST_YEAR} 到 {LAST_YEAR} 年或民國年",
                en=f"has a year that cannot be meant ({shown}); write {FIRST_YEAR} to {LAST_YEAR}"
                " or an ROC year",
            )
        )
    return found


def read_time(value: object) -> time:
    """Read a TOML time or text such as `09:00`, to the minute. Raises UnreadableTextError."""
    text = value.isoformat() if isinstance(value, time) else value
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text)) if isinstance(text, str) else None
    if match is not None and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise UnreadableTextError(
        Words(
            zh='不是時間，請用引號寫成 "09:00"（24 小時制，到分鐘）',
            en='is not a time; write "09:00" in quotes (24 hours, to the minute)',
        )
    )


def find_weekday(text: str) -> int | None:
    """Return 1 (Monday) to 7 for `(一)`, `星期一`, `Mon` or `Monday`; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _WEEKDAY_ZH.fullmatch(plain):
        return WEEKDAYS_ZH.index(match[1].replace("天", "日")) + 1
    start = plain.strip("()").capitalize()[:3]
    return WEEKDAYS_EN.index(start) + 1 if start in WEEKDAYS_EN else None
