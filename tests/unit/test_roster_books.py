"""Spreadsheets of every kind: cells, merges, sheets, titles and totals."""

from datetime import date
from pathlib import Path

import pytest
from roster_files import (
    HEADER,
    PEOPLE,
    html_text,
    ods_bytes,
    ods_rows,
    raw_xlsx,
    spreadsheet_ml,
    write,
    xls_bytes,
    xlsx_bytes,
)

from app.domain.errors import Cancelled
from app.roster.roster import first_rows, read_roster

ROWS = [HEADER, *PEOPLE]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("xlsx", xlsx_bytes({"名單": ROWS})),
        ("ods", ods_bytes(ods_rows(ROWS))),
        ("xls", xls_bytes(ROWS)),
        ("html", html_text(ROWS).encode()),
        ("html", html_text(ROWS).encode("utf-16")),
        ("html", html_text(ROWS).encode("cp950")),
        ("xml", spreadsheet_ml(ROWS).encode()),
    ],
)
def test_every_kind_is_told_by_content(tmp_path: Path, kind: str, content: bytes) -> None:
    draft = read_roster(write(tmp_path, content, "名單.csv"))
    assert draft.kind == kind
    assert draft.header_row == 1
    assert [entry.row for entry in draft.people] == [2, 3]
    assert [entry.data.title for entry in draft.people] == ["教師", "組長"]
    assert draft.people[1].data.attention == "素食"


def test_numbers_dates_and_errors_become_text(tmp_path: Path) -> None:
    header = ["序號", "姓名", "手機", "研習日期", "備註"]
    rows = [header, [1, "王小明", 912345678.0, date(2023, 8, 7), 12.5], [2, 77, 87320415, "", True]]
    draft = read_roster(write(tmp_path, xlsx_bytes({"a": rows})))
    first, second = (entry.data for entry in draft.people)
    assert (first.phone, first.attention) == ("0912345678", "12.5")
    assert (second.name, second.phone, second.attention) == ("77", "087320415", "True")


def test_error_cells_are_empty(tmp_path: Path) -> None:
    sheet = '<row r="1"><c r="A1" t="str"><v>姓名</v></c><c r="B1" t="str"><v>單位</v></c></row>'
    sheet += '<row r="2"><c r="A2" t="str"><v>王小明</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    draft = read_roster(write(tmp_path, raw_xlsx(sheet)))
    assert draft.people[0].data.unit_text == ""


def test_titles_totals_repeated_headers_and_blank_rows(tmp_path: Path) -> None:
    blank: list[str] = [""] * len(HEADER)
    rows = [
        ["屏東縣研習名單", *blank[1:]],
        blank,
        HEADER,
        PEOPLE[0],
        blank,
        HEADER,
        PEOPLE[1],
        ["3", *blank[1:]],
        ["合計", "2", *blank[2:]],
        blank,
    ]
    draft = read_roster(write(tmp_path, xlsx_bytes({"a": rows}, merges=["A1:H1"])))
    assert draft.header_row == 3
    assert [entry.row for entry in draft.people] == [4, 7]
    assert draft.rows == 2
    assert [(p.row, str(p.kind), p.severity) for p in draft.problems] == [(9, "totals_row", "skip")]


def test_merged_units_belong_to_every_row(tmp_path: Path) -> None:
    rows = [["單位", "姓名"], ["海豐國小", "王小明"], ["", "陳大文"]]
    draft = read_roster(write(tmp_path, xlsx_bytes({"a": rows}, merges=["A2:A3"])))
    assert [entry.data.unit_text for entry in draft.people] == ["海豐國小", "海豐國小"]


def test_html_spans(tmp_path: Path) -> None:
    table = (
        "<table><tr><th colspan=3>名單</th></tr><tr><th>單位<th>姓<br>名<th>職稱</tr>"
        "<tr><td rowspan=2>海豐國小<td>王小明<td>教師</tr><tr><td>陳大文<td>組長</tr></table>"
    )
    draft = read_roster(write(tmp_path, table))
    assert draft.header_row == 2
    units = [(entry.data.unit_text, entry.data.title) for entry in draft.people]
    assert units == [("海豐國小", "教師"), ("海豐國小", "組長")]


def test_the_sheet_with_the_names_is_chosen(tmp_path: Path) -> None:
    sheets = {"說明": [["請勿更改欄位名稱"]], "名單": ROWS, "統計": [["單位", "人數"], ["海豐", 1]]}
    assert len(read_roster(write(tmp_path, xlsx_bytes(sheets))).people) == 2


def test_trailing_repeats_of_ods_are_harmless(tmp_path: Path) -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    draft = read_roster(write(tmp_path, ods_bytes(ods_rows(ROWS) + tail)))
    assert len(draft.people) == 2


def test_progress_and_cancelling(tmp_path: Path) -> None:
    file = write(tmp_path, html_text([HEADER, *PEOPLE * 1200]))
    steps: list[tuple[int, int]] = []
    read_roster(file, progress=lambda done, total: steps.append((done, total)) is None)
    assert [done for done, _ in steps] == [1, 1001, 2001, 2401]
    with pytest.raises(Cancelled):
        read_roster(file, progress=lambda done, _total: done < 1000)


def test_first_rows_help_to_choose_columns(tmp_path: Path) -> None:
    file = write(tmp_path, "王小明,海豐國小\n陳大文,鶴聲國中\n")
    assert first_rows(file) == [["王小明", "海豐國小"], ["陳大文", "鶴聲國中"]]
