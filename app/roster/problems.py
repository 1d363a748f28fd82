"""What can be wrong with a roster's rows; kinds are part of the command line's contract."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class ProblemKind(StrEnum):
    """The kinds of problem, as `cli.md` names them."""

    ID_CHECKSUM = "id_checksum"
    ID_MISSING = "id_missing"
    ID_FORMAT = "id_format"
    NAME_MISSING = "name_missing"
    NAME_UNDECODABLE = "name_undecodable"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_PERSON = "duplicate_person"
    UNKNOWN_UNIT = "unknown_unit"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    TOTALS_ROW = "totals_row"
    BAD_DATE = "bad_date"
    PHONE_FORMAT = "phone_format"
    ROW_TOO_LONG = "row_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of one row. The message never repeats personal data."""

    row: int
    """1-based row of the file, as a spreadsheet shows it."""
    kind: ProblemKind
    field: str
    severity: str
    """`warn`: the row is taken; `skip`: it is left out."""
    message: Words
