"""Reading school lists: the Ministry's CSV, or any sheet with a name and perhaps more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import Cancelled
from app.domain.people import UnitLevel
from app.domain.text import fold_text, to_halfwidth
from app.domain.unit_names import find_township, split_unit_name
from app.roster.book import read_book
from app.roster.cells import clean_phone_cell
from app.roster.draft import Progress
from app.roster.fields import UNIT_COLUMNS, UnitField
from app.roster.header import Header, find_header
from app.roster.limits import DEFAULT_LIMITS, ReadLimits
from app.roster.problems import Problem, ProblemKind
from app.roster.row_problems import duplicate_unit, problem
from app.roster.rows import is_total
from app.roster.sheet import FileKind, Row, cell_text
from app.roster.unit_index import named_unit_key

_STEP_ROWS = 1_000
_CODE_LENGTH = 6
_LEVELS_BY_CODE = {
    "3": UnitLevel.SENIOR,
    "4": UnitLevel.SENIOR,
    "5": UnitLevel.JUNIOR,
    "6": UnitLevel.ELEMENTARY,
    "7": UnitLevel.ELEMENTARY,
    "8": UnitLevel.ELEMENTARY,
}
"""By the fourth character of a school code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One unit of a list."""

    row: int
    name: str
    code: str
    level: UnitLevel
    township: str
    region: str
    phone: str
    key: str
    """Base name and level: the same for all writings of the name."""

    @property
    def identity(self) -> str:
        """Code and level (attached junior divisions share their senior high's code), or the key."""
        return f"{self.code}:{self.level}" if self.code else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDraft:
    """A school list as read; nothing is stored yet."""

    file: str
    kind: FileKind
    encoding: str
    header_row: int
    """1-based row of the column names."""
    mapping: dict[str, str]
    rows: int
    """Rows that speak of a unit of this county, skipped ones included."""
    other_county: int
    """Rows left out because their county is another one."""
    units: list[UnitEntry]
    problems: list[Problem]


def read_units(
    file: Path,
    *,
    county: str = "",
    limits: ReadLimits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> UnitDraft:
    """Read a school list; with `county`, only its rows. Raises InvalidInput and Cancelled."""
    book = read_book(file, limits)
    header = find_header(book, UNIT_COLUMNS, missing="no_unit_header")
    reader = _UnitReader(header, fold_text(county))
    rows = header.sheet.rows
    for index in range(header.index + 1, len(rows)):
        if progress and index % _STEP_ROWS == 0 and not progress(index, len(rows)):
            raise Cancelled
        reader.read_row(index + 1, rows[index])
    if progress and not progress(len(rows), len(rows)):
        raise Cancelled
    return UnitDraft(
        file=file.name,
        kind=book.kind,
        encoding=book.encoding,
        header_row=header.index + 1,
        mapping=header.mapping,
        rows=reader.rows,
        other_county=reader.other_county,
        units=list(reader.units.values()),
        problems=reader.problems,
    )


@dataclass(slots=True)
class _UnitReader:
    """Goes through the rows of a school list."""

    header: Header
    county: str
    rows: int = 0
    other_county: int = 0
    units: dict[str, UnitEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read_row(self, number: int, row: Row) -> None:
        """Read one row below the column names."""
        cells = {
            name: cell_text(row[column]) if column < len(row) else ""
            for name, column in self.header.columns.items()
        }
        heading = self.header.mapping[UnitField.NAME]
        if not any(cells.values()) or cells[UnitField.NAME] == heading:
            return
        code = cells.get(UnitField.CODE, "")
        if not any(map(str.isdigit, code)) and is_total(row):
            self.problems.append(problem(number, ProblemKind.TOTALS_ROW))
        elif not self._is_of_county(cells):
            self.other_county += 1
        else:
            self.rows += 1
            self._take(number, cells)

    def _is_of_county(self, cells: Mapping[str, str]) -> bool:
        """The county's name is inside `[13]屏東縣`, or begins the address."""
        where = cells.get(UnitField.COUNTY) or cells.get(UnitField.ADDRESS) or ""
        return not where or self.county in fold_text(where)

    def _take(self, number: int, cells: Mapping[str, str]) -> None:
        if not cells[UnitField.NAME]:
            self.problems.append(problem(number, ProblemKind.NAME_MISSING))
            return
        unit = _unit_entry(number, cells)
        first = self.units.setdefault(unit.identity, unit)
        if first is not unit:
            self.problems.append(duplicate_unit(number, first.row))


def _unit_entry(number: int, cells: Mapping[str, str]) -> UnitEntry:
    name = cells[UnitField.NAME]
    code = _padded_code(to_halfwidth(cells.get(UnitField.CODE, "")).upper())
    level = _level(name, cells.get(UnitField.LEVEL, ""), code)
    township = cells.get(UnitField.TOWNSHIP) or find_township(cells.get(UnitField.ADDRESS, ""))
    return UnitEntry(
        row=number,
        name=name,
        code=code,
        level=level,
        township=township or "",
        region=cells.get(UnitField.REGION, ""),
        phone=clean_phone_cell(cells.get(UnitField.PHONE, ""))[0],
        key=named_unit_key(name, level),
    )


def _padded_code(code: str) -> str:
    """Codes are text; spreadsheets take them for numbers and drop the leading zero."""
    return code.zfill(_CODE_LENGTH) if code.isdigit() and len(code) == _CODE_LENGTH - 1 else code


def _level(name: str, written: str, code: str) -> UnitLevel:
    """The name says it best, then the list's own column, then the code's fourth character."""
    for text in (name, written):
        level = split_unit_name(text).level if text else UnitLevel.OTHER
        if level is not UnitLevel.OTHER:
            return level
    return _LEVELS_BY_CODE.get(code[3:4], UnitLevel.OTHER)
