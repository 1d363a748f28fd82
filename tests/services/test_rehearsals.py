"""What a rehearsal writes can never be taken for the real thing."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from factories import Room, make_plan, new_clock, new_profile, open_room
from openpyxl import load_workbook

from app.services.events import EventService
from app.services.exports import FORMATS, PAPER_KINDS, TABLE_KINDS
from app.services.rehearsals import MARK, marked_context

WISHES = [
    *((kind, way) for kind in TABLE_KINDS for way in FORMATS),
    *((kind, "pdf") for kind in PAPER_KINDS),
]


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Room]:
    profile = new_profile(tmp_path / "rehearsal")
    EventService(profile, new_clock()).create_from(make_plan(), rehearsal=True)
    room = open_room(profile)
    yield room
    room.close()


@pytest.mark.parametrize(("kind", "way"), WISHES)
def test_every_file_says_so_in_its_name(
    rehearsal: Room, tmp_path: Path, kind: str, way: str
) -> None:
    report = rehearsal.office.exports.export(kind, "b1d1", way, tmp_path / f"{kind}.{way}")
    assert report.file.name == f"{MARK}-{kind}.{way}"
    assert report.file.exists()
    assert not (tmp_path / f"{kind}.{way}").exists()
    again = rehearsal.office.exports.export(kind, "b1d1", way, report.file)
    assert again.file == report.file


def test_sheets_and_papers_say_so_inside(rehearsal: Room, tmp_path: Path) -> None:
    exports = rehearsal.office.exports
    sheet = exports.export("attendance", "b1d1", "xlsx", tmp_path / "a.xlsx").file
    assert load_workbook(BytesIO(sheet.read_bytes())).sheetnames[0].startswith(MARK)
    seal = rehearsal.office.closing.close_session("b1d1")
    exports.write_seal(seal, tmp_path / "seal.pdf")
    assert exports.file_for(tmp_path / "seal.pdf").exists()
    plan = marked_context(rehearsal.desk.context).plan
    assert MARK in plan.title  # heads every paper
    assert MARK in plan.organiser  # signs every paper


def test_a_real_event_keeps_the_name_it_was_given(room: Room, tmp_path: Path) -> None:
    out = tmp_path / "attendance.csv"
    assert room.office.exports.export("attendance", "b1d1", "csv", out).file == out
    assert room.office.exports.file_for(out) == out
    assert MARK not in out.read_text("utf-8-sig")
