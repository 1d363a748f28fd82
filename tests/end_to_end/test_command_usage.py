"""What holds for every command: `--profile`, `--json`, exit statuses, where messages go."""

import getpass
import json
import os
from pathlib import Path

import pytest
from command_line import VenueDesk, run
from invented_rosters import write_schools
from workshop import DAY, Workshop

COMMANDS = [
    ("new", "sample-workshop"),
    ("events",),  # these two need no event
    ("sessions",),
    ("units", "import", "{schools}"),
    ("roster", "import", "{list}", "--session", "am", "--dry-run"),
    ("people", "find", "春"),
    ("badges", "--session", "am", "--out", "{out}.pdf"),
    ("scan", "--session", "am", "{code}"),
    ("walkin", "--session", "am", "--name", "路人", "--unit", "別處"),
    ("credit", "--session", "am"),
    ("credit", "approve", "--session", "am", "--clean"),
    ("conflicts",),
    ("close", "--session", "am"),
    ("export", "attendance", "--session", "am", "--out", "{out}.ods"),
    ("export", "signin", "--session", "am", "--format", "pdf", "--out", "{out}.pdf"),
    ("verify",),
    ("rebuild",),
    ("backup", "{out}.vdbackup"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_takes_profile_and_json(
    workshop: Workshop, tmp_path: Path, words: tuple[str, ...]
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("姓名,服務單位\n路人,別處\n", "utf-8")
    schools = write_schools(tmp_path / "schools.csv")
    names = {
        "list": str(listed),
        "schools": str(schools),
        "out": str(tmp_path / "out"),
        "code": workshop.codes[0],
    }
    filled = [word.format(**names) for word in words]
    plain = workshop.desk(*filled)
    if words[0] == "close":
        assert workshop.desk("reopen", "--session", "am", "--reason", "再看").status == 0
    told = workshop.desk(*filled, "--json")
    assert (plain.status, told.status) == (0, 0), plain.err + told.err
    assert isinstance(told.json, dict)
    assert told.out.endswith("}\n")
    for name in ("events", "sessions", "verify"):
        assert workshop.desk(name).status == 0


@pytest.mark.parametrize("words", COMMANDS[2:], ids=" ".join)
def test_without_an_event_a_command_says_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = VenueDesk(tmp_path / "profile")(*words, "--json")
    assert (ended.status, ended.out) == (1, "")
    assert "venuedesk new" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"], ["--no-such-option"], ["sessions", "--nonsense"],
        ["sessions", "extra"], ["people", "find", "x", "--limit", "0"],
        ["units"], ["roster"], ["people"], ["people", "find"],
        ["units", "export"], ["undo"], ["export"], ["backup"], ["restore"], ["new"], ["demo", "x"],
        ["demo", "--scale", "0"], ["walkin", "--session", "am"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_names_itself(words: list[str]) -> None:
    ended = run(words)
    assert (ended.status, bool(ended.err or ended.out)) == (2, True)


@pytest.mark.parametrize("words", [["--help"], ["scan", "--help"], ["credit", "decide", "--help"]])
def test_help_is_no_error(words: list[str]) -> None:
    ended = run(words)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Usage: ")


def test_a_profile_before_the_command_is_not_ignored(tmp_path: Path) -> None:
    ended = run(["--profile", str(tmp_path / "profile"), "new", "sample-workshop"])
    assert (ended.status, "--profile goes after" in ended.err) == (2, True)
    assert not (tmp_path / "profile").exists()


def test_a_profile_must_be_a_folder_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", "utf-8")
    for place in (file, file / "inside", tmp_path / "Dropbox" / "x"):
        ended = run(["new", "sample-workshop", "--profile", str(place)])
        assert (ended.status, ended.out, bool(ended.err)) == (1, "", True)
    assert file.read_text("utf-8") == "mine"


def test_sentences_come_in_chinese_too(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENUEDESK_LANG", "zh_TW")
    assert "沒有場次" in workshop.desk("scan", "--session", "zz", "X").err
    monkeypatch.delenv("VENUEDESK_LANG")
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert "沒有場次" in workshop.desk("scan", "--session", "zz", "X").err


def test_the_key_beside_the_data_is_told_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VENUEDESK_KEY_FILE")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if os.name == "nt":
        pytest.skip("Windows has a keyring")
    desk = VenueDesk(tmp_path / "profile")
    desk.json("new", "sample-workshop")
    ended = desk("sessions", "--json")
    assert json.loads(ended.out)["plan"] == "sample-workshop"
    assert "key lies beside its data" in ended.err
    assert (tmp_path / "profile" / "key").stat().st_mode & 0o077 == 0


def test_no_personal_data_on_stderr(workshop: Workshop) -> None:
    told = [
        workshop.desk("walkin", "--session", "am", "--name", "路人甲", "--unit", " "),
        workshop.desk("scan", "--session", "am", "-", stdin="路人甲\t路人甲\n"),
        workshop.desk("people", "find", "路人甲", "--limit", "x"),
        workshop.desk("undo", "路人甲", "--reason", "路人甲"),
        workshop.desk("scan", "--session", "am", "--at", f"{DAY}T08:50", "T199000019"),
    ]
    assert "路人甲" not in "".join(ended.err for ended in told)
    assert "T199000019" not in told[-1].out + told[-1].err


def test_who_acted_is_kept_with_a_decision(workshop: Workshop) -> None:
    for way, clock in (("in", "08:50"), ("out", "12:00")):
        workshop.desk.scan(
            "--session", "am", "--direction", way, "--at", f"{DAY}T{clock}", workshop.codes[0]
        )
    workshop.desk.json("credit", "approve", "--session", "am", "--clean")
    people = workshop.desk.json("credit", "--session", "am")["people"]
    decided = [line["decision"] for line in people if line["decision"]]
    assert [(one["granted"], one["actor"]) for one in decided] == [(True, getpass.getuser())]
