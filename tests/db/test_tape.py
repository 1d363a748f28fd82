"""The paper tape: every own fact, sealed, in order; whatever the stick does, scans go on."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import KEY, Room, open_room
from hypothesis import given
from hypothesis import strategies as st

from app.domain.chain import Origin
from app.domain.errors import InvalidInput
from app.services.care import verify_event
from app.services.paper_tape import (
    tape_status,
    turn_tape_off,
    turn_tape_on,
)
from app.services.profile import Profile
from db.journal import erase_private, list_chain
from db.tape import COLUMN_COUNT, TapeCipher, find_end, read_tape, tape_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def taped(profile: Profile, folder: Path) -> Iterator[Room]:
    turn_tape_on(profile, folder)
    room = open_room(profile)
    room.at("08:45")
    yield room
    room.desk.context.database.close()


def file_of(room: Room, folder: Path) -> Path:
    return tape_path(folder, room.desk.context.journal.origin)


def journal_rows(room: Room) -> list[tuple[object, ...]]:
    origin = room.desk.context.journal.origin
    return list(list_chain(room.connection, origin.device, origin.incarnation))


def taped_rows(file: Path) -> list[tuple[object, ...]]:
    run = read_tape(file, KEY)
    assert run is not None
    return list(run.rows)


def status(room: Room) -> tuple[int, str]:
    told = tape_status(room.profile, room.desk.opened.database, room.desk.opened.tapes)
    return told.behind, told.fault


def retry(room: Room) -> None:
    assert room.desk.opened.tapes is not None
    room.desk.opened.tapes.catch_up(room.connection)


def test_a_tape_holds_every_own_fact_as_it_is_stored(taped: Room, folder: Path) -> None:
    for number in range(5):
        taped.scan(taped.code(number))
    taped.import_people(range(50, 60))
    file = file_of(taped, folder)
    assert taped_rows(file) == journal_rows(taped)
    assert status(taped) == (0, "")


def test_each_act_is_on_the_tape_before_it_is_acknowledged(taped: Room, folder: Path) -> None:
    for number in range(6):
        fact_id = taped.scan(taped.code(number)).fact_id
        assert taped_rows(file_of(taped, folder))[-1][0] == fact_id


def test_a_tape_tells_nothing_without_the_key(taped: Room, folder: Path) -> None:
    taped.import_people([70])
    content = file_of(taped, folder).read_bytes()
    name = taped.connection.execute("SELECT name FROM person").fetchone()[0]
    assert name.encode() not in content
    assert b"registration" not in content
    run = read_tape(file_of(taped, folder), "ab" * 32)
    assert run is not None
    assert (run.rows, run.bad_lines) == ((), len(journal_rows(taped)))


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_tape_is_for_its_owner_only(taped: Room, folder: Path) -> None:
    assert file_of(taped, folder).stat().st_mode & 0o077 == 0


def test_lines_cannot_change_places(taped: Room, folder: Path) -> None:
    file = file_of(taped, folder)
    header, first, second, *rest = file.read_bytes().splitlines(keepends=True)
    swapped = first.replace(b'"seq":1,', b'"seq":2,')
    file.write_bytes(b"".join((header, swapped, second, *rest)))
    run = read_tape(file, KEY)
    assert run is not None
    assert run.bad_lines == 1
    assert [row[4] for row in run.rows] == list(range(2, len(rest) + 3))


def test_a_torn_last_line_costs_that_line_at_every_byte(
    taped: Room, folder: Path, tmp_path: Path
) -> None:
    """Cut anywhere inside the last line: all before it is kept, and the tape goes on whole."""
    for number in range(3):
        taped.scan(taped.code(number))
    whole = file_of(taped, folder).read_bytes()
    rows = journal_rows(taped)
    start = whole.rfind(b"\n", 0, len(whole) - 1) + 1
    cipher = TapeCipher(taped.desk.context.journal.origin, KEY)
    torn = tmp_path / "torn.vdtape"
    for keep in range(start, len(whole)):
        torn.write_bytes(whole[:keep])
        end = find_end(torn, cipher)
        run = read_tape(torn, KEY)
        assert run is not None
        # Without its line end a last line may still be whole: then it is good.
        assert len(run.rows) == len(rows) - (keep < len(whole) - 1)
        assert (end.size, end.seq) == (start, len(rows) - 1)


def test_a_torn_tape_is_mended_by_the_next_act(taped: Room, folder: Path) -> None:
    file = file_of(taped, folder)
    whole = file.read_bytes()
    start = whole.rfind(b"\n", 0, len(whole) - 1) + 1
    for keep in (start, start + 1, (start + len(whole)) // 2, len(whole) - 1):
        file.write_bytes(file.read_bytes()[:keep])
        taped.clock.pass_ms(1000)
        taped.scan("X")
        assert taped_rows(file) == journal_rows(taped)


def test_a_torn_tape_is_mended_when_the_event_opens(taped: Room, folder: Path) -> None:
    taped.scan(taped.code(1))
    file, rows = file_of(taped, folder), journal_rows(taped)
    taped.close()
    file.write_bytes(file.read_bytes()[:-100])
    again = open_room(taped.profile, taped.clock)
    assert taped_rows(file) == rows
    again.close()


@pytest.mark.parametrize("content", [b"", b"\n", b"no tape\n", b'{"tape":2}\n', b"\0" * 70_000])
def test_what_is_no_tape_is_written_anew(taped: Room, folder: Path, content: bytes) -> None:
    file = file_of(taped, folder)
    file.write_bytes(content)
    taped.scan("X")
    assert taped_rows(file) == journal_rows(taped)


def test_a_folder_that_goes_and_comes_back_never_stops_a_scan(taped: Room, folder: Path) -> None:
    taped.scan(taped.code(0))
    away = folder.with_name("pulled-out")
    folder.rename(away)
    for number in range(1, 4):
        assert taped.scan(taped.code(number)).verdict == "checked_in"
    assert status(taped) == (3, "missing")
    retry(taped)
    assert status(taped) == (3, "missing")
    assert not folder.exists()  # a mount point is never made by us
    away.rename(folder)
    retry(taped)
    assert status(taped) == (0, "")
    assert taped_rows(file_of(taped, folder)) == journal_rows(taped)


def test_another_empty_stick_gets_the_whole_tape(taped: Room, folder: Path) -> None:
    taped.scan(taped.code(0))
    shutil.rmtree(folder)
    taped.scan(taped.code(1))
    folder.mkdir()
    retry(taped)
    assert taped_rows(file_of(taped, folder)) == journal_rows(taped)


def test_an_event_opens_without_its_tape(taped: Room, folder: Path) -> None:
    taped.close()
    away = folder.with_name("pulled-out")
    folder.rename(away)
    again = open_room(taped.profile, taped.clock)
    again.scan(again.code(1))
    assert status(again)[1] == "missing"
    again.close()
    away.rename(folder)
    once_more = open_room(taped.profile, taped.clock)
    assert status(once_more) == (0, "")
    assert taped_rows(file_of(once_more, folder)) == journal_rows(once_more)
    once_more.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs modes that bind us")
def test_a_folder_that_may_not_be_written_is_noted(taped: Room, folder: Path) -> None:
    file_of(taped, folder).chmod(0o400)
    taped.scan("X")
    assert status(taped) == (1, "failed")


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_a_full_stick_is_noted_and_scans_go_on(taped: Room, folder: Path) -> None:
    file = file_of(taped, folder)
    kept = file.with_suffix(".kept")
    file.rename(kept)
    file.symlink_to("/dev/full")
    assert taped.scan(taped.code(1)).verdict == "checked_in"
    assert status(taped)[1] in ("full", "failed")
    file.unlink()
    kept.rename(file)
    retry(taped)
    assert taped_rows(file) == journal_rows(taped)


def test_an_older_copy_of_the_event_is_noticed_and_the_tape_is_kept(
    taped: Room, folder: Path
) -> None:
    """Somebody put an old file back: its tape is the only place that knows the rest."""
    taped.scan(taped.code(0))
    taped.close()
    older = taped.file.read_bytes()
    later = open_room(taped.profile, taped.clock)
    later.scan(later.code(1))
    later.close()
    content = file_of(later, folder).read_bytes()
    taped.file.write_bytes(older)
    again = open_room(taped.profile, taped.clock)
    again.scan(again.code(2))
    assert status(again)[1] == "ahead"
    assert file_of(later, folder).read_bytes() == content
    again.close()


def test_what_is_erased_leaves_the_tape_too(taped: Room, folder: Path) -> None:
    person = f"person:{taped.person(1)}"
    context = taped.desk.context
    with context.database.write() as connection:
        erase_private(connection, context.journal, [person], "tester")
    rows = taped_rows(file_of(taped, folder))
    assert rows == journal_rows(taped)
    assert all(row[9] is None for row in rows if row[6] == person)
    assert verify_event(context).is_sound


def test_a_tape_turned_on_late_begins_at_the_beginning(room: Room, folder: Path) -> None:
    room.scan(room.code(1))
    room.close()
    turn_tape_on(room.profile, folder)
    again = open_room(room.profile, room.clock)
    assert taped_rows(file_of(again, folder)) == journal_rows(again)
    again.close()


def test_without_a_tape_nothing_is_written_and_nothing_asked(room: Room, tmp_path: Path) -> None:
    room.scan(room.code(1))
    assert room.desk.context.database.after_commit is None
    assert list(tmp_path.rglob("*.vdtape")) == []


def test_turning_it_off_keeps_what_was_written(taped: Room, folder: Path) -> None:
    taped.close()
    content = file_of(taped, folder).read_bytes()
    turn_tape_off(taped.profile)
    again = open_room(taped.profile, taped.clock)
    again.scan("X")
    assert file_of(again, folder).read_bytes() == content
    assert tape_status(again.profile, again.desk.opened.database, None).folder is None
    again.close()


def test_a_place_that_is_no_folder_is_refused(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for place in (tmp_path / "missing", file):
        with pytest.raises(InvalidInput) as refusal:
            turn_tape_on(profile, place)
        assert refusal.value.field == "folder"
    assert not profile.has_tape


def test_two_programs_on_one_event_share_a_tape(taped: Room, folder: Path) -> None:
    other = open_room(taped.profile, taped.clock)
    for number in range(8):
        (taped if number % 2 else other).scan("X", letter="AB"[number % 2])
    rows = {row[4]: row for row in taped_rows(file_of(taped, folder))}
    assert [rows[seq] for seq in sorted(rows)] == journal_rows(taped)
    other.close()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    seq=st.integers(1, 2**40),
    texts=st.lists(TEXTS, min_size=COLUMN_COUNT - 1, max_size=COLUMN_COUNT - 1),
    private=st.one_of(st.none(), TEXTS),
)
def test_a_line_gives_back_what_it_was_made_of(
    seq: int, texts: list[str], private: str | None
) -> None:
    row = (*texts[:4], seq, *texts[4:8], private, *texts[9:])
    cipher = TapeCipher(Origin("e", "d", "i"), KEY)
    line = cipher.seal(row)
    assert line.count(b"\n") == 1
    assert cipher.open(line) == row
    assert TapeCipher(Origin("e", "d", "j"), KEY).open(line) is None
