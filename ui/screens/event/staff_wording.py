"""What the staff page says."""

from typing import Final

from app.domain.words import Words

TAB: Final = Words("工作人員", "Staff")
LIST: Final = Words("可以登入的人", "Who may sign in")
EMPTY: Final = Words(
    "還沒有工作人員，任何人都能操作這台電腦。加入第一位承辦人後，視窗會先問是誰。",
    "No staff yet: anybody can work here. Once the first organizer is added, "
    "the window asks who is here.",
)
NAME: Final = Words("姓名", "Name")
ROLE: Final = Words("角色", "Role")
STATE: Final = Words("狀態", "State")
WORKS: Final = Words("在職", "Works here")
GONE: Final = Words("已離開", "Gone")
NEW: Final = Words("新增工作人員", "New member of staff")
CHANGE: Final = Words("更改工作人員", "Change a member of staff")
PIN: Final = Words("PIN 碼（4 到 8 個數字）", "PIN (4 to 8 digits)")
PIN_AGAIN: Final = Words("再輸入一次 PIN 碼", "The PIN once more")
PIN_KEPT: Final = Words("留空：PIN 碼不變", "Empty: the PIN stays")
PINS_DIFFER: Final = Words("兩次輸入的 PIN 碼不一樣。", "The two PINs differ.")
SAVE: Final = Words("儲存", "Save")
ADD_ANOTHER: Final = Words("新增另一位", "Add another")
IDLE: Final = Words("沒人操作多久後鎖定", "Lock after this long without a hand")
NEVER: Final = Words("不自動鎖定", "Never by itself")
EXPLAINED: Final = Words(
    "每一筆紀錄都會記下是誰做的。Ctrl+L 鎖定或換人；鎖定時名牌照常可以掃描。",
    "Every record names who made it. Ctrl+L locks the desk; a locked desk still scans badges.",
)


def minutes(count: int) -> Words:
    """Return an idle time in words."""
    return Words(f"{count} 分鐘", f"{count} minutes") if count else NEVER


def saved(name: str) -> Words:
    """Say who was saved."""
    return Words(f"已儲存：{name}", f"Saved: {name}")
