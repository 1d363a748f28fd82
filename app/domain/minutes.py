"""Time to the minute, the resolution of every limit."""

from datetime import UTC, datetime


def minute_of(moment: datetime) -> datetime:
    """Return the minute a moment lies in: 09:10:59 is still 09:10."""
    return moment.replace(second=0, microsecond=0)


def seconds_between(start: datetime, end: datetime) -> float:
    """Return the real seconds from one moment to another."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()


def whole_minutes(start: datetime, end: datetime) -> int:
    """Return the whole minutes from one moment to another, each taken as its minute."""
    return int(seconds_between(minute_of(start), minute_of(end)) // 60)


def is_late(moment: datetime, limit: datetime, grace_minutes: int) -> bool:
    """Tell whether a moment's minute lies after a limit and its grace."""
    return whole_minutes(limit, moment) > grace_minutes


def is_early(moment: datetime, limit: datetime, allowed_minutes: int) -> bool:
    """Tell whether a moment's minute lies more than the allowed minutes before a limit."""
    return whole_minutes(moment, limit) > allowed_minutes
