"""Badge sheets: what a scanner and a camera read from them, and how names fit."""

import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.domain.errors import Cancelled, InvalidInput
from app.papers.badge_label import grouped, name_lines
from app.papers.badge_sheets import BadgeFace, write_badge_sheets
from app.papers.codes import bar_width_mm, code128_bars, qr_rows
from app.papers.paper_warnings import PaperWarningKind

CODE = "A7KQ2MXR4TPZB9WNCHVD6GJE"
LONG = f"{CODE}XY"
NAMES = ("王小明", "伊虹·比岱·卡法司", "游錫堃", "LIGHTFOOT Margaret Anne-Marie", "司馬相如")

needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is absent")


def faces(count: int, code: str = CODE) -> list[BadgeFace]:
    return [
        BadgeFace(
            name=NAMES[index % len(NAMES)],
            unit="海豐國小",
            session_line="第一梯次 第 1 天",
            code=f"{code[:-3]}{index:03d}",
            attention_mark="素" if index % 2 else "",
        )
        for index in range(count)
    ]


def read_page(pdf: Path, dots_per_inch: int = 300) -> list[tuple[str, str]]:
    picture = pdf.with_suffix("")
    command = ["pdftoppm", "-r", str(dots_per_inch), "-png", "-singlefile", pdf, picture]
    subprocess.run(command, check=True)
    with Image.open(picture.with_suffix(".png")) as page:
        found = zxingcpp.read_barcodes(page)
    return [(str(code.format), code.text) for code in found]


@needs_poppler
@pytest.mark.parametrize("layout", ["a4-10", "a4-21"])
def test_scanners_read_every_code_of_a_page(tmp_path: Path, layout: str) -> None:
    count = 10 if layout == "a4-10" else 21
    badges = faces(count)
    report = write_badge_sheets(tmp_path / "b.pdf", badges, layout=layout, event_title="訓練")
    assert report.pages == 1
    assert report.warnings == ()
    read = read_page(tmp_path / "b.pdf")
    codes = sorted(badge.code for badge in badges)
    assert sorted(text for kind, text in read if "QR" in kind) == codes
    assert sorted(text for kind, text in read if "128" in kind) == codes


def test_long_code_keeps_its_bars_on_the_big_badge_only(tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    badge = BadgeFace(name="王小明", unit="", code=LONG)
    assert write_badge_sheets(out, [badge], layout="a4-10").warnings == ()
    (warning,) = write_badge_sheets(out, [badge], layout="a4-21").warnings
    assert (warning.kind, warning.positions) == (PaperWarningKind.NO_BARCODE, (1,))


def test_bars_are_wide_enough_for_a_hand_scanner() -> None:
    _, modules = code128_bars(LONG)
    wide = bar_width_mm(modules, 88)
    assert wide is not None
    assert wide >= 0.25
    assert bar_width_mm(modules, 61.5) is None


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=26))
def test_any_code_reads_back(code: str) -> None:
    rows = qr_rows(code)
    side = len(rows)
    picture = Image.new("L", ((side + 8) * 4, (side + 8) * 4), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(rows, 4):
        for x, wide in row:
            pen.rectangle((4 * (x + 4), 4 * y, 4 * (x + 4 + wide) - 1, 4 * y + 3), fill=0)
    (read,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert read.text == code


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=26))
@example("9900")
@example("99A0")
@example("99001234")
def test_any_bar_code_reads_back(code: str) -> None:
    bars, modules = code128_bars(code)
    picture = Image.new("L", ((modules + 40) * 3, 120), 255)
    pen = ImageDraw.Draw(picture)
    for x, wide in bars:
        pen.rectangle((3 * (x + 20), 10, 3 * (x + 20 + wide) - 1, 110), fill=0)
    (read,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    assert read.text == code


def test_pages_follow_from_the_layout(tmp_path: Path) -> None:
    report = write_badge_sheets(tmp_path / "b.pdf", faces(22), layout="a4-21")
    assert report.pages == 2
    assert write_badge_sheets(tmp_path / "b.pdf", faces(20)).pages == 2


def test_unknown_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_badge_sheets(tmp_path / "b.pdf", faces(1), layout="a5")
    assert refused.value.field == "layout"
    assert "a4-21" in refused.value.remedy.en


def test_stopping_leaves_no_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop_at_three(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 3

    with pytest.raises(Cancelled):
        write_badge_sheets(tmp_path / "b.pdf", faces(9), progress=stop_at_three)
    assert told == [(1, 9), (2, 9), (3, 9)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("王小明", [("王小明",)]),
        ("伊虹·比岱·卡法司", [("伊虹·比岱·卡法司",), ("伊虹·比岱·", "卡法司")]),
        ("Anne Marie", [("Anne Marie",), ("Anne", "Marie")]),
        ("·", [("·",)]),
        ("", [("",)]),
    ],
)
def test_names_break_at_dots_and_spaces(name: str, lines: list[tuple[str, ...]]) -> None:
    assert list(name_lines(name)) == lines


@settings(max_examples=20, deadline=None)
@given(name=st.text(max_size=60), unit=st.text(max_size=80), mark=st.text(max_size=6))
def test_any_text_can_be_printed(
    tmp_path_factory: pytest.TempPathFactory, name: str, unit: str, mark: str
) -> None:
    out = tmp_path_factory.mktemp("any") / "b.pdf"
    badge = BadgeFace(name=name, unit=unit, session_line=unit, code=CODE, attention_mark=mark)
    write_badge_sheets(out, [badge], layout="a4-21", event_title=name)
    assert out.read_bytes().startswith(b"%PDF")


def test_codes_are_shown_in_groups() -> None:
    assert grouped(CODE) == "A7KQ 2MXR 4TPZ B9WN CHVD 6GJE"
