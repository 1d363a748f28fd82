"""Text files: encodings, delimiters, oddities; any bytes give a draft or a refusal."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roster_files import HEADER, PEOPLE, csv_text, write

from app.domain.errors import InvalidInput
from app.roster.big5 import has_undecodable, show_undecodable, user_defined_character
from app.roster.roster import read_roster
from app.roster.text_file import find_delimiter

ROWS = [HEADER, *PEOPLE]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp950", "cp950"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, shown: str, mark: str) -> None:
    file = write(tmp_path, csv_text(ROWS, mark).encode(encoding), "roster.txt")
    draft = read_roster(file)
    assert draft.encoding == shown
    assert draft.kind == ("tsv" if mark == "\t" else "csv")
    assert [entry.data.name for entry in draft.people] == ["王小明", "陳大文"]
    assert draft.people[1].data.phone == "087320415#12"


def test_user_defined_characters_are_kept_and_listed(tmp_path: Path) -> None:
    text = csv_text([HEADER, ["1", "游錫@", *PEOPLE[0][2:]]]).encode("cp950")
    draft = read_roster(write(tmp_path, text.replace(b"@", b"\x87\x42")))
    assert draft.people[0].data.name == "游錫\uf268"
    assert show_undecodable(draft.people[0].data.name) == "游錫▢"
    assert [str(problem.kind) for problem in draft.problems] == ["name_undecodable"]


@pytest.mark.parametrize(
    ("pair", "character"),
    [
        (0x8742, "\uf268"),
        (0xC6A1, "\uf6b1"),
        (0xFA40, "\ue000"),
        (0x8E40, "\ue311"),
        (0x8140, "\ueeb8"),
    ],
)
def test_user_defined_pairs_map_as_windows_does(pair: int, character: str) -> None:
    assert user_defined_character(pair >> 8, pair & 0xFF) == character
    assert has_undecodable(character)


@pytest.mark.parametrize("pair", [0xA440, 0xC67E, 0x8130, 0x81FF, 0x7F40])
def test_other_pairs_are_not_user_defined(pair: int) -> None:
    assert user_defined_character(pair >> 8, pair & 0xFF) is None


def test_undecodable_bytes_are_refused_with_their_place(tmp_path: Path) -> None:
    content = csv_text(ROWS).encode("cp950") + b"3,\xff\xff,x\r\n"
    with pytest.raises(InvalidInput) as caught:
        read_roster(write(tmp_path, content))
    assert "第 4 列第 3 個位元組（0xFF）" in caught.value.message.zh


def test_old_line_ends_blank_lines_and_ctrl_z(tmp_path: Path) -> None:
    text = csv_text(ROWS).replace("\r\n", "\r") + "\r\r\x1a"
    assert len(read_roster(write(tmp_path, text)).people) == 2


def test_quotes_that_mean_nothing_lose_no_row(tmp_path: Path) -> None:
    rows = [HEADER, ["1", '"王"小明', *PEOPLE[0][2:]], PEOPLE[1]]
    assert len(read_roster(write(tmp_path, csv_text(rows))).people) == 2


def test_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    rows = [HEADER, ["1", '"王小明', *PEOPLE[0][2:]], PEOPLE[1]]
    draft = read_roster(write(tmp_path, csv_text(rows)))
    assert [entry.data.name for entry in draft.people] == ["王小明", "陳大文"]


def test_cells_with_line_breaks_stay_one_row(tmp_path: Path) -> None:
    header = ["序號", '"姓名\n(必填)"', *HEADER[2:]]
    draft = read_roster(write(tmp_path, csv_text([header, *PEOPLE])))
    assert draft.header_row == 1
    assert draft.mapping["name"] == "姓名 (必填)"


def test_unquoted_commas_are_reported(tmp_path: Path) -> None:
    row = [*PEOPLE[0][:-1], "素食,不吃蛋"]
    draft = read_roster(write(tmp_path, csv_text([HEADER, row])))
    assert [(str(p.kind), p.row) for p in draft.problems] == [("row_too_long", 2)]


def test_delimiter_is_the_steady_one() -> None:
    assert find_delimiter("姓名\t備註\n王小明\ta,b,c\n陳大文\tx\n") == "\t"
    assert find_delimiter("姓名") == ","


@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_refusal(content: bytes) -> None:
    _read_anything(content)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp950", "utf-8-sig"]))
def test_any_text_below_a_header_gives_a_draft_or_a_refusal(text: str, encoding: str) -> None:
    _read_anything((csv_text(ROWS) + text).encode(encoding, "replace"))


@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6))
def test_any_cells_keep_the_count(rows: list[list[str]]) -> None:
    _read_anything(csv_text([HEADER, *rows]).encode("utf-8", "replace"))


def _read_anything(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), content)
        try:
            draft = read_roster(file)
        except InvalidInput:
            return
        assert 0 <= draft.skipped <= len(draft.problems)
        assert all(entry.data.name for entry in draft.people)


@pytest.mark.parametrize(
    ("written", "name"),
    [("王\u202e小明", "王小明"), ("王&#1;小明", "王 小明"), ("\ufeff王小明\u200b", "王小明")],
)
def test_marks_that_show_nothing_are_no_part_of_a_name(
    tmp_path: Path, written: str, name: str
) -> None:
    rows = f"<tr><td>姓名</td><td>單位</td></tr><tr><td>{written}</td><td>海豐國小</td></tr>"
    file = write(tmp_path, f"<html><table>{rows}</table></html>".encode(), "roster.xls")
    assert [entry.data.name for entry in read_roster(file).people] == [name]


@pytest.mark.parametrize(
    "names",
    ["姓名(必填),身分證字號*,服務學校/單位", "研習人員姓名,ID,學校名稱", "與會人員,證號,單位/學校"],
)
def test_columns_by_other_names(tmp_path: Path, names: str) -> None:
    draft = read_roster(write(tmp_path, f"{names}\n王小明,T123456785,海豐國小\n".encode()))
    assert list(draft.mapping) == ["name", "id_number", "unit"]
