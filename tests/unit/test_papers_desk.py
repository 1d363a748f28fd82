"""Help-desk papers: what they say, how lines break, charts told apart in black and white."""

import itertools
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import zxingcpp
from desk_days import DAY, DAY1, ZONE, invented_day, invented_report
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.visits import Barrier, GoneReason, Outcome, ParkReason, ReadinessItem, VisitState
from app.papers import desk_words
from app.papers.charts_bars import OUTCOME_FILLS
from app.papers.charts_waits import wait_bins
from app.papers.desk_proofs import (
    DutyProof,
    HelpDay,
    VisitProof,
    attended_text,
    substituted_text,
    visited_text,
)
from app.papers.desk_report import report_blocks, write_desk_report
from app.papers.desk_report_texts import change, minutes, percent
from app.papers.desk_tables import desk_tables
from app.papers.fonts import FontBook
from app.papers.ink import INK, WHITE, ink_on, lightness, shade
from app.papers.take_home_slip import SlipIssue, TakeHomeSlip, write_take_home_slip
from app.papers.vendor_sheet import HandOver, VendorCase, by_vendor, write_vendor_sheets
from app.papers.workbook import workbook_bytes
from app.papers.wrapping import NEVER_FIRST, wrap

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is absent")
SLIP = TakeHomeSlip(
    event_title="校務行政系統訓練",
    session_title="駐點第 1 天",
    held_on=date(2023, 9, 12),
    ticket="A017",
    unit="甲山國小",
    issues=(SlipIssue(topic="新生管理", outcome="resolved_next_step", next_step="重匯名單"),),
    contact="教育處 08-0000000",
)
CASE = VendorCase(
    ticket="A009",
    unit="癸山國小",
    topic="新生管理",
    symptom="格式不符",
    opened_on=date(2023, 9, 12),
)


def pages_of(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (desk_words.OUTCOMES, Outcome),
        (desk_words.STATES, VisitState),
        (desk_words.PARKED, ParkReason),
        (desk_words.GONE, GoneReason),
        (desk_words.BARRIERS, Barrier),
        (desk_words.READINESS, ReadinessItem),
    ],
)
def test_every_code_has_its_words(words: dict[str, object], members: type) -> None:
    assert {member.value for member in members} <= set(words)
    assert desk_words.word(desk_words.OUTCOMES, "of-a-newer-program", "zh") == "of-a-newer-program"


def test_neighbouring_outcomes_differ_without_colour() -> None:
    fills = [fill for key, fill in OUTCOME_FILLS.items() if key]
    for one, other in itertools.combinations(fills, 2):
        is_hatched = (one.hatch is None) != (other.hatch is None)
        turns = one.is_rising != other.is_rising
        assert is_hatched or turns or abs(lightness(one.colour) - lightness(other.colour)) > 0.12


def test_shades_get_darker_and_text_stays_readable() -> None:
    steps = [shade(step / 20) for step in range(21)]
    assert all(lightness(a) > lightness(b) for a, b in itertools.pairwise(steps))
    assert ink_on(steps[0]) == INK
    assert ink_on(steps[-1]) == WHITE


@pytest.mark.parametrize(
    ("times", "bins"),
    [
        ((), (0, 0, 0, 0, 0)),
        ((0, 4.9, 5, 24.9), (2, 1, 0, 0, 1)),
        ((25,), (0, 0, 0, 0, 0, 1)),
        ((61, 500), (0,) * 12 + (2,)),
    ],
)
def test_waits_fall_into_fives(times: tuple[float, ...], bins: tuple[int, ...]) -> None:
    assert wait_bins(times) == bins


@given(st.lists(st.floats(0, 1000), max_size=50))
def test_no_wait_is_lost(times: list[float]) -> None:
    assert sum(wait_bins(times)) == len(times)


