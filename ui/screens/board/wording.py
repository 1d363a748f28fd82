"""Sentences of the Board place."""

from typing import Final

from app.domain.wait_range import LONGEST, WaitRange
from app.domain.words import Words

TITLE = Words(zh="看板", en="Board")
INTRO = Words(
    zh="把歡迎畫面或叫號放到第二個螢幕或投影機。上面只有場次、號碼與人數，永遠不會出現姓名。",
    en="Put a welcome or the numbers now serving on a second screen or projector. It shows the "
    "session and numbers, and never a name.",
)
SHOW = Words(zh="全螢幕顯示（F11）", en="Show full screen (F11)")
WHERE = Words(zh="螢幕", en="Screen")
PREVIEW = Words(zh="預覽", en="Preview")

KIND = Words(zh="看板內容", en="What the board shows")
KINDS: Final = {
    "auto": Words(zh="自動：依場次", en="By session"),
    "welcome": Words(zh="歡迎與報到人數", en="Welcome and count"),
    "serving": Words(zh="駐點叫號", en="Now serving"),
}
MESSAGE = Words(zh="看板下方的文字", en="Line at the foot of the board")
DEFAULT_MESSAGE = Words(
    zh="叫到您的號碼請到該桌；自然人憑證、讀卡機或綁定 OTP 的手機請先備妥",
    en="When your number shows, go to that desk; have your card and reader or OTP phone ready",
)
CHIME = Words(zh="叫號聲", en="Chime")
CHIME_TIP = Words(
    zh="叫號與再次叫號各有不同的聲音；音量在「活動」的「這台筆電」。",
    en="A call and a repeated call sound different; the volume is under Event, This laptop.",
)
HEAR = Words(zh="試聽", en="Try it")

WELCOME = Words(zh="歡迎參加", en="Welcome to")
ARRIVED = Words(zh="已報到", en="arrived")
SCAN_HERE = Words(zh="請出示名牌條碼報到", en="Please show your badge to check in")
NO_SESSION = Words(zh="尚未選擇場次", en="No session chosen")

NO_HELP_DAY = Words(zh="這個活動沒有駐點日", en="This event has no help day")
NUMBER = Words(zh="號碼", en="Number")
GO_TO = Words(zh="請到", en="Please go to")
NO_CALL = Words(zh="還沒有叫號", en="No number called yet")
WAITING = Words(zh="等候中", en="Waiting")
LONGEST_WAIT = Words(zh="目前等最久", en="Longest wait now")
NEW_NUMBER = Words(zh="現在取號約等", en="Wait if you come now")
DESKS = Words(zh="服務中的桌數", en="Open desks")
NONE = Words(zh="－", en="-")
FREE_NOW = Words(zh="不用等", en="No wait")
OVER_AN_HOUR = Words(zh="超過 1 小時", en="Over 1 hour")
NOT_READABLE = Words(
    zh="讀不到號碼，請聽現場叫號", en="No numbers can be read; please listen for yours"
)
NOT_READ_YET = Words(zh="讀取中", en="Reading")


def arrived_of(arrived: int, expected: int) -> Words:
    """Say how many of those expected have come."""
    if not expected:
        return Words(zh=f"{arrived:,} 人", en=f"{arrived:,}")
    return Words(zh=f"{arrived:,} ／ {expected:,} 人", en=f"{arrived:,} of {expected:,}")


def people(count: int) -> Words:
    """Say how many wait."""
    return Words(zh=f"{count:,} 組", en=f"{count:,}")


def minutes(count: int) -> Words:
    """Say how long somebody waits, in whole minutes."""
    if count >= 2 * LONGEST:
        hours, rest = divmod(count, 60)
        return Words(zh=f"{hours} 小時 {rest} 分", en=f"{hours} h {rest} min")
    return Words(zh=f"{count} 分", en=f"{count} min")


def wait(found: WaitRange) -> Words:
    """Say how long a newcomer will wait."""
    if found.is_none:
        return FREE_NOW
    if found.is_over_an_hour:
        return OVER_AN_HOUR
    if found.is_open:
        return Words(zh=f"{found.low} 分以上", en=f"{found.low} min or more")
    if not found.low:
        return Words(zh=f"{found.high} 分內", en=f"Under {found.high} min")
    return Words(zh=f"{found.low}–{found.high} 分", en=f"{found.low}–{found.high} min")


def desk(sign: str) -> Words:
    """Say which desk, as its sign has it: a bare number or letter becomes "desk 3"."""
    if not sign:
        return NONE
    if sign.isdecimal() or (len(sign) == 1 and sign.isascii()):
        return Words(zh=f"{sign} 號桌" if sign.isdecimal() else f"{sign} 桌", en=f"Desk {sign}")
    return Words(zh=sign, en=sign)


def called_again(times: int) -> Words:
    """Say that a number is called for the second, third … time."""
    return Words(zh=f"第 {times} 次叫號", en=f"Call {times}")


def as_of(clock: str) -> Words:
    """Say when the numbers were read."""
    return Words(zh=f"{clock} 更新", en=f"as of {clock}")


def stale_since(clock: str) -> Words:
    """Say that the numbers stand still, or were never read."""
    if not clock:
        return NOT_READABLE
    return Words(
        zh=f"畫面停在 {clock}，請聽現場叫號",
        en=f"Not updated since {clock}; please listen for your number",
    )
