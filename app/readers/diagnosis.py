"""Tells from what arrived of a calibration code what is wrong with a reader, and the remedy."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.readers.advice import ADVICE, Advice, ReaderFault
from app.readers.burst import UNKNOWN_CHARACTER
from app.readers.calibration import CODES, CalibrationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What arrived. `typed`: as keys of a person, so too slowly for a reader."""

    text: str
    missing_suffix: bool = False
    truncated: bool = False
    input_method: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a reading tells; `code` None: it was none of the sheet's codes."""

    code: CalibrationCode | None
    advice: tuple[Advice, ...]

    @property
    def is_fine(self) -> bool:
        """Whether a code of the sheet arrived as it should."""
        return self.code is not None and not self.advice


_ORDER = tuple(ADVICE)

_MARK = re.compile(r"[\W_]", re.ASCII)
_SHIFTED_DIGITS = str.maketrans("0123456789", "à&é\"'(-è_ç")  # AZERTY without Shift


def _full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})


def _mapped(keys: str, typed: str) -> Callable[[str], str]:
    table = str.maketrans(keys + keys.upper(), typed + typed.upper())
    return lambda text: text.translate(table)


_LAYOUTS: tuple[Callable[[str], str], ...] = (
    _mapped("yz", "zy"),  # QWERTZ
    lambda text: _mapped("aqwz", "qazw")(text.translate(_SHIFTED_DIGITS)),  # AZERTY
    _mapped("qwertyuiopasdfghjklzxcvbnm", "',.pyfgcrlaoeuidhtn;qjkxbm"),  # Dvorak
    _mapped("qwertyuiopasdfghjklzxcvbnm", "qwfpgjluy;arstdhneizxcvbkm"),  # Colemak
)


def diagnose(heard: Heard) -> Diagnosis:
    """Return which code was read and everything that is wrong, what harms most first."""
    text = heard.text.strip()
    faults = set(_of_marks(heard))
    code, found = _recognise(text)
    if code is None and not faults & {ReaderFault.INPUT_METHOD, ReaderFault.TOO_LONG}:
        found = {ReaderFault.GARBAGE}
    faults |= found
    advice = [ADVICE[fault] for fault in _ORDER if fault in faults]
    return Diagnosis(code=code, advice=tuple(sorted(advice, key=lambda each: not each.harms)))


def _of_marks(heard: Heard) -> Iterable[ReaderFault]:
    for is_so, fault in (
        (heard.input_method, ReaderFault.INPUT_METHOD),
        (heard.missing_suffix and not heard.typed, ReaderFault.SUFFIX),
        (heard.truncated, ReaderFault.TOO_LONG),
        (heard.typed, ReaderFault.SLOW),
    ):
        if is_so:
            yield fault


def _recognise(text: str) -> tuple[CalibrationCode | None, set[ReaderFault]]:
    """Return the code a text came from and what happened to it on the way."""
    for way, faults in _ways():
        for code in CODES:
            if way(code.text) == text:
                return code, set(faults)
    for way, faults in _ways():
        for code in CODES:
            more = _added(way(code.text), text)
            if more is not None:
                return code, {*faults, *more}
    return _garbled(text)


def _ways() -> Iterable[tuple[Callable[[str], str], tuple[ReaderFault, ...]]]:
    yield str, ()
    yield str.swapcase, (ReaderFault.CAPS,)
    yield str.upper, (ReaderFault.CAPS,)
    yield str.lower, (ReaderFault.CAPS,)
    yield _full_width, (ReaderFault.FULL_WIDTH,)
    yield lambda text: _full_width(text.swapcase()), (ReaderFault.FULL_WIDTH, ReaderFault.CAPS)


def _added(expected: str, text: str) -> set[ReaderFault] | None:
    """Return what was put around a whole code, None where it is not whole."""
    before, found, after = text.partition(expected)
    if not found:
        return None
    sides = ((before, ReaderFault.PREFIX), (after, ReaderFault.ADDED))
    return {fault for part, fault in sides if part}


def _garbled(text: str) -> tuple[CalibrationCode | None, set[ReaderFault]]:
    """Recognise a code by its length and what letters survived another layout, or lost some."""
    for code in CODES:
        for layout in _LAYOUTS:
            if _letters(layout(code.text)) == _letters(text):
                return code, {ReaderFault.LAYOUT}
    for code in CODES:
        if len(text) == len(code.text) and UNKNOWN_CHARACTER in text:
            return code, {ReaderFault.LAYOUT}
    for code in CODES:
        if len(text) * 2 > len(code.text) and _is_part(text, code.text):
            return code, {ReaderFault.LOST}
    return None, set()


def _letters(text: str) -> str:
    """Return the letters alone: layouts differ in where the signs are."""
    return _MARK.sub("", "".join(char for char in text.casefold() if char.isascii()))


def _is_part(text: str, whole: str) -> bool:
    """Whether a text is a whole one with characters left out."""
    rest = iter(whole.casefold())
    return all(character in rest for character in text.casefold())
