"""Help-day reports and papers out of a real event: figures, files, proofs, no credit."""

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_days_played import DeskRoom, two_day_plan
from factories import Room, new_clock, new_profile, open_room
from python_calamine import CalamineWorkbook

from app.domain.desk_figures import help_figures, volume_figures, wait_figures
from app.domain.desk_hours import hour_grid
from app.domain.desk_people import consultant_figures, unit_figures
from app.domain.desk_records import MINUTE_MS
from app.domain.desk_topics import open_issues, topic_figures
from app.domain.errors import InvalidInput, NotAllowed
from app.papers.desk_report_texts import DeskReport
from app.services.desk_reports import DeskReportService
from app.services.events import EventService
from app.services.rehearsals import MARK

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is absent")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Two help days that nobody writes to afterwards."""
    profile = new_profile(tmp_path_factory.mktemp("desk") / "profile")
    EventService(profile, new_clock(), actor="tester").create_from(two_day_plan())
    room = open_room(profile)
    DeskRoom(room).play()
    yield room
    room.close()


@pytest.fixture
def papers(played: Room) -> DeskReportService:
    return DeskReportService(played.desk.context)


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_first_day_counts_what_happened(papers: DeskReportService) -> None:
    report = papers.day_report("help")
    volume = volume_figures(report.day)
    assert (volume.arrivals, volume.people, volume.units) == (5, 6, 5)
    assert (volume.served, volume.left, volume.tallies, volume.discarded) == (3, 1, 1, 1)
    assert (volume.carried_out, volume.carried_in, volume.unfinished) == (1, 0, 0)
    assert report.before is None
    waits = [time // MINUTE_MS for time in wait_figures(report.day).waits_ms]
    assert waits == [0, 10, 27]
    assert help_figures(report.day).first_contact == (2, 3)
    parked = help_figures(report.day).parked
    assert [(reason, spread.median_ms) for reason, spread in parked] == [
        ("practising", 30 * MINUTE_MS)
    ]


def test_a_carried_visit_counts_once_and_its_night_never(papers: DeskReportService) -> None:
    report = papers.day_report("help2")
    volume = volume_figures(report.day)
    assert (volume.arrivals, volume.carried_in, volume.served) == (1, 1, 2)
    assert report.before is not None
    assert report.whole is not None
    whole = volume_figures(report.whole)
    assert (whole.arrivals, whole.served, whole.units) == (6, 5, 5)
    assert (whole.carried_in, whole.carried_out) == (0, 0)
    waits = sorted(time // MINUTE_MS for time in wait_figures(report.day).waits_ms)
    assert waits == [11, 82]  # 15:50 to 17:00 and 09:00 to 09:12


def test_topics_schools_and_consultants_are_told_by_name(papers: DeskReportService) -> None:
    day = papers.day_report("help").day
    topics = {topic.code: topic for topic in topic_figures(day)}
    assert {code: topic.issues for code, topic in topics.items()} == {"01": 2, "12": 1}
    assert [each.code for each in topics["01"].subtopics] == ["0108"]
    assert [each.ticket for each in open_issues(day)] == ["A002"]
    units = {each.unit: each for each in unit_figures(day)}
    assert units["乙水國小"].open_issues == 1
    people = {each.staff: each for each in consultant_figures(day)}
    assert set(people) == {"林甲文", "伊虹·比岱"}
    assert people["林甲文"].duty_ms == (8 * 60 + 20) * MINUTE_MS
    assert people["林甲文"].follow_ups == 1
    assert people["伊虹·比岱"].visits == 0


def test_the_grid_has_the_days_hours(papers: DeskReportService) -> None:
    report = papers.day_report("help")
    grid = {report.local(hour.from_ms).hour: hour for hour in hour_grid(report.day)}
    assert min(grid) == 9
    assert max(grid) == 16  # a carried visit's wait stops when its day closes
    assert (grid[9].arrivals, grid[9].most_waiting, grid[9].desks) == (3, 2, 2)
    assert grid[12].median_wait_ms is None


@needs_poppler
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_has_its_sixteen_blocks(
    papers: DeskReportService, tmp_path: Path, language: str
) -> None:
    used = "en" if language == "en" else "zh"
    papers.write_report("help2", tmp_path / "r.pdf", "pdf", language=used)
    text = text_of(tmp_path / "r.pdf")
    for number in range(1, 17):
        assert any(line.strip().startswith(f"{number} ") for line in text.splitlines()), number
    words = ("駐點日報告", "兩天對照", "沒有人留下評價")
    if language == "en":
        words = ("Help-desk day report", "The days side by side", "No ratings were given")
    for each in words:
        assert each in text
    assert "王小明" not in text  # visitors are no part of figures


@pytest.mark.parametrize("file_format", ["pdf", "ods", "xlsx", "zip", "csv"])
def test_the_same_day_gives_the_same_bytes(
    played: Room, papers: DeskReportService, tmp_path: Path, file_format: str
) -> None:
    papers.write_report("help2", tmp_path / f"a.{file_format}", file_format)
    played.clock.pass_ms(3_600_000)
    papers.write_report("help2", tmp_path / f"b.{file_format}", file_format)
    first, second = ((tmp_path / f"{name}.{file_format}").read_bytes() for name in "ab")
    assert first == second


def test_raw_tables_begin_with_definitions(papers: DeskReportService, tmp_path: Path) -> None:
    papers.write_report("help", tmp_path / "r.ods", "ods")
    book = CalamineWorkbook.from_path(str(tmp_path / "r.ods"))
    assert book.sheet_names == ["定義", "求助", "問題", "時段"]
    visits = book.get_sheet_by_name("求助").to_python()
    assert len(visits) == 1 + 6  # the duplicate too: raw is raw
    assert "王小明" not in str(
        [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    )
    defined = [row[1] for row in book.get_sheet_by_name("定義").to_python()]
    assert set(visits[0]) <= set(defined)
    issues = book.get_sheet_by_name("問題").to_python()
    assert [row[4] for row in issues[1:]] == ["帳號與權限", "新生管理", "帳號與權限"]


def test_csv_tables_lie_side_by_side_or_in_a_zip(papers: DeskReportService, tmp_path: Path) -> None:
    papers.write_report("help", tmp_path / "r.csv", "csv", language="en")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "r-definitions.csv",
        "r-issues.csv",
        "r-segments.csv",
        "r.csv",
    ]
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert rows[0][:2] == ["ticket", "date"]
    papers.write_report("help", tmp_path / "r.zip", "zip", language="en")
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        assert len(archive.namelist()) == 4


@pytest.mark.parametrize(("language", "header"), [("zh", "號碼"), ("en", "ticket")])
def test_the_visit_table_goes_by_columns(
    played: Room, tmp_path: Path, language: str, header: str
) -> None:
    out = tmp_path / "v.csv"
    used = "en" if language == "en" else "zh"
    report = played.office.exports.export("visits", "help", "csv", out, language=used)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert report.rows == len(rows) == 6
    assert rows[0][header] == "A001"
    assert "王小明" in rows[0].values()


@needs_poppler
def test_proofs_say_when_and_never_how_many_hours(played: Room, tmp_path: Path) -> None:
    report = played.office.exports.export("proofs", "help", "pdf", tmp_path / "p.pdf")
    assert report.rows == 2 * 2 + 5
    text = text_of(tmp_path / "p.pdf")
    assert text.count("課務派代證明") == 2
    assert text.count("到場證明") == 5
    assert "08:50–17:10" in text
    assert "王小明" in text
    assert "等 2 人" in text
    assert "時數" not in text
    assert "小時" not in text


@needs_poppler
def test_a_carried_visitor_was_there_on_both_days(played: Room, tmp_path: Path) -> None:
    played.office.exports.export("proofs", "help2", "pdf", tmp_path / "p.pdf")
    proofs = text_of(tmp_path / "p.pdf").split("到場證明")[1:]
    carried = next(proof for proof in proofs if "陳小美" in proof)
    assert "09:12" in carried
    assert "09:40" in carried


@needs_poppler
def test_vendors_get_what_they_need(played: Room, tmp_path: Path) -> None:
    report = played.office.exports.export("vendors", "help", "pdf", tmp_path / "v.pdf")
    assert report.rows == 1
    text = text_of(tmp_path / "v.pdf")
    for each in (
        "系統廠商甲",
        "A002",
        "匯入時出現格式不符",
        "換瀏覽器",
        "08-0000000",
        "2023-08-10",
    ):
        assert each in text
    images = subprocess.run(
        ["pdfimages", "-list", tmp_path / "v.pdf"], capture_output=True, check=True
    )
    assert b"320" in images.stdout


@needs_poppler
def test_a_slip_names_the_school_and_no_person(
    papers: DeskReportService, played: Room, tmp_path: Path
) -> None:
    papers.write_take_home_slip("A001", tmp_path / "s.pdf", contact="教育處 08-0000000")
    text = text_of(tmp_path / "s.pdf")
    for each in ("A001", "甲山國小", "換插 USB 孔", "教育處"):
        assert each in text
    assert "王小明" not in text
    assert played.office.exports.export("slips", "help", "pdf", tmp_path / "all.pdf").rows == 3


def test_an_empty_day_is_said_so(empty_room: Room, tmp_path: Path) -> None:
    papers = DeskReportService(empty_room.desk.context)
    report = papers.day_report("help")
    assert volume_figures(report.day).arrivals == 0
    for file_format in ("pdf", "ods"):
        papers.write_report("help", tmp_path / f"r.{file_format}", file_format)
    if shutil.which("pdftotext"):
        text = text_of(tmp_path / "r.pdf")
        for each in ("沒有人被叫號", "沒有記錄任何問題", "沒有人留下評價", "沒有學校來"):
            assert each in text


@pytest.mark.parametrize("kind", ["visits", "report", "slips"])
def test_a_briefing_has_no_visits(played: Room, tmp_path: Path, kind: str) -> None:
    with pytest.raises(NotAllowed):
        played.office.exports.export(kind, "b1d1", "pdf", tmp_path / "x.pdf")


def test_credit_and_zip_are_refused_where_they_cannot_be(played: Room, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        played.office.exports.export("credit", "help", "csv", tmp_path / "c.csv")
    with pytest.raises(InvalidInput):
        played.office.exports.export("visits", "help", "zip", tmp_path / "v.zip")


def test_a_report_does_not_depend_on_who_asks(papers: DeskReportService) -> None:
    reports: list[DeskReport] = [papers.day_report("help2") for _ in range(2)]
    assert reports[0] == reports[1]


def test_a_rehearsals_report_says_so(tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile")
    EventService(profile, new_clock(), actor="tester").create_from(two_day_plan(), rehearsal=True)
    room = open_room(profile)
    DeskRoom(room).first_day()
    for kind, way in (("report", "pdf"), ("report", "csv"), ("proofs", "pdf"), ("slips", "pdf")):
        report = room.office.exports.export(kind, "help", way, tmp_path / f"{kind}.{way}")
        assert report.file.name == f"{MARK}-{kind}.{way}"
    room.office.exports.export("report", "help", "ods", tmp_path / "r.ods")
    room.close()
    files = [path.name for path in tmp_path.iterdir() if path.is_file()]
    assert all(name.startswith(MARK) for name in files)
    book = CalamineWorkbook.from_path(str(tmp_path / f"{MARK}-r.ods"))
    assert book.sheet_names[0].startswith(MARK)
    if shutil.which("pdftotext"):
        for kind in ("report", "proofs", "slips"):
            assert MARK in text_of(tmp_path / f"{MARK}-{kind}.pdf")
