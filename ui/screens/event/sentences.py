"""Sentences of the Event place that carry numbers."""

from collections.abc import Sequence
from typing import Final

from app.domain.words import Words
from app.roster.problems import ProblemKind
from app.services.registrations import RosterPreview, UnitImport
from app.services.summaries import EventSummary

PROBLEMS: Final[dict[ProblemKind, Words]] = {
    ProblemKind.ID_CHECKSUM: Words(zh="身分證字號檢查碼不符", en="ID number fails its checksum"),
    ProblemKind.ID_MISSING: Words(zh="沒有身分證字號", en="No ID number"),
    ProblemKind.ID_FORMAT: Words(zh="身分證字號格式不對", en="ID number has a wrong form"),
    ProblemKind.NAME_MISSING: Words(zh="沒有姓名", en="No name"),
    ProblemKind.NAME_UNDECODABLE: Words(zh="姓名有讀不出的字", en="Unreadable character in name"),
    ProblemKind.DUPLICATE_ROW: Words(zh="整列重複", en="The same row twice"),
    ProblemKind.DUPLICATE_PERSON: Words(zh="同一人出現兩次", en="The same person twice"),
    ProblemKind.UNKNOWN_UNIT: Words(
        zh="學校清單裡沒有的單位", en="Unit not in the list of schools"
    ),
    ProblemKind.CANCELLED: Words(zh="報名已取消", en="Registration cancelled"),
    ProblemKind.WAITLISTED: Words(zh="候補", en="On the waiting list"),
    ProblemKind.TOTALS_ROW: Words(zh="合計列", en="A row of totals"),
    ProblemKind.BAD_DATE: Words(zh="日期無法辨認", en="Date cannot be read"),
    ProblemKind.PHONE_FORMAT: Words(zh="電話格式可疑", en="Phone number looks wrong"),
    ProblemKind.ROW_TOO_LONG: Words(zh="這一列欄位太多", en="Row has too many cells"),
}
ROWS_SHOWN = 12


def recognised(kind: str, preview: RosterPreview) -> Words:
    """Say what kind of file it is, how it is encoded and where the headings are."""
    rows = f"{preview.rows:,}"
    zh_coding = f"・編碼 {preview.encoding}" if preview.encoding else ""
    en_coding = f" · {preview.encoding}" if preview.encoding else ""
    return Words(
        zh=f"{kind}{zh_coding}・第 {preview.header_row} 列是欄名・{rows} 列資料",
        en=f"{kind}{en_coding} · headings in row {preview.header_row} · {rows} rows",
    )


def would_do(preview: RosterPreview) -> Words:
    """Say what importing would do."""
    return Words(
        zh=f"新增 {preview.added:,}・更新 {preview.changed:,}・相同 {preview.unchanged:,}"
        f"・名冊上已無 {preview.gone:,}・略過 {preview.skipped:,}",
        en=f"{preview.added:,} new · {preview.changed:,} changed · {preview.unchanged:,} unchanged"
        f" · {preview.gone:,} gone · {preview.skipped:,} left out",
    )


def was_done(done: RosterPreview) -> Words:
    """Say what importing did."""
    counts = would_do(done)
    return Words(zh=f"匯入完成：{counts.zh}。", en=f"Imported: {counts.en}.")


def units_done(done: UnitImport) -> Words:
    """Say what importing a list of units did."""
    return Words(
        zh=f"學校清單：新增 {done.added:,}・更新 {done.changed:,}・相同 {done.unchanged:,}"
        f"・略過 {done.skipped:,}。",
        en=f"Schools: {done.added:,} new · {done.changed:,} changed"
        f" · {done.unchanged:,} unchanged · {done.skipped:,} left out.",
    )


def event_named(event: EventSummary) -> Words:
    """Name an event; a rehearsal says so."""
    mark = Words(zh="【演練】", en="[Rehearsal] ") if event.rehearsal else Words(zh="", en="")
    return Words(zh=mark.zh + event.title, en=mark.en + event.title)


def row_numbers(rows: Sequence[int]) -> str:
    """List the first row numbers."""
    shown = ", ".join(str(row) for row in rows[:ROWS_SHOWN])
    return f"{shown} …" if len(rows) > ROWS_SHOWN else shown


def sheets_made(badges: int, file: str) -> Words:
    """Say how many badges went into which file."""
    return Words(zh=f"{badges:,} 枚名牌已存成 {file}。", en=f"{badges:,} badges saved as {file}.")


def backup_age(when: str, how_long: str) -> Words:
    """Say when the last backup was made."""
    return Words(zh=f"上次備份：{how_long}（{when}）。", en=f"Last backup: {how_long} ({when}).")


def backup_made(file: str) -> Words:
    """Say that a backup was made."""
    return Words(zh=f"備份完成：{file}", en=f"Backup made: {file}")
