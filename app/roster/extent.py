"""How large a sheet will become when read: cells far out would otherwise eat all memory.

A sheet is held as a rectangle up to its farthest filled cell, so one cell in row 1,048,576 of
column XFD asks for 17 thousand million cells. Ordinary sheets pass a quick look; others are
measured.
"""

import io
import re
from collections.abc import Mapping
from xml.parsers import expat

from app.roster.limits import ReadLimits
from app.roster.office_zip import OfficeParts
from app.roster.refusals import refusal
from app.roster.sheet import FileKind

_FAR_CELL = re.compile(rb'<c r="(?![A-Z](?:\d{1,5}|1\d{5})")')
_PREFIXED_CELL = re.compile(rb":(?:c|row)[\s/>]")
_SHARED = re.compile(rb"""<c\s[^>]*t="s"[^>]*>\s*<v>(\d+)</v>""")
_QUICK_ROWS = 200_000
_LETTERS = re.compile(r"([A-Z]*)(\d*)")
_REPEAT_COLUMNS = "number-columns-repeated"
_REPEAT_ROWS = "number-rows-repeated"


def check_extent(office: OfficeParts, limits: ReadLimits) -> None:
    """Refuse sheets whose filled rectangle or whose text goes beyond the limits."""
    if office.kind is FileKind.ODS:
        _measure(office.parts["content.xml"], _OdsRuler(limits))
        return
    strings = next(
        (p for n, p in office.parts.items() if n.lower().endswith("sharedstrings.xml")), b""
    )
    for name, part in office.parts.items():
        if "worksheets" in name.lower() and name.endswith(".xml"):
            if limits.rows < _QUICK_ROWS or not _is_surely_small(part):
                _measure(part, _XlsxRuler(limits))
            _check_shared_text(part, strings, limits)


def _is_surely_small(sheet: bytes) -> bool:
    """Every cell names its place first, within columns A–Z and 200,000 rows."""
    placed = sheet.count(b'<c r="')
    cells = sheet.count(b"<c") - sheet.count(b"<co")  # cols, conditional formats
    return placed == cells and not _FAR_CELL.search(sheet) and not _PREFIXED_CELL.search(sheet)


def _check_shared_text(sheet: bytes, strings: bytes, limits: ReadLimits) -> None:
    """Every use of a shared text becomes a copy of it."""
    lengths = [len(piece) for piece in strings.split(b"<si")[1:]]
    if max(lengths, default=0) * sheet.count(b't="s"') <= limits.text_bytes:
        return
    uses = (int(use) for use in _SHARED.findall(sheet))
    if sum(lengths[use] for use in uses if use < len(lengths)) > limits.text_bytes:
        raise refusal("bomb")


class _Ruler:
    """Follows XML elements and refuses once a filled cell lies too far out."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self._rows = self._columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """An element ends."""

    def reach(self, rows: int, columns: int) -> None:
        """A filled cell is in this row and column (1-based)."""
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        if self._rows > self._limits.rows:
            raise refusal("too_many_rows", most=self._limits.rows)
        if self._columns > self._limits.columns:
            raise refusal("too_many_columns", most=self._limits.columns)
        if self._rows * self._columns > self._limits.cells:
            raise refusal("too_many_cells")


class _XlsxRuler(_Ruler):
    _row = _column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r", ""))
        elif name == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
        elif name in {"v", "is", "f"}:
            self.reach(self._row, self._column)

    def _place(self, reference: str) -> None:
        match = _LETTERS.match(reference.upper())
        letters, digits = match.groups() if match else ("", "")
        self._row = _number(digits, self._row)
        self._column = column_number(letters) if letters else self._column + 1


class _OdsRuler(_Ruler):
    _row = _column = _row_repeat = 0
    _cell_repeat = 1
    _filled = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            self._cell_repeat = _number(attributes.get(_REPEAT_COLUMNS), 1)
            self._column += self._cell_repeat
            if "value-type" in attributes or "formula" in attributes:
                self._filled = self._column
        elif name == "p":
            self._filled = max(self._filled, self._column)
        elif name == "table-row":
            self._row_repeat = _number(attributes.get(_REPEAT_ROWS), 1)
            self._row += self._row_repeat
            self._column = self._filled = 0
        elif name == "table":
            self._row = self._rows = self._columns = 0

    def end(self, name: str) -> None:
        if name == "table-row" and self._filled:
            self.reach(self._row, self._filled)


def column_number(letters: str) -> int:
    """Return the 1-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters[:6]:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None, default: int) -> int:
    if not text:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 10**12


def _measure(xml: bytes, ruler: _Ruler) -> None:
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        ruler.start(name.rpartition(":")[2], plain)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: ruler.end(name.rpartition(":")[2])
    try:
        parser.ParseFile(io.BytesIO(xml))
    except expat.ExpatError as error:
        raise refusal("broken") from error
