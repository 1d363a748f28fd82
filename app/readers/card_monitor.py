"""Watches all readers in a thread of its own and tells what happens at them."""

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self

from app.readers.card_events import CardEvent, ServiceFound, ServiceLost, list_changes
from app.readers.card_faults import SERVICE_FAULTS, CardFault
from app.readers.pcsc import NEW_READERS, PcscContext, ReaderState, open_context

SLICE_MS = 500
"""Longest wait in one go, and so the longest a `stop` can take.

A cancel that comes just before a wait is lost in PC/SC, and some systems tell no new readers.
"""


class CardMonitor:
    """Reports what happens at the readers until it is stopped; survives the service's restarts.

    `report` is called in the monitor's own thread. The first event says whether the service is
    there; then readers and cards that were there already are reported as if they came.
    """

    def __init__(
        self,
        report: Callable[[CardEvent], None],
        *,
        connect: Callable[[], PcscContext] = open_context,
        retry_ms: int = 1000,
    ) -> None:
        self._report = report
        self._connect = connect
        self._retry_ms = retry_ms
        self._readers: dict[str, ReaderState] = {}
        self._new_readers = ReaderState(NEW_READERS)
        self._lost: CardFault | None = None
        self._context: PcscContext | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="card-monitor", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; returns when the thread has ended, and nothing is reported after."""
        self._stopping.set()
        context = self._context
        if context is not None:
            context.cancel()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        """Watch as long as the service is there; look for it again when it is not."""
        while not self._stopping.is_set():
            try:
                with self._connect() as context:
                    self._watch(context)
            except CardFault as fault:
                self._lose(fault)
                self._stopping.wait(self._retry_ms / 1000)

    def _watch(self, context: PcscContext) -> None:
        """Report changes until the service fails or we are stopped."""
        self._new_readers = ReaderState(NEW_READERS)
        self._context = context
        try:
            readers = self._look(context)
            self._report(ServiceFound())
            self._lost = None
            while not self._stopping.is_set():
                self._tell(readers)
                readers = self._look(context)
        finally:
            self._context = None

    def _look(self, context: PcscContext) -> dict[str, ReaderState]:
        """Wait until something may have changed; return the readers as they are now."""
        names = context.list_readers()
        known = [self._readers.get(name, ReaderState(name)) for name in names]
        if context.tells_new_readers:
            known.append(self._new_readers)
        if not known:
            self._stopping.wait(SLICE_MS / 1000)
            return {}
        try:
            seen = {state.name: state for state in context.wait(known, SLICE_MS)}
        except CardFault as fault:
            if fault.kind in SERVICE_FAULTS:
                raise
            # A reader left between the list and the wait: look again.
            self._stopping.wait(SLICE_MS / 10_000)
            return dict(self._readers)
        self._new_readers = seen.pop(NEW_READERS, self._new_readers)
        return seen

    def _tell(self, readers: dict[str, ReaderState]) -> None:
        """Report what changed since the last look, and remember this one."""
        events = list_changes(self._readers, readers)
        self._readers = readers
        for event in events:
            self._report(event)

    def _lose(self, fault: CardFault) -> None:
        """Report once that the service is gone, and before it all readers with their cards."""
        self._tell({})
        if self._lost is None or self._lost.kind is not fault.kind:
            self._report(ServiceLost(fault))
        self._lost = fault
