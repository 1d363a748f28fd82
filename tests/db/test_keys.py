"""Where the key lies, who may read it, and what is said when it is not there."""

# ruff: noqa: ARG002 - keyrings keep the signatures of the library

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from factories import KEY
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from app.domain.errors import StorageFailed
from db.keys import get_key

posix_only = pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX's")


class MemoryKeyring(KeyringBackend):
    """A keyring that remembers until the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.held[service, username]
        except KeyError as error:
            raise PasswordDeleteError from error


class ForgetfulKeyring(MemoryKeyring):
    """Accepts everything and loses it, as some do with long secrets."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


class LockedKeyring(MemoryKeyring):
    """Refuses, as a keyring nobody unlocked does."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine look like one with a desktop session."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("DISPLAY", ":99")


@pytest.fixture(autouse=True)
def own_keyring_again() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_without_a_keyring_the_key_lies_in_the_profile_for_the_owner_only(tmp_path: Path) -> None:
    found = get_key(tmp_path)
    assert found.place == "profile"
    assert found.path == tmp_path / "key"
    assert len(bytes.fromhex(found.key)) == 32
    assert get_key(tmp_path) == found
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@posix_only
def test_the_key_file_is_the_owners_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        get_key(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_two_profiles_have_two_keys(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert get_key(tmp_path / "a").key != get_key(tmp_path / "b").key


def test_a_named_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    get_key(tmp_path)
    named = tmp_path / "stick" / "desk.key"
    named.parent.mkdir()
    named.write_text(f"{KEY}\n", "ascii")
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(named))
    found = get_key(tmp_path)
    assert (found.key, found.place, found.path) == (KEY, "named_file", named)


def test_a_named_file_is_made_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "new folder" / "desk.key"
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(named))
    found = get_key(tmp_path)
    assert named.read_text("ascii") == found.key
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize(
    "content", [b"", b"short", b"zz" * 32, b"0f" * 33, "鑰匙".encode(), b"\x00" * 64, b"0F" * 32]
)
def test_a_file_that_holds_no_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(StorageFailed) as refusal:
        get_key(tmp_path)
    assert "金鑰" in refusal.value.message.zh
    assert refusal.value.remedy.zh
    assert (tmp_path / "key").read_bytes() == content


def test_a_key_file_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(StorageFailed) as refusal:
        get_key(tmp_path)
    assert "金鑰" in refusal.value.message.zh


def test_a_key_file_that_cannot_be_written_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(tmp_path / "file" / "key"))
    with pytest.raises(StorageFailed) as refusal:
        get_key(tmp_path)
    assert "金鑰檔" in refusal.value.message.zh


@pytest.mark.usefixtures("desktop")
def test_a_keyring_keeps_the_key_and_the_profile_only_its_name(tmp_path: Path) -> None:
    keyring.set_keyring(backend := MemoryKeyring())
    found = get_key(tmp_path)
    assert found.place == "keyring"
    assert list(backend.held.values()) == [found.key]
    assert get_key(tmp_path) == found
    assert not (tmp_path / "key").exists()
    assert found.key not in "".join(file.read_text("utf-8") for file in tmp_path.iterdir())


@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize("backend", [ForgetfulKeyring, LockedKeyring])
def test_a_keyring_that_loses_the_key_is_not_trusted(
    tmp_path: Path, backend: type[MemoryKeyring]
) -> None:
    keyring.set_keyring(backend())
    found = get_key(tmp_path)
    assert found.place == "profile"
    keyring.set_keyring(MemoryKeyring())
    assert get_key(tmp_path) == found


@pytest.mark.usefixtures("desktop")
def test_a_key_that_went_from_the_keyring_is_told_and_never_made_anew(tmp_path: Path) -> None:
    keyring.set_keyring(MemoryKeyring())
    get_key(tmp_path)
    for other in (MemoryKeyring(), LockedKeyring()):
        keyring.set_keyring(other)
        with pytest.raises(StorageFailed) as refusal:
            get_key(tmp_path)
        assert "鑰匙圈" in refusal.value.message.zh
        assert "還原" in refusal.value.remedy.zh
        assert not other.held


def test_without_a_desktop_session_no_keyring_is_asked(tmp_path: Path) -> None:
    class NeverAsked(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise KeyringError("a prompt would have opened here")

    keyring.set_keyring(NeverAsked())
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert get_key(tmp_path).place == "profile"
