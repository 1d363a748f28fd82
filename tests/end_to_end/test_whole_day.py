"""The whole program through one day: plan, rosters, badges, the door, closing, files, safety.

On rosters the tests write themselves, and on the given ones where they are at hand.
"""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import REPOSITORY, VenueDesk
from day_script import DAY, REPLACED, WALK_INS, Truth, roles, truth_of
from door_day import SESSIONS, DoorDay, Files, open_event, play_day, print_badges
from invented_rosters import (
    people,
    rows_of,
    write_html_named_xls,
    write_ods,
    write_problem_csv,
    write_schools,
    write_tabbed_text,
    write_titled_csv,
    write_xlsx,
)
from python_calamine import load_workbook

GIVEN = REPOSITORY.parent / "shared" / "data"
GIVEN_ROSTERS = {
    "b1d1": ("b1d1_clean.xlsx", 177),
    "b1d2": ("b1d2_big5_title_rows.csv", 160),
    "b1d3": ("b1d3.ods", 87),
    "b2d1": ("b2d1_html_named.xls", 135),
    "b2d2": ("b2d2_real.xls", 140),
    "b2d3": ("b2d3_problems.csv", 77),
}
INVENTED_ROSTERS: dict[str, tuple[str, Callable[..., Path], int, int]] = {
    "b1d1": ("first.xlsx", write_xlsx, 40, 40),
    "b1d2": ("second.csv", write_titled_csv, 6, 6),
    "b1d3": ("third.ods", write_ods, 6, 6),
    "b2d1": ("fourth.xls", write_html_named_xls, 6, 6),
    "b2d2": ("fifth.txt", write_tabbed_text, 6, 6),
    "b2d3": ("sixth.csv", write_problem_csv, 6, 9),
}
ORIGINS = {"guest": "現場報名", "guest_with_id": "現場報名"} | dict.fromkeys(
    ("moved", "cancelled_ok"), "更換場次"
)
Decided = tuple[VenueDesk, set[str]]
CREDIT_KEYS = {
    "person", "name", "unit", "has_id", "intervals", "minutes_present", "proposal", "hours",
    "reasons", "decision",
}  # fmt: skip


def invented_files(folder: Path) -> Files:
    written = {
        session: write(folder / name, rows_of(people(100 * at, count)))
        for at, (session, (name, write, count, _)) in enumerate(INVENTED_ROSTERS.items())
    }
    sizes = {session: kept for session, (*_, kept) in INVENTED_ROSTERS.items()}
    return Files(write_schools(folder / "schools.csv"), written, sizes)


def given_files(folder: Path) -> Files:
    files = {session: GIVEN / "rosters" / name for session, (name, _) in GIVEN_ROSTERS.items()}
    if not all(file.exists() for file in files.values()):
        pytest.skip("the given rosters are not here")
    sizes = {session: size for session, (_, size) in GIVEN_ROSTERS.items()}
    return Files(GIVEN / "pingtung_schools.csv", files, sizes)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., DoorDay]]:
    """Plays a day when it is first asked for; tests come in any order."""
    days: dict[str, DoorDay] = {}
    folder = tmp_path_factory.mktemp("day")

    def play(find_files: Callable[[Path], Files]) -> DoorDay:
        name = find_files.__name__
        if name not in days:
            own = folder / name
            own.mkdir(exist_ok=True)
            files = find_files(own)
            desk = VenueDesk(own / "profile")
            open_event(desk, files)
            days[name] = play_day(desk, files, own)
        return days[name]

    yield play
    shutil.rmtree(folder)


@pytest.fixture(params=[invented_files, given_files], ids=["invented", "given"])
def day(request: pytest.FixtureRequest, played: Callable[..., DoorDay]) -> DoorDay:
    """The day up to the last scan; tests that go on do so on a copy."""
    return played(request.param)


@pytest.fixture
def evening(day: DoorDay, tmp_path: Path) -> VenueDesk:
    """A copy of the profile after the last scan."""
    shutil.copytree(day.desk.profile, tmp_path / "evening")
    return VenueDesk(tmp_path / "evening")


@pytest.fixture(scope="module")
def decisions() -> dict[Path, set[str]]:
    """Who was granted, by profile; deciding takes a command a person, so it is done once."""
    return {}


