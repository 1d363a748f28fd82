"""Recovery passphrases: six words made by chance, or a person's own long text.

The words are proquints (16 bits each in five letters: cvcvc), which anybody can read out and type
without a word list or an input method; six of them hold 96 bits.
"""

import secrets
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from app.domain.errors import InvalidInput
from app.domain.words import Words

WORDS = 6
LEAST_WEIGHT = 20
"""Letters count one, Chinese characters two: about four classical lines, or one long sentence."""
LEAST_DIFFERENT = 10
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


def new_passphrase(random_bits: Callable[[int], int] = secrets.randbits) -> str:
    """Return six different words made by chance."""
    words: list[str] = []
    while len(words) < WORDS:
        word = _word(random_bits(16))
        if word not in words:
            words.append(word)
    return " ".join(words)


def _word(bits: int) -> str:
    first, second, third = bits >> 12, bits >> 6 & 15, bits & 15
    return (
        _CONSONANTS[first]
        + _VOWELS[bits >> 10 & 3]
        + _CONSONANTS[second]
        + _VOWELS[bits >> 4 & 3]
        + _CONSONANTS[third]
    )


def normalize_passphrase(text: str) -> str:
    """Return the text as it is used: full-width, case and spacing make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def check_passphrase(text: str) -> str:
    """Return a passphrase strong enough to keep, normalised. Raises InvalidInput."""
    chosen = normalize_passphrase(text)
    if not (_has_enough_words(chosen) or _is_long_enough(chosen)):
        raise InvalidInput(
            Words(
                zh="這個密語太容易猜到，沒有設定。",
                en="This passphrase is too easy to guess; it was not set.",
            ),
            remedy=Words(
                zh="請用六個以上不同的詞，或一句至少十個不同字的長句；也可以讓程式產生六個詞。",
                en="Use six different words or more, or a long sentence; or let the program make "
                "six words.",
            ),
            field="passphrase",
        )
    return chosen


def _has_enough_words(text: str) -> bool:
    words = {word for word in text.split() if len(word) > 1}
    return len(words) >= WORDS and _weight(text) >= LEAST_WEIGHT


def _is_long_enough(text: str) -> bool:
    packed = text.replace(" ", "")
    if _weight(packed) < LEAST_WEIGHT or len(set(packed)) < LEAST_DIFFERENT:
        return False
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(packed)]
    is_row_of_keys = sum(step <= 1 for step in steps) * 2 > len(steps)  # 1234…, aaaa…
    return not packed.isdigit() and not is_row_of_keys


def _weight(text: str) -> int:
    return sum(2 if "\u3400" <= char <= "\u9fff" else 1 for char in text if char != " ")
