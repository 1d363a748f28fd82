"""The container of old .xls files: walked before the spreadsheet library may touch it.

A container is a small file system of sectors chained by a table (FAT). A chain that bites its own
tail, or a cell that claims column 65,535, would otherwise eat all memory.
Layout: [MS-CFB] 2.2–2.6, records: [MS-XLS] 2.3.
"""

import struct
from collections.abc import Iterator, Sequence

from app.roster.limits import ReadLimits
from app.roster.refusals import refusal

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_HEADER_DIFAT = 109
_FILEPASS = 0x2F
_ROW_COLUMN_RECORDS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_RUN_RECORDS = frozenset({0x00BD, 0x00BE})
_STREAM = 2
_ROOT = 5


def check_xls(content: bytes, limits: ReadLimits) -> None:
    """Refuse damage, endless chains, passwords, other documents and far-out cells."""
    try:
        streams = _Container(content).streams()
    except (struct.error, IndexError) as error:
        raise refusal("broken") from error
    if "encryptedpackage" in streams:
        raise refusal("encrypted")
    workbook = streams.get("workbook") or streams.get("book")
    if not workbook:
        raise refusal("not_a_table")
    _check_records(workbook, limits)


class _Container:
    """Sectors, their chains and the streams they make up."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << self._short(30)
        if self._size not in {512, 4096}:
            raise refusal("broken")
        self._fat = self._read_fat()
        _check_no_rings(self._fat)
        self._mini_fat: Sequence[int] = self._words(self._chain(self._word(60), self._fat))
        _check_no_rings(self._mini_fat)

    def streams(self) -> dict[str, bytes]:
        """Return every named stream, lower-case names."""
        directory = self._chain(self._word(48), self._fat)
        entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - 127, _ENTRY)]
        root = next((entry for entry in entries if entry[66] == _ROOT), None)
        mini = self._chain(struct.unpack_from("<I", root, 116)[0], self._fat) if root else b""
        return {_name(e): self._stream(e, mini) for e in entries if e[66] == _STREAM}

    def _stream(self, entry: bytes, mini: bytes) -> bytes:
        start, size = struct.unpack_from("<II", entry, 116)
        if size >= self._word(56):
            return self._chain(start, self._fat)[:size]
        return _follow(mini, 64, 0, start, self._mini_fat)[:size]

    def _read_fat(self) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_HEADER_DIFAT}I", self._content, 76))
        extra, seen = self._word(68), set[int]()
        while extra < _LAST_SECTOR:
            if extra in seen:
                raise refusal("broken")
            seen.add(extra)
            words = self._words(self._sector(extra))
            sectors += words[:-1]
            extra = words[-1]
        fat = b"".join(self._sector(sector) for sector in sectors if sector < _LAST_SECTOR)
        return self._words(fat)

    def _chain(self, start: int, fat: Sequence[int]) -> bytes:
        return _follow(self._content, self._size, self._size, start, fat)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._content[at : at + self._size]
        if not sector:
            raise refusal("broken")
        return sector

    def _words(self, raw: bytes) -> Sequence[int]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _short(self, at: int) -> int:
        return int(struct.unpack_from("<H", self._content, at)[0])

    def _word(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._content, at)[0])


def _name(entry: bytes) -> str:
    length = max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)
    return entry[: min(length, 64)].decode("utf-16-le", "replace").lower()


def _follow(content: bytes, size: int, base: int, start: int, fat: Sequence[int]) -> bytes:
    """Join a chain of sectors; refuses one that comes back to itself."""
    pieces, seen, sector = [], set[int](), start
    while sector < _LAST_SECTOR:
        if sector in seen or sector >= len(fat):
            raise refusal("broken")
        seen.add(sector)
        pieces.append(content[base + sector * size : base + (sector + 1) * size])
        sector = fat[sector]
    return b"".join(pieces)


def _check_no_rings(fat: Sequence[int]) -> None:
    """Refuse a table in which some chain comes back to itself, whether anything uses it or not."""
    walked = [-1] * len(fat)
    for start in range(len(fat)):
        sector, steps = start, 0
        while sector < len(fat) and walked[sector] < 0:
            walked[sector] = start
            sector, steps = fat[sector], steps + 1
        if steps and sector < len(fat) and walked[sector] == start:
            raise refusal("broken")


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, place of the data, length of the data) of each whole record."""
    at, end = 0, len(stream) - 4
    unpack = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = unpack(stream, at)
        if at + 4 + length > len(stream):
            return  # cut off: whoever reads the cells says so
        yield kind, at + 4, length
        at += 4 + length


def _check_records(workbook: bytes, limits: ReadLimits) -> None:
    """Refuse encrypted workbooks and cells beyond the columns of the format."""
    column_at = struct.Struct("<H").unpack_from
    for kind, at, length in _records(workbook):
        if kind == _FILEPASS:
            raise refusal("encrypted")
        if kind in _ROW_COLUMN_RECORDS and length >= 6:
            column = column_at(workbook, at + 2)[0]
        elif kind in _RUN_RECORDS and length >= 6:
            column = column_at(workbook, at + length - 2)[0]
        else:
            continue
        if column >= limits.columns:
            raise refusal("too_many_columns", most=limits.columns)
