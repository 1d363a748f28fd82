"""Finds fonts installed on this machine that hold rare characters (CJK Extension B and beyond).

The bundled font holds all of Big5 but few rare characters, and fonts that hold them weigh 30 MB or
more. PDF embedding here needs TrueType outlines (`glyf`), so only fonts known to have them
are named. A paper with such characters may therefore differ between machines.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

RARE_FONTS = (
    "TW-Sung-Ext-B-98_1.ttf",  # 全字庫正宋體, Taiwan's own shapes first
    "TW-Sung-Plus-98_1.ttf",
    "TW-Sung-98_1.ttf",
    "TW-Kai-Ext-B-98_1.ttf",
    "TW-Kai-Plus-98_1.ttf",
    "TW-Kai-98_1.ttf",
    "mingliub.ttc",  # Windows: PMingLiU-ExtB
    "simsunb.ttf",  # Windows: SimSun-ExtB
    "SimsunExtG.ttf",
    "HanaMinB.ttf",
    "HanaMinA.ttf",
    "BabelStoneHan.ttf",
    "Songti.ttc",  # macOS
    "uming.ttc",
    "ukai.ttc",
)


@cache
def installed_fallbacks() -> tuple[Path, ...]:
    """Return the rare-character fonts installed here, best first; looked up once."""
    return find_fallbacks(font_folders())


def find_fallbacks(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the fonts of `RARE_FONTS` below `folders`, in the order of that list."""
    wanted = {name.lower(): rank for rank, name in enumerate(RARE_FONTS)}
    found: dict[int, Path] = {}
    for path in _files(folders):
        rank = wanted.get(path.name.lower())
        if rank is not None:
            found.setdefault(rank, path)
    return tuple(found[rank] for rank in sorted(found))


def font_folders() -> tuple[Path, ...]:
    """Return where this system keeps fonts, the machine's before the person's own."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return (windows, home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        roots = (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
        return (*roots, Path("/System/Library/AssetsV2/com_apple_MobileAsset_Font7"))
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, home / ".local/share/fonts", home / ".fonts")


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, subfolders, names in os.walk(folder):
            subfolders.sort()
            yield from (Path(parent, name) for name in sorted(names))
