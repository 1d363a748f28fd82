"""Sentences of the issues editor."""

from typing import Final

from app.domain.visits import Barrier, Outcome
from app.domain.words import Words

OUTCOMES: Final = {
    Outcome.RESOLVED: Words(zh="已解決", en="Resolved"),
    Outcome.RESOLVED_NEXT_STEP: Words(zh="解決，回校再做", en="Resolved, step at school"),
    Outcome.ESCALATED: Words(zh="上報", en="Escalated"),
    Outcome.NOT_RESOLVED: Words(zh="未解決", en="Not resolved"),
    Outcome.INFORMATION: Words(zh="僅諮詢", en="Information"),
}
"""In the order of the keys Alt+1…5."""
OUTCOMES_SHORT: Final = {
    Outcome.RESOLVED: Words(zh="已解決", en="Resolved"),
    Outcome.RESOLVED_NEXT_STEP: Words(zh="回校再做", en="Next step"),
    Outcome.ESCALATED: Words(zh="上報", en="Escalated"),
    Outcome.NOT_RESOLVED: Words(zh="未解決", en="Not solved"),
    Outcome.INFORMATION: Words(zh="僅諮詢", en="Info only"),
}
"""What stands on the five big keys."""
BARRIERS: Final = {
    Barrier.NO_CARD: Words(zh="沒帶憑證", en="no card"),
    Barrier.NO_READER: Words(zh="沒有讀卡機", en="no reader"),
    Barrier.OTP_ELSEWHERE: Words(zh="OTP 在別人手機", en="OTP elsewhere"),
    Barrier.PIN_UNKNOWN: Words(zh="不知 PIN", en="PIN unknown"),
    Barrier.NO_RIGHT: Words(zh="沒有權限", en="no right"),
    Barrier.SYSTEM_FAULT: Words(zh="系統問題", en="system fault"),
    Barrier.DATA_MISSING: Words(zh="資料不齊", en="data missing"),
    Barrier.LEFT: Words(zh="人先離開", en="visitor left"),
}
"""In the order of the keys 1…8."""
FIELDS: Final = {
    "symptom": Words(zh="狀況", en="Symptom"),
    "steps": Words(zh="做了什麼", en="Steps"),
    "resolution": Words(zh="解法", en="Solution"),
    "next_step": Words(zh="下一步", en="Next step"),
}
PLACEHOLDERS: Final = {
    "symptom": Words(zh="發生什麼事、畫面上的訊息", en="What happens, what the screen says"),
    "steps": Words(zh="試過什麼", en="What was tried"),
    "resolution": Words(zh="怎麼解決的；::代碼 帶入範本", en="What solved it; ::code for a text"),
    "next_step": Words(zh="誰、做什麼、何時前", en="Who does what, until when"),
}
TOPIC = Words(zh="主題", en="Topic")
NO_TOPIC = Words(
    zh="按 Ctrl+1…9 選主題，Ctrl+0 找全部", en="Ctrl+1…9 for the topic, Ctrl+0 for all"
)
OUTCOME = Words(zh="結果", en="Outcome")
BARRIER = Words(zh="卡在哪裡（數字鍵）", en="What stood in the way (digits)")
MORE_TOPICS = Words(zh="其他…", en="Others…")
NEW_ISSUE = Words(zh="再一個問題（Ctrl+N）", en="Another issue (Ctrl+N)")
NEEDS_OUTCOME = Words(zh="還沒選結果", en="no outcome yet")
KNOWN_PROBLEM = Words(zh="屬於已知問題", en="known problem")
REUSED = Words(zh="用了以前的解法", en="earlier solution used")


def issue_name(number: int) -> Words:
    """Name an issue by its place."""
    return Words(zh=f"問題 {number}", en=f"Issue {number}")
