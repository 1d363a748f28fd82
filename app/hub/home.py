"""The events of the hub's own laptop: their files and the hub's tables are kept equal in-process.

So a laptop that is the venue's hub joins nothing: what its window records is pushed to the hub's
tables, and what others bring comes into its file, by the same exchange as over the network.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clock import Clock
from app.domain.devices import DeviceRole
from app.domain.errors import VenueDeskError
from app.domain.exchange import MOST_FACTS, Batch, Run, RunResult, Tip
from app.hub.hub import Hub
from app.services.opening import OpenEvent, local_state, open_event_file, set_local_state
from app.services.profile import Profile
from app.sync.exchange import Exchange
from app.sync.joining import machine_label
from db.exchange import StationStore

LOOK_SECONDS = 0.1
PAUSE_SECONDS = 1.0
"""After a failure, and between two looks for another current event."""
_log = logging.getLogger("app.hub")


class HubPeer:
    """A hub's tables as the other side of an exchange in the same process."""

    def __init__(self, hub: Hub, event_id: str) -> None:
        self._hub = hub
        self._event_id = event_id

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs and ring."""
        return self._hub.take(self._event_id, runs)

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        """Return what the file lacks."""
        return self._hub.store(self._event_id).list_lacking(tips, most_facts=most_facts)

    def list_tips(self) -> Sequence[Tip]:
        """Return how far every chain reaches."""
        return self._hub.store(self._event_id).list_tips()


@dataclass(slots=True)
class _Home:
    """One event file that is kept equal with the hub's tables."""

    opened: OpenEvent
    exchange: Exchange
    inode: int
    seen_file: int = -1
    seen_hub: int = -1

    @property
    def event_id(self) -> str:
        return self.opened.context.event_id


class HomeEvents(threading.Thread):
    """Keeps the files of a profile's current event (and of those before it) equal with the hub."""

    def __init__(self, hub: Hub, profile: Profile, clock: Clock) -> None:
        super().__init__(name="hub-home", daemon=True)
        self._hub = hub
        self._profile = profile
        self._clock = clock
        self._homes: dict[str, _Home] = {}
        self._rehearsals: set[str] = set()
        self._stopped = threading.Event()
        self._poked = threading.Event()
        self._look_again_at = 0.0

    def open_first(self) -> None:
        """Enrol the current event before anybody is served, so that the hub knows it."""
        try:
            self._open_current()
        except VenueDeskError as error:
            _log.warning("own event: it could not be opened (%s)", type(error).__name__)

    def run(self) -> None:
        """Exchange whenever a side has something new, until stopped."""
        self._hub.on_taken = self._poke
        try:
            while not self._stopped.is_set():
                self._look()
                self._poked.wait(LOOK_SECONDS)
                self._poked.clear()
        finally:
            self._hub.on_taken = None
            for home in self._homes.values():
                home.opened.database.close()

    def stop(self) -> None:
        """End, after the exchange under way."""
        self._stopped.set()
        self._poked.set()
        self.join()

    def _poke(self, _event_id: str) -> None:
        self._poked.set()

    def _look(self) -> None:
        if time.monotonic() < self._look_again_at and not self._homes:
            return
        try:
            if time.monotonic() >= self._look_again_at:
                self._look_again_at = time.monotonic() + PAUSE_SECONDS
                self._drop_replaced()
                self._open_current()
            for home in self._homes.values():
                self._exchange(home)
        except VenueDeskError as error:
            # What failed stays to be exchanged; a file that is being laid anew opens again later.
            _log.warning("own event: the exchange failed (%s)", type(error).__name__)
            self._stopped.wait(PAUSE_SECONDS)

    def _open_current(self) -> None:
        event_id = self._profile.find_current()
        if event_id is None or event_id in self._homes or event_id in self._rehearsals:
            return
        opened = open_event_file(self._profile, event_id, self._clock, actor="hub")
        if opened.context.twin_of:  # a rehearsal is nobody else's
            self._rehearsals.add(event_id)
            opened.database.close()
            return
        try:
            enrol_home(self._hub, opened)
            context = opened.context
            store = StationStore(opened.database, context.journal, self._clock)
            exchange = Exchange(
                store, HubPeer(self._hub, event_id), is_stopped=self._stopped.is_set
            )
            inode = opened.database.path.stat().st_ino
        except BaseException:
            opened.database.close()
            raise
        self._homes[event_id] = _Home(opened, exchange, inode)

    def _drop_replaced(self) -> None:
        """Let go of files that were restored or laid anew behind our back."""
        for event_id, home in list(self._homes.items()):
            path = home.opened.database.path
            if not path.exists() or path.stat().st_ino != home.inode:
                home.opened.database.close()
                del self._homes[event_id]

    def _exchange(self, home: _Home) -> None:
        connection = home.opened.database.connection()
        in_file = int(connection.execute("PRAGMA data_version").fetchone()[0])
        at_hub = self._hub.store(home.event_id).total_facts()
        if (in_file, at_hub) == (home.seen_file, home.seen_hub):
            return
        moved = home.exchange.run()
        if not moved.is_stopped:
            home.seen_file = in_file
            home.seen_hub = self._hub.store(home.event_id).total_facts()


def enrol_home(hub: Hub, opened: OpenEvent) -> None:
    """Make this laptop an organizer of its own event at its own hub; harmless when repeated."""
    context = opened.context
    with opened.database.read() as connection:
        state = local_state(connection)
    event = hub.events.open_event(
        context.event_id, name=context.plan.title, bundle_key=state.get("bundle_key", "")
    )
    if event.bundle_key and not state.get("bundle_key"):
        with opened.database.write() as connection:
            set_local_state(connection, "bundle_key", event.bundle_key)
    hub.devices.admit(
        context.event_id,
        device=context.journal.origin.device,
        public_key=state["public_key"],
        role=DeviceRole.ORGANIZER,
        label=machine_label(),
    )
