"""Dates as official papers write them: years of the Republic (ROC) and Gregorian ones."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

WEEKDAYS = "一二三四五六日"
_ROC_OFFSET = 1911
_TIME = re.compile(r"(?<=\d)(?:T|\s+)(?:上午|下午|AM |PM )?\s*\d{1,2}:\d{2}.*$")
_WEEKDAY = re.compile(
    r"(?:\((?:星期|禮拜|週|周)?([一二三四五六日天])\)|(?:星期|禮拜|週|周)([一二三四五六日天]))$"
)
_NUMERAL = re.compile("元(?=年)|[〇零一二三四五六七八九十百廿卅]+")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_ERA = r"(?P<era>中華民國|民國|西元|公元)?(?P<before>前)?"
_LONG = re.compile(_ERA + r"(?P<y>\d{1,4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?")
_SEPARATED = re.compile(_ERA + r"(?P<y>\d{1,4})([./-])(?P<m>\d{1,2})\4(?P<d>\d{1,2})")
_RUN = re.compile(_ERA + r"(?P<y>\d{2,4})(?P<m>\d{2})(?P<d>\d{2})")
_NO_YEAR = re.compile(r"(?P<m>\d{1,2})(?:月|[./-])(?P<d>\d{1,2})日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A date read from text, with what a person should look at."""

    value: date
    weekday_mismatch: bool = False
    """The weekday written beside the date is another one: a cheap sign of a typing error."""
    is_ambiguous: bool = False
    """A year of two digits without an era: taken as a year of the Republic."""


def parse_date(text: str, *, year: int | None = None) -> ParsedDate | None:
    """Read a date in any form of official papers; None when it is none.

    `year` (Gregorian) completes forms without a year, as in `3/20`.
    """
    shown = _TIME.sub("", unicodedata.normalize("NFKC", text[:80]).strip())
    shown = re.sub(r"\s+", "", shown)
    weekday = _WEEKDAY.search(shown)
    if weekday:
        shown = shown[: weekday.start()]
    plain = _NUMERAL.sub(lambda found: _arabic(found[0]), shown)
    match = _LONG.fullmatch(plain) or _SEPARATED.fullmatch(plain) or _RUN.fullmatch(plain)
    found_on = _full_date(match) if match else _yearless_date(plain, year)
    if found_on is None:
        return None
    return ParsedDate(
        value=found_on,
        weekday_mismatch=weekday is not None and not _is_weekday(found_on, weekday),
        is_ambiguous=match is not None and _is_short_year(match),
    )


def roc_date(on: date, *, weekday: bool = True) -> str:
    """Return a date as papers write it: 112年8月7日(一)."""
    year = on.year - _ROC_OFFSET
    shown = f"{year}年" if year > 0 else f"民國前{1 - year}年"
    tail = f"({WEEKDAYS[on.weekday()]})" if weekday else ""
    return f"{shown}{on.month}月{on.day}日{tail}"


def _full_date(match: re.Match[str]) -> date | None:
    """Return the date of a match that has a year."""
    year = _gregorian_year(int(match["y"]), match["era"] or "", before=bool(match["before"]))
    return None if year is None else _date(year, int(match["m"]), int(match["d"]))


def _gregorian_year(number: int, era: str, *, before: bool) -> int | None:
    """Return the Gregorian year: below 200 counts from the Republic, from 1800 on it is given."""
    is_roc_era = era.endswith("民國")
    if before:
        return _ROC_OFFSET + 1 - number if is_roc_era and 0 < number < 200 else None
    if 0 < number < 200 and era in ("", "民國", "中華民國"):
        return number + _ROC_OFFSET
    return number if number >= 1800 and not is_roc_era else None


def _yearless_date(plain: str, year: int | None) -> date | None:
    """Return a date without a year, in the year given."""
    match = _NO_YEAR.fullmatch(plain) if year is not None else None
    return _date(year, int(match["m"]), int(match["d"])) if match and year is not None else None


def _date(year: int, month: int, day: int) -> date | None:
    """Return the date if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_weekday(on: date, match: re.Match[str]) -> bool:
    """Tell whether the weekday in the text is that of the date."""
    written = (match[1] or match[2]).replace("天", "日")
    return WEEKDAYS[on.weekday()] == written


def _is_short_year(match: re.Match[str]) -> bool:
    """Tell whether a year has at most two digits and nothing says which era."""
    return len(match["y"]) <= 2 and not match["era"] and match.re is not _LONG


def _arabic(numeral: str) -> str:
    """Return a Chinese numeral, positional (一一二) or spoken (一百一十二), in digits."""
    spelled = numeral.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    if not any(char in "十百" for char in spelled):
        return "".join(_DIGITS[char] for char in spelled)
    total, current = 0, 0
    for char in spelled:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = int(_DIGITS[char])
    return str(total + current)
