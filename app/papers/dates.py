"""Dates and times as papers and files write them."""

from datetime import date, datetime

from app.domain.dates import roc_date

ROC_OFFSET = 1911


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
    """Return 「112年8月7日(一) 17:20」."""
    return f"{roc_date(at.date())} {clock(at)}"
