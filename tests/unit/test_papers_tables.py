"""Tables read back with other people's code; no cell runs, none changes."""

import csv
import io
import string
import zipfile
from pathlib import Path

import openpyxl
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.domain.errors import InvalidInput
from app.papers.csv_file import UnencodableText
from app.papers.sheet_cells import csv_safe, looks_like_formula, sheet_name
from app.papers.tables import Table, table_bytes, write_table

TABLE = Table(
    columns=("身分證字號", "姓名", "學校代碼", "時數"),
    rows=(
        ("A123456789", "林𠮷祥", "014601", 8),
        ("", "伊虹·比岱", "=HYPERLINK(1)", 3.5),
        ("  x  y ", "二\n行", "<&>\"'", None),
    ),
    title="研習時數 [b1/d1]",
)
RUNS = (
    "=1+1",
    "+886-8-7320415",
    "-2",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
)
TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def read_book(content: bytes) -> tuple[list[str], list[list[object]]]:
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    return book.sheet_names, book.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("file_format", ["ods", "xlsx"])
def test_books_read_back_as_written(file_format: str) -> None:
    names, rows = read_book(table_bytes(TABLE, file_format))
    assert names == ["研習時數 b1 d1"]
    assert rows == [
        list(TABLE.columns),
        ["A123456789", "林𠮷祥", "014601", 8],
        ["", "伊虹·比岱", "=HYPERLINK(1)", 3.5],
        ["  x  y ", "二\n行", "<&>\"'", ""],
    ]


def test_xlsx_types_text_as_text() -> None:
    rows = (tuple(RUNS),)
    columns = tuple(f"c{index}" for index in range(len(RUNS)))
    content = table_bytes(Table(columns=columns, rows=rows), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} == {"s"}


def test_ods_types_text_as_text_and_is_sound_xml() -> None:
    content = table_bytes(Table(columns=("a",), rows=[(text,) for text in RUNS]), "ods")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        for name in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(name))
        body = archive.read("content.xml").decode()
    assert "formula" not in body
    assert 'office:value-type="float"' not in body


def test_csv_is_utf8_with_mark_crlf_and_quotes() -> None:
    content = table_bytes(TABLE, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["A123456789", "林𠮷祥", "014601", "8"]
    assert rows[2] == ["", "伊虹·比岱", "'=HYPERLINK(1)", "3.5"]
    assert rows[3] == ["  x  y ", "二\n行", "<&>\"'", ""]


@pytest.mark.parametrize("text", RUNS)
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert csv_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["王小明", "A-1", "08-7320415", "", "1=1", "'=1", "·"])
def test_harmless_text_stays(text: str) -> None:
    assert csv_safe(text) == text


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_csv_cell_is_ever_a_formula(cells: list[str]) -> None:
    columns = tuple(string.ascii_lowercase[: len(cells)])
    content = table_bytes(Table(columns=columns, rows=[cells]), "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert len(rows) == 2
    assert len(rows[1]) == len(cells)
    assert not any(looks_like_formula(cell) for cell in rows[1])


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_survives_in_books(cells: list[str]) -> None:
    # A row of nothing but empty cells is no row to readers.
    table = Table(columns=(*map(str, range(len(cells))), "last"), rows=[[*cells, "end"]])
    for file_format in ("ods", "xlsx"):
        _, rows = read_book(table_bytes(table, file_format))
        assert [str(cell) for cell in rows[1][:-1]] == cells


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=10), st.text(max_size=40))
def test_odd_characters_never_break_a_file(cell: str, title: str) -> None:
    table = Table(columns=("a", "b"), rows=[(cell, "\x00\x0b\ud800\uffff")], title=title)
    for file_format in ("ods", "xlsx"):
        names, rows = read_book(table_bytes(table, file_format))
        assert len(rows) >= 2
        assert names == [sheet_name(title)]


def test_cp950_is_written_when_everything_fits() -> None:
    table = Table(columns=("姓名",), rows=[("王小明",), ("裏恒",)])
    assert (
        table_bytes(table, "csv", encoding="cp950").decode("cp950") == "姓名\r\n王小明\r\n裏恒\r\n"
    )


def test_cp950_refuses_and_lists_what_it_would_lose(tmp_path: Path) -> None:
    table = Table(
        columns=("姓名", "單位"), rows=[("王小明", "甲"), ("游錫堃", "乙"), ("林𠮷", "丙")]
    )
    with pytest.raises(UnencodableText) as refused:
        write_table(tmp_path / "a.csv", table, "csv", encoding="cp950")
    assert [(cell.row, cell.column, cell.text) for cell in refused.value.details] == [
        (2, "姓名", "游錫堃"),
        (3, "姓名", "林𠮷"),
    ]
    assert "2" in refused.value.message.zh
    assert "堃" not in refused.value.message.zh + refused.value.message.en + str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file_format", "encoding", "field"),
    [("xls", "utf-8-sig", "format"), ("csv", "big5", "encoding")],
)
def test_unknown_format_and_encoding_are_refused(
    file_format: str, encoding: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        table_bytes(TABLE, file_format, encoding=encoding)
    assert refused.value.field == field
