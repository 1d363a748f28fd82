"""Sentences of a person's sheet in the Roster place."""

from typing import Final

from app.domain.words import Words

OPEN = Words(zh="資料與歷程（Enter）", en="Data and history (Enter)")
BACK = Words(zh="回名單（Esc）", en="Back to the list (Esc)")
DATA = Words(zh="資料", en="Data")
ID_KEPT = Words(zh="目前 …{tail}，要改才填", en="now …{tail}; fill in to change")
REASON = Words(zh="更改的理由（選填）", en="Why it changes (optional)")
SAVE = Words(zh="儲存更改", en="Save the changes")
SAVED = Words(zh="已更改。", en="Changed.")
UNCHANGED = Words(zh="沒有任何更改。", en="Nothing was changed.")
HISTORY = Words(zh="歷程", en="History")
WHEN = Words(zh="時間", en="When")
WHAT = Words(zh="發生什麼", en="What happened")
DETAILS = Words(zh="改了什麼", en="What changed")
WHO = Words(zh="誰", en="Who")
WHY = Words(zh="理由", en="Why")
SAME = Words(zh="可能是同一個人", en="Perhaps the same person")
NOBODY_ALIKE = Words(zh="沒有人和這一位相像。", en="Nobody looks like this person.")
NAME = Words(zh="姓名", en="Name")
UNIT = Words(zh="單位", en="Unit")
SIGNS = Words(zh="為什麼", en="Why")
MERGE = Words(zh="併成一個人…", en="Merge into one…")
MERGE_WHY = Words(zh="合併的理由（必填）", en="Why they are one (required)")
SEPARATE = Words(zh="拆開…", en="Separate…")
SEPARATE_WHY = Words(zh="拆開的理由（必填）", en="Why they are separated (required)")
MERGED_STATE = Words(zh="已併入這一位", en="merged into this person")
BIND = Words(zh="綁定卡片（&K）", en="Bind a card (&K)")
BIND_NOW = Words(
    zh="請感應卡片（再按一次取消）", en="Hold the card on the reader (press again to leave it)"
)
BOUND = Words(
    zh="卡片已綁定，之後感應就等於掃名牌。", en="The card is bound: as good as a badge now."
)
RESTORE = Words(zh="恢復報名", en="Restore the registration")
RESTORED = Words(zh="已恢復報名。", en="Registration restored.")
REASONS_MERGE: Final = (
    Words(zh="現場報名，其實在名冊上", en="Walk-in who was on the roster"),
    Words(zh="姓名寫法不同", en="The name was written differently"),
    Words(zh="報名了兩次", en="Registered twice"),
)
REASONS_SEPARATE: Final = (
    Words(zh="其實是兩個人", en="They are two people"),
    Words(zh="併錯了", en="Merged by mistake"),
)


def id_kept(tail: str) -> Words:
    """Say what the ID number ends with, which stays unless another is typed."""
    return Words(zh=ID_KEPT.zh.format(tail=tail), en=ID_KEPT.en.format(tail=tail))


def is_in(session: str, since: str, station: str) -> Words:
    """Say where somebody is now."""
    return Words(
        zh=f"現在在 {session}（{since} 從 {station} 站進場）",
        en=f"Now at {session} (in since {since}, station {station})",
    )


def carries(badges: int, cards: int) -> Words:
    """Say what somebody carries."""
    return Words(zh=f"名牌 {badges}・卡片 {cards}", en=f"badges {badges}, cards {cards}")


def merged(name: str) -> Words:
    """Say that two records are one now."""
    return Words(
        zh=f"已併成 {name} 一個人，名牌與掃描都跟著；弄錯了可以拆開。",
        en=f"Now one person, {name}, with both badges and all scans; it can be separated again.",
    )


def separated(name: str) -> Words:
    """Say that two records are two again."""
    return Words(zh=f"{name} 已拆開，各自的紀錄都回去了。", en=f"{name} is separate again.")
