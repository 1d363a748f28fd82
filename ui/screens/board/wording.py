"""Sentences of the Board place."""

from app.domain.words import Words

TITLE = Words(zh="看板", en="Board")
INTRO = Words(
    zh="把歡迎畫面放到第二個螢幕或投影機。上面只有場次與人數，永遠不會出現姓名。",
    en="Put a welcome on a second screen or projector. It shows the session and numbers, "
    "and never a name.",
)
SHOW = Words(zh="全螢幕顯示（F11）", en="Show full screen (F11)")
HIDE = Words(zh="收起看板（F11 或 Esc）", en="Take the board down (F11 or Esc)")
WHERE = Words(zh="螢幕", en="Screen")
WELCOME = Words(zh="歡迎參加", en="Welcome to")
ARRIVED = Words(zh="已報到", en="arrived")
SCAN_HERE = Words(zh="請出示名牌條碼報到", en="Please show your badge to check in")
NO_SESSION = Words(zh="尚未選擇場次", en="No session chosen")
LATER = Words(zh="駐點叫號會在之後的版本加入。", en="Now-serving numbers come in a later version.")
PREVIEW = Words(zh="預覽", en="Preview")


def arrived_of(arrived: int, expected: int) -> Words:
    """Say how many of those expected have come."""
    if not expected:
        return Words(zh=f"{arrived:,} 人", en=f"{arrived:,}")
    return Words(zh=f"{arrived:,} ／ {expected:,} 人", en=f"{arrived:,} of {expected:,}")
