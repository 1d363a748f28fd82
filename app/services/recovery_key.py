"""The recovery passphrase: set, tested, and used when the keyring has lost the key."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.clock import Clock, moment_of
from app.domain.errors import NotFound, StorageFailed
from app.domain.passphrase import check_passphrase
from app.domain.words import Words
from app.services.profile import Profile
from db.backup import sync_folder
from db.keys import put_key_back
from db.sealed_key import SealedKey, read_sealed_key, seal_key


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """Whether this profile's key can be had back by a passphrase."""

    set_at: datetime | None = None
    is_damaged: bool = False


def recovery_file(profile: Profile) -> Path:
    """Return where the sealed key lies."""
    return profile.folder / "recovery.json"


def recovery_state(profile: Profile) -> RecoveryState:
    """Say whether and when a recovery passphrase was set."""
    try:
        sealed = find_sealed_key(profile)
    except StorageFailed:
        return RecoveryState(is_damaged=True)
    return RecoveryState(moment_of(sealed.made_at).astimezone() if sealed else None)


def set_passphrase(profile: Profile, passphrase: str, clock: Clock) -> None:
    """Seal the profile's key with a passphrase. Raises InvalidInput for a weak one.

    Backups made from now on carry the sealed key; a passphrase set before goes on opening the
    backups that were made under it.
    """
    chosen = check_passphrase(passphrase)
    sealed = seal_key(profile.key().key, chosen, clock.wall_ms())
    file = recovery_file(profile)
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(sealed.to_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    sync_folder(profile.folder)


def find_sealed_key(profile: Profile) -> SealedKey | None:
    """Return the profile's sealed key, None where no passphrase was set. Raises StorageFailed."""
    file = recovery_file(profile)
    return read_sealed_key(file.read_bytes()) if file.exists() else None


def sealed_leaf(profile: Profile) -> bytes:
    """Return what a backup carries of the sealed key: nothing where none is set or it is bad."""
    try:
        sealed = find_sealed_key(profile)
    except StorageFailed:
        return b""
    return sealed.to_bytes() if sealed else b""


def is_passphrase_right(profile: Profile, passphrase: str) -> bool:
    """Tell whether a passphrase opens the key in use now. Raises InvalidInput, NotFound."""
    return _get_sealed_key(profile).open(passphrase) == profile.key().key


def unlock(profile: Profile, passphrase: str) -> str:
    """Put the key back where it belongs after the keyring lost it; return the place.

    Raises InvalidInput (wrong passphrase), NotFound (none was set), Conflict (another key there).
    """
    key = _get_sealed_key(profile).open(passphrase)
    return put_key_back(profile.folder, key)


def _get_sealed_key(profile: Profile) -> SealedKey:
    sealed = find_sealed_key(profile)
    if sealed is None:
        raise NotFound(
            Words(zh="這個資料夾沒有設定復原密語。", en="No recovery passphrase was set here."),
            remedy=Words(
                zh="請執行 venuedesk recovery set，或在「活動」的「這台筆電」設定。",
                en="Run venuedesk recovery set, or set one in the Event place, “This laptop”.",
            ),
        )
    return sealed