@given(st.text(st.sampled_from("中文字（）「」，。 abc123-"), max_size=80), st.integers(30, 200))
def test_lines_hold_everything_and_begin_with_no_stop(text: str, width: int) -> None:
    book = FontBook()
    lines = wrap(book, text, width, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines[1:]:
        held = len(line) > 1 and line[0] in NEVER_FIRST
        assert not held or text.lstrip()[:1] in NEVER_FIRST or book.width(line, 10) <= width + 20


def test_lines_break_at_words_and_keep_stops() -> None:
    book = FontBook()
    assert wrap(book, "Import fails today", 60, 10) == ("Import fails", "today")
    assert wrap(book, "一二三四，五", 42, 10)[1][0] == "四"
    assert wrap(book, "甲\n乙", 500, 10) == ("甲", "乙")


@pytest.mark.parametrize(
    ("time_ms", "text"), [(None, "–"), (0, "0"), (29_999, "0"), (30_000, "1"), (90_000, "2")]
)
def test_minutes_are_rounded_as_people_do(time_ms: int | None, text: str) -> None:
    assert minutes(time_ms) == text


def test_shares_and_changes_are_short() -> None:
    assert percent(None) == "–"
    assert (change(5, 3), change(3, 5), change(4, 4), change(4, None)) == ("▲2", "▼2", "＝", "")


def test_two_days_stand_side_by_side_and_one_does_not() -> None:
    first, second = invented_day(), invented_day(DAY1 + DAY, seed=9)
    numbers = [block.number for block in report_blocks(invented_report(day=second, before=first))]
    assert numbers == [1, 0, *range(2, 17)]
    assert [block.number for block in report_blocks(invented_report())] == list(range(1, 17))


@needs_poppler
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_busy_day_over_pages(tmp_path: Path, language: str) -> None:
    report = invented_report("en" if language == "en" else "zh")
    write_desk_report(tmp_path / "r.pdf", report)
    pages = pages_of(tmp_path / "r.pdf")
    assert len(pages) > 4
    text = "".join(pages)
    told = ("各人遇到的問題難易不同", "P90", "三年級名單匯入失敗", "未還", "中位數")
    if language == "en":
        told = ("Case mix differs", "P90", "Not returned", "Exact times", "Page 1 of")
    for each in told:
        assert each in text
    assert "平均" not in text  # no mean anywhere
    assert "Mean" not in text


def test_the_same_day_gives_the_same_paper(tmp_path: Path) -> None:
    for name in "ab":
        write_desk_report(tmp_path / f"{name}.pdf", invented_report())
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    tables = desk_tables(invented_report())
    for file_format in ("ods", "xlsx", "zip"):
        assert workbook_bytes(tables, file_format) == workbook_bytes(tables, file_format)


def test_a_day_with_texts_of_every_kind_is_drawn(tmp_path: Path) -> None:
    day = invented_day(visits=4)
    long = replace(day.visits[0].issues[0], symptom="長" * 3000, next_step="無" * 900)
    open_one = replace(long, outcome="not_resolved", topic="", barriers=("unheard_of",))
    visits = (replace(day.visits[0], issues=(open_one,), unit="", unit_key=""), *day.visits[1:])
    write_desk_report(tmp_path / "r.pdf", invented_report(day=replace(day, visits=visits)))
    assert (tmp_path / "r.pdf").stat().st_size > 1000


@needs_poppler
def test_a_slip_carries_its_ticket(tmp_path: Path) -> None:
    write_take_home_slip(tmp_path / "s.pdf", [SLIP, replace(SLIP, language="en", issues=())])
    chinese, english = pages_of(tmp_path / "s.pdf")
    for each in ("A017", "甲山國小", "新生管理：回校完成", "重匯名單", "教育處"):
        assert each in chinese
    assert "No issue was recorded" in english
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", tmp_path / "s.pdf", tmp_path / "s"],
        check=True,
    )
    with Image.open(next(tmp_path.glob("s*.png"))) as image:
        assert [code.text for code in zxingcpp.read_barcodes(image)] == ["A017"]


