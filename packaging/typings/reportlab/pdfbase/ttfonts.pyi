# TrueType fonts.

from collections.abc import Callable, Mapping, Sequence

class TTFError(Exception): ...

class TTFontFace:
    charToGlyph: Mapping[int, int]

class TTFont:
    fontName: str
    face: TTFontFace
    def __init__(
        self, name: str, filename: str, validate: int = 0, subfontIndex: int = 0
    ) -> None: ...

makeToUnicodeCMap: Callable[[str, Sequence[int]], str]
