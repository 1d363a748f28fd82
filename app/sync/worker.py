"""The exchange with the hub while an event is open: in threads of its own, whatever the network.

Own facts are sent as soon as somebody says so, the hub's bell brings the others', and every few
seconds both ends are compared whatever the bell said. Offline it tries again, ever less often.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.clock_offset import SURE_WITHIN_MS
from app.domain.errors import HubRefused, HubUnreachable, VenueDeskError
from app.services.context import EventContext
from app.services.hub_link import HubLink
from app.services.profile import Profile
from app.sync.exchange import Exchange, Moved
from app.sync.hub_client import DeviceKey, HubClient
from app.sync.hub_errors import HubBusy
from app.sync.pace import PULL_SECONDS, wait_after
from app.sync.status import SyncState, SyncStatus
from app.sync.watched_store import ExchangeEnded, WatchedStore
from app.wire.messages import RefusalCode
from db.clock_notes import ClockNotes
from db.exchange import StationStore

COMPARE_SECONDS = 30.0
NOT_SOONER_SECONDS = 2.0
REFUSED_SECONDS = 60.0


class SyncWorker:
    """Keeps one open event equal with its hub. Callbacks come from its threads."""

    def __init__(
        self,
        context: EventContext,
        link: HubLink,
        *,
        on_status: Callable[[SyncStatus], None],
        on_facts: Callable[[frozenset[str]], None] = lambda _kinds: None,
        on_revoked: Callable[[], None] = lambda: None,
        pull_seconds: float = PULL_SECONDS,
    ) -> None:
        """`on_facts` hears the kinds of facts that came; `on_revoked` must erase what is private.

        `on_revoked` is called when the hub itself said so, after nothing else of the worker will
        touch the file any more.
        """
        self._context = context
        self._link = link
        self._on_status = on_status
        self._on_revoked = on_revoked
        self._pull_seconds = pull_seconds
        self._status = SyncStatus(state=SyncState.CONNECTING, url=link.url)
        self._store = WatchedStore(
            StationStore(context.database, context.journal, context.clock), on_facts
        )
        self._is_over = threading.Event()
        self._client, self._bell = self._new_client(), self._new_client()
        self._exchange = Exchange(
            self._store,
            self._client,
            list_have=self._store.list_have,
            on_moved=self._on_moved,
            is_stopped=self._is_over.is_set,
        )
        self._wake = threading.Event()
        self._wants_push = self._wants_pull = False
        self._compared_at = float("-inf")
        self._failures = 0
        self._before: Moved = Moved()
        self._clock_notes = ClockNotes(context.database, context.journal)
        self._threads = [
            threading.Thread(target=self._keep_equal, name="exchange", daemon=True),
            threading.Thread(target=self._listen, name="bell", daemon=True),
        ]

    @property
    def status(self) -> SyncStatus:
        """How the exchange stands."""
        return self._status

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End. Waits for what is being stored, never for the network."""
        self._is_over.set()
        self._wake.set()
        self._store.close()
        self._bell.give_up()
        self._client.give_up()

    def join(self, seconds: float) -> bool:
        """Wait until the threads have ended too; False where they have not in time."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def poke(self) -> None:
        """Something was just recorded here: send it now."""
        self._wants_push = True
        self._wake.set()

    def _new_client(self) -> HubClient:
        with self._store.open(), self._context.database.read() as connection:
            key = connection.execute(
                "SELECT value FROM local_state WHERE key='private_key'"
            ).fetchone()[0]
        return HubClient(
            self._link.url,
            hub_key=self._link.hub_key,
            device=DeviceKey(self._context.journal.origin.device, key),
            event_id=self._context.event_id,
        )

    # The exchange's thread

    def _keep_equal(self) -> None:
        try:
            with self._store.open() as store:
                store.retry_quarantined()
            while not self._is_over.is_set():
                self._rest(self._try_once())
        except ExchangeEnded:
            pass
        finally:
            self._client.close()

    def _rest(self, seconds: float) -> None:
        """Wait for the time, a poke or the bell; after a failure not sooner than a moment."""
        if self._failures and self._is_over.wait(min(NOT_SOONER_SECONDS, seconds)):
            return
        self._wake.wait(seconds)
        self._wake.clear()

    def _try_once(self) -> float:
        """Exchange what there is; return how long to rest."""
        try:
            self._go_round()
        except HubBusy as error:
            self._tell_problem(SyncState.OFFLINE, error)
            return error.retry_after_ms / 1000
        except HubRefused as error:
            return self._on_refused(error)
        except HubUnreachable as error:
            self._failures += 1
            self._tell_problem(SyncState.OFFLINE, error)
            return wait_after(self._failures)
        except VenueDeskError as error:  # the file was busy or full: the door goes first
            self._failures += 1
            self._exchange.forget()
            self._tell_problem(self._status.state, error)
            return wait_after(self._failures)
        self._failures = 0
        return self._pull_seconds

    def _on_refused(self, error: HubRefused) -> float:
        self._failures += 1
        self._exchange.forget()
        if error.code == RefusalCode.REVOKED:
            self._tell_problem(SyncState.REVOKED, error)
            self._is_over.set()
            self._bell.give_up()
            self._store.close()
            self._on_revoked()
            return 0.0
        waits = error.code == RefusalCode.WAITING
        self._tell_problem(SyncState.WAITING if waits else SyncState.REFUSED, error)
        return NOT_SOONER_SECONDS if waits else REFUSED_SECONDS

    def _go_round(self) -> None:
        pushes, pulls = self._wants_push, self._wants_pull
        self._wants_push = self._wants_pull = False
        epoch, moved = self._client.epoch, Moved()
        self._before = Moved()
        if self._is_comparison_due():
            self._exchange.run(moved)
            self._compared_at = time.monotonic()
        else:
            self._exchange.push(moved)
            if pulls or not pushes:
                self._exchange.pull(moved)
        if epoch and self._client.epoch != epoch:  # the hub was restored: it may lack anything
            self._exchange.run(moved)
        self._leave_forked_chain(moved)
        self._note_clock()
        self._tell_standing()

    def _is_comparison_due(self) -> bool:
        is_old = time.monotonic() - self._compared_at > COMPARE_SECONDS
        return bool(self._failures) or (is_old and not self._wants_push)

    def _leave_forked_chain(self, moved: Moved) -> None:
        own = self._context.journal.origin.device
        for fork in moved.forks:
            if fork.device == own and self._store.begin_incarnation(fork.incarnation):
                self._exchange.push(moved)

    def _note_clock(self) -> None:
        sample = self._client.clock
        if sample is not None and sample.error_ms <= SURE_WITHIN_MS:
            with self._store.open():
                noted = self._clock_notes.note(sample.offset_ms, sample.error_ms)
            if noted:
                self.poke()

    # The bell's thread

    def _listen(self) -> None:
        failures = 0
        while not self._is_over.is_set():
            try:
                for facts in self._bell.listen():
                    failures = 0
                    if self._is_over.is_set():
                        break
                    if facts != self._client.facts_there or not self._is_settled():
                        self._wants_pull = True
                        self._wake.set()
            except VenueDeskError:  # told by the other thread, which asks the same hub
                failures += 1
            self._is_over.wait(wait_after(failures))
        self._bell.close()

    def _is_settled(self) -> bool:
        return self._status.state is SyncState.SYNCED

    # What the window hears

    def _on_moved(self, moved: Moved) -> None:
        is_receiving = moved.received > self._before.received
        self._before = replace(moved)
        self._tell(
            state=SyncState.RECEIVING if is_receiving else SyncState.SENDING,
            received=moved.received,
            expected=self._client.facts_there,
            problem=None,
            remedy=None,
        )

    def _tell_standing(self) -> None:
        """Tell that all went well, and what there is to know beside it."""
        queue = self._store.count_lacking(self._exchange.last_known_tips())
        here = self._store.holdings()
        sample = self._client.clock
        self._tell(
            state=SyncState.SYNCED,
            queue=queue.facts,
            oldest_ms=queue.oldest_ms,
            last_contact_ms=self._context.clock.wall_ms(),
            problem=None,
            remedy=None,
            received=0,
            expected=None,
            quarantined=here.quarantined,
            forks=here.forks,
            clock_offset_ms=sample.offset_ms if sample else None,
            clock_error_ms=sample.error_ms if sample else None,
        )

    def _tell_problem(self, state: SyncState, error: VenueDeskError) -> None:
        queue = self._store.count_lacking(self._exchange.last_known_tips())
        self._tell(
            state=state,
            queue=queue.facts,
            oldest_ms=queue.oldest_ms,
            problem=error.message,
            remedy=error.remedy,
        )

    def _tell(self, **news: object) -> None:
        self._status = replace(self._status, **news)  # type: ignore[arg-type]  # one dataclass's own fields
        self._on_status(self._status)


def start_worker(
    profile: Profile,
    context: EventContext,
    link: HubLink,
    on_status: Callable[[SyncStatus], None],
    on_facts: Callable[[frozenset[str]], None],
) -> SyncWorker:
    """Start a worker that erases private data when the hub says this device is shut out."""
    from app.sync.erasing import erase_private_data  # noqa: PLC0415 - hopefully never

    worker = SyncWorker(
        context,
        link,
        on_status=on_status,
        on_facts=on_facts,
        on_revoked=partial(erase_private_data, profile, context),
    )
    worker.start()
    return worker
