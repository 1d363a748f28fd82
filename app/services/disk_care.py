"""Room on the disk: warned of early, kept in reserve, and the write-ahead log kept short."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.errors import StorageFailed
from app.domain.words import Words
from app.services.profile import Profile
from db.engine import Database, storage_errors

LOW_BYTES = 1 << 30
BALLAST_BYTES = 64 << 20
LARGE_WAL_BYTES = 64 << 20
_ZEROS = bytes(1 << 20)
WARNINGS: Final[dict[str, Words]] = {
    "disk_low": Words(
        zh="磁碟空間不到 1 GB。請清出空間，否則掃描可能存不下來。",
        en="Less than 1 GB of disk space is left. Free some, or scans may not be stored.",
    ),
    "wal_large": Words(
        zh="資料檔的暫存（WAL）超過 64 MB：有程式一直占用它。請關掉其他視窗或重新開機。",
        en="The file's write-ahead log is larger than 64 MB: some program keeps it busy. "
        "Close other windows or restart.",
    ),
}
BALLAST_DROPPED = Words(
    zh="磁碟已滿：已釋放 64 MB 備用空間，請再掃一次，並儘快清出空間。",
    en="The disk is full: 64 MB kept in reserve were freed. Scan again, and free some space soon.",
)


def free_bytes(profile: Profile) -> int:
    """Return how much room the profile's disk has."""
    import shutil  # noqa: PLC0415 - brings every kind of archive along, not needed for a scan

    return shutil.disk_usage(profile.folder).free


def wal_bytes(database: Database) -> int:
    """Return the size of the write-ahead log."""
    try:
        return database.path.with_name(f"{database.path.name}-wal").stat().st_size
    except OSError:
        return 0


def list_warnings(profile: Profile, database: Database) -> list[str]:
    """Return the codes (`WARNINGS`) of what should be looked at soon."""
    found = []
    if free_bytes(profile) < LOW_BYTES:
        found.append("disk_low")
    if wal_bytes(database) > LARGE_WAL_BYTES:
        found.append("wal_large")
    return found


def ballast_file(profile: Profile) -> Path:
    """Return the file that is deleted to get through a full disk."""
    return profile.folder / "ballast"


def keep_ballast(profile: Profile) -> bool:
    """Put room aside while there is plenty; False where it could not be."""
    file = ballast_file(profile)
    try:
        if file.exists() and file.stat().st_size >= BALLAST_BYTES:
            return True
        if free_bytes(profile) < LOW_BYTES:
            return False
        _fill(file)
    except OSError:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return False
    return True


def _fill(file: Path) -> None:
    """Take the room for real: written blocks, not a hole."""
    with file.open("wb") as stream:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(stream.fileno(), 0, BALLAST_BYTES)
        else:
            for _ in range(BALLAST_BYTES // len(_ZEROS)):
                stream.write(_ZEROS)


def drop_ballast(profile: Profile) -> bool:
    """Free the room that was put aside; False where there is none left."""
    file = ballast_file(profile)
    try:
        file.unlink()
    except OSError:
        return False
    return True


def shorten_wal(database: Database) -> None:
    """While nobody scans: move what was written into the file, waiting for nobody."""
    with storage_errors():
        database.connection().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def empty_wal(database: Database) -> None:
    """At the end of work: leave one file; whoever else has it open is not waited for."""
    connection = database.connection()
    with suppress(StorageFailed), storage_errors():
        connection.execute("PRAGMA busy_timeout=0").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
