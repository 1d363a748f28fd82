"""Sentences of the Readers page."""

from typing import Final

from app.domain.words import Words
from ui.readers.source import ReaderCondition, ReaderSort

TAB = Words(zh="讀取器", en="Readers")
INTRO = Words(
    zh="像鍵盤的掃描器插上就能用。在這一頁掃描只是試掃，不會留下紀錄。",
    en="Scanners that type like a keyboard just work. What is scanned on this page is a trial: "
    "nothing is recorded.",
)
LIST = Words(zh="讀取器", en="Readers")
NAME = Words(zh="名稱", en="Name")
STATE = Words(zh="狀態", en="State")
LAST = Words(zh="上次讀到", en="Last read")
REMEDY = Words(zh="怎麼辦", en="What to do")
PORTS = Words(zh="序列埠（USB-COM）讀取器", en="Readers on a serial port (USB-COM)")
NO_PORTS = Words(zh="這台電腦沒有序列埠。", en="This computer has no serial port.")
FIND = Words(zh="重新尋找（&F）", en="Look again (&F)")
TRY = Words(zh="試掃", en="Try")
TRY_HOW = Words(
    zh="列印校正表，把上面三個條碼各掃一次，這裡會說哪裡不對、怎麼設定。",
    en="Print the calibration sheet and scan its three codes: what is wrong shows here.",
)
FINE = Words(zh="設定正確：{code}", en="Set right: {code}")
NOT_A_CODE = Words(
    zh="讀到的不是校正表上的條碼（{text}）。名牌讀得到，就表示讀取器沒問題。",
    en="That is no code of the sheet ({text}). Where badges are read, the reader is all right.",
)
SHEET = Words(zh="儲存校正表（&P）", en="Save the calibration sheet (&P)")
SHEET_AS = Words(zh="儲存校正表", en="Save the calibration sheet")
PDF = Words(zh="PDF 檔 (*.pdf)", en="PDF file (*.pdf)")
SORTS: Final[dict[ReaderSort, Words]] = {
    ReaderSort.KEYBOARD: Words("鍵盤型掃描器", "Keyboard scanners"),
    ReaderSort.SERIAL: Words("序列埠", "Serial port"),
    ReaderSort.CAMERA: Words("相機", "Camera"),
    ReaderSort.CARD: Words("讀卡機", "Card reader"),
}
MARKS: Final[dict[ReaderCondition, str]] = {
    ReaderCondition.READY: "✓",
    ReaderCondition.IDLE: "–",
    ReaderCondition.TROUBLED: "!",
    ReaderCondition.LOST: "✕",
}


def fine(code: Words) -> Words:
    """Say that a code of the sheet arrived as it should."""
    return Words(zh=FINE.zh.format(code=code.zh), en=FINE.en.format(code=code.en))


def not_a_code(text: str) -> Words:
    """Say that what was read is not of the sheet; its end only: it may be a badge."""
    return Words(zh=NOT_A_CODE.zh.format(text=text), en=NOT_A_CODE.en.format(text=text))


def saved(file: str) -> Words:
    """Say where the sheet is."""
    return Words(zh=f"校正表已存成 {file}。", en=f"The calibration sheet is {file}.")
