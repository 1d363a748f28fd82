"""Corrects how reportlab says which character a drawn glyph stands for.

reportlab 5.1 writes code points above U+FFFF with five hex digits, so 𠮷 is drawn right but is
copied, searched and read aloud as something else. The map wants UTF-16BE, and at most 100 entries
in one block. Everything about the correction is in this file; it can go once
`tests/unit/test_papers_fonts.py` passes without it.
"""

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

ENTRIES_IN_BLOCK = 100


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode map of one font subset; `subset[code]` is the code point drawn."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point and not 0xD800 <= point <= 0xDFFF
    ]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join([*head, *_blocks(entries), *tail])


def _blocks(entries: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for start in range(0, len(entries), ENTRIES_IN_BLOCK):
        block = entries[start : start + ENTRIES_IN_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return lines


def correct_reportlab() -> None:
    """Make reportlab use the corrected map; doing it twice changes nothing."""
    ttfonts.makeToUnicodeCMap = to_unicode_map
