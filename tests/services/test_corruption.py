"""A damaged event file: the event opens again with all that backup, tape and file still hold."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import Room, open_room

from app.domain.errors import NO_REMEDY, FileDamaged
from app.domain.facts import FactId
from app.services.care import back_up_on_schedule, verify_event
from app.services.events import EventService
from app.services.paper_tape import turn_tape_on
from app.services.profile import Profile
from app.services.recovering import RecoveryReport, list_recoveries

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def reopened(room: Room) -> Room:
    room.close()
    return open_room(room.profile, room.clock)


def day(profile: Profile, folder: Path | None, *, backup: bool = True) -> tuple[Room, list[FactId]]:
    """Scan before and after a backup; return what was acknowledged, by scans after it."""
    if folder is not None:
        turn_tape_on(profile, folder)
    room = open_room(profile)
    room.at("08:45")
    for number in range(4):
        room.scan(room.code(number))
    if backup:
        assert back_up_on_schedule(profile, room.desk.context) is not None
    acknowledged = []
    for number in range(4, 12):
        room.clock.pass_ms(700)
        fact_id = room.scan(room.code(number)).fact_id
        assert fact_id is not None
        acknowledged.append(fact_id)
    room.import_people(range(40, 45))
    return room, acknowledged


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 0xFF
    file.write_bytes(content)


def cut(file: Path, keep: int) -> None:
    file.write_bytes(file.read_bytes()[:keep])


def size(file: Path) -> int:
    return file.stat().st_size


def noise(file: Path) -> None:
    file.write_bytes(b"\xa5" * 20_000)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "salt": lambda file: flip(file, 3),
    "first page": lambda file: flip(file, 1000),
    "schema": lambda file: flip(file, PAGE + 9),
    "empty": lambda file: cut(file, 0),
    "one byte": lambda file: cut(file, 1),
    "half a page": lambda file: cut(file, PAGE // 2),
    "first page only": lambda file: cut(file, PAGE),
    "half": lambda file: cut(file, size(file) // 2),
    "half and a bit": lambda file: cut(file, size(file) // 2 + 77),
    "last page": lambda file: cut(file, size(file) - PAGE),
    "noise": noise,
}
"""Damage that is met when the file is opened."""


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("backup", [True, False])
def test_with_a_tape_nothing_acknowledged_is_lost(
    profile: Profile, folder: Path, name: str, backup: bool
) -> None:
    room, acknowledged = day(profile, folder, backup=backup)
    before, file = set(room.fact_ids()), room.file
    old = room.desk.context.journal.origin
    room.close()
    DAMAGES[name](file)
    again = open_room(profile, room.clock)
    report = again.desk.opened.recovered
    assert report is not None
    assert bool(report.backup) is backup
    assert set(acknowledged) <= before <= set(again.fact_ids())
    assert verify_event(again.desk.context).is_sound
    new = again.desk.context.journal.origin
    assert (new.device, new.incarnation != old.incarnation) == (old.device, True)
    again.clock.pass_ms(200_000)
    assert again.scan(again.code(20), "b2d1").verdict == "not_open"
    assert again.scan(again.code(5)).verdict in ("already_in", "repeat_read")
    assert again.profile.list_event_ids() == [old.event_id]
    aside = profile.events_folder / report.aside
    assert aside.exists()
    assert list_recoveries(profile, old.event_id) == [report]
    assert (report.lost, report.by_tape) in ((0, True), (0, False))
    assert "已另存為" in report.words().zh
    more = reopened(again)
    assert more.desk.opened.recovered is None
    assert before < set(more.fact_ids())
    more.close()


@pytest.mark.parametrize("name", ["first page", "empty", "half", "noise"])
def test_without_a_tape_what_came_after_the_backup_is_lost_and_told(
    profile: Profile, name: str
) -> None:
    """The control: were the tape of no use, these would be there too."""
    room, acknowledged = day(profile, None)
    file = room.file
    room.close()
    DAMAGES[name](file)
    again = open_room(profile, room.clock)
    report = again.desk.opened.recovered
    assert report is not None
    assert not set(acknowledged) & set(again.fact_ids())
    assert report.lost is None
    assert "無法救回" in report.words().zh
    assert verify_event(again.desk.context).is_sound
    again.close()


def test_with_neither_backup_nor_tape_nothing_is_invented_or_touched(profile: Profile) -> None:
    room, _ = day(profile, None, backup=False)
    file = room.file
    room.close()
    for name in ("first page", "half", "noise"):
        kept = file.read_bytes()
        DAMAGES[name](file)
        broken = file.read_bytes()
        with pytest.raises(FileDamaged) as told:
            open_room(profile)
        assert "隨身碟" in told.value.remedy.zh
        assert file.read_bytes() == broken
        assert not list(profile.events_folder.glob("*.corrupt-*"))
        file.write_bytes(kept)
    open_room(profile).close()


def test_a_wrong_key_is_no_damage(
    profile: Profile, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Backups and tapes that the key does not open prove nothing: the file stays where it is."""
    room, _ = day(profile, folder)
    room.close()
    key = tmp_path / "other-key"
    key.write_text("ab" * 32, "ascii")
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(key))
    with pytest.raises(FileDamaged):
        open_room(profile)
    monkeypatch.delenv("VENUEDESK_KEY_FILE")
    again = open_room(profile, room.clock)
    assert again.desk.opened.recovered is None
    again.close()


