"""Snapshots: consistent, encrypted with the same key, checked before they count as made.

A snapshot is a database file; where a recovery passphrase is set, the key sealed by it follows the
last page (`leaf`, its length, a mark). One file therefore suffices on any machine, and whoever has
the key itself needs nothing of the leaf.
"""

import os
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from app.domain.errors import FileDamaged, InvalidInput, StorageFailed
from app.domain.words import Words
from db.engine import Connection, Database, storage_errors

LEAF_MARK = b"VDRECOV1"
_LEAF_END = len(LEAF_MARK) + 4
_LONGEST_LEAF = 4096


def write_backup(connection: Connection, target: Path, *, leaf: bytes = b"") -> int:
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
            _check_copy(connection, draft)
        _append_leaf(draft, leaf)
        _sync(draft)
        size = draft.stat().st_size
        draft.replace(target)
        sync_folder(target.parent)
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


def _append_leaf(draft: Path, leaf: bytes) -> None:
    if leaf:
        with draft.open("ab") as file:
            file.write(leaf + len(leaf).to_bytes(4, "big") + LEAF_MARK)


def read_leaf(backup: Path) -> bytes:
    """Return the sealed key at the end of a backup, empty where there is none."""
    size = backup.stat().st_size
    if size < _LEAF_END:
        return b""
    with backup.open("rb") as file:
        file.seek(size - _LEAF_END)
        end = file.read(_LEAF_END)
        length = int.from_bytes(end[:4], "big")
        if end[4:] != LEAF_MARK or length > min(_LONGEST_LEAF, size - _LEAF_END):
            return b""
        file.seek(size - _LEAF_END - length)
        return file.read(length)


def cut_leaf(copy: Path) -> bytes:
    """Take the sealed key off a backup's copy, so that it is a plain database again."""
    leaf = read_leaf(copy)
    if leaf:
        os.truncate(copy, copy.stat().st_size - _LEAF_END - len(leaf))
    return leaf


def has_key(copy: Path, key: str) -> bool:
    """Tell whether a key opens a backup's copy at all; whether it is sound is another question."""
    database = Database(copy, key)
    try:
        database.connection().execute("SELECT count(*) FROM sqlite_master").fetchone()
    except FileDamaged:
        return False
    except dbapi2.DatabaseError as error:
        return "not a database" not in str(error)
    finally:
        database.close()
    return True


def change_key(copy: Path, old: str, new: str) -> None:
    """Encrypt a backup's copy with another key. Raises StorageFailed."""
    database = Database(copy, old)
    try:
        connection = database.connection()
        with storage_errors():
            # Every page is rewritten: in one file, with no WAL of the old key beside it.
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute(f"PRAGMA rekey=\"x'{new}'\"").fetchall()
    finally:
        database.close()


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


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
