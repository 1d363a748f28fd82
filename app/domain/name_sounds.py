"""How names sound: Zhuyin and pinyin, for a search by somebody who cannot see the character.

A name is indexed under the Zhuyin signs its characters begin with (王小明: ㄨㄒㄇ), and under its
pinyin without tones: the surname, the whole name, and the given name. A search may be Zhuyin with
or without tones, signs that begin syllables, pinyin, or the letters syllables begin with.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

Syllable = tuple[str, str]
"""Pinyin without tones (ü is u), and Zhuyin without tones."""
_SURNAMES: Final[dict[str, str]] = {
    "曾": "zeng",
    "單": "shan",
    "解": "xie",
    "查": "zha",
    "仇": "qiu",
    "葉": "ye",
    "尉": "wei",
    "蓋": "ge",
    "任": "ren",
    "區": "ou",
    "朴": "piao",
    "樂": "yue",
    "盛": "sheng",
    "洗": "xian",
    "覃": "qin",
    "翟": "zhai",
    "隗": "wei",
    "召": "shao",
    "繆": "miao",
    "石": "shi",
    "賈": "jia",
    "沈": "shen",
    "万": "wan",
    "員": "yun",
    "令": "ling",
}
"""Characters that are read otherwise as surnames."""
_READ_TWO_WAYS: Final = frozenset("樂行重長傳朝茜娜柏伯量樸省曾解")
"""Characters of given names that people read in two ways; of others the usual reading is taken."""
_LONGEST: Final = 6
_SYLLABLE: Final = re.compile("([ㄅ-ㄙ]?)([ㄧㄨㄩ]?)([ㄚ-ㄦ]?)")
_BEGINNINGS: Final = re.compile("[ㄅ-ㄙㄧㄨㄩㄚ-ㄦ]+")
_TONES: Final = re.compile("[ˊˇˋ˙ˉ\\s]+")
_ZHUYIN: Final = re.compile("[ㄅ-ㄩㄧㄨˊˇˋ˙ˉ\\s]*[ㄅ-ㄩ][ㄅ-ㄩˊˇˋ˙ˉ\\s]*")
_FIRST_SIGNS: Final[dict[str, str]] = {
    **dict(zip("bpmfdtnlgkhjqxr", "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄖ", strict=True)),
    "z": "ㄗㄓ",
    "c": "ㄘㄔ",
    "s": "ㄙㄕ",
    "w": "ㄨ",
    "y": "ㄧㄩ",
    "a": "ㄚㄞㄢㄠ",
    "e": "ㄜㄝㄣㄦ",
    "o": "ㄛㄡ",
}
"""Which Zhuyin signs a syllable begins with whose pinyin begins with a letter."""
_MOST_SPELLINGS: Final = 32


class Readings:
    """How characters are read. A character is looked up when a name first has it.

    `table`: lines of pinyin, Zhuyin, then the characters read so first, second, third; by tabs.
    """

    def __init__(self, table: str) -> None:
        self._lines = tuple(line.split("\t") for line in table.splitlines())
        self._known: dict[str, tuple[Syllable, ...]] = {}

    def of(self, char: str) -> tuple[Syllable, ...]:
        """Return a character's readings, the usual one first; none for what is not Chinese."""
        known = self._known.get(char)
        if known is None:
            found = sorted(
                (rank, (pinyin, zhuyin))
                for pinyin, zhuyin, *by_rank in self._lines
                for rank, chars in enumerate(by_rank)
                if char in chars
            )
            known = self._known[char] = tuple(syllable for _, syllable in found)
        return known

    @cached_property
    def pinyin_of(self) -> dict[str, str]:
        """Return Zhuyin → pinyin of every syllable there is."""
        return {zhuyin: pinyin for pinyin, zhuyin, *_chars in self._lines}


def sound_terms(name: str, readings: Readings) -> tuple[str, ...]:
    """Return what a folded name is found under by its sound; nothing for what is not Chinese."""
    if not 2 <= len(name) <= _LONGEST:
        return ()
    choices = [_readings(char, readings, is_first=at == 0) for at, char in enumerate(name)]
    if not all(choices):
        return ()
    terms: dict[str, None] = {}
    for spoken in product(*choices):
        pinyin = [syllable[0] for syllable in spoken]
        signs = "".join(syllable[1][0] for syllable in spoken)
        found = [signs, pinyin[0], "".join(pinyin)]
        if len(name) > 2:
            found += (signs[:2], "".join(pinyin[1:]))
        terms.update(dict.fromkeys(found))
    return tuple(terms)


def _readings(char: str, readings: Readings, *, is_first: bool) -> tuple[Syllable, ...]:
    known = readings.of(char)
    if is_first and (surname := _SURNAMES.get(char)):
        return tuple(syllable for syllable in known if syllable[0] == surname) or known[:1]
    return known[:2] if char in _READ_TWO_WAYS and not is_first else known[:1]


@dataclass(frozen=True, slots=True)
class SoundQuery:
    """A search by sound: terms that are all indexed, and one that begins with these letters."""

    all_of: tuple[str, ...] = ()
    begins: str = ""


def is_zhuyin(text: str) -> bool:
    """Tell whether somebody typed Zhuyin signs and nothing else."""
    return _ZHUYIN.fullmatch(text) is not None


def read_zhuyin(text: str, readings: Readings) -> tuple[SoundQuery, ...]:
    """Return what typed Zhuyin may ask for, likeliest first; nothing for a lone sign.

    Signs may each begin a character (ㄌㄧㄓ: 林宜蓁) or make one syllable together (ㄌㄧ: 李).
    """
    stretches = _TONES.sub(" ", text).split()
    signs = "".join(stretches)
    asked: list[SoundQuery] = []
    if 2 <= len(signs) <= _LONGEST and _BEGINNINGS.fullmatch(signs):
        asked.append(SoundQuery(all_of=(signs,)))
    parts = [
        found.group()
        for stretch in stretches
        for found in _SYLLABLE.finditer(stretch)
        if found.group()
    ]
    spoken: list[str] = []
    for part in parts:
        pinyin = readings.pinyin_of.get(part) if len(part) > 1 else None
        if pinyin is None:
            break
        spoken.append(pinyin)
    initials = ("".join(part[0] for part in parts),) if len(parts) > 1 else ()
    if len(spoken) == 1 and initials:
        asked.append(SoundQuery(all_of=(*initials, *spoken)))  # the surname, then beginnings
    elif spoken:
        asked.append(SoundQuery(all_of=initials, begins="".join(spoken)))
    elif initials:
        asked.append(SoundQuery(all_of=initials))
    return tuple(dict.fromkeys(asked))


def read_pinyin(text: str) -> str:
    """Return typed pinyin as it is indexed: without tones, apostrophes and spaces, ü as u."""
    parts = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in parts if char.isascii() and char.isalpha())
    return letters.replace("lv", "lu").replace("nv", "nu")


def spell_initials(letters: str) -> tuple[str, ...]:
    """Return the Zhuyin that letters may stand for, one letter a syllable: wxm → ㄨㄒㄇ."""
    signs = [_FIRST_SIGNS.get(letter, "") for letter in letters]
    if not 2 <= len(letters) <= 4 or not all(signs):
        return ()
    spelled = ("".join(choice) for choice in product(*signs))
    return tuple(found for found, _ in zip(spelled, range(_MOST_SPELLINGS), strict=False))