def test_a_damaged_backup_is_passed_over_for_an_older_one(profile: Profile, folder: Path) -> None:
    room, _ = day(profile, folder)
    room.clock.pass_ms(1_800_000)
    newest = back_up_on_schedule(profile, room.desk.context)
    assert newest is not None
    before, file = set(room.fact_ids()), room.file
    room.close()
    DAMAGES["half"](newest)
    noise(file)
    again = open_room(profile, room.clock)
    report = again.desk.opened.recovered
    assert report is not None
    assert report.backup < newest.name
    assert before <= set(again.fact_ids())
    again.close()


def root_page(room: Room, name: str) -> int:
    row = room.connection.execute("SELECT rootpage FROM sqlite_master WHERE name=?", (name,))
    return int(row.fetchone()[0])


def recover(room: Room) -> RecoveryReport:
    """Meet the damage as a person would, while the event is open, and have it laid anew."""
    try:
        faults = verify_event(room.desk.context).faults
        damage = FileDamaged(NO_REMEDY)
    except FileDamaged as error:
        faults, damage = ("page_altered",), error
    assert "page_altered" in faults
    room.desk.opened.abandon()
    events = EventService(room.profile, room.clock, actor="tester")
    report = events.recover_event(room.desk.context.event_id, damage)
    assert report is not None
    return report


@pytest.mark.parametrize("table", ["person", "registration", "attendance", "badge"])
def test_facts_that_can_be_read_in_the_damaged_file_are_had_back(
    profile: Profile, table: str
) -> None:
    """A page of a read table is broken: the journal beside it is whole, no tape is needed."""
    room, acknowledged = day(profile, None)
    before, file = set(room.fact_ids()), room.file
    page = root_page(room, table)
    room.close()
    flip(file, (page - 1) * PAGE + 500)
    report = recover(open_room(profile, room.clock))
    assert (report.lost, report.by_tape, report.from_file > len(acknowledged)) == (0, False, True)
    healed = open_room(profile, room.clock)
    assert before <= set(healed.fact_ids())
    assert verify_event(healed.desk.context).is_sound
    healed.close()


@pytest.mark.parametrize("table", ["fact", "chain_head", "person"])
def test_damage_met_in_use_loses_nothing_with_a_tape(
    profile: Profile, folder: Path, table: str
) -> None:
    room, acknowledged = day(profile, folder)
    before, file = set(room.fact_ids()), room.file
    page = root_page(room, table)
    room.close()
    flip(file, (page - 1) * PAGE + 900)
    opened = open_room(profile, room.clock)
    if opened.desk.opened.recovered is None:
        recover(opened)
        opened = open_room(profile, room.clock)
    assert set(acknowledged) <= before <= set(opened.fact_ids())
    assert verify_event(opened.desk.context).is_sound
    opened.close()


@pytest.mark.parametrize("part", [step / 12 for step in range(12)])
def test_any_page_may_break(profile: Profile, folder: Path, part: float) -> None:
    room, _ = day(profile, folder)
    before, file = set(room.fact_ids()), room.file
    room.close()
    flip(file, int(size(file) * part) // PAGE * PAGE + 2000)
    opened = open_room(profile, room.clock)
    if opened.desk.opened.recovered is None:
        recover(opened)
        opened = open_room(profile, room.clock)
    assert before <= set(opened.fact_ids())
    assert verify_event(opened.desk.context).is_sound
    opened.close()


def test_a_sound_file_is_never_replaced(profile: Profile, folder: Path) -> None:
    room, _ = day(profile, folder)
    event_id, before = room.desk.context.event_id, set(room.fact_ids())
    room.close()
    events = EventService(profile, room.clock, actor="tester")
    assert events.recover_event(event_id, FileDamaged(NO_REMEDY)) is None
    again = open_room(profile, room.clock)
    assert set(again.fact_ids()) == before
    assert again.desk.opened.recovered is None
    again.close()


def test_an_event_may_break_twice(profile: Profile, folder: Path) -> None:
    """The second time the tapes of both incarnations are needed."""
    room, _ = day(profile, folder)
    for _ in range(2):
        room.clock.pass_ms(300_000)
        room.scan(room.code(1))
        before, file = set(room.fact_ids()), room.file
        room.close()
        noise(file)
        room = open_room(profile, room.clock)
        assert before <= set(room.fact_ids())
    assert verify_event(room.desk.context).is_sound
    assert len(list_recoveries(profile, room.desk.context.event_id)) == 2
    room.close()
