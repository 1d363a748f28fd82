"""The sentence for each kind of problem; the row is told apart by its number, never by a name."""

from app.domain.words import Words
from app.roster.problems import Problem, ProblemKind

SKIPS = frozenset(
    {
        ProblemKind.NAME_MISSING,
        ProblemKind.DUPLICATE_ROW,
        ProblemKind.CANCELLED,
        ProblemKind.WAITLISTED,
        ProblemKind.TOTALS_ROW,
    }
)
_FIELDS = {
    ProblemKind.ID_CHECKSUM: "id_number",
    ProblemKind.ID_MISSING: "id_number",
    ProblemKind.ID_FORMAT: "id_number",
    ProblemKind.NAME_MISSING: "name",
    ProblemKind.NAME_UNDECODABLE: "name",
    ProblemKind.DUPLICATE_PERSON: "name",
    ProblemKind.UNKNOWN_UNIT: "unit",
    ProblemKind.CANCELLED: "status",
    ProblemKind.WAITLISTED: "status",
    ProblemKind.BAD_DATE: "date",
    ProblemKind.PHONE_FORMAT: "phone",
}
_MESSAGES = {
    ProblemKind.ID_CHECKSUM: Words(
        zh="身分證字號檢查碼不符，可能打錯。",
        en="The ID number's check digit is wrong; perhaps a typo.",
    ),
    ProblemKind.ID_MISSING: Words(
        zh="沒有身分證字號；可以報到，但無法登錄研習時數。",
        en="No ID number: can attend, but cannot be credited.",
    ),
    ProblemKind.ID_FORMAT: Words(
        zh="身分證字號格式不符。", en="The ID number does not have the form of one."
    ),
    ProblemKind.NAME_MISSING: Words(
        zh="沒有姓名，略過這一列。", en="No name; the row is left out."
    ),
    ProblemKind.NAME_UNDECODABLE: Words(
        zh="姓名含有造字或無法辨識的字，請補打正確姓名。",
        en="The name holds a character that cannot be known; please type the name.",
    ),
    ProblemKind.UNKNOWN_UNIT: Words(
        zh="單位不在本活動的單位清單內。", en="The unit is not in this event's list of units."
    ),
    ProblemKind.CANCELLED: Words(
        zh="已取消報名，略過這一列。", en="The registration was cancelled; the row is left out."
    ),
    ProblemKind.WAITLISTED: Words(
        zh="備取或未錄取，略過這一列。", en="Waiting list or not admitted; the row is left out."
    ),
    ProblemKind.TOTALS_ROW: Words(
        zh="這是合計或附註，不是人員。", en="This row is a total or a note, not a person."
    ),
    ProblemKind.BAD_DATE: Words(
        zh="看不懂日期，或與所寫的星期不符。",
        en="The date cannot be read, or its weekday disagrees.",
    ),
    ProblemKind.PHONE_FORMAT: Words(zh="電話格式不符。", en="The phone number looks incomplete."),
    ProblemKind.ROW_TOO_LONG: Words(
        zh="這一列的欄位比標題列多，內容可能錯位。",
        en="The row has more cells than there are columns; its cells may have shifted.",
    ),
}


def problem(row: int, kind: ProblemKind) -> Problem:
    """Return the problem of this kind for a row (1-based, as a spreadsheet shows it)."""
    return _problem(row, kind, _MESSAGES[kind])


def duplicate_row(row: int, first: int) -> Problem:
    """Return the problem of a row that repeats a person of an earlier row."""
    words = Words(
        zh=f"與第 {first} 列是同一人，略過這一列。",
        en=f"The same person as in row {first}; the row is left out.",
    )
    return _problem(row, ProblemKind.DUPLICATE_ROW, words)


def duplicate_unit(row: int, first: int) -> Problem:
    """Return the problem of a row of a school list that repeats a unit of an earlier row."""
    words = Words(
        zh=f"與第 {first} 列是同一個單位，略過這一列。",
        en=f"The same unit as in row {first}; the row is left out.",
    )
    return _problem(row, ProblemKind.DUPLICATE_ROW, words)


def duplicate_person(row: int, first: int) -> Problem:
    """Return the problem of a row that may be the person of an earlier row."""
    words = Words(
        zh=f"與第 {first} 列的人可能重複（同名同單位，或身分證字號相同），請確認。",
        en=f"Perhaps the person of row {first} (same name and unit, or same ID); please check.",
    )
    return _problem(row, ProblemKind.DUPLICATE_PERSON, words)


def id_column_missing(row: int) -> Problem:
    """Return the one problem of a file without ID numbers, at the row of column names."""
    words = Words(
        zh="檔案沒有身分證字號欄；可以報到，但無法登錄研習時數。",
        en="The file has no column of ID numbers: people can attend, but cannot be credited.",
    )
    return _problem(row, ProblemKind.ID_MISSING, words)


def _problem(row: int, kind: ProblemKind, message: Words) -> Problem:
    severity = "skip" if kind in SKIPS else "warn"
    return Problem(
        row=row, kind=kind, field=_FIELDS.get(kind, ""), severity=severity, message=message
    )
