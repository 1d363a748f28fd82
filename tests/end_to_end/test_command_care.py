"""`verify`, `rebuild`, `backup`, `restore`: damage is told in words, nothing is lost."""

import os
from pathlib import Path

import pytest
from command_line import VenueDesk
from workshop import DAY, Workshop


def event_file(desk: VenueDesk) -> Path:
    (file,) = (desk.profile / "events").glob("*.db")
    return file


def test_verify_has_a_shape(workshop: Workshop) -> None:
    told = workshop.desk.json("verify")
    assert told.keys() >= {"sound", "chains", "signed_heads", "faults"}
    (chain,) = told["chains"]
    assert chain.keys() >= {"device", "incarnation", "facts", "head", "faults"}
    assert (told["sound"], told["faults"], chain["faults"]) == (True, [], [])


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9])
def test_a_flipped_byte_is_found_and_told_in_words(workshop: Workshop, part: float) -> None:
    file = event_file(workshop.desk)
    content = bytearray(file.read_bytes())
    content[int(len(content) * part) + 40] ^= 0xFF
    file.write_bytes(content)
    ended = workshop.desk("verify")
    assert ended.status == 1
    assert ended.err.strip()
    assert "The program failed" not in ended.err
    assert "sqlcipher" not in ended.err.lower()


@pytest.mark.parametrize("keep", [0, 1, 100, 4096, 70_000])
def test_a_shortened_file_is_told_in_words(workshop: Workshop, keep: int) -> None:
    file = event_file(workshop.desk)
    file.write_bytes(file.read_bytes()[:keep])
    for command in (("verify",), ("sessions",), ("scan", "--session", "am", "X")):
        ended = workshop.desk(*command)
        assert (ended.status, bool(ended.err.strip())) == (1, True)
        assert "The program failed" not in ended.err


def test_a_wrong_key_is_told_in_words(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(tmp_path / "other-key"))
    ended = workshop.desk("sessions", "--json")
    assert (ended.status, ended.out, "key" in ended.err) == (1, "", True)
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(event_file(workshop.desk)))
    ended = workshop.desk("sessions", "--json")
    assert (ended.status, ended.out, "holds no key" in ended.err) == (1, "", True)


def test_rebuilding_changes_nothing(workshop: Workshop) -> None:
    workshop.desk.scan("--session", "am", "--at", f"{DAY}T08:50", *workshop.codes)
    before = workshop.desk.json("credit", "--session", "am")
    assert workshop.desk.json("rebuild") == {"rebuilt": True}
    assert workshop.desk.json("credit", "--session", "am") == before
    assert workshop.desk.json("verify")["sound"]


def test_a_backup_brings_the_day_back(workshop: Workshop, tmp_path: Path) -> None:
    desk, backup = workshop.desk, tmp_path / "a.vdbackup"
    desk.scan("--session", "am", "--at", f"{DAY}T08:50", workshop.codes[0])
    assert desk.json("backup", backup) == {"file": str(backup), "bytes": backup.stat().st_size}
    content = backup.read_bytes()
    desk.scan("--session", "am", "--at", f"{DAY}T08:51", workshop.codes[1])
    told = desk.json("restore", backup)
    assert told["event"] == desk.json("sessions")["event"]
    assert backup.read_bytes() == content
    assert [path.name for path in tmp_path.glob("a.vdbackup*")] == ["a.vdbackup"]
    (again,) = desk.scan("--session", "am", "--at", f"{DAY}T08:52", workshop.codes[1])
    assert again["verdict"] == "checked_in"  # its first entry was after the backup
    report = desk.json("verify")
    assert (report["sound"], len(report["chains"])) == (True, 2)
    (aside,) = (desk.profile / "events").glob("*.replaced-*")
    assert aside.stat().st_size > 0


def test_the_same_backup_can_be_restored_again(workshop: Workshop, tmp_path: Path) -> None:
    backup = tmp_path / "a.vdbackup"
    workshop.desk.json("backup", backup)
    incarnations = {workshop.desk.json("restore", backup)["incarnation"] for _ in range(3)}
    assert len(incarnations) == 3
    assert workshop.desk.json("verify")["sound"]


def test_a_backup_does_not_overwrite_the_event_itself(workshop: Workshop) -> None:
    file = event_file(workshop.desk)
    ended = workshop.desk("backup", file)
    assert (ended.status, ended.out) == (1, "")
    assert workshop.desk.json("verify")["sound"]


@pytest.mark.parametrize("place", ["missing/a.vdbackup", "."])
def test_a_backup_needs_a_place(workshop: Workshop, tmp_path: Path, place: str) -> None:
    ended = workshop.desk("backup", tmp_path / place)
    assert (ended.status, ended.out) == (1, "")


def test_restoring_what_is_no_backup_changes_nothing(workshop: Workshop, tmp_path: Path) -> None:
    desk = workshop.desk
    before = desk.json("verify")["chains"]
    good = tmp_path / "good.vdbackup"
    desk.json("backup", good)
    for name, content in (
        ("empty", b""),
        ("noise", os.urandom(9000)),
        ("plain", b"SQLite format 3\0" + bytes(5000)),
        ("short", good.read_bytes()[:-8192]),
        ("torn", good.read_bytes()[:9000] + b"\0" * 4096 + good.read_bytes()[13096:]),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        ended = desk("restore", file, "--json")
        assert (ended.status, ended.out) == (1, ""), name
        assert "The program failed" not in ended.err, name
        assert file.read_bytes() == content
    for missing in (tmp_path / "missing", tmp_path):
        assert desk("restore", missing).status == 1
    assert desk.json("verify")["chains"] == before
    assert [path.suffix for path in (desk.profile / "events").iterdir()] == [".db"]


def test_restoring_the_event_s_own_file_loses_nothing(workshop: Workshop) -> None:
    before = workshop.desk.json("credit", "--session", "am")
    assert workshop.desk("restore", event_file(workshop.desk)).status == 0
    assert workshop.desk.json("credit", "--session", "am") == before


def test_an_event_in_use_is_not_replaced(workshop: Workshop, tmp_path: Path) -> None:
    backup = tmp_path / "a.vdbackup"
    workshop.desk.json("backup", backup)
    from app.bootstrap import build_events, open_desk

    window = open_desk(build_events(workshop.desk.profile)[1])
    try:
        ended = workshop.desk("restore", backup)
    finally:
        window.close()
    assert (ended.status, ended.out) == (1, "")
    assert workshop.desk.json("verify")["sound"]
    assert [path.suffix for path in (workshop.desk.profile / "events").iterdir()] == [".db"]
