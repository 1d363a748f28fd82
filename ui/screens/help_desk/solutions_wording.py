"""Sentences of the panel of earlier solutions."""

from typing import Final

from app.domain.visits import Outcome
from app.domain.words import Words

TITLE = Words(zh="先前的解法", en="Earlier solutions")
SEARCH = Words(zh="找先前的解法、常用文字", en="Earlier words, canned texts")
LIST = Words(zh="先前的解法與常用文字", en="Earlier solutions and canned texts")
NOTHING = Words(
    zh="還沒有相近的紀錄。\n選了主題、打了症狀，這裡就會列出。",
    en="Nothing similar yet.\nPick a topic or type a symptom.",
)
USE = Words(zh="帶入（Enter）", en="Use it (Enter)")
PROBLEMS = Words(zh="已知問題", en="Known problems")
ATTACH = Words(zh="這次也是", en="This one too")
ATTACH_TIP = Words(
    zh="把這個問題掛到已知問題上，解答出來時一起通知。",
    en="Attach this issue; it gets the answer with all the others.",
)
NEW_PROBLEM = Words(zh="＋ 記為已知問題", en="+ New known problem")
NEW_PROBLEM_TIP = Words(
    zh="別的學校也可能遇到：用現在的症狀開一筆已知問題。",
    en="Other schools may have it too: open a known problem with this symptom.",
)
NO_SYMPTOM = Words(zh="先寫下症狀，才能記為已知問題。", en="Write the symptom first.")
PROBLEM_ADDED = Words(zh="已記為已知問題。", en="Kept as a known problem.")
SYMPTOM = Words(zh="症狀", en="Symptom")
STEPS = Words(zh="試過", en="Tried")
RESOLUTION = Words(zh="處理", en="Solution")
NEXT_STEP = Words(zh="下一步", en="Next step")
ANSWER = Words(zh="解答", en="Answer")
CANNED = Words(zh="常用文字", en="Canned text")
SAME_SCHOOL = Words(zh="同校", en="same school")
SIMILAR = Words(zh="相近", en="similar")
OUTCOMES: Final[dict[str, Words]] = {
    Outcome.RESOLVED.value: Words(zh="已解決", en="resolved"),
    Outcome.RESOLVED_NEXT_STEP.value: Words(zh="已解決，回校續辦", en="resolved, next step"),
    Outcome.ESCALATED.value: Words(zh="上報中", en="escalated"),
    Outcome.NOT_RESOLVED.value: Words(zh="未解決", en="not resolved"),
    Outcome.INFORMATION.value: Words(zh="說明", en="information"),
    "": Words(zh="還沒有結果", en="no outcome yet"),
}


def uses(count: int) -> Words:
    """Say how often words were used again."""
    times = "once" if count == 1 else f"{count} times"
    return Words(zh=f"用過 {count} 次", en=f"used {times}")


def schools(count: int) -> Words:
    """Say how many schools a known problem struck."""
    return Words(zh=f"{count} 所學校", en="1 school" if count == 1 else f"{count} schools")
