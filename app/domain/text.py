"""Text as people type it: folded for matching, masked for screens, phones cleaned."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from app.domain.dates import ParsedDate, parse_date, roc_date

__all__ = [
    "CleanPhone",
    "ParsedDate",
    "clean_phone",
    "fold_text",
    "mask_code",
    "mask_name",
    "parse_date",
    "query_grams",
    "roc_date",
    "search_grams",
    "to_halfwidth",
]

_VARIANT_PAIRS = (
    "台臺 峯峰 啓啟 啔啟 恒恆 裏裡 着著 綉繡 麽麼 邨村 栢柏 寳寶 寚寶 墻牆 粧妝 嫺嫻 銹鏽 温溫 "
    "黄黃 髙高 羣群 衞衛 彦彥 産產 敎教 真眞 鎭鎮 愼慎 吴吳 呉吳 强強 内內 戸戶 户戶 脫脱 悦悅 "
    "説說 鋭銳 税稅 爲為 僞偽 靑青 淸清 晋晉 虚虛 卽即 旣既 叙敘 敍敘 盃杯 烟煙 凉涼 冲沖 况況 "
    "决決 净淨 奬獎 侣侶 録錄 緑綠 禄祿 羗羌 牀床 踪蹤 貓猫 歎嘆 鷄雞 衆眾 册冊 曁暨 崘崙 瑶瑤 "
    "汚污 磘窯 窰窯 𠮷吉 鶏雞 姉姊 "
)
_VARIANTS = str.maketrans({pair[0]: pair[1] for pair in _VARIANT_PAIRS.split()})
_DOTS = str.maketrans(dict.fromkeys("·‧・．.•･∙⋅ꞏᐧ", "·"))
_FOLDS = _VARIANTS | _DOTS
_HALFWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_WIDE = (
    r"\u2e80-\u2fff\u3005-\u3007\u3041-\u312f\u31a0-\u31bf\u3400-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff·"
)
_SPACE_BY_WIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")
_PHRASES = (("滿洲", "滿州"),)


def _plain_class() -> str:
    """Return the regex class of ideographs that folding leaves alone."""
    odd = {code for code in _FOLDS if 0x4E00 <= code <= 0x9FFF} | {ord("滿")}
    edges = sorted(odd | {0x4DFF, 0xA000})
    spans = ((low + 1, high - 1) for low, high in pairwise(edges) if high - low > 1)
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


# Most names are only such characters: they need no folding at all, which makes imports fast.
_PLAIN = re.compile(f"[{_plain_class()}]+")


def fold_text(text: str) -> str:
    """Fold a text for matching, never for showing: width, case, variants, dots, inner spaces."""
    if _PLAIN.fullmatch(text):
        return text
    if text.isascii() and text.isalnum():
        return text.lower()
    if text.isascii():
        folded = _INVISIBLE.sub("", text).lower().replace(".", "·")
    else:
        folded = _compatible(_INVISIBLE.sub("", text)).translate(_FOLDS)
    folded = " ".join(folded.split())
    if " " in folded:
        folded = _SPACE_BY_WIDE.sub("", folded)
    for phrase, replacement in _PHRASES:
        folded = folded.replace(phrase, replacement)
    return folded


def _compatible(text: str) -> str:
    """Return Unicode's caseless compatibility form (folds U+FA0C and U+FA0D too)."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def to_halfwidth(text: str) -> str:
    """Return the text with full-width letters, digits, marks and spaces made half-width."""
    return text if text.isascii() else text.translate(_HALFWIDTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPhone:
    """A phone number as digits plus an optional `#extension`."""

    number: str
    is_plausible: bool
    """Whether it has the shape of a Taiwanese number; a number is never rejected for it."""


_EXTENSION = re.compile(r"\s*(?:#|ext\.?|x|分機|轉)\s*[:：]?\s*(\d+)", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"[、,;/\n]|或")
_PHONE_SHAPE = re.compile(r"(?:09\d{8}|0[2-8]\d{7,8})")


def clean_phone(text: str) -> CleanPhone:
    """Return the first number in the text, with the zero back that spreadsheets drop."""
    shown = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    first = next((part for part in _NEXT_NUMBER.split(shown) if part.strip()), "")
    found = _EXTENSION.search(first)
    main = first[: found.start()] if found else first
    digits = "".join(char for char in main if char in "0123456789")
    if main.lstrip("( ").startswith("+886"):
        digits = "0" + digits[3:].removeprefix("0")
    elif len(digits) == 9 and digits[0] == "9":
        digits = "0" + digits
    number = f"{digits}#{found[1]}" if found else digits
    return CleanPhone(number=number, is_plausible=bool(_PHONE_SHAPE.fullmatch(digits)))


def search_grams(name: str) -> tuple[str, ...]:
    """Return the single and double characters of a folded text, each once, for the index."""
    text = _searchable(name)
    return tuple(dict.fromkeys((*text, *map(add, text, text[1:]))))


def query_grams(query: str) -> tuple[str, ...]:
    """Return the grams that all must be indexed for a text to contain this query."""
    grams = search_grams(query)
    return tuple(gram for gram in grams if len(gram) == 2) or grams


def _searchable(name: str) -> str:
    """Return the folded text without spaces and dots: nobody types those in a search."""
    return fold_text(name).replace(" ", "").replace("·", "")


def mask_name(name: str) -> str:
    """Return a name with all but its first and last character hidden: 王○明, 王○."""
    shown = name.strip()
    if len(shown) < 3:
        return shown[:1] + "○" * (len(shown) - 1) if len(shown) > 1 else "○" * len(shown)
    hidden = "".join(char if char in "·‧・．. " else "○" for char in shown[1:-1])
    return shown[0] + hidden + shown[-1]


def mask_code(text: str) -> str:
    """Return what was read with only its last three characters showing, short enough to show."""
    shown = "".join(char for char in text if char.isprintable()).strip()
    if len(shown) < 6:
        return "•" * len(shown)
    return "•" * min(len(shown) - 3, 8) + shown[-3:]
