"""Hostile and broken files: each is a refusal in words, none a traceback, a hang or a flood."""

import contextlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_files import (
    HEADER,
    PEOPLE,
    biff_label,
    biff_record,
    csv_text,
    html_text,
    ods_bytes,
    ods_cell,
    ods_rows,
    ole_bytes,
    raw_xlsx,
    spreadsheet_ml,
    write,
    xls_bytes,
    xls_stream,
    xlsx_bytes,
    zip_bytes,
)

from app.domain.errors import InvalidInput
from app.roster.book import read_book
from app.roster.limits import ReadLimits
from app.roster.roster import read_roster

ROWS = [HEADER, *PEOPLE]
DOCTYPE = '<!DOCTYPE a [<!ENTITY x "ha">]>'
FAR_ODS_ROWS = (
    f'<table:table-row table:number-rows-repeated="9999999">{ods_cell("x")}</table:table-row>'
)
LONG = f"<si><t>{'x' * 900_000}</t></si>"
USES = "".join(f'<c r="A{at}" t="s"><v>0</v></c>' for at in range(1, 700))


def _lying_zip() -> bytes:
    """A zip whose directory promises a smaller sheet than it holds."""
    content = raw_xlsx('<row r="1"><c r="A1" t="str"><v>' + "x" * 5000 + "</v></c></row>")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return content.replace(struct.pack("<I", size), struct.pack("<I", 100))


