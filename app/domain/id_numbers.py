"""ID numbers: normalised, told apart, checked. A failing check warns and never blocks."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class IdKind(StrEnum):
    """Whose number it is, by its shape."""

    NATIONAL = "national"
    UI_NEW = "ui_new"
    UI_OLD = "ui_old"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCheck:
    """A normalised number and what its shape and checksum say."""

    number: str
    kind: IdKind
    format_ok: bool
    checksum_ok: bool


_SHAPE = re.compile(r"[A-Z](?:[1289][0-9]|[A-D][0-9])[0-9]{7}")
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-‐-―]+")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their values 10 … 35."""
# The letter's two digits weigh 1 and 9; only the sum's last digit matters.
_FIRST = {letter: value // 10 + value % 10 * 9 for value, letter in enumerate(_LETTERS, 10)}
_SECOND = {letter: value % 10 for value, letter in enumerate(_LETTERS[:4], 10)}
_ZERO = ord("0")


def normalize_id_number(text: str) -> str:
    """Return the number half-width, upper-case, without spaces and hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_id_number(text: str) -> IdCheck:
    """Say what kind of number it is and whether its checksum holds."""
    number = normalize_id_number(text)
    if not _SHAPE.fullmatch(number):
        return IdCheck(number=number, kind=IdKind.UNKNOWN, format_ok=False, checksum_ok=False)
    return IdCheck(
        number=number, kind=_kind(number[1]), format_ok=True, checksum_ok=_checksum_ok(number)
    )


def is_good_id_number(text: str) -> bool:
    """Say whether a text is a number as it should be: normalised, well-formed, checksum right."""
    return _SHAPE.fullmatch(text) is not None and _checksum_ok(text)


def id_tail(text: str) -> str:
    """Return the last three digits, all that screens show unless asked."""
    return normalize_id_number(text)[-3:]


def _kind(second: str) -> IdKind:
    """Return the kind by the second character."""
    if second in "12":
        return IdKind.NATIONAL
    return IdKind.UI_NEW if second in "89" else IdKind.UI_OLD


def _checksum_ok(number: str) -> bool:
    """Tell whether the weighted sum of a well-formed number is a multiple of ten."""
    # Written out, because a roster import asks a hundred thousand times.
    _, _, c, d, e, f, g, h, i, j = number.encode()
    second = _SECOND.get(number[1])
    total = _FIRST[number[0]] + 8 * (int(number[1]) if second is None else second)
    total += 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h + i + j - _ZERO * 29
    return total % 10 == 0
