"""What may be wrong with a reader, in words, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class ReaderFault(StrEnum):
    """What may be wrong with a reader or this laptop's keyboard."""

    INPUT_METHOD = "input_method"
    FULL_WIDTH = "full_width"
    CAPS = "caps"
    LAYOUT = "layout"
    SUFFIX = "suffix"
    PREFIX = "prefix"
    ADDED = "added"
    LOST = "lost"
    SLOW = "slow"
    TOO_LONG = "too_long"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A fault as a person reads it; `harms`: badges may not be read before it is mended."""

    fault: ReaderFault
    harms: bool
    said: Words
    remedy: Words


_TABLE = (
    Advice(
        fault=ReaderFault.INPUT_METHOD,
        harms=False,
        said=Words(
            "輸入法開著，把條碼當成注音或拼音了。", "An input method took the code for typing."
        ),
        remedy=Words(
            "切換到英數輸入（Shift 或 Ctrl+空白鍵），再掃一次。",
            "Switch it off (Shift or Ctrl+Space) and scan again.",
        ),
    ),
    Advice(
        fault=ReaderFault.FULL_WIDTH,
        harms=False,
        said=Words("輸入法在全形模式。", "The input method types full width."),
        remedy=Words(
            "按 Shift+空白鍵切回半形；名牌仍讀得到。",
            "Press Shift+Space for half width; badges are still read.",
        ),
    ),
    Advice(
        fault=ReaderFault.CAPS,
        harms=False,
        said=Words(
            "大寫鎖定（Caps Lock）開著，或讀取器會顛倒大小寫。",
            "Caps Lock is on, or the reader turns case round.",
        ),
        remedy=Words(
            "關掉 Caps Lock；名牌仍讀得到。", "Switch Caps Lock off; badges are still read."
        ),
    ),
    Advice(
        fault=ReaderFault.LAYOUT,
        harms=True,
        said=Words("鍵盤配置不是美式英文。", "The keyboard layout is not US English."),
        remedy=Words(
            "把這台電腦的鍵盤改成美式英文，或設定讀取器的鍵盤國別。",
            "Set this laptop to the US layout, or the reader to the laptop's.",
        ),
    ),
    Advice(
        fault=ReaderFault.SUFFIX,
        harms=False,
        said=Words("讀取器沒有送出結尾鍵。", "The reader sends no suffix."),
        remedy=Words(
            "把結尾（suffix）設成 Enter；不設也讀得到，但要多等一下。",
            "Set its suffix to Enter; without it every scan waits a moment.",
        ),
    ),
    Advice(
        fault=ReaderFault.PREFIX,
        harms=True,
        said=Words("讀取器在前面加了字。", "The reader puts something before the code."),
        remedy=Words(
            "關掉前置字元（prefix、AIM ID、Code ID）。", "Switch its prefix (AIM or code ID) off."
        ),
    ),
    Advice(
        fault=ReaderFault.ADDED,
        harms=True,
        said=Words("讀取器在後面加了字。", "The reader puts something after the code."),
        remedy=Words("關掉後置字元，只留 Enter。", "Switch off what it adds; leave only Enter."),
    ),
    Advice(
        fault=ReaderFault.LOST,
        harms=True,
        said=Words("有字元掉了。", "Characters were lost."),
        remedy=Words(
            "換一個 USB 插孔、不經過集線器；再不行，加長字元間隔（5–10 毫秒）。",
            "Use another USB socket, no hub; else delay characters by 5-10 ms.",
        ),
    ),
    Advice(
        fault=ReaderFault.SLOW,
        harms=True,
        said=Words("讀取器送得太慢，像人在打字。", "The reader is as slow as a person typing."),
        remedy=Words(
            "把字元間隔設成最短；藍牙讀取器靠近電腦一點。",
            "Set the shortest character delay; bring a Bluetooth reader nearer.",
        ),
    ),
    Advice(
        fault=ReaderFault.TOO_LONG,
        harms=True,
        said=Words("送來的太長，只留了前面。", "Far too much arrived; it was cut off."),
        remedy=Words(
            "拔掉讀取器再插上；若是序列埠，確認接的真的是讀取器。",
            "Unplug it and plug it in again; make sure it really is a reader.",
        ),
    ),
    Advice(
        fault=ReaderFault.GARBAGE,
        harms=True,
        said=Words(
            "讀到的不是校正表上的條碼，或完全走樣了。",
            "This is no code of the sheet, or arrived beyond recognition.",
        ),
        remedy=Words(
            "請掃校正表上的條碼；若掃的就是它，先關輸入法、改用美式鍵盤。",
            "Scan the sheet; if you did, switch input method and layout to English.",
        ),
    ),
)
ADVICE = {advice.fault: advice for advice in _TABLE}
"""By fault, in the order they are told."""
