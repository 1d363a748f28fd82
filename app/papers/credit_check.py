"""The dry run before a credit file is written: what the receiving site would stumble over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.id_numbers import check_id_number, normalize_id_number
from app.domain.words import Words
from app.papers.column_profiles import ColumnProfile
from app.papers.export_rows import CreditRow

OLD_LIMIT = 255
"""People in one course that the site's old interface took at most."""


class ExportProblemKind(StrEnum):
    """The kinds of problem."""

    ID_MISSING = "id_missing"
    ID_FORMAT = "id_format"
    ID_CHECKSUM = "id_checksum"
    NAME_MISSING = "name_missing"
    DUPLICATE_PERSON = "duplicate_person"
    HOURS_ABOVE_COURSE = "hours_above_course"
    HOURS_NOT_WHOLE = "hours_not_whole"
    TOO_MANY_PEOPLE = "too_many_people"
    UNCONFIRMED_PROFILE = "unconfirmed_profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportProblem:
    """One problem. `severity`: `block` (the site would refuse), `warn` or `notice`."""

    row: int | None
    """1-based row of the credit list, None for the list as a whole. Never a name."""
    kind: ExportProblemKind
    severity: str
    message: Words


WORDS = {
    ExportProblemKind.ID_MISSING: ("block", "沒有身分證字號，無法登錄時數。", "No ID number."),
    ExportProblemKind.ID_FORMAT: ("warn", "身分證字號格式不符。", "The ID number's form is odd."),
    ExportProblemKind.ID_CHECKSUM: ("warn", "身分證字號檢查碼不符。", "The ID checksum fails."),
    ExportProblemKind.NAME_MISSING: ("block", "沒有姓名。", "No name."),
    ExportProblemKind.DUPLICATE_PERSON: (
        "block",
        "同一課程有相同的身分證字號。",
        "The same ID number twice for one course.",
    ),
    ExportProblemKind.HOURS_ABOVE_COURSE: (
        "block",
        "時數超過課程核定的時數。",
        "More hours than the course grants.",
    ),
    ExportProblemKind.HOURS_NOT_WHOLE: (
        "warn",
        "時數不是正整數。",
        "The hours are not a whole number above zero.",
    ),
    ExportProblemKind.TOO_MANY_PEOPLE: (
        "notice",
        "同一課程超過 255 人；舊介面一門課最多 255 人，可能要分批。",
        "Over 255 people in a course; the site's old interface took no more at once.",
    ),
    ExportProblemKind.UNCONFIRMED_PROFILE: (
        "notice",
        "這份欄位設定還沒有與全教網的實際格式核對過。",
        "These columns were not yet checked against the site's own template.",
    ),
}


def check_credit_rows(
    rows: Sequence[CreditRow], profile: ColumnProfile
) -> tuple[ExportProblem, ...]:
    """Return what is wrong with a credit list, row by row, then for the list as a whole."""
    problems: list[ExportProblem] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, 1):
        kinds = [*_id_kinds(row), *_other_kinds(row)]
        person = (_course(row), normalize_id_number(row.id_number))
        if person[1] and person in seen:
            kinds.append(ExportProblemKind.DUPLICATE_PERSON)
        seen.add(person)
        problems += [_problem(kind, number) for kind in kinds]
    if _largest_course(rows) > OLD_LIMIT:
        problems.append(_problem(ExportProblemKind.TOO_MANY_PEOPLE, None))
    if not profile.confirmed:
        problems.append(_problem(ExportProblemKind.UNCONFIRMED_PROFILE, None))
    return tuple(problems)


def _id_kinds(row: CreditRow) -> list[ExportProblemKind]:
    if not normalize_id_number(row.id_number):
        return [ExportProblemKind.ID_MISSING]
    checked = check_id_number(row.id_number)
    if not checked.format_ok:
        return [ExportProblemKind.ID_FORMAT]
    return [] if checked.checksum_ok else [ExportProblemKind.ID_CHECKSUM]


def _other_kinds(row: CreditRow) -> list[ExportProblemKind]:
    kinds = [] if row.name.strip() else [ExportProblemKind.NAME_MISSING]
    if row.course_hours is not None and row.hours > row.course_hours:
        kinds.append(ExportProblemKind.HOURS_ABOVE_COURSE)
    if row.hours <= 0 or row.hours != int(row.hours):
        kinds.append(ExportProblemKind.HOURS_NOT_WHOLE)
    return kinds


def _course(row: CreditRow) -> str:
    return row.course_code or row.course_title


def _largest_course(rows: Sequence[CreditRow]) -> int:
    return max(Counter(_course(row) for row in rows).values(), default=0)


def _problem(kind: ExportProblemKind, row: int | None) -> ExportProblem:
    severity, zh, en = WORDS[kind]
    return ExportProblem(row=row, kind=kind, severity=severity, message=Words(zh=zh, en=en))
