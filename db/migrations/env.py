"""Alembic's entry: runs migrations on the database handed over by `db.migrations.upgrade`."""

from alembic import context
from sqlmodel import SQLModel

import db.tables  # noqa: F401 - fills SQLModel.metadata
from db.engine import Database


def run() -> None:
    """Migrate over a SQLModel connection to the same file."""
    database: Database = context.config.attributes["database"]
    with database.orm() as session:
        connection = session.connection()
        # sqlcipher3 is opened in autocommit; Alembic's transaction needs a real BEGIN.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            transaction_per_migration=False,
        )
        context.run_migrations()
        connection.exec_driver_sql("COMMIT")


run()
