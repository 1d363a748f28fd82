"""Snapshots: consistent, encrypted with the same key, checked before they count as made."""

import os
import shutil
from pathlib import Path

from app.domain.errors import InvalidInput, StorageFailed
from app.domain.words import Words
from db.engine import Connection, Database, storage_errors


def write_backup(connection: Connection, target: Path) -> int:
    """Write a snapshot and return its size in bytes. Raises InvalidInput, StorageFailed.

    VACUUM INTO does not sync, so the copy is synced, opened and checked before it gets its name.
    """
    if not target.parent.is_dir() or target.is_dir() or _is_open_file(connection, target):
        raise InvalidInput(
            Words(zh=f"無法寫到這裡：{target}", en=f"A file cannot be written here: {target}"),
            remedy=Words(
                zh="請選擇現有資料夾裡的檔名，且不是活動自己的資料檔。",
                en="Choose a file name in an existing folder, not the event's own data file.",
            ),
            field="file",
        )
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with storage_errors():
            connection.execute("VACUUM INTO ?", (str(draft),))
            _sync(draft)
            _check_copy(connection, draft)
        size = draft.stat().st_size
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageFailed(
            Words(zh="備份沒有寫成。", en="The backup could not be written."),
            remedy=Words(zh="請檢查磁碟空間與權限。", en="Check the disk's space and permissions."),
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return size


def _is_open_file(connection: Connection, target: Path) -> bool:
    """Tell whether a path is the database itself: written over while open, it would be lost."""
    own = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    return target.exists() and target.samefile(own)


def _check_copy(connection: Connection, draft: Path) -> None:
    """Read the copy back with the same key. Raises StorageFailed."""
    connection.execute("ATTACH ? AS snapshot", (str(draft),))
    try:
        sound = connection.execute("PRAGMA snapshot.quick_check(1)").fetchone() == ("ok",)
    finally:
        connection.execute("DETACH snapshot")
    if not sound:
        raise StorageFailed(
            Words(
                zh="備份沒有寫成：資料檔本身已經損壞。",
                en="No backup was made: the data file itself is damaged.",
            ),
            remedy=Words(
                zh="請執行 venuedesk verify，並還原較早的備份。",
                en="Run venuedesk verify, and restore an earlier backup.",
            ),
        )


def copy_backup(source: Path, draft: Path) -> None:
    """Copy a backup to where it will be opened: opening writes, and the backup must stay as it is.

    Raises InvalidInput, StorageFailed.
    """
    if not source.is_file():
        raise InvalidInput(
            Words(zh=f"找不到備份檔：{source}", en=f"There is no backup file here: {source}"),
            field="file",
        )
    try:
        shutil.copyfile(source, draft)
    except OSError as error:
        raise StorageFailed(
            Words(zh="備份檔無法複製到資料夾。", en="The backup could not be copied here."),
            remedy=Words(zh="請檢查磁碟空間與權限。", en="Check the disk's space and permissions."),
        ) from error


def require_unused(path: Path, key: str) -> None:
    """Make sure no program has an event's file open. Raises Conflict.

    Leaving the WAL needs the file for oneself, so it fails where anybody else has it open.
    """
    database = Database(path, key)
    try:
        with storage_errors():
            database.connection().execute("PRAGMA journal_mode=DELETE").fetchall()
    except StorageFailed:
        pass  # damaged, or of another key: it is going to be replaced
    finally:
        database.close()


def read_backup_event(copy: Path, key: str) -> str:
    """Return the event id of a sound backup's copy. Raises StorageFailed."""
    database = Database(copy, key)
    try:
        connection = database.connection()
        with storage_errors():
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            row = connection.execute("SELECT id FROM event").fetchone()
    finally:
        database.close()
    if not sound or row is None:
        raise StorageFailed(
            Words(zh="這個備份檔不完整或已損壞。", en="This backup is incomplete or damaged."),
            remedy=Words(zh="請改用另一個備份檔。", en="Use another backup."),
        )
    return str(row[0])


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
