"""What the readiness row says: the items, how they stand, what to do when one is missing."""

from collections.abc import Mapping
from typing import Final

from app.domain.visits import ReadinessItem, Ready
from app.domain.words import Words

ROW = Words(zh="該帶的東西", en="What to bring")
ROW_HINT = Words(
    zh="字母鍵切換：有 → 缺 → 不需要", en="A letter switches: there → missing → not needed"
)
LETTERS: Final[Mapping[ReadinessItem, str]] = {
    ReadinessItem.CARD: "C",
    ReadinessItem.READER: "R",
    ReadinessItem.OTP_PHONE: "O",
    ReadinessItem.XCA: "X",
    ReadinessItem.PIN_KNOWN: "P",
    ReadinessItem.ACCOUNT_RIGHT: "A",
}
"""The one key of each item; they work wherever no text is being typed."""
ITEMS: Final[Mapping[ReadinessItem, Words]] = {
    ReadinessItem.CARD: Words(zh="自然人憑證", en="Citizen card"),
    ReadinessItem.READER: Words(zh="讀卡機", en="Card reader"),
    ReadinessItem.OTP_PHONE: Words(zh="OTP 手機", en="OTP phone"),
    ReadinessItem.XCA: Words(zh="XCA 憑證", en="XCA card"),
    ReadinessItem.PIN_KNOWN: Words(zh="記得 PIN", en="Knows PIN"),
    ReadinessItem.ACCOUNT_RIGHT: Words(zh="帳號權限", en="Account right"),
}
STANDINGS: Final[Mapping[Ready, Words]] = {
    Ready.UNKNOWN: Words(zh="沒問", en="not asked"),
    Ready.OK: Words(zh="有", en="there"),
    Ready.MISSING: Words(zh="缺", en="missing"),
    Ready.NOT_NEEDED: Words(zh="不需要", en="not needed"),
}
SIGNS: Final[Mapping[Ready, str]] = {
    Ready.UNKNOWN: "?",
    Ready.OK: "✓",
    Ready.MISSING: "✕",
    Ready.NOT_NEEDED: "–",
}
"""Shapes beside the colours, so that no one has to tell colours apart."""
ASK_XCA = Words(
    zh="學校權限 AA 帳號的主題：問有沒有帶 XCA 憑證（X）。",
    en="A topic for school AA accounts: ask for the XCA card (X).",
)
REMEDIES: Final[Mapping[ReadinessItem, Words]] = {
    ReadinessItem.CARD: Words(
        zh="沒有自然人憑證：有綁定 OTP 的手機也可以（O）；都沒有就先看操作，回校再登入。",
        en="No citizen card: a phone bound to OTP will do (O); with neither, show the steps only.",
    ),
    ReadinessItem.READER: Words(
        zh="沒有讀卡機：借一台（F7），離開時收回（F8）。",
        en="No card reader: lend one (F7) and take it back when they leave (F8).",
    ),
    ReadinessItem.OTP_PHONE: Words(
        zh="OTP 綁在別人手機：請那位同事在線上報號碼，或改用憑證＋讀卡機。",
        en="OTP is on a colleague's phone: ask them to stay on the line, or use card and reader.",
    ),
    ReadinessItem.XCA: Words(
        zh="沒帶 XCA：AA 帳號的工作今天做不了，先處理個人帳號的部分，記下一步回校辦。",
        en="No XCA card: work of the AA account must wait; do the personal part, note a next step.",
    ),
    ReadinessItem.PIN_KNOWN: Words(
        zh="忘記 PIN：不要試，錯三次會鎖卡；戶政事務所或 MOICA 網站可重設。",
        en="PIN forgotten: do not guess, three errors lock the card; "
        "reset it at a household office or on the MOICA site.",
    ),
    ReadinessItem.ACCOUNT_RIGHT: Words(
        zh="帳號沒有權限：請學校 AA 帳號持有者先開權限，電話請他現在設定最快。",
        en="The account lacks the right: its school's AA account grants it; a call now is fastest.",
    ),
}
"""What to do about each missing item; the plan asks for card and reader, or an OTP phone."""


def standing(item: ReadinessItem, value: Ready) -> Words:
    """Say an item and how it stands, for screen readers."""
    name, told = ITEMS[item], STANDINGS[value]
    return Words(zh=f"{name.zh}：{told.zh}", en=f"{name.en}: {told.en}")