@needs_poppler
def test_a_long_slip_runs_over_pages(tmp_path: Path) -> None:
    issue = replace(SLIP.issues[0], resolution="處理經過。" * 60)
    write_take_home_slip(tmp_path / "s.pdf", [replace(SLIP, issues=(issue,) * 4)])
    pages = pages_of(tmp_path / "s.pdf")
    assert len(pages) > 1
    assert sum(page.count("處理經過") for page in pages) > 200


@needs_poppler
def test_every_vendor_begins_a_page_and_nobodys_come_last(tmp_path: Path) -> None:
    sheets = by_vendor([("", CASE), ("乙公司", CASE), ("甲公司", CASE), ("乙公司", CASE)])
    assert [(sheet.vendor, len(sheet.cases)) for sheet in sheets] == [
        ("乙公司", 2),
        ("甲公司", 1),
        ("", 1),
    ]
    hand_over = HandOver(
        event_title="訓練", organiser="教育處", as_of_on=date(2023, 9, 12), sheets=sheets
    )
    write_vendor_sheets(tmp_path / "v.pdf", hand_over)
    pages, names = pages_of(tmp_path / "v.pdf"), ("乙公司", "甲公司", "未指定")
    assert [name in page for name, page in zip(names, pages, strict=True)] == [True] * 3
    write_vendor_sheets(tmp_path / "none.pdf", replace(hand_over, sheets=()))
    assert "沒有要交給廠商的問題" in pages_of(tmp_path / "none.pdf")[0]


@needs_poppler
def test_a_broken_picture_is_said_so(tmp_path: Path) -> None:
    sheets = by_vendor([("甲公司", replace(CASE, pictures=(b"no picture",)))])
    hand_over = HandOver(
        event_title="訓練", organiser="教育處", as_of_on=date(2023, 9, 12), sheets=sheets
    )
    write_vendor_sheets(tmp_path / "v.pdf", hand_over)
    assert "截圖無法讀取" in pages_of(tmp_path / "v.pdf")[0]


HELP_DAY = HelpDay(
    event_title="訓練",
    session_title="駐點第 1 天",
    held_on=date(2023, 9, 12),
    venue="信義國小",
    organiser="教育處",
    issued_on=date(2023, 9, 12),
)


def moment(hour: int, minute: int) -> datetime:
    return datetime(2023, 9, 12, hour, minute, tzinfo=ZONE)


def test_consultants_get_leave_and_substitute_teaching() -> None:
    periods = ((moment(8, 50), moment(12, 0)), (moment(13, 0), None))
    duty = DutyProof(name="林甲文", unit="海豐國小", title="教師", periods=periods)
    attended, substituted = attended_text(HELP_DAY, duty), substituted_text(HELP_DAY, duty)
    assert "海豐國小 教師 林甲文" in attended.who
    assert dict(attended.lines)["到場時間"] == "08:50"
    assert dict(attended.lines)["離場時間"] == "12:00"
    assert "派代" in substituted.title + substituted.purpose
    assert dict(substituted.lines)["值班時段"] == "08:50–12:00、13:00–（未結束）"


@pytest.mark.parametrize(
    ("name", "party", "ticket", "who"),
    [
        ("王小明", 1, "A017", "茲證明　甲國小 主任 王小明　君"),
        ("王小明", 3, "A017", "茲證明　甲國小 主任 王小明　君等 3 人"),
        ("", 1, "A017", "茲證明　甲國小　＿＿＿＿＿＿　君"),
        ("王小明", 1, "", "茲證明　甲國小 主任 王小明　君"),
    ],
)
def test_visitors_get_a_proof_of_presence_without_hours(
    name: str, party: int, ticket: str, who: str
) -> None:
    proof = VisitProof(
        ticket=ticket,
        unit="甲國小",
        title="主任",
        name=name,
        party_size=party,
        arrived_at=moment(9, 20),
    )
    text = visited_text(HELP_DAY, proof)
    assert text.who == who
    assert dict(text.lines)["離場時間"] == "（無紀錄）"
    assert ("號　　碼" in dict(text.lines)) == bool(ticket)
    assert not any("時數" in label + told for label, told in text.lines)
