"""What the lock and the sign-in say."""

from typing import Final

from app.domain.staff import Role
from app.domain.words import Words

WHO: Final = Words("誰在這裡？", "Who is here?")
STILL_SCANS: Final = Words(
    "已鎖定。名牌照常可以掃描，掃描都會記錄。",
    "Locked. Badges can still be scanned, and every scan is recorded.",
)
PIN: Final = Words("PIN 碼", "PIN")
SIGN_IN: Final = Words("登入", "Sign in")
STAFF_LIST: Final = Words("工作人員", "Staff")
NOBODY_LISTED: Final = Words("還沒有可以登入的人。", "Nobody can sign in yet.")
PIN_MISSING: Final = Words("請輸入 PIN 碼。", "Type the PIN.")
CHECKING: Final = Words("核對中…", "Checking…")
PANEL_READY: Final = Words("請掃描名牌", "Scan a badge")
LOCKED_PLACE: Final = Words("請先登入。", "Sign in first.")
LOCK_KEY: Final = Words("鎖定／換人", "Lock or change who is here")


def welcome(name: str) -> Words:
    """Say who acts from now on."""
    return Words(f"{name} 已登入，之後的紀錄都記在這個名字下。", f"{name} signed in.")


def not_for(role: Words) -> Words:
    """Say that a place is not for a role."""
    return Words(
        f"「{role.zh}」不能打開這裡，請承辦人登入（Ctrl+L）。",
        f"Not open to “{role.en}”: an organizer has to sign in (Ctrl+L).",
    )


PLACES: Final[dict[Role, frozenset[str]]] = {
    Role.DOOR: frozenset({"check_in", "overview", "board"}),
    Role.HELP_DESK: frozenset({"check_in", "help_desk", "overview", "board"}),
    Role.ORGANIZER: frozenset(
        {"check_in", "help_desk", "roster", "overview", "closing", "event", "board"}
    ),
}
"""Which places a role works in. Scanning is open to all, so that a locked desk still scans."""
