"""The ordinary ways a card or its reader fails somebody, each with words and a remedy."""

from enum import StrEnum

from app.domain.errors import VenueDeskError
from app.domain.words import Words


class FaultKind(StrEnum):
    """What stands between the program and what a card says."""

    NO_LIBRARY = "no_library"
    NO_SERVICE = "no_service"
    FORBIDDEN = "forbidden"
    NO_READER = "no_reader"
    NO_CARD = "no_card"
    HELD = "held"
    REMOVED = "removed"
    MUTE = "mute"
    UNREADABLE = "unreadable"
    SILENT = "silent"
    FAILED = "failed"


SERVICE_FAULTS = frozenset({FaultKind.NO_LIBRARY, FaultKind.NO_SERVICE, FaultKind.FORBIDDEN})
"""These concern the machine, not one reader."""

_WORDS = {
    FaultKind.NO_LIBRARY: (
        Words(zh="這台電腦沒有讀卡服務。", en="This machine has no smart-card service."),
        Words(
            zh="請有管理權限的人執行 sudo apt install pcscd，再試一次。",
            en="Ask someone who may install software to run: sudo apt install pcscd",
        ),
    ),
    FaultKind.NO_SERVICE: (
        Words(zh="讀卡服務沒有啟動。", en="The smart-card service is not running."),
        Words(
            zh="請插上讀卡機；仍不行時，Linux 請執行 sudo systemctl start pcscd.socket"
            "（沒有這項服務就先 sudo apt install pcscd），Windows 請啟動「Smart Card」服務。",
            en="Plug in a reader. If that does not help: on Linux run sudo systemctl start "
            "pcscd.socket (after sudo apt install pcscd if there is none), on Windows start the "
            "service named Smart Card.",
        ),
    ),
    FaultKind.FORBIDDEN: (
        Words(zh="系統不准這個帳號使用讀卡機。", en="This account may not use card readers."),
        Words(
            zh="請直接在這台電腦前登入後再試（遠端登入不行）。",
            en="Sign in at this machine itself, not remotely, and try again.",
        ),
    ),
    FaultKind.NO_READER: (
        Words(zh="找不到讀卡機。", en="There is no card reader."),
        Words(
            zh="請插上讀卡機，或換一個 USB 孔。",
            en="Plug in a reader, or try another USB port.",
        ),
    ),
    FaultKind.NO_CARD: (
        Words(zh="讀卡機裡沒有卡片。", en="There is no card in the reader."),
        Words(
            zh="請將卡片插到底，晶片朝上。",
            en="Push the card in all the way, its chip facing up.",
        ),
    ),
    FaultKind.HELD: (
        Words(
            zh="另一個程式（例如健保卡元件或 HiCOS）正在使用這台讀卡機。",
            en="Another program (such as the NHI card component or HiCOS) holds the reader.",
        ),
        Words(
            zh="請關閉該程式，或拔出卡片等幾秒再插入。",
            en="Close that program, or take the card out, wait some seconds and put it back.",
        ),
    ),
    FaultKind.REMOVED: (
        Words(zh="讀到一半卡片被拔出。", en="The card was pulled out while it was being read."),
        Words(
            zh="請再插入一次，等結果出現再拔。",
            en="Put it in again and leave it until the result is shown.",
        ),
    ),
    FaultKind.MUTE: (
        Words(zh="卡片沒有回應。", en="The card does not answer."),
        Words(
            zh="請確認插入方向、擦拭晶片後再試；仍不行就是卡片或讀卡機故障，請換一台試。",
            en="Check which way round it is and wipe the chip. If that does not help, the card or "
            "the reader is broken: try another reader.",
        ),
    ),
    FaultKind.UNREADABLE: (
        Words(zh="卡片的回答看不懂。", en="What the card answered makes no sense."),
        Words(
            zh="請拔出卡片再插一次；仍不行請換一台讀卡機或向發卡單位查詢。",
            en="Take the card out and put it in again. If that does not help, try another reader "
            "or ask whoever issued the card.",
        ),
    ),
    FaultKind.SILENT: (
        Words(zh="讀卡機遲遲沒有回應。", en="The reader has not answered in time."),
        Words(
            zh="請關閉其他讀卡程式，把讀卡機拔下再插上。",
            en="Close other programs that read cards, then unplug the reader and plug it in again.",
        ),
    ),
    FaultKind.FAILED: (
        Words(zh="讀卡機發生錯誤。", en="The card reader failed."),
        Words(
            zh="請把讀卡機拔下再插上；仍不行請換一台。",
            en="Unplug the reader and plug it in again; if that does not help, try another one.",
        ),
    ),
}


class CardFault(VenueDeskError):
    """A card cannot be read now; `kind` says why, `code` what PC/SC called it (0: nothing)."""

    def __init__(self, kind: FaultKind, *, code: int = 0) -> None:
        message, remedy = _WORDS[kind]
        super().__init__(message, remedy=remedy)
        self.kind = kind
        self.code = code
