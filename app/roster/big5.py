"""CP950 (Big5 of Windows) with user-defined characters kept, not lost.

Agencies add characters of their own (造字) at byte pairs CP950 leaves free. Windows shows them from
the private use area; Python refuses them. They are mapped as Windows does, so the bytes can be had
back, but what they mean depends on the agency's font: such names are listed for a person to type.
"""

import codecs
import re

CODEC = "cp950"
_HANDLER = "venuedesk-user-defined"
_ROWS = ((0xFA, 0xFE, 0xE000), (0x8E, 0xA0, 0xE311), (0x81, 0x8D, 0xEEB8), (0xC6, 0xC8, 0xF672))
_PER_ROW = 157
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd]")
PLACEHOLDER = "▢"


def user_defined_character(high: int, low: int) -> str | None:
    """Return the private-use character of a user-defined byte pair, or None if it is none."""
    if not (0x40 <= low <= 0x7E or 0xA1 <= low <= 0xFE) or (high == 0xC6 and low < 0xA1):
        return None
    offset = low - 0x40 if low < 0x7F else low - 0xA1 + 63
    for first, last, start in _ROWS:
        if first <= high <= last:
            return chr(start + _PER_ROW * (high - first) + offset)
    return None


def _keep_user_defined(error: UnicodeError) -> tuple[str, int]:
    """Go on after a user-defined pair; anything else stays an error."""
    if isinstance(error, UnicodeDecodeError):
        pair = error.object[error.start : error.start + 2]
        character = user_defined_character(*pair) if len(pair) == 2 else None
        if character is not None:
            return character, error.start + 2
    raise error


codecs.register_error(_HANDLER, _keep_user_defined)


def decode_with_user_defined(content: bytes) -> str:
    """Decode CP950 strictly, but map user-defined pairs to the private use area."""
    return content.decode(CODEC, _HANDLER)


def has_undecodable(text: str) -> bool:
    """Say whether a text holds a character nobody can be sure of."""
    return not text.isascii() and _UNREADABLE.search(text) is not None


def show_undecodable(text: str) -> str:
    """Return the text as a screen shows it: ▢ for every character that cannot be known."""
    return _UNREADABLE.sub(PLACEHOLDER, text)
