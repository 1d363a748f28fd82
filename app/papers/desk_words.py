"""The words of help-desk codes on paper: states, outcomes, barriers, reasons, readiness."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.words import Language, Words

OUTCOMES = MappingProxyType(
    {
        "resolved": Words(zh="已解決", en="Resolved"),
        "resolved_next_step": Words(zh="回校完成", en="Finish at school"),
        "information": Words(zh="提供資訊", en="Information"),
        "escalated": Words(zh="上報", en="Escalated"),
        "not_resolved": Words(zh="未解決", en="Not resolved"),
        "": Words(zh="沒有結果", en="No outcome"),
    }
)
STATES = MappingProxyType(
    {
        "waiting": Words(zh="等候中", en="Waiting"),
        "called": Words(zh="已叫號", en="Called"),
        "serving": Words(zh="諮詢中", en="Being served"),
        "parked": Words(zh="暫離", en="Parked"),
        "done": Words(zh="已完成", en="Done"),
        "gone": Words(zh="已離開", en="Gone"),
    }
)
PARKED = MappingProxyType(
    {
        "practising": Words(zh="自行練習", en="Practising alone"),
        "fetching": Words(zh="去拿憑證或資料", en="Fetching credential"),
        "expert": Words(zh="請教專家", en="Asking an expert"),
        "break": Words(zh="諮詢教師休息", en="Consultant's break"),
        "moved": Words(zh="轉其他主題", en="Moved to other topic"),
        "not_found": Words(zh="叫號未到", en="Not found when called"),
    }
)
GONE = MappingProxyType(
    {
        "left": Words(zh="等候中離開", en="Left"),
        "no_show": Words(zh="叫號未到", en="No-show"),
        "turned_away": Words(zh="婉拒", en="Turned away"),
        "duplicate": Words(zh="重複取號", en="Duplicate"),
        "void": Words(zh="作廢", en="Void"),
    }
)
BARRIERS = MappingProxyType(
    {
        "no_card": Words(zh="沒帶憑證", en="No card"),
        "no_reader": Words(zh="沒有讀卡機", en="No reader"),
        "otp_elsewhere": Words(zh="OTP 綁在別人手機", en="OTP on another's phone"),
        "pin_unknown": Words(zh="忘記 PIN 碼", en="PIN unknown"),
        "no_right": Words(zh="帳號沒有權限", en="Account lacks the right"),
        "system_fault": Words(zh="系統問題", en="System fault"),
        "data_missing": Words(zh="資料不全", en="Data missing"),
        "left": Words(zh="求助者先離開", en="Visitor left"),
    }
)
READINESS = MappingProxyType(
    {
        "card": Words(zh="自然人憑證", en="Citizen card"),
        "reader": Words(zh="讀卡機", en="Card reader"),
        "otp_phone": Words(zh="OTP 手機", en="OTP phone"),
        "xca": Words(zh="XCA 憑證", en="XCA card"),
        "pin_known": Words(zh="知道 PIN 碼", en="PIN known"),
        "account_right": Words(zh="帳號權限", en="Account right"),
    }
)
LOANS = MappingProxyType(
    {
        "reader": Words(zh="讀卡機", en="Card reader"),
        "cable": Words(zh="傳輸線", en="Cable"),
        "phone": Words(zh="手機", en="Phone"),
        "other": Words(zh="其他", en="Other"),
    }
)
FOLLOW_UPS = MappingProxyType(
    {
        "open": Words(zh="待送出", en="Open"),
        "sent": Words(zh="已送出", en="Sent"),
        "answered": Words(zh="已回覆", en="Answered"),
        "closed": Words(zh="結案", en="Closed"),
        "unsolvable": Words(zh="無法解決", en="Cannot be solved"),
    }
)
QUALITIES = MappingProxyType(
    {
        "ok": Words(zh="實際", en="Exact"),
        "estimated": Words(zh="估計", en="Estimated"),
        "forgot": Words(zh="忘記結束", en="Forgotten"),
    }
)


def word(words: Mapping[str, Words], code: str, language: Language) -> str:
    """Return a code's word; a code of a newer program stands for itself."""
    return words[code].in_language(language) if code in words else code
