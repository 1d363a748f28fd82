"""Reading what can still be read of a damaged event file: facts one by one, on a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.domain.errors import DiskFull, StorageFailed
from db.engine import Database, storage_errors
from db.journal import COLUMNS

SUFFIXES = ("", "-wal", "-shm")
"""A database file and what belongs to it while it is in use."""
_MOST_FAILURES = 300
_ONE = f"SELECT {COLUMNS} FROM fact WHERE row=?"  # noqa: S608 - constants


def is_file_sound(path: Path, key: str) -> bool:
    """Tell whether a database opens and every page of it is as it was written.

    Raises Conflict, DiskFull: a file that is busy or cannot be read just now is not damaged.
    """
    database = Database(path, key)
    try:
        connection = database.connection()
        with storage_errors():
            return (
                connection.execute("SELECT count(*) FROM event").fetchone()[0] > 0
                and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
                and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            )
    except DiskFull:
        raise
    except StorageFailed:
        return False
    finally:
        database.close()


def copy_set(path: Path, copy: Path) -> None:
    """Copy a database that nobody uses together with its write-ahead log."""
    for suffix in SUFFIXES[:2]:
        source = path.with_name(path.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))


def remove_set(path: Path) -> None:
    """Delete a database copy and what belongs to it."""
    for suffix in SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def find_highest_seq(copy: Path, key: str, incarnation: str) -> int | None:
    """Return how far a chain reached when the damaged file was last right, if it still says so."""
    database = Database(copy, key)
    try:
        row = (
            database.connection()
            .execute("SELECT seq FROM chain_head WHERE incarnation=?", (incarnation,))
            .fetchone()
        )
        return int(row[0]) if row else None
    except (dbapi2.DatabaseError, StorageFailed):
        return None
    finally:
        database.close()


def find_incarnation(copy: Path, key: str) -> str | None:
    """Return the chain the damaged file was writing, if it still says so."""
    database = Database(copy, key)
    try:
        row = (
            database.connection()
            .execute("SELECT value FROM local_state WHERE key='incarnation'")
            .fetchone()
        )
        return str(row[0]) if row else None
    except (dbapi2.DatabaseError, StorageFailed):
        return None
    finally:
        database.close()


def read_what_is_left(copy: Path, key: str) -> Iterator[tuple[Any, ...]]:
    """Yield the stored rows that can be read; the caller checks each one's hash.

    Rows are numbered without holes. After a page that fails, a connection fails for good: each
    failure needs a new one.
    """
    failures, row_number, database = 0, 0, Database(copy, key)
    try:
        while failures < _MOST_FAILURES:
            row_number += 1
            try:
                row = database.connection().execute(_ONE, (row_number,)).fetchone()
            except (dbapi2.DatabaseError, StorageFailed):
                failures += 1
                database.close()
                continue
            if row is None:
                return
            yield row
    finally:
        database.close()
