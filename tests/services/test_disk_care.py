"""Room on the disk: a reserve that is real, warnings in time, a write-ahead log kept short."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import Room, open_room

from app.domain.errors import DiskFull
from app.services import disk_care
from app.services.disk_care import (
    BALLAST_BYTES,
    ballast_file,
    drop_ballast,
    keep_ballast,
    list_warnings,
    shorten_wal,
    wal_bytes,
)
from app.services.paper_tape import turn_tape_off, turn_tape_on
from app.services.profile import Profile
from app.services.safety import SafetyService
from db.engine import Database


@pytest.fixture
def safety(room: Room) -> SafetyService:
    return SafetyService(room.profile, room.desk.opened)


def test_the_reserve_takes_real_room_and_gives_it_back(profile: Profile) -> None:
    assert keep_ballast(profile)
    file = ballast_file(profile)
    assert file.stat().st_size == BALLAST_BYTES
    if os.name == "posix":
        assert file.stat().st_blocks * 512 >= BALLAST_BYTES
    before = file.stat().st_mtime_ns
    assert keep_ballast(profile)
    assert file.stat().st_mtime_ns == before
    assert drop_ballast(profile)
    assert not file.exists()
    assert not drop_ballast(profile)


def test_a_disk_that_is_nearly_full_gets_no_reserve_but_a_warning(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_warnings(room.profile, room.desk.opened.database) == []
    monkeypatch.setattr(disk_care, "free_bytes", lambda _profile: disk_care.LOW_BYTES - 1)
    assert list_warnings(room.profile, room.desk.opened.database) == ["disk_low"]
    assert not keep_ballast(room.profile)
    assert not ballast_file(room.profile).exists()


@pytest.fixture
def reader(room: Room) -> Iterator[Database]:
    """Somebody who reads and never ends, so that the log cannot be shortened."""
    other = open_room(room.profile).desk.opened.database
    other.connection().execute("BEGIN")
    other.connection().execute("SELECT count(*) FROM fact").fetchone()
    yield other
    other.connection().execute("COMMIT")
    other.close()


def test_a_log_that_somebody_keeps_busy_is_told(
    room: Room, reader: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_care, "LARGE_WAL_BYTES", 300_000)
    room.import_people(range(100, 250))
    shorten_wal(room.desk.opened.database)
    assert wal_bytes(room.desk.opened.database) > 300_000
    assert list_warnings(room.profile, room.desk.opened.database) == ["wal_large"]


def test_closing_leaves_one_file_and_waits_for_nobody(room: Room, reader: Database) -> None:
    room.scan("X")
    room.close()
    reader.connection().execute("SELECT count(*) FROM fact").fetchone()


def test_after_closing_there_is_no_log(room: Room) -> None:
    room.scan("X")
    room.close()
    assert wal_bytes(room.desk.opened.database) == 0
    assert [path.name for path in room.profile.events_folder.iterdir()] == [room.file.name]


def test_a_quiet_moment_moves_the_log_into_the_file(room: Room, safety: SafetyService) -> None:
    room.import_people(range(100, 130))
    size = room.file.stat().st_size
    state = safety.tend()
    assert room.file.stat().st_size >= size
    busy, in_log, moved = room.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert (busy, in_log) == (0, moved)
    assert state.warnings == ()


def test_the_reserve_gets_a_scan_through_a_full_disk(room: Room, safety: SafetyService) -> None:
    """A database that may not grow stands for the disk; freeing the reserve lets it grow again."""
    safety.tend()
    pages = room.connection.execute("PRAGMA page_count").fetchone()[0]
    room.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull) as told:
        room.import_people(range(100, 150))
    assert "空間" in told.value.remedy.zh
    assert safety.free_reserve()
    room.connection.execute(f"PRAGMA max_page_count={pages + BALLAST_BYTES // 4096}")
    room.import_people(range(100, 150))


def test_the_tape_is_turned_on_and_off_while_the_event_is_open(
    room: Room, safety: SafetyService, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    safety.turn_tape_on(stick)
    room.scan(room.code(1))
    state = safety.state().tape
    assert (state.folder, state.behind, state.fault) == (stick, 0, "")
    assert state.written == room.fact_count()
    assert state.same_disk
    (file,) = stick.iterdir()
    stick.rename(tmp_path / "away")
    room.scan(room.code(2))
    assert (safety.state().tape.fault, safety.state().tape.behind) == ("missing", 1)
    (tmp_path / "away").rename(stick)
    assert safety.tend().tape.fault == ""
    size = file.stat().st_size
    safety.turn_tape_off()
    room.scan(room.code(3))
    assert file.stat().st_size == size
    assert safety.state().tape.folder is None


def test_a_tape_that_a_command_turned_on_is_followed_in_a_quiet_moment(
    room: Room, safety: SafetyService, tmp_path: Path
) -> None:
    turn_tape_on(room.profile, tmp_path)
    assert safety.tend().tape.written == room.fact_count()
    turn_tape_off(room.profile)
    assert safety.tend().tape.folder is None
    assert room.desk.context.database.after_commit is None


def test_the_passphrase_is_suggested_and_set(room: Room, safety: SafetyService) -> None:
    assert safety.state().recovery.set_at is None
    safety.set_passphrase(safety.suggest_passphrase())
    assert safety.state().recovery.set_at is not None
