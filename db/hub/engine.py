"""A hub's database: an encrypted SQLite file, or PostgreSQL (and what speaks like it) by URL."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.domain.errors import StorageFailed
from app.domain.words import Words
from db.engine import Database, orm_engine, storage_errors

_IS_WRITE = "venuedesk_write"
_TRANSIENT = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL gave up this transaction for the sake of another."""
_AS_SAFE = ("on", "remote_apply")
SETTINGS = (
    "SET idle_in_transaction_session_timeout = '20s'",
    "SET statement_timeout = '60s'",
    "SET lock_timeout = '10s'",
)
Result = TypeVar("Result")


class HubDatabase:
    """Transactions on the hub's database, of any thread and of several processes."""

    def __init__(self, engine: Engine, place: str, path: Path | None = None) -> None:
        """`place` is what people are shown: never a password."""
        self.engine = engine
        self.place = place
        self.path = path
        self.connects = 0
        """Connections made so far: when it grows, it may be another server that answers."""
        self._one_writer: AbstractContextManager[Any] = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )
        event.listen(engine, "connect", self._note_connect)
        if self.is_sqlite:
            event.listen(engine, "begin", _begin_on_sqlite)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the built-in engine."""
        return self.engine.dialect.name == "sqlite"

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run work in one transaction and commit. Work may run twice. Raises StorageFailed.

        What another transaction or a broken connection undid is tried once more: everything
        written here is harmless to write again.
        """
        try:
            return self._write_once(work)
        except DBAPIError as error:
            if not (error.connection_invalidated or _is_transient(error)):
                raise _in_words(error) from error
        except SQLAlchemyError as error:
            raise _busy() from error
        try:
            return self._write_once(work)
        except SQLAlchemyError as error:
            raise _in_words(error) from error

    def _write_once(self, work: Callable[[Connection], Result]) -> Result:
        # Threads that wait for SQLite's lock by turns of sleeping starve one another.
        with self._one_writer, self.engine.connect() as connection:
            connection.execution_options(**{_IS_WRITE: True})
            with connection.begin():
                return work(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short look. Raises StorageFailed."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise _in_words(error) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _note_connect(self, _connection: object, _record: object) -> None:
        self.connects += 1


def open_hub_file(path: Path, key: str) -> HubDatabase:
    """Open the hub's own encrypted file, made if missing. Raises StorageFailed."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return HubDatabase(orm_engine(Database(path, key).open_connection), path.name, path)


def open_hub_server(url: str, *, connections: int = 10) -> HubDatabase:
    """Open a database server by its `postgresql+psycopg://` URL. Raises StorageFailed."""
    try:
        engine = create_engine(
            make_url(url),
            pool_size=connections,
            max_overflow=connections,
            pool_timeout=10,
            hide_parameters=True,  # an error's text never holds people's names
            connect_args={"connect_timeout": 5},
        )
    except (SQLAlchemyError, ImportError) as error:
        raise StorageFailed(
            Words(zh="無法使用這個資料庫網址。", en="This database URL cannot be used."),
            remedy=Words(
                zh="格式為 postgresql+psycopg://使用者@主機/資料庫，"
                "並需安裝 venuedesk[postgresql]。",
                en="It reads postgresql+psycopg://user@host/database, and needs"
                " venuedesk[postgresql] installed.",
            ),
        ) from error
    if engine.dialect.name != "postgresql":
        raise StorageFailed(
            Words(zh="只支援 PostgreSQL 的網址。", en="Only PostgreSQL URLs are supported."),
            remedy=Words(zh="不給網址就用內建資料庫。", en="Give none to use the built-in file."),
        )
    event.listen(engine, "connect", _settle)
    return HubDatabase(engine, make_url(url).render_as_string(hide_password=True))


def is_postgresql(connection: Connection) -> bool:
    """Tell whether rows are to be held one by one; SQLite's writers go one at a time anyway."""
    return connection.dialect.name == "postgresql"


def _settle(connection: Any, _record: object) -> None:
    """Set limits on a fresh connection, and never acknowledge what is not on disk."""
    with connection.cursor() as cursor:
        for setting in SETTINGS:
            cursor.execute(setting)
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] not in _AS_SAFE:
            cursor.execute("SET synchronous_commit = 'on'")
    connection.commit()


def _begin_on_sqlite(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(_IS_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _is_transient(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _TRANSIENT or (state is None and "is locked" in str(error.orig))


def _in_words(error: SQLAlchemyError) -> StorageFailed:
    """Return what an engine's error means for a person."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if cause is None or hasattr(cause, "sqlstate") or "is locked" in str(cause):
        return _busy()
    try:
        with storage_errors():
            raise cause
    except StorageFailed as failed:
        return failed
    except Exception:  # noqa: BLE001 - whatever it was, the caller raises our words from it
        return _busy()


def _busy() -> StorageFailed:
    return StorageFailed(
        Words(
            zh="同步中心的資料庫目前無法完成這個動作，沒有存下任何東西。",
            en="The hub's database cannot do this now; nothing was stored.",
        ),
        remedy=Words(
            zh="程式會自動再試；若持續發生，請檢查資料庫是否正在執行。",
            en="It is tried again by itself; if it goes on, check that the database is running.",
        ),
    )
