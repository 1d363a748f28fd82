"""`credit`, `close`, `reopen`, `export`, `badges`: what leaves the program, and what may not."""

import csv
from pathlib import Path

import pytest
from command_line import VenueDesk
from invented_rosters import Invented, id_number, rows_of, write_xlsx
from workshop import DAY, Workshop

RARE = "𠮷峯嫺"
"""A name with a character that Big5 lacks."""


@pytest.fixture
def noon(workshop: Workshop) -> Workshop:
    """Two clean people, one who left early, one who never came."""
    one, two, three, _ = workshop.codes
    morning = ("--session", "am", "--direction", "in", "--at", f"{DAY}T08:50")
    workshop.desk.scan(*morning, one, two, three)
    away = ("--session", "am", "--direction", "out")
    workshop.desk.scan(*away, "--at", f"{DAY}T11:00", three)
    workshop.desk.scan(*away, "--at", f"{DAY}T12:00", one, two)
    return workshop


def person_of(desk: VenueDesk, proposal: str) -> str:
    people = desk.json("credit", "--session", "am")["people"]
    return str(next(line["person"] for line in people if line["proposal"] == proposal))


def test_the_credit_list_has_the_shape_of_the_contract(noon: Workshop) -> None:
    told = noon.desk.json("credit", "--session", "am")
    assert told.keys() >= {"session", "course", "people"}
    assert (told["session"], told["course"]) == ("am", "basics")
    assert [line["proposal"] for line in told["people"]] == ["review", "grant", "grant", "none"]
    assert [line["reasons"] for line in told["people"]] == [["left_early"], [], [], []]
    assert {line["hours"] for line in told["people"][:3]} == {3}
    assert all(line["decision"] is None for line in told["people"])


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("credit",), 2),
        (("credit", "--session", "zz"), 1),
        (("credit", "approve", "--session", "am"), 1),
        (("credit", "approve", "--clean"), 2),
        (("credit", "decide", "--session", "am", "--person", "x", "--reason", "y"), 2),
        (("credit", "decide", "--session", "am", "--person", "x", "--grant"), 2),
        (("credit", "decide", "--session", "am", "--person", "x", "--grant", "--reason", "y"), 1),
        (("credit", "undecide", "--session", "am"), 2),
        (("close",), 2),
        (("reopen", "--session", "am", "--reason", "沒封過"), 1),
    ],
)
def test_closing_commands_refuse_what_they_cannot_do(
    noon: Workshop, words: tuple[str, ...], status: int
) -> None:
    before = noon.desk.json("verify")["chains"]
    ended = noon.desk(*words, "--json")
    assert (ended.status, ended.out, bool(ended.err)) == (status, "", True)
    assert noon.desk.json("verify")["chains"] == before


def test_options_before_a_subcommand_are_not_swallowed(noon: Workshop, tmp_path: Path) -> None:
    ended = noon.desk("credit", "--session", "am", "approve", "--clean", "--session", "am")
    assert (ended.status, "Options go after approve" in ended.err) == (2, True)
    assert noon.desk.json("credit", "approve", "--session", "am", "--clean")["approved"] == 2


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_decision_needs_a_reason(noon: Workshop, reason: str) -> None:
    person = person_of(noon.desk, "review")
    ended = noon.desk(
        "credit", "decide", "--session", "am", "--person", person, "--deny", "--reason", reason
    )
    assert (ended.status, ended.out) == (1, "")


def test_a_decision_can_be_changed_until_the_seal(noon: Workshop) -> None:
    person = person_of(noon.desk, "review")
    decide = ("credit", "decide", "--session", "am", "--person", person, "--reason", "看過")
    assert noon.desk.json(*decide, "--deny")["decision"]["hours"] == 0
    assert noon.desk.json(*decide, "--grant")["decision"]["hours"] == 3
    sealed = noon.desk.json("close", "--session", "am")
    assert (sealed["granted"], sealed["denied"], sealed["undecided"]) == (1, 0, 2)
    refused = noon.desk(*decide, "--deny")
    assert (refused.status, "sealed" in refused.err) == (1, True)
    assert noon.desk("reopen", "--session", "am", "--reason", " ").status == 1
    assert noon.desk.json("reopen", "--session", "am", "--reason", "打錯") == {
        "session": "am",
        "sealed": False,
    }
    assert noon.desk.json(*decide, "--deny")["decision"]["granted"] is False


