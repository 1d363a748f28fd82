"""Badge codes: 25 letters that any keyboard layout, Caps Lock or input method leaves readable.

A code is an event tag (3 letters), a random part (20 letters, 81.7 bits) and two check letters.
The 17 letters sit on the same keys on QWERTY, QWERTZ and AZERTY keyboards (no A M Q W Y Z, no
digits), are typed with Shift (so Zhuyin input lets them pass) and cannot be taken for a digit
when read aloud (no I O U). 25 upper-case letters are just what the smallest QR code holds.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from operator import mul

from app.domain.keyboards import LAYOUTS
from app.domain.scans import ReadingKind

ALPHABET = "BCDEFGHJKLNPRSTVX"
TAG_LENGTH = 3
RANDOM_LENGTH = 20
CODE_LENGTH = TAG_LENGTH + RANDOM_LENGTH + 2
LONGEST_READING = 512
_BASE = len(ALPHABET)  # a prime, so every weight 1 … 16 can be divided by
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_FIRST_WEIGHTS = tuple(2 + at % 15 for at in range(CODE_LENGTH - 2))
_SECOND_WEIGHTS = tuple(pow(3, at + 1, _BASE) for at in range(CODE_LENGTH - 2))
_CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")
# A scanner may name the symbology (]C0, ]Q3) and a wallet pass the character set (\000026).
_READER_PREFIX = re.compile(r"(?:\][A-Z][0-9A-Z])?(?:\\[0-9]{6})*")
_TYPED_MARKS = re.compile(r"[-_./:*]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReading:
    """What a scanned text turned out to be.

    `code` is the clean badge code; of an unreadable text it is the text without the reader's
    additions (for bound cards, and for `mask_code`).
    """

    kind: ReadingKind
    code: str


def event_tag(event_id: str) -> str:
    """Return the three letters that tell this event's badges from those of others."""
    digest = hashlib.sha256(b"venuedesk badge tag\0" + event_id.encode()).digest()
    return _letters(int.from_bytes(digest), TAG_LENGTH)


def new_badge_code(event_tag: str, random_bytes: bytes) -> str:
    """Return a badge code of an event from at least 16 random bytes."""
    if len(random_bytes) < 16:
        raise ValueError("a badge code needs at least 16 random bytes")
    body = event_tag + _letters(int.from_bytes(random_bytes), RANDOM_LENGTH)
    return body + _check_letters(body)


def read_code(raw: str, event_tag: str) -> CodeReading:
    """Tell what was read: a badge of this event, of another one, or neither; never raises."""
    text = raw if _CODE.fullmatch(raw) else _clean(raw)
    code = _find_code(text, event_tag)
    if code is None:
        return CodeReading(kind=ReadingKind.UNREADABLE, code=text)
    is_own = code.startswith(event_tag)
    return CodeReading(kind=ReadingKind.OWN if is_own else ReadingKind.OTHER_EVENT, code=code)


def _clean(raw: str) -> str:
    """Return the text half-width, upper-case, without spaces, controls and reader prefixes."""
    folded = unicodedata.normalize("NFKC", raw[:LONGEST_READING]).upper()
    visible = "".join(char for char in folded if unicodedata.category(char)[0] not in "CZ")
    text = visible[:LONGEST_READING]
    prefix = _READER_PREFIX.match(text)
    return text[prefix.end() :] if prefix else text


def _find_code(text: str, own_tag: str) -> str | None:
    """Return the badge code in a clean text, undoing the layout it was typed with if need be.

    A text of our letters only was typed with none of those layouts: it is right or misread. And a
    repaired text must be this event's, or a misreading might pass for another event's badge.
    """
    plain = _without_marks(text)
    if _CODE.fullmatch(plain):
        return plain if _is_code(plain) else None
    repaired = (_without_marks(text.translate(layout)) for layout in LAYOUTS)
    return next((code for code in repaired if code.startswith(own_tag) and _is_code(code)), None)


def _without_marks(text: str) -> str:
    """Return the text without marks people type and without a prefix some layout garbled."""
    if len(text) == CODE_LENGTH + 3 and not text[0].isalnum():
        text = text[3:]
    return _TYPED_MARKS.sub("", text)


def _is_code(text: str) -> bool:
    """Tell whether a text is a badge code of any event: right letters, right check."""
    return bool(_CODE.fullmatch(text)) and _check_letters(text[:-2]) == text[-2:]


def _check_letters(body: str) -> str:
    """Return two check letters: weighted sums modulo the prime 17.

    Weights are never 0 and neighbours' weights differ, the check letter's own weight (1) included:
    so one wrong letter or two neighbours swapped always changes a sum.
    """
    values = [_VALUES[letter] for letter in body]
    first = sum(map(mul, values, _FIRST_WEIGHTS))
    second = sum(map(mul, values, _SECOND_WEIGHTS))
    return ALPHABET[-first % _BASE] + ALPHABET[-second % _BASE]


def _letters(number: int, length: int) -> str:
    """Return the last `length` digits of a number to the base 17, as letters."""
    found = []
    for _ in range(length):
        number, value = divmod(number, _BASE)
        found.append(ALPHABET[value])
    return "".join(found)
