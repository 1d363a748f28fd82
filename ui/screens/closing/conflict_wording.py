"""Sentences of the page where stations do not agree."""

from typing import Final

from app.domain.facts import FactKind
from app.domain.words import Words

TAB = Words(zh="各站不一致", en="Stations disagree")
LIST = Words(zh="各站不一致的紀錄", en="What stations do not agree on")
WHAT = Words(zh="情形", en="What")
WHO = Words(zh="姓名", en="Name")
UNIT = Words(zh="單位", en="Unit")
STATE = Words(zh="裁定", en="Decision")
EMPTY = Words(
    zh="各站的紀錄都一致。\n有不一致時會列在這裡，附上兩站的紀錄。",
    en="All stations agree.\nWhat does not is listed here with both sides' records.",
)
STATION = Words(zh="{letter} 站", en="Station {letter}")
ON_SCREEN = Words(zh="當時畫面：{verdict}（{counted}）", en="On screen: {verdict} ({counted})")
BY_ALL = Words(zh="綜合各站：{verdict}", en="By all stations: {verdict}")
COUNTED = Words(zh="已計入", en="counted")
NOT_COUNTED = Words(zh="未計入", en="not counted")
SUGGESTED = Words(zh="建議", en="suggested")
TWO_CONSULTANTS = Words(zh="兩位老師都叫了", en="Called by two consultants")
CLAIMS_WHY = Words(
    zh="兩張桌子當時互不相通，都叫了同一位來訪者。先叫的為準；請另一位到「駐點」把他送回或交接。",
    en="Two desks that could not hear each other called the same visitor. The first stands; the"
    " other sends the visitor back or hands over at Help desk.",
)
GO_TO_DESK = Words(zh="到駐點處理（H）", en="Settle at Help desk (H)")
FIRST = Words(zh="先叫，為準", en="called first; stands")
SECOND = Words(zh="後叫", en="called later")
DESK = Words(zh="{desk} 桌", en="Desk {desk}")
DEVICE = Words(zh="裝置 {device}", en="device {device}")
CLOCKS: Final[dict[str, Words]] = {
    "measured": Words(zh="時鐘已校對", en="clock compared"),
    "unknown": Words(zh="時鐘未校對", en="clock not compared"),
    "doubtful": Words(zh="時鐘可疑", en="clock doubtful"),
}
CAUSES: Final[dict[FactKind, Words]] = {
    FactKind.BADGE_REVOKED: Words(zh="作廢名牌", en="Badge revoked"),
    FactKind.REGISTRATION_CANCELLED: Words(zh="取消報名", en="Registration cancelled"),
    FactKind.REGISTRATION_ADDED: Words(zh="加入報名", en="Registered"),
}
CHOOSE = Words(zh="按 1–{last} 選做法，再選理由", en="Press 1–{last}, then pick a reason")
NOW_REASON = Words(
    zh="請選理由：Q、W、E，或按 R 自己寫", en="Pick a reason: Q, W, E, or R to write"
)
TAKING_BACK = Words(zh="復原裁定：請選理由 Q、W、E", en="Taking back: pick a reason, Q, W, E")
REASONS: Final = (
    Words(zh="現場人員確認過", en="Confirmed by staff at the door"),
    Words(zh="本人說明", en="Explained by the person"),
    Words(zh="依紙本簽到退表", en="By the paper sign-in sheet"),
)
REASON_KEYS: Final = "QWE"
OWN_REASON = Words(zh="其他理由（R），寫完按 Enter", en="Another reason (R), then Enter")
UNDO = Words(zh="復原裁定（Z）", en="Take the decision back (Z)")
DECIDED_ALREADY = Words(zh="已裁定。要改判先按 Z。", en="Decided. Press Z first to change it.")
NEXT = Words(zh="下一項（N）", en="Next (N)")
OPEN = Words(zh="待裁定", en="open")
DONE = Words(
    zh="已裁定：{choice}。要改判請選這一項，按 Z。", en="Decided: {choice}. Z takes it back."
)
TAKEN_BACK = Words(zh="已復原裁定。", en="The decision was taken back.")
KEY_OPTION = Words(zh="不一致：選做法", en="Conflicts: pick what to do")
KEY_REASON = Words(zh="不一致：選理由", en="Conflicts: pick the reason")
KEY_UNDO = Words(zh="不一致：復原裁定", en="Conflicts: take a decision back")


def filled(words: Words, **values: object) -> Words:
    """Put values into a sentence."""
    return Words(zh=words.zh.format(**values), en=words.en.format(**values))
