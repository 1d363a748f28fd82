"""Sentences of the follow-ups page."""

from typing import Final

from app.domain.help_desk import FollowupState
from app.domain.words import Words

LIST = Words(zh="追蹤清單", en="Follow-ups")
EMPTY = Words(
    zh="還沒有要追蹤的事。\n在諮詢桌選「上報」，這裡就會多一筆。",
    en="Nothing to follow up yet.\nChoose “escalated” at the desk and it shows here.",
)
NOTHING_FITS = Words(zh="沒有符合條件的追蹤。", en="No follow-up fits these filters.")
STATE = Words(zh="狀態", en="State")
TICKET = Words(zh="號碼", en="No.")
UNIT = Words(zh="學校", en="School")
VENDOR = Words(zh="轉給", en="Vendor")
SYMPTOM = Words(zh="症狀", en="Symptom")
STEPS = Words(zh="試過", en="Tried")
OWNER = Words(zh="負責人", en="Owner")
DUE = Words(zh="期限", en="Due")
REFERENCE = Words(zh="單號", en="Reference")
CONTACT = Words(zh="回電給", en="Call back")
NOTE = Words(zh="備註", en="Note")
ANSWER = Words(zh="對方的回覆", en="Answer")
DUE_HINT = Words(zh="例如 9/20 或 112-09-20", en="such as 2023-09-20")
NOBODY = Words(zh="（未指定）", en="(nobody)")
ALL_VENDORS = Words(zh="所有對象", en="All vendors")
ALL_OWNERS = Words(zh="所有負責人", en="All owners")
MINE = Words(zh="我負責的", en="Mine")
ONLY_DUE = Words(zh="到期的", en="Due now")
SHEET = Words(zh="廠商交辦單 PDF", en="Hand-over sheets (PDF)")
SHEET_CAPTION = Words(zh="存成廠商交辦單", en="Save the hand-over sheets")
PDF = Words(zh="PDF 檔 (*.pdf)", en="PDF files (*.pdf)")
SHEET_NAME = Words(zh="廠商交辦單", en="hand-over")
PICK_ONE = Words(
    zh="在清單裡選一筆，這裡可以直接修改；離開欄位就存。",
    en="Pick a line and edit it here; leaving a field keeps it.",
)
OVERDUE = Words(zh="逾期", en="overdue")
TELL_SCHOOL = Words(zh="回覆已到，請通知學校後結案。", en="Tell the school, then close it.")
STATES: Final[dict[FollowupState, Words]] = {
    FollowupState.OPEN: Words(zh="待送出", en="open"),
    FollowupState.SENT: Words(zh="已送出", en="sent"),
    FollowupState.ANSWERED: Words(zh="已回覆", en="answered"),
    FollowupState.CLOSED: Words(zh="結案", en="closed"),
    FollowupState.UNSOLVABLE: Words(zh="無法解決", en="cannot be solved"),
}
KEYS: Final[tuple[tuple[str, FollowupState, Words], ...]] = (
    ("S", FollowupState.SENT, Words(zh="已送出 S", en="Sent S")),
    ("A", FollowupState.ANSWERED, Words(zh="已回覆 A", en="Answered A")),
    ("C", FollowupState.CLOSED, Words(zh="結案 C", en="Close C")),
    ("U", FollowupState.UNSOLVABLE, Words(zh="無法解決 U", en="Unsolvable U")),
    ("O", FollowupState.OPEN, Words(zh="重新開啟 O", en="Reopen O")),
)
SHOWN: Final[dict[str, Words]] = {
    "out": Words(zh="等回覆", en="Still out"),
    "back": Words(zh="已有回覆", en="Came back"),
    "closed": Words(zh="已結案", en="Closed"),
    "all": Words(zh="全部", en="All"),
}


def came_back(count: int) -> Words:
    """Say how many came back since the last help day."""
    things = "1 follow-up" if count == 1 else f"{count} follow-ups"
    return Words(zh=f"上次駐點以來回覆了 {count} 件", en=f"{things} came back since the last day")


def shown(count: int, total: int) -> Words:
    """Say how many of the follow-ups are listed."""
    return Words(zh=f"{count} 筆，共 {total} 筆", en=f"{count} of {total}")


def sheet_written(cases: int) -> Words:
    """Say that the hand-over sheets are there."""
    return Words(zh=f"交辦單已存，共 {cases} 件。", en=f"Sheets saved, {cases} cases.")
