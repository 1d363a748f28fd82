"""`new`, `events`, `sessions`, `units import`, `roster import`, `people find`, mappings."""

from pathlib import Path

import pytest
from command_line import VenueDesk
from invented_rosters import Invented, id_number, people, rows_of, write_schools, write_xlsx
from workshop import Workshop

IMPORT_KEYS = {
    "file", "kind", "encoding", "header_row", "mapping", "rows", "added", "changed", "unchanged",
    "gone", "skipped", "problems",
}  # fmt: skip
ODD_NAMES = [("甲欄", "乙欄", "丙欄"), ("路人甲", id_number(700), "別處"), ("路人乙", "", "別處")]


def sizes(desk: VenueDesk) -> dict[str, int]:
    return {item["code"]: item["roster_size"] for item in desk.json("sessions")["sessions"]}


def odd_file(folder: Path) -> Path:
    """A roster whose column names say nothing."""
    return write_xlsx(folder / "odd.xlsx", ODD_NAMES)


def test_a_new_event_tells_its_plan_s_contradictions(tmp_path: Path) -> None:
    told = VenueDesk(tmp_path / "profile").json("new", "pingtung-112")
    assert told.keys() >= {"event", "plan", "title", "warnings"}
    assert "label_minutes" in {warning["kind"] for warning in told["warnings"]}


def test_sessions_have_the_shape_of_the_contract(workshop: Workshop) -> None:
    first, second = workshop.desk.json("sessions")["sessions"]
    assert first.keys() >= {"code", "date", "course", "venue", "hours", "roster_size"}
    assert (first["code"], first["date"], first["hours"]) == ("am", "2024-05-04", 3)
    assert (second["kind"], second["hours"], second["roster_size"]) == ("helpdesk", 0, 0)


@pytest.mark.parametrize(
    "content",
    ["", "code = [", "code = 1\n", 'code = "x"\n', "\0\0\0", "[policy]\ngrace_minutes = -5\n"],
)
def test_a_broken_plan_is_refused_with_the_place(tmp_path: Path, content: str) -> None:
    plan = tmp_path / "broken.toml"
    plan.write_text(content, "utf-8")
    desk = VenueDesk(tmp_path / "profile")
    ended = desk("new", plan, "--json")
    assert (ended.status, ended.out) == (1, "")
    assert "broken.toml" in ended.err
    assert desk.json("events") == {"events": []}
    assert desk("sessions").status == 1


@pytest.mark.parametrize("plan", ["nothing-like-it", "", ".", "missing.toml", "../sample-workshop"])
def test_a_missing_plan_is_refused(tmp_path: Path, plan: str) -> None:
    ended = VenueDesk(tmp_path / "profile")("new", plan)
    assert (ended.status, ended.out, bool(ended.err)) == (1, "", True)


def test_a_plan_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(bytes(range(256)))
    ended = VenueDesk(tmp_path / "profile")("new", tmp_path / "plan.toml")
    assert (ended.status, ended.out) == (1, "")


def test_an_event_is_chosen_by_the_beginning_of_its_id(workshop: Workshop) -> None:
    desk = workshop.desk
    first = desk.json("events")["events"][0]["event"]
    second = desk.json("new", "pingtung-112")["event"]
    assert desk.json("sessions")["event"] == second
    assert desk.json("sessions", "--event", first[:8])["event"] == first
    assert desk.json("sessions")["event"] == first  # the one used last
    current = {item["event"]: item["current"] for item in desk.json("events")["events"]}
    assert current == {first: True, second: False}


@pytest.mark.parametrize("wanted", ["zzzz", "../../etc", "*", "%"])
def test_an_unknown_event_is_told_so(workshop: Workshop, wanted: str) -> None:
    for words in (("sessions",), ("scan", "--session", "am", "X"), ("verify",)):
        ended = workshop.desk(*words, "--event", wanted)
        assert (ended.status, ended.out) == (1, "")
        assert "no event" in ended.err


def test_two_profiles_do_not_mix(workshop: Workshop, tmp_path: Path) -> None:
    other = VenueDesk(tmp_path / "other")
    other.json("new", "sample-workshop")
    (told,) = other.scan("--session", "am", workshop.codes[0])
    assert told["verdict"] == "other_event"
    assert sizes(other) == {"am": 0, "pm": 0}
    event = workshop.desk.json("sessions")["event"]
    assert other("sessions", "--event", event).status == 1


