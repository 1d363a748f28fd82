"""From the rows below the column names to people and problems."""

from collections.abc import Sequence

from app.domain.people import PersonData
from app.domain.text import fold_text, to_halfwidth
from app.roster.big5 import has_undecodable
from app.roster.cells import (
    clean_id_cell,
    clean_phone_cell,
    column_texts,
    is_bad_date,
    phone_texts,
)
from app.roster.draft import RosterEntry
from app.roster.fields import RosterField
from app.roster.header import Header
from app.roster.problems import Problem, ProblemKind
from app.roster.row_problems import id_column_missing, problem
from app.roster.rows import is_note, is_total, status_problem
from app.roster.seen_people import SeenPeople
from app.roster.sheet import Row
from app.roster.unit_index import UnitIndex

_FIELDS = (
    RosterField.NAME,
    RosterField.ID_NUMBER,
    RosterField.UNIT,
    RosterField.TITLE,
    RosterField.PHONE,
    RosterField.EMAIL,
    RosterField.STATUS,
    RosterField.MEAL,
    RosterField.ATTENTION,
    RosterField.DATE,
)
_SPEAKS_OF_PERSON = 6
"""The first fields above; a row with none of them is a blank form."""


class RowReader:
    """Goes through the rows block by block and gathers people and problems."""

    def __init__(self, header: Header, units: UnitIndex | None) -> None:
        self.header = header
        self.rows = 0
        """Rows that spoke of a person so far."""
        self.people: list[RosterEntry] = []
        self.problems: list[Problem] = []
        self._units = units if units is not None else UnitIndex(())
        self._units_expected = units is not None and RosterField.UNIT in header.columns
        self._seen = SeenPeople()
        self._statuses: dict[str, ProblemKind | None] = {"": None}
        self._bad_dates: dict[str, bool] = {}
        self._has_odd_names = False
        """Whether any name of the block at hand holds a character nobody can be sure of."""
        self._has_ids = RosterField.ID_NUMBER in header.columns
        self._heading = header.names[header.columns[RosterField.NAME]]
        if not self._has_ids:
            self.problems.append(id_column_missing(header.index + 1))

    def read_block(self, start: int, rows: Sequence[Row]) -> None:
        """Read some rows; `start` is the 0-based place of the first one."""
        columns = [self._column(field, rows) for field in _FIELDS]
        cells = zip(rows, *columns, strict=True)
        self._has_odd_names = has_undecodable("".join(columns[0]))
        for number, (row, *texts) in enumerate(cells, start=start + 1):
            if (texts[0] and texts[1] and texts[2]) or self._is_person(number, row, texts):
                self._read_person(number, texts)
        width = len(self.header.names)
        for number, row in enumerate(rows, start=start + 1):
            if len(row) > width and any(row[width:]):
                self._report(number, ProblemKind.ROW_TOO_LONG)

    def _column(self, field: str, rows: Sequence[Row]) -> list[str]:
        column = self.header.columns.get(field)
        return (phone_texts if field == RosterField.PHONE else column_texts)(rows, column)

    def _is_person(self, number: int, row: Row, texts: list[str]) -> bool:
        """Rows with a gap may be totals, or forms numbered in advance and never filled in."""
        alone = not any(texts[1:_SPEAKS_OF_PERSON])
        if is_total(row) or (alone and is_note(texts[0])):
            self._report(number, ProblemKind.TOTALS_ROW)
            return False
        return any(texts[:_SPEAKS_OF_PERSON])

    def _read_person(self, number: int, texts: list[str]) -> None:
        name, status = texts[0], texts[6]
        if name == self._heading:
            return  # the column names again, as at the head of every printed page
        self.rows += 1
        left_out = self._left_out(name, status)
        if left_out is not None:
            self._report(number, left_out)
            return
        entry, kinds = self._entry(number, texts)
        repeated = self._seen.meet(entry)
        if repeated is not None:
            self.problems.append(repeated)
            if repeated.severity == "skip":
                return
        self.people.append(entry)
        for kind in kinds:
            if kind is not ProblemKind.ID_MISSING or self._has_ids:
                self._report(number, kind)

    def _left_out(self, name: str, status: str) -> ProblemKind | None:
        if not name:
            return ProblemKind.NAME_MISSING
        if status not in self._statuses:
            self._statuses[status] = status_problem(status)
        return self._statuses[status]

    def _entry(self, number: int, texts: list[str]) -> tuple[RosterEntry, list[ProblemKind]]:
        name, id_text, unit_text, title, phone_text, email, _, meal, attention, on = texts
        id_number, id_key, id_problem = clean_id_cell(id_text)
        phone, phone_problem = clean_phone_cell(phone_text)
        unit = self._units.resolve(unit_text)
        data = PersonData(
            name=name,
            unit_text=unit_text,
            unit_id=unit.unit_id,
            title=title,
            id_number=id_number,
            phone=phone,
            email=email if email.isascii() else to_halfwidth(email),
            attention=attention,
            meal=meal,
        )
        kinds = [kind for kind in (id_problem, phone_problem) if kind is not None]
        if self._has_odd_names and has_undecodable(name):
            kinds.append(ProblemKind.NAME_UNDECODABLE)
        if unit.unit_id is None and self._units_expected:
            kinds.append(ProblemKind.UNKNOWN_UNIT)
        if on and self._is_bad_date(on):
            kinds.append(ProblemKind.BAD_DATE)
        return RosterEntry(number, data, id_key, fold_text(name), unit.key), kinds

    def _is_bad_date(self, text: str) -> bool:
        if text not in self._bad_dates:
            self._bad_dates[text] = is_bad_date(text)
        return self._bad_dates[text]

    def _report(self, number: int, kind: ProblemKind) -> None:
        self.problems.append(problem(number, kind))