@pytest.fixture
def decided(day: DoorDay, tmp_path: Path, decisions: dict[Path, set[str]]) -> Decided:
    """A copy of the profile after every decision, and who was granted."""
    kept = day.desk.profile.with_name("decided")
    if kept not in decisions:
        shutil.copytree(day.desk.profile, kept)
        decisions[kept] = decide_everything(day, VenueDesk(kept))
    shutil.copytree(kept, tmp_path / "decided")
    return VenueDesk(tmp_path / "decided"), decisions[kept]


on_invented_people = pytest.mark.parametrize(
    "day", [invented_files], indirect=True, ids=["invented"]
)
"""For what more people do not prove better."""


def sheet_of(desk: VenueDesk, session: str = "b1d1") -> dict[str, dict[str, Any]]:
    lines = desk.json("credit", "--session", session)["people"]
    return {line["person"]: line for line in lines}


def on_screen(line: Mapping[str, Any]) -> Truth:
    return Truth(
        tuple((moment(start), end and moment(end)) for start, end in line["intervals"]),
        line["minutes_present"],
        line["proposal"],
        tuple(line["reasons"]),
    )


def moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    assert text.endswith("+08:00")
    return read


def known_people() -> list[str]:
    return [*roles(), *WALK_INS, "moved"]


def test_every_scan_gets_the_verdict_of_the_script(day: DoorDay) -> None:
    told = [(answer["verdict"], answer["direction"]) for _, answer in day.answers]
    assert told == [(line.verdict, line.direction) for line, _ in day.answers]
    for line, answer in day.answers:
        assert (moment(answer["at"]), answer["station"]) == (line.at, line.station)
        if line.who in day.people:
            assert answer["person"]["id"] == day.people[line.who]
            assert answer["counts"] == (line.fate in {"+", "undo"})
        else:
            assert answer["person"] is None
    assert len({answer["fact"] for _, answer in day.answers}) == len(day.answers)


@on_invented_people
def test_the_screen_says_why(day: DoorDay) -> None:
    detail = {(line.who, line.verdict): answer["detail"] for line, answer in day.answers}
    assert detail["late", "late"]["late_minutes"] == 11
    assert detail["early_goer", "early_leave"]["short_minutes"] == 11
    assert detail["two_stations", "already_in"]["last_station"] == "A"
    assert detail["other_batch", "not_on_roster"]["other_session"] == "b2d1"
    assert detail["other_batch", "not_on_roster"]["sub_reason"] == "wrong_batch"
    assert detail["other_day", "not_on_roster"]["other_session"] == "b1d2"
    assert detail["other_day", "not_on_roster"]["sub_reason"] == "wrong_day"
    assert detail["plain", "checked_out"]["minutes_present"] == 499
    assert moment(detail["plain", "checked_out"]["first_in"]) == datetime.fromisoformat(
        f"{DAY}T08:41:00+08:00"
    )


def test_proposals_are_what_the_script_comes_to(day: DoorDay) -> None:
    sheet = sheet_of(day.desk)
    for who in known_people():
        line, truth = sheet.get(day.people[who]), truth_of(who)
        if line is None:  # a cancelled registration that nobody admitted
            assert (who, truth.proposal) == ("cancelled", "none")
            continue
        assert on_screen(line) == truth, who
        assert line["hours"] == (8 if truth.proposal != "none" else 0), who
        assert line.keys() >= CREDIT_KEYS
    played = {day.people[who] for who in known_people()}
    others = [line for person, line in sheet.items() if person not in played]
    assert {(*on_screen(line).intervals, line["proposal"]) for line in others} == {("none",)}
    assert not {day.people["other_batch"], day.people["other_day"]} & sheet.keys()


def test_decisions_reach_the_credit_file_in_every_format(
    day: DoorDay, decided: Decided, tmp_path: Path
) -> None:
    evening, granted = decided
    expected = {
        (day.names[who], f"{DAY}".replace("-", "/"), 8) for who in granted if who != "guest"
    }
    for form in ("csv", "xlsx", "ods"):
        out = tmp_path / f"credit.{form}"
        told = evening.json("export", "credit", "--session", "b1d1", "--out", out)
        rows = read_rows(out)
        found = {(row["姓名"], row["研習日期"], int(row["研習時數"])) for row in rows}
        assert (found, told["rows"], len(rows)) == (expected, len(expected), len(expected))
        numbers = {row["姓名"]: row["身分證字號"] for row in rows}
        for who in granted:
            if who in day.ids and who != "guest":
                assert numbers[day.names[who]] == day.ids[who]
        assert "id_missing" in {problem["kind"] for problem in told["problems"]}