def test_an_import_has_the_shape_of_the_contract(workshop: Workshop, tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of([*people(0, 4), Invented("", "", "別處")]))
    told = workshop.desk.json("roster", "import", roster, "--session", "am")
    assert told.keys() >= IMPORT_KEYS
    assert (told["file"], told["kind"], told["header_row"]) == ("r.xlsx", "xlsx", 1)
    assert (told["rows"], told["unchanged"], told["added"], told["skipped"]) == (5, 4, 0, 1)
    (problem,) = (item for item in told["problems"] if item["kind"] == "name_missing")
    assert problem.keys() >= {"row", "kind", "field", "severity", "message"}
    assert problem["row"] == 6


def test_a_dry_run_writes_nothing(workshop: Workshop, tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of(people(500, 3)))
    words = ("roster", "import", roster, "--session", "am", "--dry-run", "--save-mapping", "甲")
    before = workshop.desk.json("verify")["chains"]
    shown = workshop.desk.json(*words)
    assert (shown["added"], shown["gone"]) == (3, 4)
    assert workshop.desk.json("verify")["chains"] == before
    assert not (workshop.desk.profile / "mappings").exists()
    assert workshop.desk.json(*words[:-3]) == shown
    assert sizes(workshop.desk)["am"] == 7  # over half gone: taken as a supplement


def test_importing_twice_changes_nothing(workshop: Workshop, tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of(people(0, 4)))
    before = workshop.desk.json("verify")["chains"]
    told = workshop.desk.json("roster", "import", roster, "--session", "am")
    assert (told["added"], told["changed"], told["unchanged"], told["gone"]) == (0, 0, 4, 0)
    assert workshop.desk.json("verify")["chains"] == before


def test_whoever_is_gone_is_cancelled_unless_kept(workshop: Workshop, tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of(people(0, 3)))
    kept = workshop.desk.json("roster", "import", roster, "--session", "am", "--keep-gone")
    assert (kept["gone"], sizes(workshop.desk)["am"]) == (1, 4)
    told = workshop.desk.json("roster", "import", roster, "--session", "am")
    assert (told["gone"], sizes(workshop.desk)["am"]) == (1, 3)


@pytest.mark.parametrize("name", ["missing.xlsx", "folder", "paper.xlsx", "empty.csv", "noise.ods"])
@pytest.mark.parametrize("command", ["units", "roster"])
def test_files_that_are_no_lists_are_refused(
    workshop: Workshop, tmp_path: Path, command: str, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "paper.xlsx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "noise.ods").write_bytes(bytes(range(256)) * 40)
    session = () if command == "units" else ("--session", "am")
    before = workshop.desk.json("verify")["chains"]
    ended = workshop.desk(command, "import", tmp_path / name, *session, "--json")
    assert (ended.status, ended.out) == (1, "")
    assert "The program failed" not in ended.err
    assert workshop.desk.json("verify")["chains"] == before


def test_an_unknown_session_is_told_before_the_file_is_read(workshop: Workshop) -> None:
    ended = workshop.desk("roster", "import", "missing.xlsx", "--session", "zz")
    assert (ended.status, ended.out) == (1, "")
    assert "no session zz" in ended.err
    assert workshop.desk("roster", "import", "missing.xlsx").status == 2
    assert workshop.desk("roster", "import", "--session", "am").status == 2


def test_columns_can_be_named_on_the_command_line(workshop: Workshop, tmp_path: Path) -> None:
    words = ("roster", "import", odd_file(tmp_path), "--session", "pm")
    assert workshop.desk(*words).status == 1
    told = workshop.desk.json(*words, "--mapping", "name=甲欄, id_number=乙欄 ,unit=丙欄")
    assert (told["added"], told["mapping"]["id_number"]) == (2, "乙欄")


def test_a_mapping_is_kept_and_used_again(workshop: Workshop, tmp_path: Path) -> None:
    desk, words = workshop.desk, ("roster", "import", odd_file(tmp_path), "--session", "pm")
    columns = "name=甲欄,id_number=乙欄,unit=丙欄"
    assert desk(*words, "--mapping", columns, "--save-mapping", "研習網 舊版").status == 0
    assert (desk.profile / "mappings" / "研習網 舊版.json").is_file()
    told = desk.json(*words, "--mapping", "研習網 舊版")
    assert (told["unchanged"], told["mapping"]["name"]) == (2, "甲欄")
    unknown = desk(*words, "--mapping", "研習網 新版")
    assert (unknown.status, unknown.out) == (1, "")
    assert "There are: 研習網 舊版" in unknown.err


def test_what_was_recognised_can_be_kept(workshop: Workshop, tmp_path: Path) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of(people(0, 4)))
    words = ("roster", "import", roster, "--session", "am")
    first = workshop.desk.json(*words, "--save-mapping", "plain")
    assert workshop.desk.json(*words, "--mapping", "plain")["mapping"] == first["mapping"]
    other = write_xlsx(tmp_path / "o.xlsx", ODD_NAMES)
    ended = workshop.desk(
        "roster", "import", other, "--session", "am", "--mapping", "plain", "--json"
    )
    assert (ended.status, ended.out) == (1, "")
    assert "not in the file" in ended.err


