"""Dates and times as papers and files write them."""

from datetime import date, datetime

WEEKDAYS = "一二三四五六日"
ROC_OFFSET = 1911


def roc_long(day: date) -> str:
    """Return 「112 年 8 月 7 日（星期一）」, the form of official papers."""
    weekday = WEEKDAYS[day.weekday()]
    return f"{day.year - ROC_OFFSET} 年 {day.month} 月 {day.day} 日（星期{weekday}）"


def roc_slashed(day: date) -> str:
    """Return 112/08/07."""
    return f"{day.year - ROC_OFFSET}/{day.month:02d}/{day.day:02d}"


def roc_compact(day: date) -> str:
    """Return 1120807."""
    return f"{day.year - ROC_OFFSET:03d}{day.month:02d}{day.day:02d}"


def clock(at: datetime | None) -> str:
    """Return HH:MM of a local moment, nothing for None."""
    return at.strftime("%H:%M") if at else ""


def roc_moment(at: datetime) -> str:
    """Return 「112 年 8 月 7 日（星期一）17:20」."""
    return f"{roc_long(at.date())} {clock(at)}"
