"""Cards somebody already carries (悠遊卡, staff and student cards) as badges: one key, many forms.

Readers tell one chip's number in different ways: PC/SC gives its bytes, a reader that types gives
8 hexadecimal or 10 decimal digits, some of them from the last byte to the first. All become one.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

KEY_PREFIX = "card:"
UID_PREFIX = "UID:"
CERTIFICATE_PREFIX = "CERT:"
KEY_DIGITS = 32
_HEX = re.compile(r"(?:[0-9A-F]{8}|[0-9A-F]{14}|[0-9A-F]{20})")
_DECIMAL = re.compile(r"[0-9]{10}")
_CERTIFICATE = re.compile(r"[0-9A-Z]{6,32}")
_RANDOM = 0x08


@dataclass(frozen=True, slots=True)
class CardNumber:
    """A card's own number, the same however a reader told it. Never printed, never stored."""

    value: bytes = field(repr=False)
    is_random: bool = False
    """The chip makes up another number each time (phones; ISO 14443-3, 6.5.4)."""


def find_card_number(read: str) -> CardNumber | None:
    """Return the card number a reading is, None if it cannot be one."""
    text = read.strip().upper()
    if text.startswith(CERTIFICATE_PREFIX):
        number = text.removeprefix(CERTIFICATE_PREFIX)
        return CardNumber(b"cert\0" + number.encode()) if _CERTIFICATE.fullmatch(number) else None
    digits = text.removeprefix(UID_PREFIX)
    if _HEX.fullmatch(digits):
        return _chip_number(bytes.fromhex(digits))
    if _DECIMAL.fullmatch(text) and int(text) < 1 << 32:
        return _chip_number(int(text).to_bytes(4))
    return None


def _chip_number(uid: bytes) -> CardNumber:
    """Return a chip's number; which end a reader began at cannot be seen, so the lesser counts."""
    is_random = len(uid) == 4 and uid[0] == _RANDOM
    return CardNumber(b"uid\0" + min(uid, uid[::-1]), is_random)


def card_key(secret: bytes, number: CardNumber) -> str:
    """Return what is recorded of a card: a hash under the event's secret, never its number."""
    derived = hashlib.sha256(b"venuedesk bound cards\0" + secret).digest()
    return KEY_PREFIX + hmac.new(derived, number.value, hashlib.sha256).hexdigest()[:KEY_DIGITS]


def is_card_code(code: str) -> bool:
    """Tell whether a recorded badge code is that of a bound card."""
    return code.startswith(KEY_PREFIX)