@pytest.mark.parametrize("name", ["", "../../evil", "a/b", ".hidden", "a" * 41, "C:\\x", "a.json"])
def test_a_mapping_s_name_is_a_name(workshop: Workshop, tmp_path: Path, name: str) -> None:
    roster = write_xlsx(tmp_path / "r.xlsx", rows_of(people(0, 4)))
    ended = workshop.desk(
        "roster", "import", roster, "--session", "am", "--save-mapping", name, "--json"
    )
    assert ended.status == 1
    assert "name" in ended.err
    assert not list((workshop.desk.profile / "mappings").glob("*"))


@pytest.mark.parametrize(
    "text", ["name=", "=姓名", "name=甲欄,unit", "shoe_size=甲欄", "name=無此欄"]
)
def test_a_mapping_that_cannot_be_is_refused(workshop: Workshop, tmp_path: Path, text: str) -> None:
    ended = workshop.desk(
        "roster", "import", odd_file(tmp_path), "--session", "pm", "--mapping", text, "--json"
    )
    assert (ended.status, ended.out) == (1, "")


def test_a_damaged_mapping_is_told_so(workshop: Workshop, tmp_path: Path) -> None:
    folder = workshop.desk.profile / "mappings"
    folder.mkdir()
    for name, content in (("text", b"{"), ("bytes", b"\xff\xfe\0"), ("list", b"[1]")):
        (folder / f"{name}.json").write_bytes(content)
        ended = workshop.desk(
            "roster", "import", odd_file(tmp_path), "--session", "pm", "--mapping", name
        )
        assert (ended.status, ended.out) == (1, "")
        assert "The program failed" not in ended.err


def test_units_are_brought_in_once(workshop: Workshop, tmp_path: Path) -> None:
    schools = write_schools(tmp_path / "schools.csv")
    first = workshop.desk.json("units", "import", schools)
    assert first.keys() >= {"file", "rows", "added", "changed", "unchanged", "skipped", "problems"}
    assert (first["added"], first["unchanged"]) == (6, 0)
    again = workshop.desk.json("units", "import", schools)
    assert (again["added"], again["unchanged"]) == (0, 6)


def test_people_are_found_as_at_the_desk(workshop: Workshop) -> None:
    one = people(0, 1)[0]
    for text in (one.name, one.name[0], one.name[:2], one.id_number[-4:], f" {one.name}\n"):
        hits = workshop.desk.json("people", "find", text)["people"]
        assert one.name in {hit["name"] for hit in hits}, text
        assert hits[0].keys() >= {"id", "name", "unit", "title", "sessions"}
    assert one.id_number not in workshop.desk("people", "find", one.name, "--json").out
    limited = workshop.desk.json("people", "find", "春", "--limit", "1")["people"]
    assert len(limited) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "無此人", "%", "*", '"', "' OR 1=1", "\udcff", "春 NEAR"]
)
def test_a_search_for_nobody_finds_nobody(workshop: Workshop, text: str) -> None:
    assert workshop.desk.json("people", "find", text) == {"people": []}
