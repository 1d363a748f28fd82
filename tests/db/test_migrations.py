"""The schema that migrations make is the one the tables describe, and newer files are refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from factories import KEY, Room, open_room
from sqlmodel import SQLModel

import db.tables  # noqa: F401 - fills SQLModel.metadata
from app.domain.errors import StorageFailed
from app.services.profile import Profile
from db import migrations
from db.engine import Database

SEARCH_TABLES = ("person_search", "issue_search")
"""The search indexes and their shadow tables belong to SQLite, not to SQLModel."""


@pytest.fixture
def fresh(tmp_path: Path) -> Database:
    return Database(tmp_path / "fresh.db", KEY)


def test_head_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_an_empty_file_is_brought_to_the_head(fresh: Database) -> None:
    assert migrations.schema_version(fresh) is None
    migrations.upgrade(fresh)
    assert migrations.schema_version(fresh) == migrations.HEAD
    migrations.upgrade(fresh)
    assert migrations.schema_version(fresh) == migrations.HEAD
    fresh.close()


def test_the_tables_are_what_the_migrations_make(fresh: Database) -> None:
    migrations.upgrade(fresh)
    with fresh.orm() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not str(name).startswith(SEARCH_TABLES)
                ),
            },
        )
        assert compare_metadata(context, SQLModel.metadata) == []
    fresh.close()


def test_tables_keep_their_kind(fresh: Database) -> None:
    """Tables without row ids, guards and the search index are not compared by Alembic."""
    migrations.upgrade(fresh)
    connection = fresh.connection()
    kinds = {row[1]: row[4] for row in connection.execute("PRAGMA table_list")}
    described = {
        table.name: int(table.dialect_options["sqlite"]["with_rowid"] is False)
        for table in SQLModel.metadata.tables.values()
    }
    assert {name: kinds[name] for name in described} == described
    triggers = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
    }
    assert {"fact_is_never_changed", "fact_is_never_deleted"} <= triggers
    fresh.close()


@pytest.mark.parametrize("version", ["0099", "9999", "a1b2c3"])
def test_a_file_of_a_newer_version_is_refused_in_words(
    room: Room, profile: Profile, version: str
) -> None:
    room.connection.execute("UPDATE alembic_version SET version_num=?", (version,))
    room.close()
    with pytest.raises(StorageFailed) as refusal:
        open_room(profile)
    assert "較新版本" in refusal.value.message.zh
    assert refusal.value.remedy.zh == "請更新程式。"


def test_a_migration_that_fails_leaves_an_empty_file(
    fresh: Database,
) -> None:
    fresh.connection().execute("CREATE TABLE unit (id)")  # in the way of the last table
    with pytest.raises(StorageFailed):
        migrations.upgrade(fresh)
    names = {row[0] for row in fresh.connection().execute("SELECT name FROM sqlite_master")}
    assert names == {"unit"}
    fresh.close()