def test_nobody_is_granted_without_a_decision(noon: Workshop, tmp_path: Path) -> None:
    out = tmp_path / "credit.csv"
    assert noon.desk.json("export", "credit", "--session", "am", "--out", out)["rows"] == 0
    noon.desk.json("credit", "approve", "--session", "am", "--clean")
    assert noon.desk.json("export", "credit", "--session", "am", "--out", out)["rows"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tea", "--format", "ods"), "no export of kind tea"),
        (("credit", "--format", "doc"), "cannot be written as doc"),
        (("signin", "--format", "ods"), "cannot be written as ods"),
        (("proofs", "--format", "csv"), "cannot be written as csv"),
        (("credit",), "Which kind of file"),
        (("credit", "--format", "ods", "--columns", "nope"), "No such column profile"),
        (("scans", "--format", "csv", "--encoding", "latin-1"), "no such encoding"),
        (("scans", "--format", "csv", "--session", "zz"), "no session zz"),
    ],
)
def test_exports_that_cannot_be_are_refused(
    noon: Workshop, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out"
    session = () if "--session" in words else ("--session", "am")
    ended = noon.desk("export", *words, *session, "--out", out, "--json")
    assert (ended.status, ended.out, said in ended.err) == (1, "", True), ended.err
    assert not out.exists()


@pytest.mark.parametrize("place", ["missing/credit.ods", "."])
def test_places_that_cannot_be_written_are_refused(
    noon: Workshop, tmp_path: Path, place: str
) -> None:
    words = ("--session", "am", "--out", tmp_path / place)
    for command in (("export", "credit", "--format", "ods"), ("badges",)):
        ended = noon.desk(*command, *words)
        assert (ended.status, ended.out) == (1, "")
    assert noon.desk("export", "credit", "--format", "ods", "--session", "am").status == 2


def test_what_big5_lacks_is_listed_and_nothing_is_written(
    workshop: Workshop, tmp_path: Path
) -> None:
    rare = [Invented(RARE, id_number(800), "別處"), Invented("王春", id_number(801), "別處")]
    roster = write_xlsx(tmp_path / "rare.xlsx", rows_of(rare))
    workshop.desk.json("roster", "import", roster, "--session", "am")
    out = tmp_path / "list.csv"
    words = ("export", "attendance", "--session", "am", "--format", "csv", "--out", out)
    ended = workshop.desk(*words, "--encoding", "cp950", "--json")
    assert (ended.status, ended.out, out.exists()) == (1, "", False)
    listed = [line.split("\t") for line in ended.err.splitlines() if "\t" in line]
    assert [(column, text) for _, column, text in listed] == [("姓名", RARE)]
    assert workshop.desk(*words).status == 0
    with out.open(encoding="utf-8-sig", newline="") as text:
        assert RARE in {row["姓名"] for row in csv.DictReader(text)}


def test_own_columns_are_read_from_a_file(noon: Workshop, tmp_path: Path) -> None:
    noon.desk.json("credit", "approve", "--session", "am", "--clean")
    columns = tmp_path / "own.toml"
    columns.write_text(
        'kind = "credit"\n[[column]]\nheader = "誰"\nfield = "name"\n'
        '[[column]]\nheader = "幾小時"\nfield = "hours"\n',
        "utf-8",
    )
    out = tmp_path / "own.csv"
    noon.desk.json("export", "credit", "--session", "am", "--out", out, "--columns", columns)
    rows = out.read_text("utf-8-sig").splitlines()
    assert rows[0] == "誰,幾小時"
    assert [row.split(",")[1] for row in rows[1:]] == ["3", "3"]


@pytest.mark.parametrize(
    "content",
    ["", "[[column", 'kind = "scans"', '[[column]]\nheader = "x"\nfield = "shoe_size"\n', "\0"],
)
def test_own_columns_that_cannot_be_are_refused(
    noon: Workshop, tmp_path: Path, content: str
) -> None:
    columns = tmp_path / "own.toml"
    columns.write_text(content, "utf-8")
    out = tmp_path / "own.csv"
    ended = noon.desk("export", "credit", "--session", "am", "--out", out, "--columns", columns)
    assert (ended.status, ended.out, out.exists()) == (1, "", False)
    assert "The program failed" not in ended.err


def test_names_that_are_formulas_do_not_run(workshop: Workshop, tmp_path: Path) -> None:
    workshop.desk.json("walkin", "--session", "am", "--name", "=1+1", "--unit", "@SUM(A1)")
    out = tmp_path / "list.csv"
    workshop.desk.json("export", "attendance", "--session", "am", "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as text:
        cells = [cell for row in csv.reader(text) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_dry_run_writes_no_file(noon: Workshop, tmp_path: Path) -> None:
    out = tmp_path / "credit.ods"
    words = ("export", "credit", "--session", "am", "--out", out, "--dry-run")
    told = noon.desk.json(*words)
    assert (told["file"], out.exists()) == (None, False)
    assert "unconfirmed_profile" in {problem["kind"] for problem in told["problems"]}


def test_badges_are_issued_once(workshop: Workshop, tmp_path: Path) -> None:
    words = ("badges", "--session", "am", "--out", tmp_path / "b.pdf")
    told = workshop.desk.json(*words)
    assert told.keys() >= {"file", "badges"}
    assert told["badges"][0].keys() >= {"person", "name", "unit", "code"}
    assert tuple(badge["code"] for badge in told["badges"]) == workshop.codes
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert workshop.desk(*words, "--layout", "a3-9000").status == 1
