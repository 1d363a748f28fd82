"""Rare characters: drawn, extractable as text, or a box with a warning."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.papers.badge_sheets import BadgeFace, write_badge_sheets
from app.papers.fallback_fonts import find_fallbacks, installed_fallbacks
from app.papers.fonts import MAIN, MISSING, FontBook, drawable
from app.papers.pages import Pages
from app.papers.paper_warnings import PaperWarningKind
from app.papers.to_unicode import to_unicode_map

RARE = "𠮷"
NOBODY_HAS = "\ue123"

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is absent")


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_main_font_has_everyday_and_difficult_big5_names() -> None:
    book = FontBook(fallbacks=())
    for name in ("王小明", "游錫堃", "陳喆", "余峯", "伊虹·比岱‧卡法司", "Margaret O’Neil"):
        assert [run.font for run in book.runs(name)] == [MAIN]


def test_character_without_font_is_a_missing_run() -> None:
    runs = FontBook(fallbacks=()).runs(f"林{RARE}祥")
    assert [(run.font, run.text) for run in runs] == [
        (MAIN, "林"),
        (MISSING, RARE),
        (MAIN, "祥"),
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("王\u200b小明", "王小明"),
        ("葛\U000e0100城", "葛城"),
        ("Kulas\tUmav", "Kulas Umav"),
        ("e\u0301", "é"),
        ("甲\u3000乙", "甲\u3000乙"),
        ("\ud842王", "王"),
    ],
)
def test_drawable_drops_what_nobody_sees(given: str, shown: str) -> None:
    assert drawable(given) == shown


def test_map_writes_utf16_and_short_blocks() -> None:
    written = to_unicode_map("F", [0, 0x20, 0x20BB7, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <0020>" in written
    assert "<02> <D842DFB7>" in written
    blocks = [int(line.split()[0]) for line in written.splitlines() if "beginbfchar" in line]
    assert blocks == [100, 52]


@needs_pdftotext
def test_supplementary_characters_are_copied_as_themselves(tmp_path: Path) -> None:
    # This one is above U+FFFF and in the bundled font, so the test needs no other font.
    text = next(chr(code) for code in FontBook(())._main if code > 0xFFFF)
    pages = Pages("t", fonts=FontBook(()))
    pages.text((50, 500), f"林{text}祥", 20)
    out = tmp_path / "rare.pdf"
    out.write_bytes(pages.finish())
    assert f"林{text}祥" in text_of(out)


@needs_pdftotext
@pytest.mark.skipif(
    FontBook().has_missing(RARE), reason="no font with rare characters is installed"
)
def test_installed_font_draws_rare_characters(tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    report = write_badge_sheets(out, [BadgeFace(name=f"林{RARE}祥", unit="甲國小", code="A1B2")])
    assert report.warnings == ()
    assert f"林{RARE}祥" in text_of(out)


def test_box_and_warning_where_no_font_has_the_character(tmp_path: Path) -> None:
    badges = [
        BadgeFace(name="王小明", unit="甲國小", code="A1"),
        BadgeFace(name=f"林{NOBODY_HAS}祥", unit="甲國小", code="A2"),
    ]
    report = write_badge_sheets(tmp_path / "b.pdf", badges, fonts=FontBook(fallbacks=()))
    (warning,) = report.warnings
    assert warning.kind is PaperWarningKind.MISSING_CHARACTERS
    assert warning.positions == (2,)
    assert NOBODY_HAS not in warning.message.zh


@needs_pdftotext
def test_box_tells_the_code_of_the_missing_character(tmp_path: Path) -> None:
    pages = Pages("t", fonts=FontBook(()))
    pages.text((50, 500), NOBODY_HAS, 30)
    out = tmp_path / "box.pdf"
    out.write_bytes(pages.finish())
    assert "00E" in text_of(out)
    assert "123" in text_of(out)


def test_fallbacks_come_in_order_of_preference(tmp_path: Path) -> None:
    for name in ("HanaMinB.ttf", "deep/TW-Sung-Ext-B-98_1.ttf", "Other.ttf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = find_fallbacks([tmp_path, tmp_path / "absent"])
    assert [path.name for path in found] == ["TW-Sung-Ext-B-98_1.ttf", "HanaMinB.ttf"]


def test_damaged_fallback_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "HanaMinB.ttf"
    broken.write_bytes(b"not a font")
    assert FontBook(fallbacks=[broken, tmp_path / "absent.ttf"]).has_missing(RARE)


def test_looking_for_installed_fonts_never_fails() -> None:
    assert all(path.is_file() for path in installed_fallbacks())
