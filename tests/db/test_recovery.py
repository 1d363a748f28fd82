"""The recovery passphrase: the key had back, and a backup opened on another machine."""

import json
import os
import shutil
from pathlib import Path

import pytest
from factories import KEY, Room, new_profile, open_room
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, InvalidInput, NotFound, StorageFailed, VenueDeskError
from app.domain.passphrase import check_passphrase, new_passphrase, normalize_passphrase
from app.services import recovery_key
from app.services.care import (
    back_up,
    back_up_on_schedule,
    is_sealed_for_others,
    restore,
    verify_event,
)
from app.services.paper_tape import turn_tape_on
from app.services.profile import Profile
from app.services.recovery_key import (
    is_passphrase_right,
    recovery_file,
    recovery_state,
    set_passphrase,
    unlock,
)
from db.backup import read_leaf
from db.engine import Database
from db.sealed_key import read_sealed_key, seal_key

PASSPHRASE = "lusab babad gutih tugad mudof sakat"
CHEAP = 2**4
"""The real cost is tried once; here each guess may be quick."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "real_cost" not in request.keywords:
        monkeypatch.setattr(
            recovery_key,
            "seal_key",
            lambda key, passphrase, made_at: seal_key(key, passphrase, made_at, cost=CHEAP),
        )


def stranger(tmp_path: Path, name: str = "stranger") -> Profile:
    profile = new_profile(tmp_path / name)
    (profile.folder / "key").write_text("ab" * 32, "ascii")
    return profile


def test_at_its_real_cost_a_key_comes_back() -> None:
    sealed = seal_key(KEY, PASSPHRASE, 1)
    assert (sealed.cost, sealed.block) == (2**17, 8)
    assert read_sealed_key(sealed.to_bytes()).open(PASSPHRASE) == KEY
    with pytest.raises(InvalidInput):
        sealed.open(PASSPHRASE + "x")


def test_the_sealed_key_is_private_and_tells_nothing(profile: Profile, room: Room) -> None:
    set_passphrase(profile, PASSPHRASE, room.clock)
    file = recovery_file(profile)
    text = file.read_text("utf-8")
    assert KEY not in text
    assert "lusab" not in text
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert recovery_state(profile).set_at is not None


def test_two_seals_of_one_key_have_nothing_in_common() -> None:
    first, second = (seal_key(KEY, PASSPHRASE, 1, cost=CHEAP) for _ in range(2))
    assert not {first.salt, first.nonce, first.sealed} & {second.salt, second.nonce, second.sealed}


def test_right_wrong_and_none(profile: Profile, room: Room) -> None:
    assert recovery_state(profile).set_at is None
    with pytest.raises(NotFound):
        is_passphrase_right(profile, PASSPHRASE)
    set_passphrase(profile, PASSPHRASE, room.clock)
    assert is_passphrase_right(profile, f"  {PASSPHRASE.upper()} ".replace(" ", "　"))
    with pytest.raises(InvalidInput) as refusal:
        is_passphrase_right(profile, "another six words that are not")
    assert refusal.value.field == "passphrase"
    (profile.folder / "key").write_text("cd" * 32, "ascii")
    assert not is_passphrase_right(profile, PASSPHRASE)


def test_a_damaged_document_is_told_from_a_wrong_passphrase() -> None:
    content = seal_key(KEY, PASSPHRASE, 1, cost=CHEAP).to_bytes().rstrip()
    for at in range(len(content)):
        damaged = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(StorageFailed):
            read_sealed_key(damaged)
    for keep in range(len(content)):
        with pytest.raises(StorageFailed):
            read_sealed_key(content[:keep])


@pytest.mark.parametrize(
    "change",
    [{"cost": 2**30}, {"cost": 3}, {"block": 4096}, {"lanes": 99}, {"salt": "00"}, {"version": 2}],
)
def test_a_document_may_not_ask_for_anything(change: dict[str, object]) -> None:
    """Whoever writes a document can write its checksum: unpayable terms are refused unread."""
    from db import sealed_key

    parts = json.loads(seal_key(KEY, PASSPHRASE, 1, cost=CHEAP).to_bytes()) | change
    del parts["check"]
    content = json.dumps({**parts, "check": sealed_key._checksum(parts)}).encode()
    with pytest.raises(StorageFailed):
        read_sealed_key(content)


def test_lowered_terms_do_not_open() -> None:
    from dataclasses import replace

    sealed = seal_key(KEY, PASSPHRASE, 1, cost=CHEAP)
    for changed in (replace(sealed, made_at=2), replace(sealed, cost=CHEAP // 2)):
        with pytest.raises(InvalidInput):
            read_sealed_key(changed.to_bytes()).open(PASSPHRASE)


def test_a_damaged_file_is_told_and_set_anew(profile: Profile, room: Room) -> None:
    set_passphrase(profile, PASSPHRASE, room.clock)
    recovery_file(profile).write_bytes(b"{")
    assert recovery_state(profile).is_damaged
    with pytest.raises(StorageFailed) as told:
        is_passphrase_right(profile, PASSPHRASE)
    assert told.value.remedy.zh
    back_up(room.desk.context, profile.folder / "a.vdbackup")  # goes on, without it
    set_passphrase(profile, PASSPHRASE, room.clock)
    assert is_passphrase_right(profile, PASSPHRASE)


# --- backups


def test_one_file_suffices_on_another_machine(room: Room, tmp_path: Path) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    room.at("08:45")
    room.scan(room.code(1))
    target = tmp_path / "a.vdbackup"
    assert back_up(room.desk.context, target) == target.stat().st_size
    before, content = room.fact_ids(), target.read_bytes()
    other = stranger(tmp_path)
    assert is_sealed_for_others(other, target)
    event_id = restore(other, target, room.clock, passphrase=PASSPHRASE)
    assert event_id == room.desk.context.event_id
    assert target.read_bytes() == content
    again = open_room(other, room.clock)
    assert set(before) < set(again.fact_ids())
    assert again.desk.context.journal.origin.incarnation != (
        room.desk.context.journal.origin.incarnation
    )
    assert verify_event(again.desk.context).is_sound
    again.close()
    with pytest.raises(StorageFailed):  # the old key opens nothing here any more
        Database(other.event_path(event_id), KEY).connection().execute("SELECT 1 FROM fact")
    assert sorted(path.name for path in other.events_folder.iterdir()) == [f"{event_id}.db"]


@pytest.mark.parametrize("passphrase", [None, "another six words that are not"])
def test_without_the_passphrase_nothing_is_restored(
    room: Room, tmp_path: Path, passphrase: str | None
) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    other = stranger(tmp_path)
    with pytest.raises(VenueDeskError) as refusal:
        restore(other, target, room.clock, passphrase=passphrase)
    assert "密語" in refusal.value.sentence("zh")
    assert list(other.events_folder.iterdir()) == []


def test_the_own_key_needs_no_passphrase(room: Room, tmp_path: Path) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    assert not is_sealed_for_others(room.profile, target)
    room.close()
    restore(room.profile, target, room.clock)
    open_room(room.profile, room.clock).close()


def test_a_damaged_leaf_leaves_the_snapshot_to_its_own_key(room: Room, tmp_path: Path) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    content = target.read_bytes()
    leaf = read_leaf(target)
    room.close()
    start = content.rindex(leaf)
    for damaged in (
        content[: start + 40] + b"x" + content[start + 41 :],
        content[:-1],
        content[:start],
        content[: start + 17],
    ):
        target.write_bytes(damaged)
        room.clock.pass_ms(1000)
        restore(room.profile, target, room.clock)
        open_room(room.profile, room.clock).close()
        other = stranger(tmp_path, f"stranger-{len(damaged)}")
        with pytest.raises(VenueDeskError):
            restore(other, target, room.clock, passphrase=PASSPHRASE)
        assert list(other.events_folder.iterdir()) == []
        shutil.rmtree(other.folder)


def test_a_damaged_snapshot_is_refused_with_the_right_passphrase(
    room: Room, tmp_path: Path
) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    target = tmp_path / "a.vdbackup"
    back_up(room.desk.context, target)
    content = target.read_bytes()
    other = stranger(tmp_path)
    for at in (9, 1000, len(content) // 2, 4096 * 4 + 100):
        target.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(VenueDeskError):
            restore(other, target, room.clock, passphrase=PASSPHRASE)
        assert list(other.events_folder.iterdir()) == []


def test_a_stolen_laptop_is_had_back_from_backup_tape_and_passphrase(
    profile: Profile, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    turn_tape_on(profile, stick)
    room = open_room(profile)
    set_passphrase(profile, PASSPHRASE, room.clock)
    target = stick / "a.vdbackup"
    back_up(room.desk.context, target)
    room.at("08:45")
    scanned = [room.scan(room.code(number)).fact_id for number in range(6)]
    before = set(room.fact_ids())
    room.close()
    shutil.rmtree(profile.folder)
    other = stranger(tmp_path)
    restore(other, target, room.clock, passphrase=PASSPHRASE, tape=stick)
    again = open_room(other, room.clock)
    assert set(scanned) <= before <= set(again.fact_ids())
    assert verify_event(again.desk.context).is_sound
    again.close()


def test_a_passphrase_set_later_makes_a_new_scheduled_backup(room: Room) -> None:
    assert back_up_on_schedule(room.profile, room.desk.context) is not None
    assert back_up_on_schedule(room.profile, room.desk.context) is None
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    room.clock.pass_ms(1000)
    made = back_up_on_schedule(room.profile, room.desk.context)
    assert made is not None
    assert read_leaf(made)
    assert back_up_on_schedule(room.profile, room.desk.context) is None


# --- a lost key


def test_a_lost_key_file_comes_back(room: Room) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    room.close()
    key = room.profile.folder / "key"
    key.unlink()
    with pytest.raises(StorageFailed):  # a new key was made, which opens nothing
        open_room(room.profile)
    with pytest.raises(InvalidInput):
        unlock(room.profile, "another six words that are not")
    assert unlock(room.profile, PASSPHRASE) == "profile"
    assert key.read_text("ascii") == KEY
    assert os.name != "posix" or key.stat().st_mode & 0o777 == 0o600
    assert len(list(room.profile.folder.glob("key.replaced-*"))) == 1
    open_room(room.profile, room.clock).close()


def test_a_keyring_that_forgot_is_survived(room: Room) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    room.close()
    (room.profile.folder / "key").unlink()
    (room.profile.folder / "key-in-keyring").write_text("gone", "utf-8")
    with pytest.raises(StorageFailed) as told:
        open_room(room.profile)
    assert "recovery unlock" in told.value.remedy.en
    assert unlock(room.profile, PASSPHRASE) == "profile"
    open_room(room.profile, room.clock).close()


def test_a_named_key_file_is_never_overwritten(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_passphrase(room.profile, PASSPHRASE, room.clock)
    named = tmp_path / "named"
    named.write_text("cd" * 32, "ascii")
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(named))
    with pytest.raises(Conflict):
        unlock(room.profile, PASSPHRASE)
    assert named.read_text("ascii") == "cd" * 32
    named.unlink()
    assert unlock(room.profile, PASSPHRASE) == "named_file"
    assert named.read_text("ascii") == KEY


# --- passphrases


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        (PASSPHRASE, True),
        ("The quick fox jumped over nine lazy dogs", True),
        ("春眠不覺曉處處聞啼鳥夜來風雨聲", True),
        ("correct-horse-battery-staple", True),
        ("", False),
        ("password", False),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", False),
        ("12345678901234567890", False),
        ("98765432109876543210 2023", False),
        ("abcdefghijklmnopqrstuvwxyz", False),
        ("a b c d e f g h", False),
        ("one one one one one one one", False),
        ("研習中心", False),
    ],
)
def test_passphrases_by_table(text: str, fine: bool) -> None:
    if fine:
        assert check_passphrase(text)
        return
    with pytest.raises(InvalidInput):
        check_passphrase(text)


@given(st.lists(st.integers(0, 2**16 - 1), min_size=6, max_size=6, unique=True))
def test_made_words_are_six_and_strong(numbers: list[int]) -> None:
    parts = iter([numbers[0], *numbers])  # a word that came twice is made again
    words = new_passphrase(lambda _: next(parts))
    assert [len(word) for word in words.split()] == [5] * 6
    assert check_passphrase(words) == words


def test_sixteen_bits_make_as_many_words() -> None:
    from app.domain import passphrase

    assert len({passphrase._word(bits) for bits in range(2**16)}) == 2**16


@given(st.text(max_size=60))
def test_normalising_settles(text: str) -> None:
    once = normalize_passphrase(text)
    assert normalize_passphrase(once) == once
