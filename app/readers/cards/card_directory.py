"""A card's list of its certificates (PKCS#15, EF.CDF): in which file and where each one starts."""

from dataclasses import dataclass

ROOTS = (b"\x3f\x00", b"\x7f\xff")
_OCTETS, _INTEGER = 0x04, 0x02
_PATH_LENGTHS = frozenset({4, 6, 8})
MOST_CERTIFICATES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a certificate lies: the file's path below the root, and its first byte in there."""

    path: tuple[int, ...]
    start: int


def list_places(directory: bytes) -> tuple[Place, ...]:
    """Return the places a list names, each once.

    Looks for paths (octets that begin with a root) and the index behind them, not for the whole
    structure: cards differ in what else they write, and some pad or cut the list.
    """
    found: dict[Place, None] = {}
    for at in range(len(directory) - 3):
        length = directory[at + 1]
        is_path = directory[at] == _OCTETS and length in _PATH_LENGTHS
        if is_path and directory[at + 2 : at + 4] in ROOTS:
            found[_place(directory[at + 2 : at + 2 + length], directory[at + 2 + length :])] = None
    return tuple(found)[:MOST_CERTIFICATES]


def _place(path: bytes, behind: bytes) -> Place:
    """Return the place a path and its index (0 when it has none) name."""
    files = tuple(int.from_bytes(path[at : at + 2]) for at in range(2, len(path), 2))
    has_index = len(behind) >= 2 and behind[0] == _INTEGER and behind[1] <= 2
    return Place(files, int.from_bytes(behind[2 : 2 + behind[1]]) if has_index else 0)