def decide_everything(day: DoorDay, desk: VenueDesk) -> set[str]:
    """Approve the clean ones, decide the others one by one; return who was granted."""
    truths = {who: truth_of(who).proposal for who in known_people()}
    clean = {who for who, proposal in truths.items() if proposal == "grant"}
    session = ("--session", "b1d1")
    assert desk.json("credit", "approve", *session, "--clean")["approved"] == len(clean)
    assert desk.json("credit", "approve", *session, "--clean")["approved"] == 0
    granted = {"late", "guest"}
    for who in (who for who, proposal in truths.items() if proposal == "review"):
        choice = "--grant" if who in granted else "--deny"
        told = desk.json(
            "credit", "decide", *session, "--person", day.people[who], choice, "--reason", "看過"
        )
        assert told["decision"]["granted"] == (who in granted)
        assert told["decision"]["reason"] == "看過"
    return clean | granted


def read_rows(file: Path) -> list[dict[str, str]]:
    """Read an exported table back with other people's code."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.DictReader(text))
    if file.suffix == ".xlsx":
        values = [list(row) for row in openpyxl.load_workbook(file).active.values]
    else:
        values = load_workbook(file).get_sheet_by_index(0).to_python()
    # Number cells come back as floats from one of the two readers.
    texts = [[_text(cell) for cell in row] for row in values]
    return [dict(zip(texts[0], row, strict=True)) for row in texts[1:]]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def test_the_attendance_file_tells_the_same_day(
    day: DoorDay, evening: VenueDesk, tmp_path: Path
) -> None:
    out = tmp_path / "attendance.xlsx"
    evening.json("export", "attendance", "--session", "b1d1", "--out", out)
    rows = read_rows(out)
    sheet = sheet_of(evening)
    assert Counter(row["姓名"] for row in rows) == Counter(line["name"] for line in sheet.values())
    by_name = {row["姓名"]: row for row in rows}
    for who in known_people():
        if day.people[who] not in sheet:
            continue
        row, truth = by_name[day.names[who]], truth_of(who)
        absent = "僅簽退" if who == "exit_only" else "未到"
        assert row["狀態"] == ("出席" if truth.intervals else absent)
        assert row["報名來源"] == ORIGINS.get(who, "預先報名")
        assert row["在場分鐘"] == (str(truth.minutes) if truth.intervals else "")
        assert row["在場時段"] == " ".join(
            f"{start:%H:%M}-{f'{end:%H:%M}' if end else ''}" for start, end in truth.intervals
        )


@on_invented_people
def test_the_scan_file_holds_every_reading(
    day: DoorDay, evening: VenueDesk, tmp_path: Path
) -> None:
    out = tmp_path / "scans.csv"
    evening.json("export", "scans", "--session", "b1d1", "--out", out)
    rows = read_rows(out)
    read = [row for row in rows if row["判定"] != "walk_in"]
    assert len(rows) == len(read) + len(WALK_INS)
    marks = {True: "是", False: "否"}
    assert [
        (row["時間"], row["報到站"], row["方向"], row["判定"], row["計入"], row["已作廢"])
        for row in read
    ] == [
        (line.at.isoformat(), line.station, line.direction, line.verdict,
         marks[line.counts], marks[line.fate == "undo"])
        for line, _ in day.answers
    ]  # fmt: skip
    assert [row["紀錄"] for row in read] == [answer["fact"] for _, answer in day.answers]


def test_participation_counts_who_came_by_school(
    day: DoorDay, evening: VenueDesk, tmp_path: Path
) -> None:
    out = tmp_path / "participation.ods"
    evening.json("export", "participation", "--session", "b1d1", "--out", out)
    rows = read_rows(out)
    came = [who for who in (*roles(), "moved") if truth_of(who).intervals or who == "exit_only"]
    assert sum(int(row["到場人數"]) for row in rows) == len(came)
    assert all((row["已到"] == "是") == (row["到場人數"] != "0") for row in rows)


@on_invented_people
def test_a_second_export_has_the_same_bytes(
    day: DoorDay, evening: VenueDesk, tmp_path: Path
) -> None:
    wanted = [
        ("credit", "ods"), ("credit", "xlsx"), ("credit", "csv"), ("credit", "pdf"),
        ("attendance", "ods"), ("scans", "xlsx"), ("participation", "pdf"),
        ("signin", "pdf"), ("proofs", "pdf"),
    ]  # fmt: skip
    evening.json("credit", "approve", "--session", "b1d1", "--clean")
    for kind, form in wanted:
        first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
        for out in (first, second):
            evening.json("export", kind, "--session", "b1d1", "--format", form, "--out", out)
        assert first.read_bytes() == second.read_bytes(), (kind, form)
        assert len(first.read_bytes()) > 100


@on_invented_people
def test_the_same_course_is_credited_once(day: DoorDay, evening: VenueDesk) -> None:
    evening.json("credit", "approve", "--session", "b1d1", "--clean")
    person, again = day.people["plain"], ("--session", "b2d1", "--station", "A")
    code = next(answer["code"] for line, answer in day.answers if line.who == "plain")
    (refused,) = evening.scan(*again, "--at", "2023-08-14T08:40", code)
    assert (refused["verdict"], refused["detail"]["other_session"]) == ("not_on_roster", "b1d1")
    evening.json("admit", refused["fact"], "--reason", "想再聽一次")
    (left,) = evening.scan(*again, "--at", "2023-08-14T17:00", code)
    assert left["verdict"] == "checked_out"
    line = sheet_of(evening, "b2d1")[person]
    assert (line["proposal"], line["hours"], line["reasons"]) == ("none", 0, ["already_credited"])
    decide = ("credit", "decide", "--session", "b2d1", "--person", person, "--reason", "再給")
    assert evening(*decide, "--grant").status == 1


def test_sealed_day_survives_backup_and_restore(
    day: DoorDay, decided: Decided, tmp_path: Path
) -> None:
    evening, granted = decided
    seal = evening.json("close", "--session", "b1d1", "--out", tmp_path / "seal.pdf")
    reviewed = [who for who in known_people() if truth_of(who).proposal == "review"]
    counts = (seal["granted"], seal["denied"], seal["undecided"])
    assert counts == (len(granted), len(reviewed) - len(granted & set(reviewed)), 0)
    assert evening("credit", "approve", "--session", "b1d1", "--clean").status == 1
    assert evening("close", "--session", "b1d1").status == 1
    before = evening.json("verify")
    assert before["sound"]
    assert [head[3] for head in seal["heads"]] != [before["chains"][0]["head"]]

    backup = tmp_path / "day.vdbackup"
    assert evening.json("backup", backup)["bytes"] == backup.stat().st_size
    kept = backup.read_bytes()
    elsewhere = VenueDesk(tmp_path / "elsewhere")
    told = elsewhere.json("restore", backup)
    assert backup.read_bytes() == kept
    after = elsewhere.json("verify")
    assert after["sound"]
    assert told["incarnation"] in {chain["incarnation"] for chain in after["chains"]}
    assert before["chains"][0] in after["chains"]
    assert len(after["chains"]) == 2
    assert sheet_of(elsewhere) == sheet_of(evening)
    for desk in (evening, elsewhere):
        desk.json("export", "credit", "--session", "b1d1", "--out", desk.profile / "credit.ods")
    assert (elsewhere.profile / "credit.ods").read_bytes() == (
        evening.profile / "credit.ods"
    ).read_bytes()


@on_invented_people
def test_help_days_never_yield_hours(day: DoorDay, evening: VenueDesk, tmp_path: Path) -> None:
    code = next(answer["code"] for line, answer in day.answers if line.who == "plain")
    for clock in ("09:30", "11:00"):
        evening.scan("--session", "help1", "--at", f"2023-09-12T{clock}", code)
    for words in (
        ("credit",), ("credit", "approve", "--clean"),
        ("credit", "decide", "--person", day.people["plain"], "--grant", "--reason", "拜託"),
        ("export", "credit", "--out", tmp_path / "never.ods"),
    ):  # fmt: skip
        ended = evening(*words, "--session", "help1")
        assert (ended.status, "never yields credit" in ended.err) == (1, True)
    assert not (tmp_path / "never.ods").exists()
    proofs = evening.json("export", "proofs", "--session", "help1", "--out", tmp_path / "p.pdf")
    assert proofs["rows"] == 1


@on_invented_people
def test_every_person_has_one_badge_for_all_sessions(day: DoorDay, tmp_path: Path) -> None:
    printed = [badge for code in SESSIONS for badge in print_badges(day.desk, code, tmp_path)]
    codes = {}
    for badge in printed:
        assert codes.setdefault(badge["person"], badge["code"]) == badge["code"]
    assert len(set(codes.values())) == len(codes)
    assert set(REPLACED).isdisjoint(roles())
