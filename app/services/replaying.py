"""Playing paper tapes back into an event's copy: what came after the backup comes back."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock
from app.services.opening import bring_up_to_date
from db.engine import Database
from db.merging import Merged, StoredRow, store_foreign
from db.tape import TapeRun, list_tapes, read_tape


@dataclass(frozen=True, slots=True)
class TapeShelf:
    """Where an event's tapes may lie, and the key they were sealed with."""

    folder: Path
    event_id: str
    key: str

    def read(self) -> list[TapeRun]:
        """Return every tape that can be read; none where the folder is not there."""
        runs = []
        for path in list_tapes(self.folder, self.event_id):
            with suppress(OSError):  # a failing stick gives what it can
                run = read_tape(path, self.key)
                if run is not None and run.rows:
                    runs.append(run)
        return runs


def replay_tapes(draft: Path, key: str, shelf: TapeShelf, clock: Clock) -> Merged:
    """Store what an event's tapes hold beyond its copy. Raises StorageFailed."""
    rows = [row for run in shelf.read() for row in run.rows]
    return replay(draft, key, rows, event_id=shelf.event_id, clock=clock)


def replay(
    draft: Path, key: str, rows: Iterable[StoredRow], *, event_id: str, clock: Clock
) -> Merged:
    """Store facts in an event's copy, as far as they continue its chains."""
    database = Database(draft, key)
    try:
        bring_up_to_date(database)
        with database.write() as connection:
            return store_foreign(connection, rows, event_id=event_id, wall_ms=clock.wall_ms())
    finally:
        database.close()
