"""Makes `resources/words/readings.txt`: how characters are read, for search by sound.

From pypinyin's data (MIT). The program reads the table instead of importing the library, because
the first scan after the start folds a person and would wait for it.

    .venv/bin/python packaging/make_readings.py
"""

import os
import unicodedata
from collections import defaultdict
from pathlib import Path

os.environ["PYPINYIN_NO_PHRASES"] = "1"  # their phrases are for whole sentences
from pypinyin.constants import PINYIN_DICT
from pypinyin.style.bopomofo import BopomofoConverter

MOST_READINGS = 3
TONES = "\u0300\u0301\u0304\u030c"
TABLE = Path(__file__).parent.parent / "resources/words/readings.txt"


def main() -> None:
    """Write one line for each syllable: pinyin, Zhuyin, and the characters read so."""
    zhuyin = BopomofoConverter()
    read_so: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for code, told in PINYIN_DICT.items():
        char = chr(code)
        if not 0x3400 <= code <= 0x9FFF:  # what names on rosters are written with
            continue
        seen: list[tuple[str, str]] = []
        for reading in told.split(","):
            syllable = (plain(reading), zhuyin.to_bopomofo(reading).rstrip("ˊˇˋ˙"))
            if syllable[0].isascii() and syllable[1] and syllable not in seen:
                seen.append(syllable)
        for rank, syllable in enumerate(seen[:MOST_READINGS]):
            read_so[syllable].append((rank, char))
    lines = []
    for (pinyin, sounds), chars in sorted(read_so.items()):
        ranked = (
            "".join(char for rank, char in sorted(chars) if rank == at)
            for at in range(MOST_READINGS)
        )
        lines.append("\t".join((pinyin, sounds, *ranked)).rstrip("\t"))
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


def plain(reading: str) -> str:
    """Return pinyin without tones, as it is typed: ü is u."""
    parts = unicodedata.normalize("NFD", reading)
    bare = "".join(char for char in parts if char not in TONES)
    return unicodedata.normalize("NFC", bare).replace("ü", "u").replace("ê", "e")


if __name__ == "__main__":
    main()
