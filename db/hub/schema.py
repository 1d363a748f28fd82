"""Making a hub's tables, also when several processes start on one database at once."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageFailed
from app.domain.words import Words
from db.hub.engine import HubDatabase
from db.hub.tables import HUB_TABLES

SCHEMA_VERSION = 1
_ATTEMPTS = 5
_EXISTS = frozenset({"23505", "42P07", "42710"})
"""PostgreSQL: another process made the same table at the same moment."""


def prepare(database: HubDatabase) -> None:
    """Make what is missing. Raises StorageFailed for a database of a newer program."""
    for attempt in range(_ATTEMPTS):
        try:
            database.write(_make)
        except StorageFailed as failed:
            cause = failed.__cause__
            is_race = isinstance(cause, DBAPIError) and (
                getattr(cause.orig, "sqlstate", None) in _EXISTS
            )
            if not is_race or attempt == _ATTEMPTS - 1:
                raise
        else:
            break
    with database.read() as connection:
        version = int(_version(connection))
    if version > SCHEMA_VERSION:
        raise StorageFailed(
            Words(
                zh="同步中心的資料庫是較新版本的程式建立的。",
                en="The hub's database was made by a newer version of the program.",
            ),
            remedy=Words(zh="請更新程式。", en="Update the program."),
        )


def _make(connection: Connection) -> None:
    HUB_TABLES.create_all(connection)
    connection.execute(
        text(
            "INSERT INTO hub_state (key, value) VALUES ('schema_version', :version)"
            " ON CONFLICT DO NOTHING"
        ),
        {"version": str(SCHEMA_VERSION)},
    )


def _version(connection: Connection) -> str:
    found = connection.execute(text("SELECT value FROM hub_state WHERE key='schema_version'"))
    return str(found.scalar_one())
