"""Backups and restores: nothing lost by either, damage refused, chains go on unforked."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factories import KEY, Room, new_profile, open_room, person_name
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, InvalidInput, StorageFailed, VenueDeskError
from app.domain.facts import Draft, FactKind
from app.services.care import back_up, back_up_on_schedule, restore, to_discard, verify_event
from db.engine import Database


def test_a_backup_holds_everything_and_the_event_goes_on(room: Room, tmp_path: Path) -> None:
    room.at("08:45")
    room.scan(room.code(1))
    before = room.fact_count()
    target = tmp_path / "a.vdbackup"
    assert back_up(room.desk.context, target) == target.stat().st_size
    room.scan(room.code(2))
    copy = Database(target, KEY)
    assert copy.connection().execute("SELECT count(*) FROM fact").fetchone()[0] == before
    copy.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.vdbackup", "profile"]


def test_a_backup_cannot_be_read_without_the_key(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    content = target.read_bytes()
    assert b"SQLite format 3" not in content
    assert person_name(1).encode() not in content


def test_a_backup_that_replaces_an_older_one_replaces_it_whole(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    target.write_bytes(b"older" * 100_000)
    back_up(room.desk.context, target)
    assert restorable(room, target)


def test_places_where_no_backup_can_be_are_refused_in_words(room: Room, tmp_path: Path) -> None:
    places = (
        tmp_path / "missing" / "a.vdbackup",
        tmp_path,
        room.file,
    )
    before = room.file.stat().st_ino
    for place in places:
        with pytest.raises(InvalidInput) as refusal:
            back_up(room.desk.context, place)
        assert refusal.value.field == "file"
        assert refusal.value.remedy.zh
    assert room.file.stat().st_ino == before
    assert verify_event(room.desk.context).is_sound


def restorable(room: Room, source: Path) -> bool:
    elsewhere = new_profile(source.parent / f"restored-{source.name}")
    restore(elsewhere, source, room.clock)
    again = open_room(elsewhere, room.clock)
    sound = verify_event(again.desk.context).is_sound
    again.close()
    return sound


def test_a_restored_event_goes_on_in_a_chain_of_its_own(room: Room, tmp_path: Path) -> None:
    room.at("08:45")
    room.scan(room.code(1))
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    room.scan(room.code(2))  # after the backup: only in the file that is set aside
    origin, facts = room.desk.context.journal.origin, room.fact_count()
    room.close()

    assert restore(room.profile, target, room.clock) == room.desk.context.event_id
    again = open_room(room.profile, room.clock)
    after = again.desk.context.journal.origin
    assert (after.event_id, after.device) == (origin.event_id, origin.device)
    assert after.incarnation != origin.incarnation
    again.clock.pass_ms(1000)
    assert again.scan(again.code(2)).verdict == "checked_in"
    report = verify_event(again.desk.context)
    assert report.is_sound
    chains = {item.incarnation: item.facts for item in report.chains}
    assert chains[origin.incarnation] == facts - 1
    assert chains[after.incarnation] == 2  # the enrolment of the chain, and the scan
    kept = list(room.profile.events_folder.glob("*.replaced-*"))
    assert len(kept) >= 1
    aside = Database(min(kept, key=lambda path: len(path.name)), KEY)
    assert aside.connection().execute("SELECT count(*) FROM fact").fetchone()[0] == facts
    aside.close()
    assert room.profile.list_event_ids() == [origin.event_id]
    again.close()


def test_two_restores_of_one_backup_never_share_a_chain(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    room.close()
    seen = set()
    for _ in range(3):
        room.clock.pass_ms(1000)
        restore(room.profile, target, room.clock)
        again = open_room(room.profile, room.clock)
        again.scan("X")
        seen.add(again.desk.context.journal.origin.incarnation)
        again.close()
    assert len(seen) == 3


def test_a_restore_leaves_the_backup_as_it_was(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    target = folder / "a.vdbackup"
    back_up(room.desk.context, target)
    room.close()
    before = target.read_bytes()
    target.chmod(0o444)
    restore(room.profile, target, room.clock)
    assert target.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["a.vdbackup"]


def test_an_event_in_use_is_not_restored_over(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    room.scan("X")
    facts = room.fact_count()
    with pytest.raises(Conflict):
        restore(room.profile, target, room.clock)
    room.scan("Y")
    assert room.fact_count() == facts + 1
    assert verify_event(room.desk.context).is_sound
    assert leftovers(room) == []


def leftovers(room: Room) -> list[str]:
    names = (path.name for path in room.profile.events_folder.iterdir())
    return [name for name in names if "restoring" in name or "replaced" in name]


def damaged(content: bytes) -> list[bytes]:
    return [
        b"",
        b"x",
        content[:4096],
        content[:-4096],
        content[: len(content) // 2],
        content[: len(content) // 2 + 77],
        content[:8000] + bytes([content[8000] ^ 1]) + content[8001:],
        content[: len(content) - 900] + b"\0" + content[len(content) - 899 :],
        b"PK\x03\x04 no backup of ours" * 1000,
    ]


def test_a_damaged_backup_is_refused_and_the_event_stays(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    room.scan("X")
    back_up(room.desk.context, target)
    facts = room.fact_count()
    room.close()
    for content in damaged(target.read_bytes()):
        target.write_bytes(content)
        with pytest.raises(VenueDeskError) as refusal:
            restore(room.profile, target, room.clock)
        assert refusal.value.remedy.zh
        again = open_room(room.profile)
        assert again.fact_count() == facts
        again.close()
        assert leftovers(room) == []


def test_a_backup_of_another_key_is_refused(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    stranger = new_profile(tmp_path / "stranger")
    (stranger.folder / "key").write_text("ab" * 32, "ascii")
    with pytest.raises(StorageFailed) as refusal:
        restore(stranger, target, room.clock)
    assert "金鑰" in refusal.value.message.zh
    assert stranger.list_event_ids() == []
    assert list(stranger.events_folder.iterdir()) == []


def test_a_backup_that_is_not_there_is_told(room: Room, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        restore(room.profile, tmp_path / "nothing.vdbackup", room.clock)
    assert refusal.value.field == "file"


def test_a_backup_taken_while_others_write_is_whole(room: Room, tmp_path: Path) -> None:
    done = threading.Event()

    def scan_on() -> None:
        while not done.is_set():
            room.scan("NONSENSE")

    writer = threading.Thread(target=scan_on)
    writer.start()
    try:
        for number in range(5):
            back_up(room.desk.context, tmp_path / f"{number}.vdbackup")
    finally:
        done.set()
        writer.join()
    assert all(restorable(room, tmp_path / f"{number}.vdbackup") for number in range(5))


def test_the_schedule_skips_what_did_not_change(room: Room) -> None:
    def take() -> Path | None:
        room.clock.pass_ms(1_800_000)
        return back_up_on_schedule(room.profile, room.desk.context)

    first = take()
    assert first is not None
    assert take() is None
    room.scan("X")
    second = take()
    assert second is not None
    assert second != first
    assert take() is None


def test_the_schedule_sees_facts_of_every_chain(room: Room, tmp_path: Path) -> None:
    """After a restore the new chain is short: its facts are new all the same."""
    first = back_up_on_schedule(room.profile, room.desk.context)
    assert first is not None
    room.close()
    room.clock.pass_ms(1000)
    restore(room.profile, first, room.clock)
    again = open_room(room.profile, room.clock)
    for _ in range(3):
        again.clock.pass_ms(1_800_000)
        again.scan("X")
        assert back_up_on_schedule(again.profile, again.desk.context) is not None
    again.close()


def test_other_peoples_files_beside_the_backups_stay(room: Room) -> None:
    first = back_up_on_schedule(room.profile, room.desk.context)
    assert first is not None
    strangers = [first.with_name(name) for name in ("zzz.vdbackup", "copy of it.vdbackup")]
    for stranger in strangers:
        stranger.write_bytes(b"mine")
    room.clock.pass_ms(1_800_000)
    assert back_up_on_schedule(room.profile, room.desk.context) is None
    room.scan("X")
    assert back_up_on_schedule(room.profile, room.desk.context) is not None
    assert all(stranger.exists() for stranger in strangers)


def stamped(moments: Sequence[datetime]) -> list[Path]:
    return [Path(f"{moment:%Y%m%d-%H%M%S}_{at}.vdbackup") for at, moment in enumerate(moments)]


def kept(moments: Sequence[datetime]) -> list[str]:
    files = stamped(moments)
    gone = to_discard(files)
    return sorted(file.stem[:15] for file in files if file not in gone)


NOON = datetime(2023, 8, 14, 12)  # noqa: DTZ001 - names of files carry local time


@pytest.mark.parametrize(
    ("moments", "wanted"),
    [
        ([], 0),
        ([NOON], 1),
        ([NOON - timedelta(minutes=30 * at) for at in range(20)], 20),  # one day: all
        ([NOON - timedelta(days=at) for at in range(12)], 12),
        # 30 days: 12 daily, and of older weeks the newest of each
        ([NOON - timedelta(days=at) for at in range(30)], 15),
        ([NOON - timedelta(days=at) for at in range(365)], 12 + 7),
        ([NOON - timedelta(weeks=at) for at in range(40)], 12),
    ],
)
def test_thinning_by_table(moments: list[datetime], wanted: int) -> None:
    assert len(kept(moments)) == wanted


def test_of_an_older_day_the_newest_stays() -> None:
    yesterday = [NOON - timedelta(days=1, minutes=at) for at in range(5)]
    assert kept([NOON, *yesterday]) == ["20230813-120000", "20230814-120000"]


@given(st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31)), max_size=60))  # noqa: DTZ001
def test_thinning_keeps_the_newest_and_settles(moments: list[datetime]) -> None:
    files = stamped(moments)
    gone = set(to_discard(files))
    left = [file for file in files if file not in gone]
    assert to_discard(left) == []
    if files:
        assert max(files, key=lambda file: file.stem) in left
    days = {file.stem[:8] for file in files}
    newest_days = sorted(days)[-12:]
    assert set(newest_days) <= {file.stem[:8] for file in left}


def test_a_full_disk_fails_in_words_and_nothing_is_half_applied(room: Room) -> None:
    """The database may not grow: an act is stored whole or not at all, and room heals it."""
    connection = room.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 6}")
    refusal: StorageFailed | None = None
    stored = 0
    while refusal is None:
        before = snapshot(room)
        try:
            room.import_people([100 + stored])
            stored += 1
        except StorageFailed as error:
            refusal = error
    assert stored >= 1
    assert "磁碟已滿" in refusal.message.zh
    assert "空間" in refusal.remedy.zh
    assert not connection.in_transaction
    assert snapshot(room) == before
    assert verify_event(room.desk.context).is_sound
    with pytest.raises(StorageFailed):
        room.import_people(range(1000, 1500))
    assert snapshot(room) == before
    connection.execute(f"PRAGMA max_page_count={pages * 100}")
    room.import_people(range(1000, 1500))
    room.at("08:45")
    assert room.scan(room.code(1)).verdict == "checked_in"
    assert verify_event(room.desk.context).is_sound


def snapshot(room: Room) -> tuple[object, ...]:
    tables = ("fact", "person", "registration", "chain_head", "session_tally")
    return tuple(
        tuple(room.connection.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
        for table in tables
    )


def test_a_restored_event_keeps_what_was_sealed_and_decided(room: Room, tmp_path: Path) -> None:
    room.at("08:45")
    room.scan(room.code(1))
    room.office.closing.decide(room.person(1), "b1d1", grant=True, reason="全程")
    room.office.closing.close_session("b1d1")
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    room.close()
    elsewhere = new_profile(tmp_path / "elsewhere")
    restore(elsewhere, target, room.clock)
    again = open_room(elsewhere, room.clock)
    seal = again.office.closing.find_seal("b1d1")
    assert seal is not None
    assert seal.granted == 1
    again.close()


def test_backups_are_not_taken_out_of_an_open_act(room: Room, tmp_path: Path) -> None:
    draft = Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"})
    context = room.desk.context

    def act() -> None:
        with context.database.write() as connection:
            context.journal.append(connection, [draft])
            back_up(context, tmp_path / "a.vdbackup")

    with pytest.raises(VenueDeskError):
        act()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["profile"]


def test_names_on_a_stick_may_be_chinese_and_have_spaces(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "備份 第一天'; x.vdbackup"
    back_up(room.desk.context, target)
    assert restorable(room, target)
