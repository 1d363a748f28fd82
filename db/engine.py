"""Opening the event's database: key, checks, pragmas, transactions.

sqlcipher3 is the only SQLite in the process (a second copy breaks its file locks). The path of a
scan speaks to it directly, because SQLAlchemy's import alone costs more than a first verdict may
take (decision 0004); lists and migrations go through SQLModel over the same connections' kind.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from app.domain.errors import Conflict, DiskFull, FileDamaged, StorageFailed
from app.domain.words import Words
from db.turnstile import ASK_AGAIN_S, LONGEST_WAIT_S, GiveWay, Turnstile, nothing, someone_writes

if TYPE_CHECKING:
    from sqlmodel import Session

Connection = dbapi2.Connection
Rows = Sequence[tuple[Any, ...]]

LOOK_S = 0.001
"""How long background work goes on before it looks again for acts of other processes."""
OLDEST_SQLITE = (3, 51, 3)
"""Before this, a race between checkpoint and commit could lose a commit (the WAL-reset bug)."""
BUSY_MS = int(1000 * LONGEST_WAIT_S)
PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=1",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it REPLACE deletes a fact past the guard
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "journal_size_limit=67108864",
    "cache_size=-32768",
    "wal_autocheckpoint=4000",  # background work shortens the log before an act has to
)


def check_sqlite_version(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite that is known to lose commits."""
    if version < OLDEST_SQLITE:
        found = ".".join(map(str, version))
        raise StorageFailed(
            Words(
                zh=f"資料庫引擎版本過舊（{found}），可能遺失紀錄。",
                en=f"The database engine {found} is too old and could lose records.",
            ),
            remedy=Words(
                zh="請重新安裝本程式（需要 SQLite 3.51.3 以上）。",
                en="Install the program again (SQLite 3.51.3 or newer is needed).",
            ),
        )


class Database:
    """One event's database file. Every thread gets its own connection."""

    def __init__(self, path: Path, key: str, *, synchronous: str = "FULL") -> None:
        """Prepare to open `path` with a raw key of 64 hex digits.

        `synchronous` is FULL in the program; the reliability proof's control lowers it.
        """
        check_sqlite_version()
        self.path = path
        self._key = key
        self._synchronous = synchronous
        self._threads = threading.local()
        self._connections: list[Connection] = []
        self._lock = threading.Lock()
        self._orm_engine: Any = None
        self.after_commit: Callable[[Connection], None] | None = None
        """Called after each committed act, before it is acknowledged; must never raise."""
        self._is_retired = False
        self._turns = Turnstile()
        self._asked_ns = 0
        self._ask_after = 0.0

    def sibling(self, path: Path) -> "Database":
        """Return another file with the same key."""
        return Database(path, self._key, synchronous=self._synchronous)

    def connection(self) -> Connection:
        """Return this thread's connection, opened and checked on first use."""
        existing: Connection | None = getattr(self._threads, "connection", None)
        if existing is None:
            if self._is_retired:
                raise _being_laid_anew()
            existing = self.open_connection()
            self._threads.connection = existing
            with self._lock:
                self._connections.append(existing)
        return existing

    def open_connection(self) -> Connection:
        """Return a new connection that the caller closes; checked, with every pragma."""
        with storage_errors():
            # isolation_level None: we begin transactions ourselves, always IMMEDIATE for writes.
            connection = dbapi2.connect(
                str(self.path), isolation_level=None, check_same_thread=False, cached_statements=256
            )
            # SQLCipher would print its own lines to stderr; what fails is told in our words.
            connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
            connection.execute(f"PRAGMA key=\"x'{self._key}'\"")
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute(f"PRAGMA synchronous={self._synchronous}")
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            raise StorageFailed(
                Words(
                    zh="這個資料夾不支援安全寫入（無法使用 WAL）。",
                    en="This folder does not support safe writing (no WAL).",
                ),
                remedy=Words(
                    zh="請把資料放在本機硬碟，不要放在網路或雲端資料夾。",
                    en="Keep the data on this machine's own disk, not on a network or in a cloud.",
                ),
            )
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One human act: a transaction that holds the write lock from its first read on."""
        connection = self.connection()
        with self._turns.act():
            with self._transaction(connection, on_locked=self._ask_for_way):
                yield connection
            if self.after_commit is not None:
                self.after_commit(connection)

    @contextmanager
    def write_between(self, *, unsynced: bool = False) -> Iterator[Connection]:
        """A slice of background work: waits while any act is wanted, and is short itself.

        `unsynced`: whole, but on the disk for certain only with the next synced commit of anybody;
        nothing may be acknowledged before.
        """
        connection = self.connection()
        with self._turns.between():
            if unsynced:
                connection.execute("PRAGMA synchronous=NORMAL")
            self._asked_ns = self._last_asked_ns()
            try:
                with self._transaction(connection):
                    yield connection
            finally:
                if unsynced:
                    connection.execute(f"PRAGMA synchronous={self._synchronous}")
        if self.after_commit is not None:
            self.after_commit(connection)

    def shorten_log(self) -> None:
        """Move what is in the write-ahead log into the file, beside whoever reads and writes."""
        with storage_errors():
            self.connection().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def is_wanted(self) -> bool:
        """Tell whether an act of this process is under way or waits."""
        return self._turns.is_wanted()

    def give_way(self) -> None:
        """Raise GiveWay if an act waits for this turn of background work, in any process.

        For turns longer than an act may wait; the caller gives the whole turn up.
        """
        if self._turns.is_wanted():
            raise GiveWay
        # Asking the system lets go of Python's lock, which costs more than the answer.
        if (now := time.monotonic()) < self._ask_after:
            return
        self._ask_after = now + LOOK_S
        if self._last_asked_ns() != self._asked_ns:
            self._turns.note_act()
            raise GiveWay

    def _ask_for_way(self) -> None:
        """Let background work of another process see that an act waits.

        The file's own time of change is the sign: nothing else moves it during a turn, and there is
        no further file to keep or to clean up.
        """
        with suppress(OSError):
            os.utime(self.path)

    def _last_asked_ns(self) -> int:
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

    def quiet_seconds(self) -> float:
        """Return how long ago the last human act was."""
        return self._turns.quiet_seconds()

    def step_aside(self) -> None:
        """Let every act go first that is under way or waits."""
        self._turns.step_aside()

    @contextmanager
    def _transaction(
        self, connection: Connection, on_locked: Callable[[], object] = nothing
    ) -> Iterator[None]:
        with storage_errors():
            _begin(connection, on_locked)
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                # A full disk has already rolled back; then there is nothing left to undo.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short consistent view; never held open."""
        connection = self.connection()
        with storage_errors():
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def orm(self) -> Iterator["Session"]:
        """A SQLModel session for reading lists."""
        from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - see below
        from sqlmodel import Session  # noqa: PLC0415 - costs 0.6 s, not needed for a scan

        with self._lock:
            if self._orm_engine is None:
                self._orm_engine = orm_engine(self.open_connection)
        try:
            with storage_errors(), Session(self._orm_engine) as session:
                yield session
        except DBAPIError as error:  # SQLAlchemy wraps the engine's errors in its own
            raise _in_words(str(error.orig)) from error

    def retire(self) -> None:
        """Close for good: whoever comes late must not write into the file that takes its place."""
        self._is_retired = True
        self.close()

    def close(self) -> None:
        """Close every connection of every thread."""
        if self._orm_engine is not None:
            self._orm_engine.dispose()
            self._orm_engine = None
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._threads = threading.local()


