"""Invitation codes: a secret for the hub, and enough of the hub's key to know the hub by.

Text as people type it: 16 random characters of Crockford's base 32 (80 bits), then 10 characters
of the SHA-256 of the hub's public key, so that whoever joins knows the hub before the secret is
sent. Case, spaces and hyphens do not matter; O is 0, I and L are 1.
"""

import hashlib
import os
from collections.abc import Callable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
SECRET_LENGTH = 16
MARK_LENGTH = 10


def new_invitation_code(hub_key: str, random: Callable[[int], bytes] = os.urandom) -> str:
    """Return a fresh code for a hub (its public key in hex), in groups to read and type."""
    text = _base32(random(SECRET_LENGTH * 5 // 8), SECRET_LENGTH) + hub_key_mark(hub_key)
    secret = [text[start : start + 4] for start in range(0, SECRET_LENGTH, 4)]
    half = SECRET_LENGTH + MARK_LENGTH // 2
    return "-".join([*secret, text[SECRET_LENGTH:half], text[half:]])


def plain_code(typed: str) -> str:
    """Return a code as both sides compare it; what the hub keeps is this text's digest."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    return letters.translate(_LOOKALIKES)


def is_code(typed: str) -> bool:
    """Tell whether a text can be a code at all."""
    code = plain_code(typed)
    return len(code) == SECRET_LENGTH + MARK_LENGTH and all(letter in _ALPHABET for letter in code)


def names_hub(typed: str, hub_key: str) -> bool:
    """Tell whether a code was made by the hub that has this public key."""
    return is_code(typed) and plain_code(typed)[SECRET_LENGTH:] == hub_key_mark(hub_key)


def hub_key_mark(hub_key: str) -> str:
    """Return the part of a code that names a hub."""
    return _base32(hashlib.sha256(bytes.fromhex(hub_key)).digest(), MARK_LENGTH)


def _base32(data: bytes, length: int) -> str:
    """Return the first characters of the base-32 form, most significant bits first."""
    bits = int.from_bytes(data, "big") >> (len(data) * 8 - length * 5)
    return "".join(_ALPHABET[bits >> (5 * place) & 31] for place in reversed(range(length)))
