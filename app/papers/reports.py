"""Reports on paper: sections of text and tables, among them which schools have not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.papers.column_widths import column_widths
from app.papers.export_rows import ParticipationRow
from app.papers.files import save_paper
from app.papers.flow import Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.tables import Table

NUMBER_COLUMN = FlowColumn(header="#", share=6, align="right")
MISSING_COLUMNS = ("鄉鎮市", "學校代碼", "單位", "梯次", "報名", "電話")
CAME_COLUMNS = ("鄉鎮市", "學校代碼", "單位", "梯次", "報名", "到場")
UPRIGHT_CHARACTERS = 110
"""A table wider than this lies on its side: upright, its times and dates were cut short."""
PAD_CHARACTERS = 2
"""What the padding takes from every column beside its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report: its heading, lines of text, then a table if there is one."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None


def write_report(
    out: Path, heading: Heading, sections: Sequence[Section], *, fonts: FontBook | None = None
) -> None:
    """Write a report as PDF."""

    def draw(flow: Flow) -> None:
        for section in sections:
            flow.section(section.title)
            for line in section.lines:
                flow.line(line)
            if section.table is not None:
                flow.y -= 6
                flow.table(_flow_table(section.table))

    is_wide = any(_characters(section.table) > UPRIGHT_CHARACTERS for section in sections)
    save_paper(out, compose(heading, draw, fonts=fonts, landscape=is_wide))


def _characters(table: Table | None) -> int:
    """Return how many Latin characters wide a table is."""
    return sum(column_widths(table.columns, table.rows)) if table else 0


def write_participation(
    out: Path,
    heading: Heading,
    rows: Sequence[ParticipationRow],
    *,
    fonts: FontBook | None = None,
) -> None:
    """Write as PDF, course by course, first the units that have not come, then those that have."""
    sections: list[Section] = []
    for course in dict.fromkeys(row.course for row in rows):
        sections += _course_sections([row for row in rows if row.course == course])
    write_report(out, heading, sections, fonts=fonts)


def _course_sections(rows: Sequence[ParticipationRow]) -> list[Section]:
    missing = [row for row in rows if not row.came]
    came = [row for row in rows if row.came]
    course = rows[0].course_title
    summary = f"應派員 {len(rows)} 個單位，已到 {len(came)}，未到 {len(missing)}。"
    absent = Table(columns=MISSING_COLUMNS, rows=[(*_place(row), row.phone) for row in missing])
    present = Table(columns=CAME_COLUMNS, rows=[(*_place(row), row.attended) for row in came])
    return [
        Section(title=f"{course}：未到單位", lines=(summary,), table=absent if missing else None),
        Section(title=f"{course}：已到單位", table=present if came else None),
    ]


def _place(row: ParticipationRow) -> tuple[str | int, ...]:
    return (row.township, row.unit_code, row.unit, row.batch, row.registered)


def _flow_table(table: Table) -> FlowTable:
    widths = column_widths(table.columns, table.rows)
    numeric = [
        all(not isinstance(row[index], str) for row in table.rows)
        for index in range(len(table.columns))
    ]
    columns = [
        FlowColumn(
            header=header, share=width + PAD_CHARACTERS, align="right" if is_number else "left"
        )
        for header, width, is_number in zip(table.columns, widths, numeric, strict=True)
    ]
    rows = [
        (str(number), *("" if cell is None else str(cell) for cell in row))
        for number, row in enumerate(table.rows, 1)
    ]
    return FlowTable(columns=(NUMBER_COLUMN, *columns), rows=rows)
