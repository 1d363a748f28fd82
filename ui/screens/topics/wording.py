"""Sentences of the topic editor."""

from app.domain.words import Words

HINT = Words(
    zh="打 ★ 的主題固定在數字鍵 1–9；★ 不足 9 個時，由今天最常用的補上。按 0 翻到其他主題。",
    en="Starred topics stand on the digits 1–9; with fewer than nine, today's most used follow. "
    "0 turns to the others.",
)
GROUPS = Words(zh="主題", en="Topics")
SUBTOPICS = Words(zh="子題", en="Subtopics")
KEY = Words(zh="按鍵", en="Key")
NAME = Words(zh="名稱", en="Name")
COUNT = Words(zh="子題", en="Parts")
STATE = Words(zh="狀態", en="State")
STAR = Words(zh="★ 快捷", en="★ on a key")
PUT_AWAY = Words(zh="停用", en="off")
NO_GROUPS = Words(
    zh="計畫裡沒有求助主題；在右邊輸入名稱，按「新增主題」。",
    en="The plan has no help topics; enter a name on the right and press “Add topic”.",
)
NO_SUBTOPICS = Words(
    zh="沒有子題。只用第一層也可以。", en="No subtopics. The first level is enough by itself."
)
TITLE_ZH = Words(zh="中文名稱", en="Chinese name")
TITLE_EN = Words(zh="英文名稱（可空白）", en="English name (may be blank)")
QUICK = Words(zh="★ 放在數字鍵上", en="★ Keep on a digit key")
ACTIVE = Words(zh="使用中（取號與記錄時可選）", en="In use (offered when choosing)")
SAVE = Words(zh="儲存", en="Save")
MOVE_UP = Words(zh="上移", en="Up")
MOVE_DOWN = Words(zh="下移", en="Down")
MOVE_UP_TIP = Words(zh="Ctrl+↑", en="Ctrl+Up")
MOVE_DOWN_TIP = Words(zh="Ctrl+↓", en="Ctrl+Down")
ADD_GROUP = Words(zh="新增主題", en="Add topic")
ADD_SUBTOPIC = Words(zh="新增子題", en="Add subtopic")
NEW_NAME = Words(zh="新的名稱", en="Name of a new one")
CHOSEN_NONE = Words(zh="選一個主題來修改", en="Choose a topic to change it")
TOO_MANY_STARS = Words(
    zh="★ 超過 9 個：只有前 9 個在數字鍵上。",
    en="More than nine stars: only the first nine are on the digit keys.",
)
KEPT = Words(
    zh="已停用的主題仍留在紀錄與報表裡。",
    en="Topics no longer in use stay in the records.",
)


def code_of(code: str) -> Words:
    """Say a topic's code."""
    return Words(zh=f"代碼 {code}", en=f"Code {code}")


def saved(title: str) -> Words:
    """Say that a topic was saved."""
    return Words(zh=f"已儲存「{title}」。", en=f"“{title}” saved.")


def added(title: str) -> Words:
    """Say that a topic was added."""
    return Words(zh=f"已新增「{title}」。", en=f"“{title}” added.")
