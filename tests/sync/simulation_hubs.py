"""A hub of the simulation: the real store on its own encrypted file, with epoch and own chain."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from factories import KEY
from history_export import Branched, list_hub_heads, list_hub_rows
from simulation_chance import SkewedClock, WorldTime

from app.domain.exchange import StoredRow
from app.domain.facts import Draft, FactKind
from db.hub.engine import HubDatabase, open_hub_file
from db.hub.identity import HubIdentity
from db.hub.schema import prepare
from db.hub.store import HubStore

NAMES = ("venue", "county")


def make_hub_file(path: Path) -> None:
    """Make the empty database of a hub."""
    database = open_hub_file(path, KEY)
    prepare(database)
    HubIdentity(database).begin_service()
    database.close()


class SimulatedHub:
    """One hub. After a restart only its file tells it anything."""

    def __init__(self, database: HubDatabase, fresh: Path, event_id: str, time: WorldTime) -> None:
        """Begin with a copy of a fresh file. The engine is used again: making one is slow."""
        self.name = fresh.name.partition("-")[0]
        self.database = database
        self.path = _path_of(database)
        self.clock = SkewedClock(time)
        self._event_id = event_id
        for suffix in ("", ".served"):
            shutil.copyfile(_beside(fresh, suffix), _beside(self.path, suffix))
        self._open()

    def _open(self) -> None:
        self.identity = HubIdentity(self.database)
        self.epoch = self.identity.key.epoch
        self.store = HubStore(self.database, self._event_id, self.clock)

    def open(self) -> None:
        """Begin to serve."""
        self._open()
        self.epoch = self.identity.begin_service()

    def close(self) -> None:
        """Stop without a word, as a killed process does: nothing but the file is left."""
        self.database.close()

    def restart(self, random: Random) -> None:
        """Stop, orderly or not, and serve again."""
        if random.random() < 0.5:
            self.identity.end_service()
        self.close()
        self.clock.restart(random)
        self.open()

    def act(self, random: Random) -> list[StoredRow]:
        """Let an organizer admit or revoke a device; return the stored facts, as acknowledged."""
        device = f"laptop-{random.getrandbits(32):08x}"
        kind = random.choice((FactKind.DEVICE_ADMITTED, FactKind.DEVICE_REVOKED))
        body = {
            "public_key": random.randbytes(32).hex(),
            "role": "station",
            "label": "",
            "letter": "",
        }
        draft = Draft(kind=kind, subject=f"device:{device}", body=body)
        return list(self.store.append_own([draft]))

    def back_up(self, target: Path) -> None:
        """Write a consistent copy while it serves."""
        target.unlink(missing_ok=True)
        with self.database.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("VACUUM INTO ?", (str(target),))

    def restore(self, backup: Path) -> None:
        """Put an old copy in the place of the file and serve again, as the program does."""
        self.close()
        for suffix in ("-wal", "-shm"):
            _beside(self.path, suffix).unlink(missing_ok=True)
        shutil.copyfile(backup, self.path)
        self.open()

    def list_rows(self) -> Iterator[Branched]:
        """Yield every fact here with its branch."""
        return list_hub_rows(self.database)

    def list_heads(self) -> list[tuple[Any, ...]]:
        """Return the signed heads here."""
        return list_hub_heads(self.database)

    def faults(self, _thorough: bool) -> list[str]:
        """A hub has no tables that could differ from its facts; the checker reads those."""
        return []


def _path_of(database: HubDatabase) -> Path:
    assert database.path is not None
    return database.path


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