def _begin(connection: Connection, on_locked: Callable[[], object]) -> None:
    """Take the write lock as soon as another process lets go; SQLite's own waits grow too long.

    `on_locked` is called before each wait for another process.
    """
    connection.execute("PRAGMA busy_timeout=0").fetchall()
    try:
        until = time.monotonic() + LONGEST_WAIT_S
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except dbapi2.OperationalError as error:
                if "is locked" not in str(error) or time.monotonic() > until:
                    raise
                on_locked()
                time.sleep(ASK_AGAIN_S)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").fetchall()


def _being_laid_anew() -> Conflict:
    return Conflict(
        Words(zh="資料檔正在重建，這一筆沒有存下來。", en="The file is being laid anew."),
        remedy=Words(zh="請再做一次。", en="Do it again in a moment; this was not stored."),
    )


def orm_engine(open_connection: Callable[[], Connection]) -> Any:
    """Return a SQLAlchemy engine over our own connections."""
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415 - see `Database.orm`
    from sqlmodel import create_engine  # noqa: PLC0415

    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=open_connection,
        poolclass=QueuePool,
        hide_parameters=True,  # an error's text never holds people's names
    )


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the engine's errors into words."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        raise _in_words(str(error)) from error


def _in_words(text: str) -> StorageFailed | Conflict:
    """Return what a SQLite message means for a person."""
    for mark, failure in _FAILURES.items():
        if mark in text:
            return failure()
    return StorageFailed(
        Words(zh="資料庫無法完成這個動作。", en="The database could not do this."),
        remedy=Words(
            zh="請再試一次；若持續發生，請執行 venuedesk verify。",
            en="Try again; if it keeps happening, run venuedesk verify.",
        ),
    )


_FAILURES: dict[str, Callable[[], StorageFailed | Conflict]] = {
    "is locked": someone_writes,
    "full": lambda: DiskFull(
        Words(zh="磁碟已滿，這一筆沒有存下來。", en="The disk is full; this was not stored."),
        remedy=Words(zh="請清出空間後再試一次。", en="Free some space, then do it again."),
    ),
    "disk I/O error": lambda: DiskFull(
        Words(
            zh="磁碟無法讀寫（可能已滿或故障），這一筆沒有存下來。",
            en="The disk could not be read or written (full or failing); this was not stored.",
        ),
        remedy=Words(
            zh="請清出空間後再試一次；若仍失敗，請換一顆磁碟並還原備份。",
            en="Free some space and do it again; if it still fails, use another disk and a backup.",
        ),
    ),
    "not a database": lambda: FileDamaged(
        Words(
            zh="無法解開資料檔：金鑰不符，或檔案已損壞。",
            en="The data file cannot be unlocked: wrong key, or the file is damaged.",
        ),
        remedy=Words(
            zh="請確認金鑰來源（VENUEDESK_KEY_FILE 或系統鑰匙圈），或還原備份。",
            en="Check where the key comes from (VENUEDESK_KEY_FILE, keyring) or restore a backup.",
        ),
    ),
    "malformed": lambda: FileDamaged(
        Words(zh="資料檔已損壞。", en="The data file is damaged."),
        remedy=Words(zh="請還原最近的備份。", en="Restore the latest backup."),
    ),
    "readonly": lambda: StorageFailed(
        Words(zh="資料檔是唯讀的。", en="The data file is read-only."),
        remedy=Words(zh="請檢查資料夾的寫入權限。", en="Check that the folder may be written to."),
    ),
    "unable to open": lambda: StorageFailed(
        Words(zh="無法開啟資料檔。", en="The data file cannot be opened."),
        remedy=Words(
            zh="請檢查資料夾是否存在且可寫入。",
            en="Check that the folder exists and may be written to.",
        ),
    ),
}
