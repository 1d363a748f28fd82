"""The line under a verdict: why, in numbers and moments a person can act on."""

from collections.abc import Callable
from datetime import datetime

from app.domain.scans import Verdict
from app.domain.words import Words
from app.services.outcomes import ScanOutcome
from ui.dates import clock_time
from ui.language import say
from ui.screens.check_in import wording


def why(outcome: ScanOutcome, session_title: Callable[[str], str]) -> str:
    """Return the why line of an outcome in the window's language."""
    if outcome.voided:
        return say(wording.VOIDED_WHY)
    return _WHYS[outcome.verdict](outcome, session_title)


def duration(minutes: int) -> str:
    """Return `2 小時 35 分`, in English `2 h 35`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say(Words(f"{rest} 分", f"{rest} min"))
    if not rest:
        return say(Words(f"{hours} 小時", f"{hours} h"))
    return say(Words(f"{hours} 小時 {rest} 分", f"{hours} h {rest:02d}"))


def _unreadable(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    return say(
        Words(
            f"讀到「{outcome.code}」，不是我們的名牌。請再掃一次；若一直如此，關閉輸入法或查姓名。",
            f"Read “{outcome.code}”, not one of our codes. Scan again; "
            "if it persists, switch off the input method or search by name.",
        )
    )


def _other_event(_outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    return say(
        Words(
            "這張名牌是真的，但屬於別的活動。請查姓名。",
            "A genuine badge, but of another event. Search by name.",
        )
    )


def _unknown(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    size, as_of = outcome.roster_size, _moment(outcome.roster_as_of, outcome.at)
    return say(
        Words(
            f"不在這份 {size:,} 人的名冊裡（名冊截至 {as_of}）。按 / 查姓名，或 F4 現場報名。",
            f"Not in this roster of {size:,} people, as of {as_of}. "
            "Press / to search or F4 for a walk-in.",
        )
    )


def _revoked(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at = _moment(outcome.detail.revoked_at, outcome.at)
    return say(
        Words(
            f"這張名牌在 {at} 換發過，請用新的那張，或按 / 查姓名。",
            f"Replaced at {at}. Use the new badge, or press / and search.",
        )
    )


def _repeat_read(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at = _moment(outcome.detail.last_at, outcome.at)
    return say(
        Words(f"{at} 剛讀過同一張，出席沒有改變。", f"Same badge as at {at}; nothing changed.")
    )


def _cancelled(_outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    return say(
        Words(
            "報名取消了。要讓他進場請按 F2 並選原因。",
            "This registration was cancelled. F2 admits with a reason.",
        )
    )


def _not_on_roster(outcome: ScanOutcome, title: Callable[[str], str]) -> str:
    detail = outcome.detail
    if detail.other_session is None:
        return say(Words("沒有報名任何場次。F2 放行並改到這場。", "On no session. F2 admits here."))
    reason = say(wording.SUB_REASONS.get(detail.sub_reason, wording.SUB_REASONS[""]))
    bracket = say(Words(f"（{reason}）", f" ({reason})")) if reason else ""
    other = title(detail.other_session)
    return say(
        Words(
            f"報的是 {other}{bracket}。F2 放行並改到這場。",
            f"Registered for {other}{bracket}. F2 admits and moves here.",
        )
    )


def _already_in(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at, station = _moment(outcome.detail.last_at, outcome.at), outcome.detail.last_station
    return say(
        Words(
            f"{at} 已在 {station} 站簽到，沒有任何改變。",
            f"Came in at {at}, station {station}. Nothing changed.",
        )
    )


def _already_out(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at, station = _moment(outcome.detail.last_at, outcome.at), outcome.detail.last_station
    return say(
        Words(
            f"{at} 已在 {station} 站簽退，沒有任何改變。",
            f"Left at {at}, station {station}. Nothing changed.",
        )
    )


def _no_entry(_outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    return say(
        Words(
            "已記下簽退時間；沒有簽到紀錄，結算時請人判斷。",
            "The exit is recorded; without an entry it goes to review.",
        )
    )


def _not_open(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at = _moment(outcome.detail.opens_at, outcome.at)
    return say(
        Words(f"{at} 開放報到。F2 可提前放行。", f"Sign-in opens at {at}. F2 admits already.")
    )


def _late(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    minutes = outcome.detail.late_minutes or 0
    return say(
        Words(
            f"超過寬限 {minutes} 分鐘，已簽到，結算時請人判斷。",
            f"{minutes} min after the grace. Counted; goes to review.",
        )
    )


def _early_leave(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    present, short = outcome.detail.minutes_present, outcome.detail.short_minutes or 0
    if present is None:
        return say(Words(f"早退 {short} 分鐘。", f"{short} min early."))
    whole = duration(present + short)
    return say(
        Words(
            f"在場 {duration(present)}，全程 {whole}：少 {short} 分鐘。",
            f"{duration(present)} of {whole}: {short} min short.",
        )
    )


def _checked_in(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at = clock_time(outcome.at)
    return say(Words(f"{at} 簽到。", f"In at {at}."))


def _checked_out(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at, present = clock_time(outcome.at), outcome.detail.minutes_present
    if present is None:
        return say(Words(f"{at} 簽退。", f"Out at {at}."))
    return say(
        Words(
            f"{at} 簽退，在場 {duration(present)}。", f"Out at {at}, present {duration(present)}."
        )
    )


def _back_in(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at, left = clock_time(outcome.at), _moment(outcome.detail.last_at, outcome.at)
    return say(Words(f"{at} 回場，{left} 離開過。", f"Back at {at}, had left at {left}."))


def _walk_in(outcome: ScanOutcome, _title: Callable[[str], str]) -> str:
    at = clock_time(outcome.at)
    return say(Words(f"{at} 現場報名並簽到。", f"Registered and in at {at}."))


def _moment(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "–"
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m/%d %H:%M}"


_WHYS: dict[Verdict, Callable[[ScanOutcome, Callable[[str], str]], str]] = {
    Verdict.UNREADABLE: _unreadable,
    Verdict.OTHER_EVENT: _other_event,
    Verdict.UNKNOWN: _unknown,
    Verdict.REVOKED: _revoked,
    Verdict.REPEAT_READ: _repeat_read,
    Verdict.CANCELLED: _cancelled,
    Verdict.NOT_ON_ROSTER: _not_on_roster,
    Verdict.ALREADY_IN: _already_in,
    Verdict.ALREADY_OUT: _already_out,
    Verdict.NO_ENTRY: _no_entry,
    Verdict.NOT_OPEN: _not_open,
    Verdict.LATE: _late,
    Verdict.EARLY_LEAVE: _early_leave,
    Verdict.CHECKED_IN: _checked_in,
    Verdict.CHECKED_OUT: _checked_out,
    Verdict.BACK_IN: _back_in,
    Verdict.WALK_IN: _walk_in,
}
