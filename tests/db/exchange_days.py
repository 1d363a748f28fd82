"""Laptops of one event that meet: what tests of exchange share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from factories import KEY, Room, copied, open_room

from app.domain.exchange import FactStore, RunResult, Tip
from app.services.care import begin_incarnation
from app.services.profile import Profile
from db.exchange import StationStore
from db.journal import COLUMNS
from db.projection.rows import READ_TABLES

Row = tuple[Any, ...]


def second_laptop(profile: Profile, folder: Path) -> Room:
    """Return another laptop of the same event, with a chain of its own."""
    copy = copied(profile, folder)
    event_id = copy.list_event_ids()[0]
    opened = open_room(copy)
    clock = opened.clock
    opened.close()
    begin_incarnation(copy.event_path(event_id), KEY, event_id, clock)
    return open_room(copy, clock)


def store_of(room: Room) -> StationStore:
    context = room.desk.context
    return StationStore(context.database, context.journal, context.clock)


def facts_of(room: Room) -> set[Row]:
    return {
        row
        for table in ("fact", "fork_fact")
        for row in room.connection.execute(f"SELECT {COLUMNS} FROM {table}")  # noqa: S608
    }


def tables_of(room: Room) -> dict[str, list[str]]:
    names = (*READ_TABLES, "session_tally")
    return {
        name: sorted(
            map(
                repr,
                room.connection.execute(
                    f"SELECT {','.join(READ_TABLES[name].columns)} FROM {name}"  # noqa: S608
                    if name in READ_TABLES
                    else "SELECT * FROM session_tally WHERE expected<>0 OR arrived<>0",
                ),
            )
        )
        for name in names
    }


def carry(
    giver: FactStore, taker: FactStore, tips: Sequence[Tip], **limits: int
) -> list[RunResult]:
    """Bring the taker one batch of what somebody with these tips lacks."""
    return list(taker.take(giver.list_lacking(tips, **limits).runs))


def meet(one: StationStore, two: StationStore, **limits: int) -> list[RunResult]:
    """Exchange until both hold the same, each batch within the limits."""
    results: list[RunResult] = []
    for _ in range(400):
        if one.list_tips() == two.list_tips():
            return results
        results += carry(two, one, one.list_have(), **limits)
        results += carry(one, two, two.list_have(), **limits)
    raise AssertionError("they never came to hold the same")


def busy(room: Room, numbers: Sequence[int], letter: str, at: str = "08:45") -> None:
    """Let people sign in at a desk, and a few more register."""
    room.at(at)
    for number in numbers:
        room.clock.pass_ms(1500)
        room.scan(room.code(number), letter=letter)
    room.import_people(range(numbers[0] + 100, numbers[0] + 103))
