"""`recovery`, `tape`, and what the command line does with a damaged event file."""

from pathlib import Path

import pytest
from command_line import VenueDesk
from workshop import DAY, Workshop

WORDS = "lusab babad gutih tugad mudof sakat"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text(f"\ufeff{WORDS}\nnot this line\n", encoding="utf-8")
    return file


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def event_file(desk: VenueDesk) -> Path:
    (file,) = (desk.profile / "events").glob("*.db")
    return file


def scan(workshop: Workshop, number: int, at: str) -> dict[str, object]:
    (told,) = workshop.desk.scan(
        "--session", "am", "--at", f"{DAY}T{at}", workshop.codes[number]
    )  # fmt: skip
    return dict(told)


def test_a_passphrase_is_set_tested_and_never_an_argument(
    workshop: Workshop, secret: Path, tmp_path: Path
) -> None:
    desk = workshop.desk
    assert desk("recovery", "test", "--passphrase-file", secret).status == 1  # none is set
    assert desk.json("recovery", "set", "--passphrase-file", secret) == {"set": True}
    assert desk.json("recovery", "test", "--passphrase-file", secret) == {"right": True}
    wrong = tmp_path / "wrong"
    wrong.write_text("another six words that are not", encoding="utf-8")
    ended = desk("recovery", "test", "--passphrase-file", wrong)
    assert (ended.status, ended.out) == (1, "")
    assert desk("recovery", "set", WORDS).status == 2
    assert WORDS not in (desk.profile / "recovery.json").read_text("utf-8")


def test_a_weak_or_missing_passphrase_is_refused(workshop: Workshop, tmp_path: Path) -> None:
    weak = tmp_path / "weak"
    for content in (b"password", b"", b"\xff\xfe\xff"):
        weak.write_bytes(content)
        ended = workshop.desk("recovery", "set", "--passphrase-file", weak)
        assert (ended.status, bool(ended.err.strip())) == (1, True)
    assert workshop.desk("recovery", "set", "--passphrase-file", tmp_path / "none").status == 1
    assert workshop.desk("recovery", "set").status == 1  # no terminal to ask on
    assert not (workshop.desk.profile / "recovery.json").exists()


def test_made_words_are_told_once_and_work(workshop: Workshop, tmp_path: Path) -> None:
    told = workshop.desk.json("recovery", "set", "--generate")
    file = tmp_path / "written-down"
    file.write_text(told["passphrase"].upper(), encoding="utf-8")
    assert workshop.desk.json("recovery", "test", "--passphrase-file", file) == {"right": True}


def test_a_backup_moves_to_another_machine(
    workshop: Workshop, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, backup = workshop.desk, tmp_path / "a.vdbackup"
    desk.json("recovery", "set", "--passphrase-file", secret)
    scan(workshop, 0, "08:50")
    desk.json("backup", backup)
    event = desk.json("sessions")["event"]
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(tmp_path / "other-key"))
    other = VenueDesk(tmp_path / "other")
    ended = other("restore", backup)
    assert (ended.status, ended.out, "passphrase" in ended.err) == (1, "", True)
    told = other.json("restore", backup, "--passphrase-file", secret)
    assert told["event"] == event
    (line,) = other.scan("--session", "am", "--at", f"{DAY}T08:55", workshop.codes[0])
    assert line["verdict"] == "already_in"
    assert other.json("verify")["sound"]


def test_a_lost_key_is_put_back(
    workshop: Workshop, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = workshop.desk
    desk.json("recovery", "set", "--passphrase-file", secret)
    lost = tmp_path / "lost-key"
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(lost))
    told = desk.json("recovery", "unlock", "--passphrase-file", secret)
    assert told == {"key_place": "named_file"}
    assert desk.json("verify")["sound"]


def test_a_tape_brings_back_what_came_after_the_backup(workshop: Workshop, stick: Path) -> None:
    desk = workshop.desk
    told = desk.json("tape", "on", stick)
    assert (told["on"], told["behind"], told["fault"]) == (True, 0, "")
    facts = [scan(workshop, at, f"08:5{at}")["fact"] for at in range(3)]
    event_file(desk).write_bytes(b"\xa5" * 5000)
    ended = desk("scan", "--session", "am", "--at", f"{DAY}T08:59", workshop.codes[0], "--json")
    assert ended.status == 0
    assert "already_in" in ended.out
    assert "damaged" in ended.err or "損壞" in ended.err
    told = desk.json("verify")
    assert told["sound"]
    (past,) = told["recoveries"]
    assert (past["lost"], past["from_tape"] > len(facts)) == (0, True)
    assert list((desk.profile / "events").glob("*.corrupt-*"))
    scans = desk.json("verify")["chains"]
    assert len(scans) == 2
    assert desk.json("tape", "off") == {"on": False}
    assert desk.json("tape", "status")["on"] is False


def test_a_stick_that_is_away_is_told_and_scans_go_on(workshop: Workshop, stick: Path) -> None:
    desk = workshop.desk
    desk.json("tape", "on", stick)
    stick.rename(stick.with_name("away"))
    assert scan(workshop, 0, "08:50")["verdict"] == "checked_in"
    ended = desk("tape", "status")
    assert ended.status == 0
    assert "missing" in ended.out
    assert "stick" in ended.err
    stick.with_name("away").rename(stick)
    assert desk.json("tape", "status")["behind"] == 0
    assert desk("tape", "on", stick / "nowhere").status == 1


def test_verify_finds_a_broken_page_and_heals_it(workshop: Workshop, stick: Path) -> None:
    desk = workshop.desk
    desk.json("tape", "on", stick)
    scan(workshop, 0, "08:50")
    file = event_file(desk)
    content = bytearray(file.read_bytes())
    content[-1000] ^= 1
    file.write_bytes(bytes(content))
    assert desk("verify", "--json").status == 1
    told = desk.json("verify")
    assert told["sound"]
    assert len(told["recoveries"]) == 1
    assert scan(workshop, 0, "08:59")["verdict"] == "already_in"
