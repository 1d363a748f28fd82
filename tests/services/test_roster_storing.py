"""A large roster is stored block after block, and still all of it or nothing."""

from pathlib import Path

import pytest
from factories import Room, person_row, write_roster

from app.domain.errors import Cancelled, StorageFailed
from app.services.care import verify_event

ROWS = 4_500
"""More than two blocks, the last one not full."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "roster.csv", [person_row(number) for number in range(ROWS)])


def count(room: Room, table: str) -> int:
    (number,) = room.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(number)


def counts(room: Room) -> dict[str, int]:
    tables = ("fact", "person", "registration", "person_search", "session_tally")
    return {table: count(room, table) for table in tables}


def test_every_block_is_stored_and_progress_only_grows(empty_room: Room, file: Path) -> None:
    before, steps = count(empty_room, "fact"), []

    def tell(done: int, total: int) -> bool:
        steps.append(done / total)
        return True

    done = empty_room.office.registrations.import_roster(file, "b1d1", progress=tell)
    assert (done.added, count(empty_room, "fact") - before) == (ROWS, ROWS)
    assert count(empty_room, "person") == ROWS
    assert steps == sorted(steps)
    assert steps[-1] == 1
    assert len([step for step in steps if 0.5 < step < 1]) > 1
    assert verify_event(empty_room.desk.context).is_sound


def test_cancelling_while_blocks_are_stored_leaves_nothing(empty_room: Room, file: Path) -> None:
    before = counts(empty_room)
    with pytest.raises(Cancelled):
        empty_room.office.registrations.import_roster(
            file, "b1d1", progress=lambda done, total: done / total < 0.9
        )
    assert counts(empty_room) == before
    assert not empty_room.connection.in_transaction
    assert verify_event(empty_room.desk.context).is_sound


@pytest.mark.parametrize("row", [7, ROWS - 1])
def test_what_fails_in_any_block_is_told_and_leaves_nothing(
    empty_room: Room, file: Path, row: int
) -> None:
    before = counts(empty_room)
    empty_room.connection.execute(
        "CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.person"
        f" WHEN NEW.name='{person_row(row)[0]}' AND NEW.phone='{person_row(row)[4]}'"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    with pytest.raises(StorageFailed):
        empty_room.office.registrations.import_roster(file, "b1d1")
    assert counts(empty_room) == before
    empty_room.connection.execute("DROP TRIGGER full_disk")
    assert empty_room.office.registrations.import_roster(file, "b1d1").added == ROWS
    assert verify_event(empty_room.desk.context).is_sound