def _encrypted_zip() -> bytes:
    content = bytearray(zip_bytes({"xl/workbook.xml": "x"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "空的"),
    "only a mark": (b"\xef\xbb\xbf", "沒有表格"),
    "pdf": (b"%PDF-1.7 ...", "不是試算表"),
    "picture": (b"\x89PNG\r\n\x1a\n", "不是試算表"),
    "zeros": (bytes(5000), "沒有表格"),
    "word": (zip_bytes({"word/document.xml": "<x/>"}), "不是試算表"),
    "broken zip": (xlsx_bytes({"a": ROWS})[:-200], "損壞"),
    "cut zip": (b"PK\x03\x04" + b"x" * 100, "損壞"),
    "lying zip": (_lying_zip(), "損壞"),
    "encrypted zip": (_encrypted_zip(), "密碼"),
    "encrypted ods": (
        ods_bytes(ods_rows(ROWS), manifest="<manifest:encryption-data/>"),
        "密碼",
    ),
    "encrypted xlsx": (ole_bytes("EncryptedPackage", b"x" * 5000), "密碼"),
    "encrypted xls": (ole_bytes("Workbook", xls_stream(b"", biff_record(0x2F, b"x" * 6))), "密碼"),
    "xlsx without sheets": (zip_bytes({"xl/workbook.xml": "<workbook/>"}), "損壞"),
    "no xml": (zip_bytes({"xl/workbook.xml": "no xml at all"}), "損壞"),
    "bomb": (zip_bytes({"xl/workbook.xml": b" " * 30_000_000}), "異常龐大"),
    "many entries": (zip_bytes({f"xl/{at}.xml": "" for at in range(1200)}), "異常龐大"),
    "entities in xlsx": (raw_xlsx("", before=DOCTYPE), "XML 宣告"),
    "entities in ods": (ods_bytes("", before=DOCTYPE), "XML 宣告"),
    "entities in xml": (
        spreadsheet_ml(ROWS).replace("<Workbook", DOCTYPE + "<Workbook", 1).encode(),
        "XML 宣告",
    ),
    "far column": (raw_xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "256 欄"),
    "far row": (raw_xlsx('<row r="9"><c r="A1048576"><v>1</v></c></row>'), "200000 列"),
    "far corner": (
        raw_xlsx('<row><c r="A1"><v>1</v></c><c r="IV199999"><v>1</v></c></row>'),
        "太大",
    ),
    "cells without place": (raw_xlsx("<row>" + "<c><v>1</v></c>" * 300 + "</row>"), "256 欄"),
    "rows by their own number": (raw_xlsx('<row r="999999"><c><v>1</v></c></row>'), "200000 列"),
    "prefixed cells": (
        raw_xlsx('<x:row xmlns:x="u"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'),
        "256 欄",
    ),
    "one long text used often": (raw_xlsx(f"<row>{USES}</row>", strings=LONG), "異常龐大"),
    "repeated rows": (ods_bytes(FAR_ODS_ROWS), "200000 列"),
    "repeated columns": (
        ods_bytes(f"<table:table-row>{ods_cell('x', 10**9)}</table:table-row>"),
        "256 欄",
    ),
    "ole of nothing": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 100, "損壞"),
    "ole of word": (ole_bytes("WordDocument", b"x" * 5000), "不是試算表"),
    "ole that loops": (ole_bytes("Workbook", xls_stream(b""), loop=True), "損壞"),
    "far xls column": (ole_bytes("Workbook", xls_stream(biff_label(0, 60000, "x"))), "256 欄"),
    "wide csv": (b"," * 300, "256 欄"),
    "endless cell": (b'"' + b"x" * 200_000, "引號"),
    "wide html": (b"<table><tr><td colspan=99999>x</table>", "256 欄"),
    "html without table": (b"<html><body>no</body></html>", "沒有表格"),
    "markup cut short": (spreadsheet_ml(ROWS)[:300].encode(), "損壞"),
    "no names": (b"a,b\n1,2\n", "標題列"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_hostile_files_are_refused_in_words(tmp_path: Path, what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(InvalidInput) as caught:
        read_roster(write(tmp_path, content))
    assert words in caught.value.message.zh
    assert caught.value.remedy.zh
    assert caught.value.remedy.en
    assert caught.value.field == "file"


def test_external_entities_of_html_stay_unread(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", "secret.txt")
    evil = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + html_text(
        [HEADER, ["1", "&x;王", *PEOPLE[0][2:]]]
    )
    draft = read_roster(write(tmp_path, evil))
    assert "secret" not in draft.people[0].data.name


def test_places_that_are_no_files(tmp_path: Path) -> None:
    for file, words in ((tmp_path, "資料夾"), (tmp_path / "none.csv", "找不到")):
        with pytest.raises(InvalidInput, match=r"\w") as caught:
            read_roster(file)
        assert words in caught.value.message.zh


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_file_without_permission(tmp_path: Path) -> None:
    file = write(tmp_path, csv_text(ROWS))
    file.chmod(0)
    with pytest.raises(InvalidInput):
        read_roster(file)


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (csv_text(ROWS).encode(), ReadLimits(file_bytes=50), "超過上限"),
        (csv_text(ROWS).encode(), ReadLimits(rows=2), "2 列"),
        (html_text(ROWS).encode(), ReadLimits(rows=2), "2 列"),
        (spreadsheet_ml(ROWS).encode(), ReadLimits(rows=2), "2 列"),
        (xlsx_bytes({"a": ROWS}), ReadLimits(rows=2), "2 列"),
        (ods_bytes(ods_rows(ROWS)), ReadLimits(rows=2), "2 列"),
        (xls_bytes(ROWS), ReadLimits(rows=2), "2 列"),
        (xls_bytes(ROWS), ReadLimits(cells=5), "太大"),
        (xls_bytes(ROWS), ReadLimits(columns=5), "5 欄"),
    ],
)
def test_limits_hold(tmp_path: Path, content: bytes, limits: ReadLimits, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_roster(write(tmp_path, content), limits=limits)
    assert words in caught.value.message.zh


SEEDS = [xlsx_bytes({"a": ROWS}), ods_bytes(ods_rows(ROWS)), xls_bytes(ROWS)]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0.2, 1),
)
def test_damaged_workbooks_give_sheets_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory,
    seed: bytes,
    damage: list[tuple[float, int]],
    kept: float,
) -> None:
    content = bytearray(seed[: max(int(len(seed) * kept), 1)])
    for place, value in damage:
        content[int(place * len(content))] = value
    file = tmp_path_factory.mktemp("damaged") / "roster"
    file.write_bytes(bytes(content))
    with contextlib.suppress(InvalidInput):
        assert read_book(file).sheets is not None
