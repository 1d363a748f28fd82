"""Sheets for people: what they say, that they run over pages, the same bytes every time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.papers.badge_sheets import BadgeFace, write_badge_sheets
from app.papers.export_rows import ParticipationRow
from app.papers.flow import Heading
from app.papers.fonts import FontBook
from app.papers.proofs import AttendanceProof, write_proofs
from app.papers.reports import Section, write_participation, write_report
from app.papers.seal_sheet import ChainHead, SealSheet, heads_digest, write_seal_sheet
from app.papers.signin_sheet import SignInRow, SignInSheet, write_signin_sheet
from app.papers.tables import Table, write_table
from app.papers.two_lines import two_lines

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is absent")
DAY = date(2023, 8, 7)


def at(hour: int, minute: int) -> datetime:
    return datetime(2023, 8, 7, hour, minute, tzinfo=timezone(timedelta(hours=8)))


SHEET = SignInSheet(
    event_title="校務行政系統訓練",
    session_title="第一梯次 第 1 天",
    held_on=DAY,
    venue="教師研習中心",
    organiser="某縣政府教育處",
    rows=tuple(
        SignInRow(
            name=f"王小{chr(0x4E00 + index)}",
            unit="乙國小" if index % 2 else "甲國小",
            unit_code="134602" if index % 2 else "134601",
            title="教師",
            first_in=at(8, 41) if index == 0 else None,
            last_out=at(17, 2) if index == 0 else None,
        )
        for index in range(30)
    ),
)
SEAL = SealSheet(
    event_title="校務行政系統訓練",
    session_title="第一梯次 第 1 天",
    held_on=DAY,
    organiser="某縣政府教育處",
    sealed_at=at(17, 40),
    sealed_by="承辦人",
    first_seq=1,
    last_seq=1203,
    counts=(("核給", 150), ("不核給", 3)),
    heads=(
        ChainHead(device="aa", incarnation="1", seq=700, digest="0" * 64),
        ChainHead(device="bb", incarnation="1", seq=503, digest="1" * 64),
    ),
)
PROOF = AttendanceProof(
    name="王小明",
    unit="海豐國小",
    title="教師",
    event_title="校務行政系統訓練",
    session_title="駐點第 1 天",
    held_on=date(2023, 9, 12),
    venue="信義國小",
    organiser="某縣政府教育處",
    first_in=at(9, 5),
    last_out=None,
    issued_on=date(2023, 9, 13),
)
UNITS = [
    ParticipationRow(unit="甲國小", course="day1", course_title="第 1 天", came=True, attended=2),
    ParticipationRow(unit="乙國小", course="day1", course_title="第 1 天", came=False),
    ParticipationRow(unit="甲國小", course="day2", course_title="第 2 天", came=False),
]
TABLE = Table(columns=("姓名", "時數"), rows=[("王小明", 8), ("伊虹·比岱", 3)], title="名單")


def pages_of(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@needs_poppler
def test_signin_sheet_repeats_header_and_counts_pages(tmp_path: Path) -> None:
    assert write_signin_sheet(tmp_path / "s.pdf", SHEET) == ()
    pages = pages_of(tmp_path / "s.pdf")
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 頁，共 2 頁" in page
        assert "校務行政系統訓練 簽到簽退表" in page
        assert "112年8月7日(一)" in page
        assert "教師研習中心" in page
        for header in ("編號", "單位", "職稱", "姓名", "簽到", "簽退", "備註"):
            assert header in page


@needs_poppler
def test_signin_sheet_keeps_units_together_and_shows_known_times(tmp_path: Path) -> None:
    write_signin_sheet(tmp_path / "s.pdf", SHEET)
    lines = [line.split() for line in "".join(pages_of(tmp_path / "s.pdf")).splitlines()]
    rows = [line for line in lines if line and line[0].isdigit()]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 31)]
    assert [row[1] for row in rows] == ["甲國小"] * 15 + ["乙國小"] * 15
    assert rows[0][3:] == ["王小一", "08:41", "17:02"]
    assert len(rows[1]) == 4


@needs_poppler
def test_seal_sheet_says_and_codes_the_digest(tmp_path: Path) -> None:
    out = tmp_path / "seal.pdf"
    digest = write_seal_sheet(out, SEAL)
    text = "".join(pages_of(out))
    for words in ("1,203", "150", "0" * 64, digest[:32], "承辦人", "112年8月7日(一) 17:40"):
        assert words in text
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", out, tmp_path / "p"], check=True
    )
    with Image.open(tmp_path / "p.png") as page:
        (read,) = zxingcpp.read_barcodes(page)
    assert read.text == f"VDSEAL1:{digest.upper()}"


def test_heads_digest_follows_content_not_order() -> None:
    first, second = SEAL.heads
    assert heads_digest([first, second]) == heads_digest([second, first])
    assert heads_digest([replace(first, seq=701), second]) != heads_digest(SEAL.heads)
    assert len(heads_digest([])) == 64


@needs_poppler
def test_proof_for_a_help_day_has_times_and_no_hours(tmp_path: Path) -> None:
    credited = replace(PROOF, hours=8, last_out=at(17, 0))
    write_proofs(tmp_path / "p.pdf", [PROOF, credited, PROOF])
    pages = pages_of(tmp_path / "p.pdf")
    assert len(pages) == 2
    assert pages[0].count("研習時數") == 1
    help_day = pages[1]
    for words in ("王小明", "112年9月12日(二)", "09:05", "（無紀錄）", "中華民國 112年9月13日"):
        assert words in help_day
    assert "時數" not in help_day


def test_unknown_characters_are_told_by_position(tmp_path: Path) -> None:
    book = FontBook(fallbacks=())
    rare = replace(PROOF, name="林\ue123")
    (warning,) = write_proofs(tmp_path / "p.pdf", [PROOF, rare], fonts=book)
    assert warning.positions == (2,)
    sheet = replace(SHEET, rows=(SHEET.rows[0], replace(SHEET.rows[1], name="\ue123")))
    (warning,) = write_signin_sheet(tmp_path / "s.pdf", sheet, fonts=book)
    assert warning.positions == (2,)


@needs_poppler
def test_participation_lists_absent_units_first(tmp_path: Path) -> None:
    write_participation(tmp_path / "r.pdf", Heading(title="參與情形"), UNITS)
    text = "".join(pages_of(tmp_path / "r.pdf"))
    assert text.index("第 1 天：未到單位") < text.index("乙國小") < text.index("第 1 天：已到單位")
    assert "應派員 2 個單位，已到 1，未到 1。" in text
    assert "第 2 天：未到單位" in text


WIDE = Table(
    columns=(
        "場次", "日期", "學校代碼", "單位", "職稱", "姓名", "報名來源", "狀態", "簽到", "簽退",
        "在場分鐘", "在場時段", "核給時數", "決定", "備註",
    ),
    rows=[
        (
            "b1d1", "2023-08-07", "134603", "縣立甲乙國小", "教師兼教務主任", "王小明", "預先報名",
            "出席", "08:35", "16:50", 441, "08:35-12:01 12:55-16:50", 8, "核給", "",
        )
    ],
)  # fmt: skip


@needs_poppler
def test_a_wide_table_lies_on_its_side_and_keeps_every_cell_whole(tmp_path: Path) -> None:
    write_report(tmp_path / "r.pdf", Heading(title="出席紀錄"), [Section(title="x", table=WIDE)])
    text = "".join("".join(pages_of(tmp_path / "r.pdf")).split())
    assert "…" not in text
    for cell in (*WIDE.columns, *WIDE.rows[0]):
        assert str(cell).replace(" ", "") in text
    assert b"[ 0 0 841.8898 " in (tmp_path / "r.pdf").read_bytes()


def test_empty_papers_are_still_papers(tmp_path: Path) -> None:
    write_proofs(tmp_path / "a.pdf", [])
    write_badge_sheets(tmp_path / "b.pdf", [])
    write_signin_sheet(tmp_path / "c.pdf", replace(SHEET, rows=()))
    write_participation(tmp_path / "d.pdf", Heading(title="x"), [])
    write_report(tmp_path / "e.pdf", Heading(title="x"), [Section(title="y", lines=("z",))])
    assert {path.read_bytes()[:4] for path in tmp_path.iterdir()} == {b"%PDF"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("國立高級工業學校", ("國立高級", "工業學校")),
        ("國小（進修部）", ("國小", "（進修部）")),
        ("甲", None),
        ("", None),
    ],
)
def test_long_cells_break_in_two(text: str, lines: tuple[str, str] | None) -> None:
    assert two_lines(text) == lines


def write_all(folder: Path) -> None:
    """Write one of each paper; also run as a program by the test below."""
    badges = [BadgeFace(name=row.name, unit=row.unit, code="A7KQ2MXR4TPZ") for row in SHEET.rows]
    write_badge_sheets(folder / "badges.pdf", badges, event_title="訓練")
    write_signin_sheet(folder / "signin.pdf", SHEET)
    write_seal_sheet(folder / "seal.pdf", SEAL)
    write_proofs(folder / "proofs.pdf", [PROOF])
    write_participation(folder / "participation.pdf", Heading(title="參與"), UNITS)
    for file_format in ("ods", "xlsx", "csv"):
        write_table(folder / f"table.{file_format}", TABLE, file_format)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_data_same_bytes_in_every_process(tmp_path: Path) -> None:
    written: list[dict[str, bytes]] = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        folder.mkdir()
        places = os.pathsep.join(sys.path)
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": places,
            "TZ": f"X-{seed}",
        }
        command = [sys.executable, __file__, str(folder)]
        subprocess.run(command, check=True, env=environment)
        written.append(contents(folder))
    here = tmp_path / "here"
    here.mkdir()
    write_all(here)
    assert len(written[0]) == 8
    assert written[0] == written[1] == contents(here)


@pytest.mark.parametrize(
    "write",
    [
        lambda out: write_signin_sheet(out, SHEET),
        lambda out: write_seal_sheet(out, SEAL),
        lambda out: write_proofs(out, [PROOF]),
    ],
)
def test_official_papers_depend_on_no_deflate_library(
    tmp_path: Path, write: Callable[[Path], object]
) -> None:
    write(tmp_path / "a.pdf")
    assert b"FlateDecode" not in (tmp_path / "a.pdf").read_bytes()


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
