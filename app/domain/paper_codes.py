"""Short numbers printed beside people on a sheet that was signed by hand."""

import hashlib

DIGITS = 6
LONG_DIGITS = 10
"""Where two people of a session would share a short number, both get a long one."""


def row_code(person_id: str, *, digits: int = DIGITS) -> str:
    """Return a person's number: the same on every sheet and laptop, its last digit a check."""
    length = digits - 1
    number = int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:8], "big")
    body = f"{number % 10**length:0{length}d}"
    return body + _check_digit(body)


def is_row_code(text: str) -> bool:
    """Tell whether digits are such a number, so that a slip of the hand is seen."""
    right_length = len(text) in (DIGITS, LONG_DIGITS)
    return (
        right_length and text.isascii() and text.isdigit() and _check_digit(text[:-1]) == text[-1]
    )


def _check_digit(body: str) -> str:
    """Return Luhn's digit: sees every single wrong digit and nearly every swapped pair."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
