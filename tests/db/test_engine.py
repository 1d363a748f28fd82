"""Every connection is as safe as the first; the guards of the journal hold; failures have words."""

# ruff: noqa: S608 - columns and tables of our own

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import KEY, Room
from sqlcipher3 import dbapi2

from app.domain.errors import Conflict, StorageFailed
from app.domain.facts import Draft, FactKind
from db.engine import Connection, Database, check_sqlite_version

PRAGMAS = {
    "synchronous": 2,
    "journal_mode": "wal",
    "fullfsync": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "journal_size_limit": 64 * 2**20,
}


def pragmas(ask: Callable[[str], object]) -> dict[str, object]:
    return {name: ask(f"PRAGMA {name}") for name in PRAGMAS}


def of_connection(connection: Connection) -> dict[str, object]:
    return pragmas(lambda sql: (connection.execute(sql).fetchone() or (0,))[0])


def test_every_kind_of_connection_has_every_pragma(room: Room) -> None:
    database = room.desk.context.database
    with database.write() as connection:
        written = of_connection(connection)
    with database.read() as connection:
        read = of_connection(connection)
    assert read == written
    found: list[dict[str, object]] = []
    threads = [
        threading.Thread(target=lambda: found.append(of_connection(database.connection())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.orm() as session:
        raw = session.connection()
        found.append(pragmas(lambda sql: (raw.exec_driver_sql(sql).first() or (0,))[0]))
    # SQLCipher builds without memory mapping answer nothing at all for mmap_size.
    assert [written, *found] == [PRAGMAS] * 5


def test_a_reliability_control_can_lower_synchronous_and_the_program_never_does(
    tmp_path: Path,
) -> None:
    lowered = Database(tmp_path / "a.db", KEY, synchronous="OFF")
    assert of_connection(lowered.connection())["synchronous"] == 0
    lowered.close()
    sources = (path for top in ("app", "ui") for path in (ROOT / top).rglob("*.py"))
    assert [path for path in sources if "synchronous=" in path.read_text("utf-8")] == []


ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 51, 0), (2, 99, 99)])
def test_an_old_sqlite_is_refused_in_words(version: tuple[int, ...]) -> None:
    with pytest.raises(StorageFailed) as refusal:
        check_sqlite_version(version)
    assert ".".join(map(str, version)) in refusal.value.message.zh
    assert "3.51.3" in refusal.value.remedy.zh


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (4, 0, 0)])
def test_a_good_sqlite_passes(version: tuple[int, ...]) -> None:
    check_sqlite_version(version)
    check_sqlite_version()


COLUMNS = [
    *("row", "id", "event_id", "device", "incarnation", "seq", "kind", "subject", "actor"),
    *("body", "private", "salt", "private_hash", "at", "tz", "mono", "boot", "offset_ms"),
    *("offset_quality", "hlc", "prev_hash", "hash"),
]


def test_all_columns_are_tried_below(room: Room) -> None:
    known = [row[1] for row in room.connection.execute("PRAGMA table_info(fact)")]
    assert known == COLUMNS


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_a_fact_can_be_changed(room: Room, column: str) -> None:
    before = room.connection.execute("SELECT * FROM fact").fetchall()
    for value in ("'another'", "99999", f"{column} || 'x'"):
        with pytest.raises(dbapi2.IntegrityError, match=r"never changed|datatype mismatch"):
            room.connection.execute(f"UPDATE fact SET {column}={value} WHERE seq=5")
    assert room.connection.execute("SELECT * FROM fact").fetchall() == before


def test_not_even_while_erasing(room: Room) -> None:
    for column in set(COLUMNS) - {"private", "salt"}:
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            room.connection.execute(
                f"UPDATE fact SET private=NULL, salt=NULL, {column}=12345 WHERE seq=5"
            )


def test_no_fact_can_be_deleted_or_replaced(room: Room) -> None:
    before = room.fact_count()
    with pytest.raises(dbapi2.IntegrityError, match="never deleted"):
        room.connection.execute("DELETE FROM fact WHERE seq=5")
    with pytest.raises(dbapi2.IntegrityError, match="never"):
        room.connection.execute(
            "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE seq=5"
        ).fetchall()
    assert room.fact_count() == before


def test_both_parts_of_what_is_private_can_only_be_erased_together(room: Room) -> None:
    where = "WHERE kind='registration.added' AND seq=5"
    for half in ("private=NULL", "salt=NULL", "private=NULL, salt='x'", "private='x', salt=NULL"):
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            room.connection.execute(f"UPDATE fact SET {half} {where}")
    room.connection.execute(f"UPDATE fact SET private=NULL, salt=NULL {where}")


def test_what_fails_in_the_middle_of_an_act_leaves_nothing(room: Room) -> None:
    before = dump(room)
    context = room.desk.context
    draft = Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"})

    def act() -> None:
        with context.database.write() as connection:
            context.journal.append(connection, [draft])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act()
    assert dump(room) == before
    assert room.append(draft)[0].seq == room.fact_count()


def test_an_append_with_a_bad_draft_among_good_ones_leaves_nothing(room: Room) -> None:
    before = dump(room)
    good = Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"})
    bad = Draft(kind=FactKind.UNIT_ADDED, subject="unit:v", body={"name": 1.5})
    with pytest.raises(ValueError, match="float"):
        room.append(good, bad)
    assert dump(room) == before


def dump(room: Room) -> list[object]:
    tables = [
        row[0]
        for row in room.connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    return [
        (name, room.connection.execute(f"SELECT * FROM {name}").fetchall())
        for name in sorted(tables)
    ]


def test_a_lock_held_elsewhere_is_told_as_a_conflict(room: Room) -> None:
    other = Database(room.file, KEY)
    room.connection.execute("PRAGMA busy_timeout=0")
    try:
        with other.write(), pytest.raises(Conflict) as refusal:
            room.scan("X")
    finally:
        other.close()
    assert refusal.value.sentence("zh")
    assert room.scan("X").verdict == "unreadable"


def test_readers_see_what_was_before_while_somebody_writes(room: Room) -> None:
    database = room.desk.context.database
    seen: list[int] = []

    def read() -> None:
        with database.read() as connection:
            seen.append(connection.execute("SELECT count(*) FROM unit").fetchone()[0])

    draft = Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "x"})
    with database.write() as connection:
        room.desk.context.journal.append(connection, [draft])
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    read()
    assert seen == [0, 1]


def test_a_wrong_key_and_a_file_of_something_else_are_told_in_words(
    room: Room, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"This is no database at all. " * 500)
    for path, key in ((room.file, "ab" * 32), (foreign, KEY)):
        database = Database(path, key)
        with pytest.raises(StorageFailed) as refusal:
            database.connection()
        database.close()
        assert "金鑰" in refusal.value.message.zh
        assert refusal.value.remedy.en


def test_the_file_is_nobody_elses_to_read(room: Room) -> None:
    assert b"SQLite format 3" not in room.file.read_bytes()[:100]
    plain = dbapi2.connect(str(room.file))
    with pytest.raises(dbapi2.DatabaseError, match="not a database"):
        plain.execute("SELECT 1 FROM fact")
    plain.close()


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    database = Database(tmp_path / "missing" / "a.db", KEY)
    with pytest.raises(StorageFailed) as refusal:
        database.connection()
    assert "無法開啟" in refusal.value.message.zh
