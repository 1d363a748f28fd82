"""Where an event's data may lie, and what is said of places and files that will not do."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from factories import KEY, Room, copied, new_clock, new_event, open_room
from sqlcipher3 import dbapi2

from app.domain.errors import NotFound, StorageFailed, VenueDeskError
from app.services import profile as places
from app.services.care import verify_event
from app.services.events import EventService, list_sessions
from app.services.profile import Profile, check_place, choose_event, open_profile

CLOUDS = (
    "OneDrive", "OneDrive - 雲海縣政府", "OneDrive - Personal", "Dropbox", "Dropbox (Personal)",
    "Google Drive", "GoogleDrive", "google drive", "iCloud Drive", "iCloudDrive", "CloudStorage",
    "Mobile Documents", "Nextcloud", "Box Sync", "pCloud Drive", "MEGA",
)  # fmt: skip
LOCAL = ("Documents", "OneDay", "Boxes", "dropzone", "venuedesk", "我的雲端", "nextcloudy")


@pytest.mark.parametrize("name", CLOUDS)
def test_folders_that_a_cloud_synchronises_are_refused(tmp_path: Path, name: str) -> None:
    wanted = tmp_path / name / "venuedesk"
    with pytest.raises(StorageFailed) as refusal:
        open_profile(wanted)
    assert "雲端" in refusal.value.message.zh
    assert "--profile" in refusal.value.remedy.zh
    assert not wanted.exists()


@pytest.mark.parametrize("name", LOCAL)
def test_other_folders_are_taken(tmp_path: Path, name: str) -> None:
    assert open_profile(tmp_path / name).events_folder.is_dir()


def test_a_link_into_a_cloud_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "deep").mkdir(parents=True)
    link = tmp_path / "data"
    try:
        link.symlink_to(tmp_path / "Dropbox" / "deep", target_is_directory=True)
    except OSError:
        pytest.skip("no links for this user")
    with pytest.raises(StorageFailed):
        check_place(link)


MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /srv/share nfs4 rw,vers=4.2 0 0
//nas/public /mnt/My\\040Share cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
sshfs#me@host: /home/me/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "is_network"),
    [
        ("/home/me/data", False),
        ("/tmp/data", False),
        ("/srv/share", True),
        ("/srv/share/desk/data", True),
        ("/srv/shared", False),
        ("/srv/share/local/data", False),
        ("/mnt/My Share/data", True),
        ("/home/me/remote/data", True),
        ("/run/user/1000/gvfs/smb-share:server=nas/data", True),
    ],
)
def test_network_mounts_are_told_by_the_longest_mount_point(path: str, is_network: bool) -> None:
    kind = places._file_system_of(Path(path), MOUNTS)
    assert (kind in places.NETWORK_FILE_SYSTEMS) is is_network


def test_a_later_mount_hides_an_earlier_one_at_the_same_place() -> None:
    mounts = MOUNTS + "server:/other /tmp nfs rw 0 0\n"
    assert places._file_system_of(Path("/tmp/data"), mounts) == "nfs"


def test_this_machines_own_disk_is_no_network(tmp_path: Path) -> None:
    check_place(tmp_path)


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageFailed) as refusal:
        open_profile(tmp_path / "file" / "data")
    assert "無法使用資料夾" in refusal.value.message.zh
    assert refusal.value.remedy.en


def test_an_event_that_is_not_there_is_told_in_words(empty_profile: Profile) -> None:
    with pytest.raises(NotFound):
        choose_event(empty_profile, "nosuch")
    with pytest.raises(NotFound) as refusal:
        choose_event(open_profile(empty_profile.folder.parent / "nothing"), None)
    assert "venuedesk new" in refusal.value.remedy.zh


def test_the_event_used_last_is_the_current_one(empty_profile: Profile) -> None:
    first = empty_profile.find_current()
    second = EventService(empty_profile, new_clock()).create_from(open_plan(empty_profile)).id
    assert empty_profile.find_current() == second
    assert first is not None
    events = EventService(empty_profile, new_clock())
    events.open_event(first[:13]).close()
    assert empty_profile.find_current() == first
    assert {item.id: item.is_current for item in events.list_events()} == {
        first: True,
        second: False,
    }
    empty_profile.event_path(first).unlink()
    assert empty_profile.find_current() == second


def open_plan(profile: Profile):
    room = open_room(profile)
    plan = room.desk.context.plan
    room.close()
    return plan


def test_a_missing_file_a_wrong_key_and_a_damaged_file_are_told_apart(
    empty_profile: Profile, tmp_path: Path
) -> None:
    event = empty_profile.find_current() or ""
    (empty_profile.folder / "key").write_text("ab" * 32, "ascii")
    with pytest.raises(StorageFailed) as refusal:
        open_room(empty_profile)
    assert "金鑰" in refusal.value.message.zh
    (empty_profile.folder / "key").write_text(KEY, "ascii")
    open_room(empty_profile).close()
    empty_profile.event_path(event).unlink()
    with pytest.raises(NotFound):
        open_room(empty_profile)


def test_an_event_of_another_key_is_left_out_of_the_list_and_not_touched(
    empty_profile: Profile,
) -> None:
    foreign = empty_profile.events_folder / "00000000-foreign.db"
    foreign.write_bytes(b"no database " * 1000)
    before = foreign.read_bytes()
    assert len(EventService(empty_profile, new_clock()).list_events()) == 1
    assert foreign.read_bytes() == before


def test_damage_anywhere_in_the_file_is_told_in_words_or_found_by_verify(room: Room) -> None:
    """One byte of each page in turn: nothing ever escapes as an error of the engine."""
    room.close()
    whole = room.file.read_bytes()
    told = found = 0
    for at in range(100, len(whole), 4096):
        room.file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        for suffix in ("-wal", "-shm"):
            room.file.with_name(room.file.name + suffix).unlink(missing_ok=True)
        try:
            found += not is_sound(room.profile)
        except VenueDeskError:
            told += 1
    pages = len(range(100, len(whole), 4096))
    assert told + found == pages
    assert told
    assert found


def is_sound(profile: Profile) -> bool:
    """Use an event as people do; what its tables cannot tell must be told in words."""
    opened = open_room(profile)
    out = profile.folder / "out.csv"
    acts: tuple[Callable[[], object], ...] = (
        lambda: opened.scan("X"),
        lambda: opened.desk.people.find_people("林"),
        lambda: opened.office.registrations.list_roster("b1d1"),
        lambda: opened.office.closing.credit_sheet("b1d1"),
        lambda: opened.office.exports.export("attendance", "b1d1", "csv", out),
    )
    try:
        for act in acts:
            with suppress(VenueDeskError):
                act()
        was_sound = opened.desk.opened.recovered is None
        return was_sound and verify_event(opened.desk.context).is_sound
    finally:
        opened.desk.context.database.close()


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 40_000])
def test_a_truncated_file_is_told_in_words(room: Room, left: int) -> None:
    room.close()
    room.file.write_bytes(room.file.read_bytes()[:left])
    with pytest.raises(StorageFailed):
        open_room(room.profile)


def test_a_file_from_another_machine_goes_on_in_a_new_incarnation(room: Room) -> None:
    before = room.desk.context.journal.origin
    room.connection.execute("UPDATE local_state SET value='elsewhere' WHERE key='machine'")
    room.close()
    again = open_room(room.profile)
    after = again.desk.context.journal.origin
    assert again.desk.opened.new_incarnation
    assert after.device == before.device
    assert after.incarnation != before.incarnation
    again.close()
    third = open_room(room.profile)
    assert not third.desk.opened.new_incarnation
    assert third.desk.context.journal.origin == after
    third.close()


def test_a_rehearsal_is_marked_for_ever(tmp_path: Path, empty_profile: Profile) -> None:
    plan = open_plan(empty_profile)
    EventService(empty_profile, new_clock()).create_from(plan, rehearsal=True)
    room = open_room(empty_profile)
    assert room.desk.context.rehearsal
    assert [item.roster_size for item in list_sessions(room.desk.context)] == [0] * 4
    room.close()


def test_a_plan_that_cannot_be_recorded_leaves_no_file_behind(tmp_path: Path) -> None:
    from dataclasses import replace

    profile = new_event(tmp_path / "p")
    plan = replace(open_plan(profile), school_count=2**60)  # more than a fact can carry
    files = sorted(profile.events_folder.iterdir())
    with pytest.raises(ValueError, match="53 bits"):
        EventService(profile, new_clock()).create_from(plan)
    assert sorted(profile.events_folder.iterdir()) == files


def test_a_profile_can_be_carried_to_another_folder(empty_profile: Profile, tmp_path: Path) -> None:
    moved = copied(empty_profile, tmp_path / "moved")
    shutil.rmtree(empty_profile.folder)
    room = open_room(moved)
    assert room.fact_count() == 2
    room.close()


def test_nothing_of_an_event_is_readable_without_the_key(room: Room) -> None:
    plain = dbapi2.connect(str(room.file))
    with pytest.raises(dbapi2.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master")
    plain.close()
