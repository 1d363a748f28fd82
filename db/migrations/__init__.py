"""Schema versions. Every migration stands alone: it never imports today's tables."""

from pathlib import Path

from db.engine import Database, storage_errors

HEAD = "0007"
"""The newest revision; a database at it is opened without importing Alembic."""


def schema_version(database: Database) -> str | None:
    """Return the schema revision of a database, None for an empty one."""
    connection = database.connection()
    with storage_errors():
        known = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name='alembic_version'"
        ).fetchone()
        if known is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def upgrade(database: Database) -> None:
    """Bring a database to the newest schema, in one transaction per revision."""
    from alembic import command  # noqa: PLC0415 - 0.4 s, only for a new or old file
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["database"] = database
    command.upgrade(config, "head")
