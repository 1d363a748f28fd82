"""Laptops at a real hub, for tests: joined, open, with the worker of the window."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from factories import Room, open_room
from hub_process import RunningHub

from app.domain.devices import DeviceRole
from app.services.profile import Profile, open_profile
from app.sync.joining import Joined, find_link, join_with_event, join_without_event
from app.sync.once import SyncReport, sync_once
from app.sync.status import SyncState, SyncStatus
from app.sync.worker import SyncWorker, start_worker
from app.system_clock import SystemClock

PATIENCE = 20.0


class Watch:
    """Waits for a join as the window does."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self.received = 0
        self.expected: int | None = None
        self.stop = threading.Event()
        self.on_wait: Callable[[], None] = lambda: None

    @property
    def is_cancelled(self) -> bool:
        return self.stop.is_set()

    def wait(self, seconds: float) -> bool:
        self.on_wait()
        return self.stop.wait(min(seconds, 0.05))


def wait_until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for something another thread brings about."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited in vain until {what}"
        time.sleep(0.002)


@dataclass
class Heard:
    """What a worker told."""

    statuses: list[SyncStatus] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def has_been(self, state: SyncState) -> bool:
        return any(status.state is state for status in self.statuses)

    def is_now(self, state: SyncState) -> bool:
        return bool(self.statuses) and self.statuses[-1].state is state


class Stations:
    """Laptops that joined one hub."""

    def __init__(self, hub: RunningHub, folder: Path) -> None:
        self.hub = hub
        self._folder = folder
        self.rooms: list[Room] = []
        self.joined: list[Joined] = []

    def invite(self, role: DeviceRole, event_id: str = "", *, confirm: bool = False) -> str:
        """Return a fresh code."""
        with self.hub.storage() as storage:
            return storage.devices.invite(event_id, role, confirm=confirm).code

    def bring(self, profile: Profile) -> Room:
        """Join with the event of a profile."""
        room = open_room(profile)
        self.rooms.append(room)
        code = self.invite(DeviceRole.ORGANIZER)
        joined = join_with_event(room.desk.context, self.hub.secure_url, code, Watch())
        self.joined.append(joined)
        return room

    def receive(self, name: str) -> Room:
        """Join without an event, and open what came."""
        profile = open_profile(self._folder / name)
        code = self.invite(DeviceRole.STATION, self.rooms[0].desk.context.event_id)
        self.joined.append(
            join_without_event(profile, self.hub.plain_url, code, Watch(), SystemClock())
        )
        room = open_room(profile)
        self.rooms.append(room)
        return room

    def sync(self, number: int) -> SyncReport:
        """Exchange once, as the command does."""
        room = self.rooms[number]
        return sync_once(room.profile, room.desk.context)

    @contextmanager
    def worker(self, number: int, url: str = "") -> Iterator[tuple[SyncWorker, Heard]]:
        """Run the worker of one laptop."""
        room, heard = self.rooms[number], Heard()
        link = find_link(room.desk.context)
        assert link is not None
        if url:
            link = replace(link, url=url)
        worker = start_worker(
            room.profile, room.desk.context, link, heard.statuses.append, heard.kinds.update
        )
        try:
            yield worker, heard
        finally:
            worker.stop()
            assert worker.join(PATIENCE)

    def close(self) -> None:
        for room in self.rooms:
            room.desk.context.database.close()
