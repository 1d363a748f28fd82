"""The sheet people sign by hand when nothing else works: a number and a bar code a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.codes import draw_code128
from app.papers.files import save_paper
from app.papers.flow import FOOT, MARGIN, Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.pages import mm
from app.papers.paper_warnings import PaperWarning, missing_characters

ROW_MM, HEADER_MM, BAR_MM = 12, 8, 7
EMPTY_ROWS = 5
"""For people who are not on the roster."""
COLUMNS = (
    FlowColumn(header="代號", share=19, align="center"),
    FlowColumn(header="單位", share=28),
    FlowColumn(header="姓名", share=22),
    FlowColumn(header="條碼", share=69),
    FlowColumn(header="簽到", share=21, align="center"),
    FlowColumn(header="簽退", share=21, align="center"),
)
_BAR_COLUMN = 3
_EMPTY = ("", "", "", "", "：", "：")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One person; `badge` is what the bar code says."""

    number: str
    name: str
    unit: str
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSheet:
    """A session's sheet; `by_unit`: every unit begins a page."""

    event_title: str
    session_title: str
    held_on: date
    venue: str
    organiser: str
    rows: tuple[PaperRow, ...]
    by_unit: bool = False


def write_paper_signin(
    out: Path, sheet: PaperSheet, *, fonts: FontBook | None = None
) -> tuple[PaperWarning, ...]:
    """Write the sheet as PDF, people of one unit together."""
    book = fonts or FontBook()
    parts = _by_unit(sheet.rows) if sheet.by_unit else [list(sheet.rows)]

    def draw(flow: Flow) -> None:
        for index, rows in enumerate(parts):
            if index:
                flow.next_page()
            _draw_rows(flow, rows)

    save_paper(out, compose(_heading(sheet), draw, fonts=book))
    return missing_characters(
        [place for place, row in enumerate(sheet.rows, 1) if book.has_missing(row.name + row.unit)]
    )


def _heading(sheet: PaperSheet) -> Heading:
    where = f"日期：{roc_date(sheet.held_on)}　地點：{sheet.venue}"
    how = "請寫時刻並簽名；沒有列名的人請寫在最後的空白列。"
    return Heading(
        title=f"{sheet.event_title} 紙本簽到簽退表",
        lines=(sheet.session_title, where, how),
        organiser=f"主辦單位：{sheet.organiser}" if sheet.organiser else "",
    )


def _by_unit(rows: Sequence[PaperRow]) -> list[list[PaperRow]]:
    units: dict[str, list[PaperRow]] = {}
    for row in rows:
        units.setdefault(row.unit, []).append(row)
    return list(units.values())


def _draw_rows(flow: Flow, rows: Sequence[PaperRow]) -> None:
    """Draw page by page, for the bar codes go where the table's rows came to stand."""
    left: list[PaperRow | None] = [*rows, *([None] * EMPTY_ROWS)]
    while left:
        fitting = int((flow.y - FOOT - mm(HEADER_MM)) / mm(ROW_MM))
        if fitting < 1:
            flow.next_page()
            continue
        here, left = left[:fitting], left[fitting:]
        cells = [_cells(row) for row in here]
        groups = [row.unit if row else "" for row in here]
        flow.table(FlowTable(columns=COLUMNS, rows=cells, row_mm=ROW_MM, text_pt=11, groups=groups))
        _draw_bars(flow, here)
        if left:
            flow.next_page()


def _cells(row: PaperRow | None) -> tuple[str, ...]:
    if row is None:
        return _EMPTY
    half = len(row.number) // 2
    shown = f"{row.number[:half]} {row.number[half:]}"
    return (shown, row.unit, row.name, "", "：", "：")


def _draw_bars(flow: Flow, rows: Sequence[PaperRow | None]) -> None:
    whole = sum(column.share for column in COLUMNS)
    before = sum(column.share for column in COLUMNS[:_BAR_COLUMN])
    share = COLUMNS[_BAR_COLUMN].share
    middle = MARGIN + flow.width * (before + share / 2) / whole
    room_mm = flow.width * share / whole / mm(1)
    for above, row in enumerate(reversed(rows)):
        if row is not None and row.badge:
            at = (middle, flow.y + mm(ROW_MM) * above + mm((ROW_MM - BAR_MM) / 2))
            draw_code128(flow.pages, at, height=mm(BAR_MM), available_mm=room_mm, text=row.badge)
