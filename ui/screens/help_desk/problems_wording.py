"""Sentences of the page of known problems and canned texts."""

from typing import Final

from app.domain.help_desk import ProblemState
from app.domain.words import Words

PROBLEMS = Words(zh="已知問題", en="Known problems")
CANNED = Words(zh="常用文字", en="Canned texts")
EMPTY = Words(
    zh="還沒有已知問題。\n同一個狀況有兩所以上學校遇到時，按「新增」記一筆，解答一次給大家。",
    en="No known problem yet.\nWhen two schools have the same trouble, add it once and answer all.",
)
STATE = Words(zh="狀態", en="State")
TITLE = Words(zh="問題", en="Problem")
TOPIC = Words(zh="主題", en="Topic")
NO_TOPIC = Words(zh="（不分主題）", en="(any topic)")
SCHOOLS = Words(zh="學校", en="Schools")
UNSOLVED = Words(zh="未結", en="Unsolved")
STRUCK = Words(zh="遇到的學校", en="Schools it struck")
NOBODY_STRUCK = Words(zh="還沒有求助掛上來。", en="No issue is attached yet.")
ANSWER = Words(
    zh="解答（存下後，所有掛上的求助都看得到）", en="Answer (all attached issues show it)"
)
ADD = Words(zh="新增（Ins）", en="Add (Ins)")
SAVE = Words(zh="存檔（Ctrl+Enter）", en="Save (Ctrl+Enter)")
CLOSE = Words(zh="結案", en="Close")
REOPEN = Words(zh="重新開啟", en="Reopen")
STATES: Final[dict[ProblemState, Words]] = {
    ProblemState.OPEN: Words(zh="等解答", en="open"),
    ProblemState.ANSWERED: Words(zh="有解答", en="answered"),
    ProblemState.CLOSED: Words(zh="結案", en="closed"),
}
KEPT = Words(zh="已存。", en="Kept.")
ANSWERED = Words(zh="解答已存，掛上的求助都看得到了。", en="All attached issues show the answer.")
NEW_PROBLEM = Words(zh="新的已知問題", en="New known problem")

CODE = Words(zh="代碼", en="Code")
NAME = Words(zh="標題", en="Title")
BODY = Words(zh="內容（用 | 標出游標停的位置）", en="Text ( | marks where the cursor goes)")
USES = Words(zh="用過", en="Used")
CANNED_EMPTY = Words(
    zh="還沒有常用文字。\n按「加入範例文字」，或自己新增；在任何欄位打 ::代碼 就會展開。",
    en="No canned text yet.\nAdd the examples or your own; ::code in any field expands it.",
)
CANNED_HINT = Words(
    zh="在諮詢桌的文字欄打 :: 加代碼，就會換成這段文字。",
    en="At the desk type :: and the code; it becomes this text.",
)
PUT_AWAY = Words(zh="停用", en="Put away")
NEW_CANNED = Words(zh="新的常用文字", en="New canned text")
PUT_AWAY_DONE = Words(zh="已停用；代碼可以再給別的文字。", en="Put away; its code is free again.")


def schools(count: int) -> Words:
    """Say how many schools a problem struck."""
    return Words(zh=f"{count} 所學校", en="1 school" if count == 1 else f"{count} schools")


def add_offered(count: int) -> Words:
    """Offer the example texts."""
    return Words(zh=f"加入 {count} 則範例文字", en=f"Add {count} example texts")


def offered_added(count: int) -> Words:
    """Say how many example texts were added."""
    return Words(
        zh=f"已加入 {count} 則，可以自由修改。", en=f"{count} texts added; change them freely."
    )
