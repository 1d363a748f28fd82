"""`export visits|report|proofs|vendors|slips`: what a help day leaves behind."""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import VenueDesk

from app.bootstrap import build_events, open_desk
from app.domain.plan import SessionKind
from app.domain.visits import Outcome, Seat
from app.services.consultants import ConsultantService
from app.services.visit_views import IssueForm, VisitForm
from app.services.visits import VisitService

WISHES = [
    ("visits", "csv"),
    ("visits", "ods"),
    ("visits", "pdf"),
    ("report", "pdf"),
    ("report", "ods"),
    ("report", "xlsx"),
    ("report", "csv"),
    ("report", "zip"),
    ("proofs", "pdf"),
    ("vendors", "pdf"),
    ("slips", "pdf"),
]


@pytest.fixture(scope="module")
def desk(surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VenueDesk]:
    """An event of the bundled county plan with one visit at its first help day, made today."""
    profile = tmp_path_factory.mktemp("desk") / "profile"
    venue_desk = VenueDesk(profile)
    venue_desk.json("new", "pingtung-112")
    _, events = build_events(profile)
    opened = open_desk(events, None)
    context = opened.context
    assert context.get_session("help1").kind is SessionKind.HELPDESK
    staff = ConsultantService(context).add("林甲文").id
    seat = Seat(session="help1", staff=staff, desk="1", station="A")
    visits = VisitService(context)
    visit = visits.serve_now(VisitForm(unit_text="甲山國小", name="王小明"), seat)
    solved = IssueForm(topic="0108", outcome=Outcome.RESOLVED, symptom="讀卡機沒有反應")
    visits.finish(visit.id, seat, [solved])
    opened.close()
    return venue_desk


@pytest.mark.parametrize(("kind", "way"), WISHES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_is_written_and_twice_the_same(
    desk: VenueDesk, tmp_path: Path, kind: str, way: str, language: str
) -> None:
    words = ("export", kind, "--session", "help1", "--language", language)
    contents = []
    for name in "ab":
        out = tmp_path / name / f"{kind}.{way}"
        out.parent.mkdir()
        told = desk.json(*words, "--format", way, "--out", out)
        assert told["kind"] == kind
        assert Path(told["file"]) == out
        contents.append(out.read_bytes())
    assert contents[0] == contents[1]


def test_the_visit_table_is_one_row_a_visit(desk: VenueDesk, tmp_path: Path) -> None:
    out = tmp_path / "visits.csv"
    assert desk.json("export", "visits", "--session", "help1", "--out", out)["rows"] == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["號碼"], row["單位"], row["結果"]) == ("A001", "甲山國小", "已解決")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is absent")
def test_the_report_counts_a_visit_of_another_date(desk: VenueDesk, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    desk.json("export", "report", "--session", "help1", "--language", "en", "--out", out)
    done = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "Citizen certificate" in text
    assert "100%" in text


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("visits", "--session", "b1d1", "--out", "v.csv"), 1),
        (("report", "--session", "b1d1", "--out", "r.pdf"), 1),
        (("slips", "--session", "help2", "--out", "s.pdf"), 1),
        (("proofs", "--session", "help1", "--out", "p.ods"), 1),
        (("visits", "--session", "help1", "--out", "v.zip"), 1),
        (("report", "--session", "help1", "--out", "r.pdf", "--language", "fr"), 1),
        (("credit", "--session", "help1", "--out", "c.csv"), 1),
        (("report", "--session", "help1"), 2),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    desk: VenueDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = desk("export", *words)
    assert ended.status == status
    assert ended.err
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_help_day_without_visits_is_reported_too(desk: VenueDesk, tmp_path: Path) -> None:
    for kind, way in (("report", "pdf"), ("report", "ods"), ("visits", "csv"), ("proofs", "pdf")):
        out = tmp_path / f"{kind}.{way}"
        desk.json("export", kind, "--session", "help2", "--out", out)
        assert out.stat().st_size > 0
