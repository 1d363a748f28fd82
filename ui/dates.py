"""Dates and times as screens show them: ROC years in Chinese, ISO in English.

Moments come from the services in the plan's time zone and are shown as they are.
"""

from datetime import UTC, date, datetime

from ui.language import current_language

ROC_OFFSET = 1911
_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def now() -> datetime:
    """Return this moment in this laptop's zone."""
    return datetime.now(UTC).astimezone()


def short_date(on: date) -> str:
    """Return `112/08/07（一）`, in English `2023-08-07 Mon`."""
    if current_language() == "zh":
        roc = on.year - ROC_OFFSET
        return f"{roc}/{on.month:02d}/{on.day:02d}（{_DAYS_ZH[on.weekday()]}）"
    return f"{on.isoformat()} {_DAYS_EN[on.weekday()]}"


def clock_time(at: datetime | None) -> str:
    """Return `08:41` at the venue, a dash where there is no moment."""
    return f"{at:%H:%M}" if at is not None else "–"


def clock_seconds(at: datetime) -> str:
    """Return `08:41:07` at the venue."""
    return f"{at:%H:%M:%S}"


def date_and_time(at: datetime) -> str:
    """Return the day and the time at the venue."""
    return f"{short_date(at.date())} {at:%H:%M}"


def age_words(earlier: datetime, now: datetime) -> str:
    """Return how long ago something was, in the largest unit that fits."""
    minutes = max(0, int((now - earlier).total_seconds() // 60))
    zh = current_language() == "zh"
    if minutes < 1:
        return "剛剛" if zh else "just now"
    if minutes < 60:
        return f"{minutes} 分鐘前" if zh else f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} 小時前" if zh else f"{minutes // 60} h ago"
    return f"{minutes // 1440} 天前" if zh else f"{minutes // 1440} days ago"
