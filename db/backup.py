"""Snapshots: consistent, encrypted with the same key, checked before they count as made."""

import os
from pathlib import Path

from app.domain.errors import InvalidInput, StorageFailed
from app.domain.words import Words
from db.engine import Connection, Database, storage_errors


def write_backup(connection: Connection, target: Path) -> int:
    """Write a snapshot and return its size in bytes. Raises InvalidInput, StorageFailed.

    VACUUM INTO does not sync, so the copy is synced, opened and checked before it gets its name.
    """
    if not target.parent.is_dir() or target.is_dir():
        raise InvalidInput(
            Words(zh=f"無法寫到這裡：{target}", en=f"A file cannot be written here: {target}"),
            remedy=Words(
                zh="請選擇現有資料夾裡的檔名。", en="Choose a file name in an existing folder."
            ),
            field="file",
        )
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with storage_errors():
            connection.execute("VACUUM INTO ?", (str(draft),))
        _sync(draft)
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


def read_backup_event(source: Path, key: str) -> str:
    """Return the event id of a sound backup. Raises InvalidInput, StorageFailed."""
    if not source.is_file():
        raise InvalidInput(
            Words(zh=f"找不到備份檔：{source}", en=f"There is no backup file here: {source}"),
            field="file",
        )
    database = Database(source, key)
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
