"""Sees what a hub beside the window writes into the event's file."""

import threading
from collections.abc import Callable, Iterable

from app.domain.errors import StorageFailed
from db.engine import Connection, Database

LOOK_EVERY = 0.1
"""Seconds; a look reads one counter that SQLite keeps in shared memory."""


class FileWatch:
    """Tells which kinds of facts of other devices were added, in a thread of its own."""

    def __init__(
        self, database: Database, device: str, on_facts: Callable[[Iterable[str]], object]
    ) -> None:
        self._database = database
        self._device = device
        self._on_facts = on_facts
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="file-watch", daemon=True)

    def start(self) -> None:
        """Begin looking."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def poke(self) -> None:
        """Own facts are not looked for."""

    def _watch(self) -> None:
        try:
            connection = self._database.connection()
            known = _chains(connection)
            version = _version(connection)
            while not self._ended.wait(LOOK_EVERY):
                now = _version(connection)
                if now != version:
                    version, known = now, self._look(connection, known)
        except StorageFailed:
            return  # the file is closed or damaged; whoever writes tells it in words
        except Exception:
            if not self._ended.is_set():
                raise

    def _look(self, connection: Connection, known: dict[tuple[str, str], int]) -> dict[
        tuple[str, str], int
    ]:  # fmt: skip
        chains = _chains(connection)
        kinds: set[str] = set()
        for (device, incarnation), seq in chains.items():
            before = known.get((device, incarnation), 0)
            if device != self._device and seq > before:
                rows = connection.execute(
                    "SELECT DISTINCT kind FROM fact WHERE device=? AND incarnation=? AND seq>?",
                    (device, incarnation, before),
                )
                kinds.update(kind for (kind,) in rows)
        if kinds:
            self._on_facts(kinds)
        return chains


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _chains(connection: Connection) -> dict[tuple[str, str], int]:
    rows = connection.execute("SELECT device, incarnation, seq FROM chain_head")
    return {(device, incarnation): seq for device, incarnation, seq in rows}
