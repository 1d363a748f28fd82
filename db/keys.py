"""The database key: 32 random bytes in the system's keyring, or in a 0600 file where there is none.

Nothing ever prompts: without a usable keyring (headless, CI) the key lies in the profile, or where
VENUEDESK_KEY_FILE says, and the caller is told so that it can say it aloud.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Conflict, StorageFailed
from app.domain.words import Words

SERVICE = "venuedesk"
KEY_FILE_VARIABLE = "VENUEDESK_KEY_FILE"
HEX_LENGTH = 64


@dataclass(frozen=True, slots=True)
class KeyFound:
    """A key and where it lies."""

    key: str
    """64 hex digits."""
    place: str
    """`keyring`, `profile` or `named_file`."""
    path: Path | None = None


def get_key(profile: Path) -> KeyFound:
    """Return the profile's key, making it on first use. Raises StorageFailed."""
    named = os.environ.get(KEY_FILE_VARIABLE)
    if named:
        return KeyFound(_key_in_file(Path(named)), "named_file", Path(named))
    own_file = profile / "key"
    if own_file.exists():
        return KeyFound(_key_in_file(own_file), "profile", own_file)
    marker = profile / "key-in-keyring"
    if marker.exists():
        return KeyFound(_key_in_keyring(marker.read_text("utf-8").strip()), "keyring")
    account = secrets.token_hex(8)
    if key := _new_key_in_keyring(account):
        marker.write_text(account, "utf-8")
        return KeyFound(key, "keyring")
    return KeyFound(_key_in_file(own_file), "profile", own_file)


def put_key_back(profile: Path, key: str) -> str:
    """Keep a key that a passphrase gave back; return its place as `KeyFound` names it.

    A key found in its place is never lost: it is set aside. Raises Conflict, StorageFailed.
    """
    named = os.environ.get(KEY_FILE_VARIABLE)
    if named:
        _put_in_named_file(Path(named), key)
        return "named_file"
    own_file, marker = profile / "key", profile / "key-in-keyring"
    account = secrets.token_hex(8)
    if _keep_in_keyring(account, key):
        _set_aside(own_file)
        marker.write_text(account, "utf-8")
        return "keyring"
    _set_aside(own_file)
    _write_private(own_file, key)
    marker.unlink(missing_ok=True)
    return "profile"


def _put_in_named_file(path: Path, key: str) -> None:
    if not path.exists():
        _write_private(path, key)
    elif path.read_text("ascii", errors="replace").strip() != key:
        raise Conflict(
            Words(
                zh=f"這個金鑰檔裡是別的內容：{path}", en=f"The key file holds another key: {path}"
            ),
            remedy=Words(
                zh=f"請先移開它，或取消 {KEY_FILE_VARIABLE}。",
                en=f"Move it away first, or unset {KEY_FILE_VARIABLE}.",
            ),
        )


def _set_aside(path: Path) -> None:
    if path.exists():
        path.replace(path.with_name(f"{path.name}.replaced-{secrets.token_hex(4)}"))


def _key_in_file(path: Path) -> str:
    if not path.exists():
        _write_private(path, secrets.token_hex(32))
    try:
        key = path.read_text("ascii", errors="replace").strip()
    except OSError as error:
        raise StorageFailed(
            Words(zh=f"無法讀取金鑰檔：{path}", en=f"The key file cannot be read: {path}"),
            remedy=Words(zh="請檢查檔案權限。", en="Check the file's permissions."),
        ) from error
    if len(key) != HEX_LENGTH or not all(char in "0123456789abcdef" for char in key):
        raise StorageFailed(
            Words(zh=f"金鑰檔的內容不是金鑰：{path}", en=f"The key file holds no key: {path}"),
            remedy=Words(
                zh="請換回原來的金鑰檔，或還原備份。",
                en="Put the original key file back, or restore a backup.",
            ),
        )
    return key


def _write_private(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StorageFailed(
            Words(zh=f"無法寫入金鑰檔：{path}", en=f"The key file cannot be written: {path}"),
            remedy=Words(zh="請檢查資料夾權限。", en="Check the folder's permissions."),
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _new_key_in_keyring(account: str) -> str | None:
    """Store a fresh key in the keyring and return it, or None where none can be used silently."""
    key = secrets.token_hex(32)
    return key if _keep_in_keyring(account, key) else None


def _keep_in_keyring(account: str, key: str) -> bool:
    """Store a key in the keyring; False where none can be used silently."""
    if not _has_desktop_keyring():
        return False
    import keyring  # noqa: PLC0415 - 0.1 s, only when the key is looked up in it
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        # The real value is stored and read back: some backends accept a probe and lose a key.
        keyring.set_password(SERVICE, account, key)
        stored = keyring.get_password(SERVICE, account)
    except KeyringError:
        return False
    return bool(stored == key)


def _has_desktop_keyring() -> bool:
    """Tell whether a keyring can be asked without a prompt on a terminal."""
    if os.name == "nt":
        return True
    if os.uname().sysname == "Darwin":
        return True
    # A running secret service needs a session bus; asking without one waits or fails.
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) and bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _key_in_keyring(account: str) -> str:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        key = keyring.get_password(SERVICE, account)
    except KeyringError:
        key = None
    if key is None:
        raise StorageFailed(
            Words(
                zh="系統鑰匙圈裡找不到這個資料夾的金鑰。",
                en="The system's keyring does not hold this folder's key.",
            ),
            remedy=Words(
                zh="請以原來的使用者登入並解鎖鑰匙圈；或用復原密語取回"
                "（venuedesk recovery unlock），或還原備份。",
                en="Sign in as the same user and unlock the keyring; or use the recovery"
                " passphrase (venuedesk recovery unlock), or restore a backup.",
            ),
        )
    return key
