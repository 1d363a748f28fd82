"""The sign-in/out sheet: times where a station recorded them, room to sign where none did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.dates import clock
from app.papers.files import save_paper
from app.papers.flow import Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.paper_warnings import PaperWarning, missing_characters

ROW_MM = 12
COLUMNS = (
    FlowColumn(header="編號", share=12, align="center"),
    FlowColumn(header="單位", share=44),
    FlowColumn(header="職稱", share=22),
    FlowColumn(header="姓名", share=30),
    FlowColumn(header="簽到", share=27, align="center"),
    FlowColumn(header="簽退", share=27, align="center"),
    FlowColumn(header="備註", share=20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRow:
    """One person. Times are local; None leaves room for a signature."""

    name: str
    unit: str = ""
    unit_code: str = ""
    title: str = ""
    first_in: datetime | None = None
    last_out: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSheet:
    """A session's sheet."""

    event_title: str
    session_title: str
    held_on: date
    venue: str
    organiser: str
    rows: tuple[SignInRow, ...]


def write_signin_sheet(
    out: Path, sheet: SignInSheet, *, fonts: FontBook | None = None
) -> tuple[PaperWarning, ...]:
    """Write the sheet as PDF, people of one unit together, units in order of their codes."""
    book = fonts or FontBook()
    rows = sorted(sheet.rows, key=_unit_order)
    table = FlowTable(
        columns=COLUMNS,
        rows=[_cells(number, row) for number, row in enumerate(rows, 1)],
        row_mm=ROW_MM,
        text_pt=11,
        groups=[row.unit for row in rows],
    )

    def draw(flow: Flow) -> None:
        flow.table(table)

    save_paper(out, compose(_heading(sheet), draw, fonts=book))
    return missing_characters(_positions(sheet.rows, book))


def _heading(sheet: SignInSheet) -> Heading:
    where = f"日期：{roc_date(sheet.held_on)}　地點：{sheet.venue}"
    title = f"{sheet.event_title} 簽到簽退表"
    organiser = f"主辦單位：{sheet.organiser}" if sheet.organiser else ""
    return Heading(title=title, lines=(sheet.session_title, where), organiser=organiser)


def _unit_order(row: SignInRow) -> tuple[bool, str, str]:
    return (not row.unit_code, row.unit_code, row.unit)


def _cells(number: int, row: SignInRow) -> tuple[str, ...]:
    times = (clock(row.first_in), clock(row.last_out))
    return (str(number), row.unit, row.title, row.name, *times, row.remark)


def _positions(rows: Sequence[SignInRow], book: FontBook) -> list[int]:
    return [
        index
        for index, row in enumerate(rows, 1)
        if book.has_missing(row.name + row.unit + row.title + row.remark)
    ]
