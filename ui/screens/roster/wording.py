"""Sentences of the Roster place."""

from typing import Final

from app.domain.scans import RegistrationStatus
from app.domain.words import Words

TITLE = Words(zh="名冊", en="Roster")
FILTER = Words(zh="姓名、單位、號碼末幾碼（/）", en="Name, unit, last digits (/)")
LIST = Words(zh="報名名單", en="Registrations")
EMPTY = Words(
    zh="這個場次還沒有名冊。\n到「活動」→「匯入」把名冊檔拖進去，這裡就會列出每一個人。",
    en="This session has no roster yet.\nDrop a file on Event → Import and everybody shows here.",
)
NOT_FOUND = Words(
    zh="名冊裡找不到符合的人。可按 Esc 清除搜尋；現場報名請到「報到」按 F4。",
    en="Nobody on this roster matches. Esc clears the search; for a walk-in press F4 at Check-in.",
)
NAME = Words(zh="姓名", en="Name")
UNIT = Words(zh="單位", en="Unit")
JOB = Words(zh="職稱", en="Title")
STATUS = Words(zh="報名", en="Status")
ORIGIN = Words(zh="來源", en="Origin")
ARRIVED = Words(zh="簽到", en="In")
LEFT = Words(zh="簽退", en="Out")
BADGE = Words(zh="名牌號碼", en="Badge")
HAS_ID = Words(zh="身分證字號", en="ID number")
PHONE = Words(zh="電話", en="Phone")
ATTENTION = Words(zh="請留意", en="Attention")
ID_KNOWN = Words(zh="有", en="known")
ID_UNKNOWN = Words(zh="缺", en="missing")
NO_BADGE = Words(zh="尚未發", en="none yet")
PICK_SOMEBODY = Words(zh="在名單裡選一個人，這裡會顯示詳細資料。", en="Pick somebody to see more.")
CANCEL = Words(zh="取消報名（Del）", en="Cancel registration (Del)")
CANCEL_WHY = Words(zh="取消的理由（必填）", en="Why it is cancelled (required)")
CANCEL_DO = Words(zh="確定取消報名", en="Cancel the registration")
REPLACE = Words(zh="換發名牌（&B）", en="Replace the badge (&B)")
REPLACE_WHY = Words(zh="換發的理由（必填）", en="Why the badge is replaced (required)")
REPLACE_DO = Words(zh="作廢舊名牌並換發", en="Revoke the old badge, issue a new one")
KEEP = Words(zh="先不要（Esc）", en="Leave it (Esc)")
WALK_IN = Words(zh="現場報名（到報到按 F4）", en="Walk-in (F4 at Check-in)")
COPY_BADGE = Words(zh="複製名牌號碼", en="Copy the badge code")
BACK = Words(zh="清除搜尋", en="Clear the search")
SEARCH = Words(zh="搜尋", en="Search")
STATUSES: Final[dict[RegistrationStatus, Words]] = {
    RegistrationStatus.ACTIVE: Words(zh="有效", en="active"),
    RegistrationStatus.CANCELLED: Words(zh="已取消", en="cancelled"),
}
ORIGINS: Final[dict[str, Words]] = {
    "imported": Words(zh="匯入", en="imported"),
    "walk_in": Words(zh="現場報名", en="walk-in"),
    "portable": Words(zh="現場報名", en="walk-in"),
    "added": Words(zh="補登", en="added"),
    "moved": Words(zh="改場次", en="moved"),
}
REASONS_CANCEL: Final = (
    Words(zh="本人來電取消", en="The person called off"),
    Words(zh="改派他人參加", en="Somebody else comes instead"),
    Words(zh="報名重複", en="Registered twice"),
)
REASONS_REPLACE: Final = (
    Words(zh="名牌遺失", en="Badge lost"),
    Words(zh="名牌破損、刷不出來", en="Badge does not scan"),
    Words(zh="姓名或單位印錯", en="Name or unit misprinted"),
)


def count(shown: int, total: int) -> Words:
    """Say how many rows are shown out of how many."""
    if shown == total:
        return Words(zh=f"共 {total:,} 人", en=f"{total:,} people")
    return Words(zh=f"符合 {shown:,} 人，共 {total:,} 人", en=f"{shown:,} of {total:,} people")


def cancelled() -> Words:
    """Say that a registration was cancelled."""
    return Words(
        zh="已取消報名。若弄錯了，按「恢復報名」；本人到場掃描後按 F2 放行也可以。",
        en="Registration cancelled. Restore brings it back, or F2 after a scan at the door.",
    )


def replaced(code: str) -> Words:
    """Say the new badge code."""
    return Words(zh=f"已換發名牌，新號碼 {code}。", en=f"Badge replaced; the new code is {code}.")
