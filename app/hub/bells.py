"""The bell: "something new" for whoever listens to an event.

Rung in this process after each commit. Another process on the same database is noticed by asking
the event's total now and then, while somebody listens; a lost ring costs that long, never data.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from app.domain.errors import VenueDeskError

HEARTBEAT_SECONDS = 15.0
LOOK_SECONDS = 0.15
_HEARTBEAT = b": still here\n\n"
_log = logging.getLogger("app.hub")


@dataclass(eq=False, slots=True)
class _Listener:
    """One open bell."""

    event_id: str
    device: str
    facts: int = -1
    """The total told last."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def end(self) -> None:
        """Let the listener's answer come to its end."""
        self.is_over = True
        self.changed.set()


class Bells:
    """All open bells of one process. Everything but `ring` belongs to the event loop's thread."""

    def __init__(
        self, count_facts: Callable[[str], int], *, most: int, most_of_device: int
    ) -> None:
        """Prepare; `count_facts` tells an event's total and is asked in a thread."""
        self._count_facts = count_facts
        self._most = most
        self._most_of_device = most_of_device
        self._listeners: list[_Listener] = []
        self._totals: dict[str, int] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many listen."""
        return len(self._listeners)

    @property
    def is_full(self) -> bool:
        """Whether nobody more may listen."""
        return self._is_closed or len(self._listeners) >= self._most

    def ring(self, event_id: str, facts: int) -> None:
        """Tell an event's new total, from any thread."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just been closed
                loop.call_soon_threadsafe(self._ring, event_id, facts)

    async def listen(
        self, event_id: str, device: str, may_listen: Callable[[], bool]
    ) -> AsyncIterator[bytes]:
        """Yield server-sent events: the total at once and whenever it changes.

        `may_listen` is asked in a thread at every heartbeat; its no ends the bell.
        """
        self._loop = asyncio.get_running_loop()
        listener = _Listener(event_id, device)
        self._make_room(device)
        self._listeners.append(listener)
        if event_id not in self._watches:
            self._watches[event_id] = asyncio.create_task(self._watch(event_id))
        try:
            if event_id in self._totals:
                listener.changed.set()
            yield b"retry: 1000\n\n"
            while not listener.is_over:
                words = await self._next_words(listener)
                if words == _HEARTBEAT and not await asyncio.to_thread(may_listen):
                    break
                yield words
        finally:
            self._listeners.remove(listener)
            self._stop_watching(event_id)

    def end_of_device(self, event_id: str, device: str) -> None:
        """End the bells of a device that may no longer listen; from any thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._end, event_id, device)

    def close(self) -> None:
        """End every bell, so that the server can stop."""
        self._is_closed = True
        for listener in self._listeners:
            listener.end()

    def _make_room(self, device: str) -> None:
        """End the oldest bells of a device that opens too many: connections that died unnoticed."""
        own = [item for item in self._listeners if item.device == device and not item.is_over]
        for old in own[: max(0, len(own) + 1 - self._most_of_device)]:
            old.end()

    def _end(self, event_id: str, device: str) -> None:
        for listener in self._listeners:
            if (listener.event_id, listener.device) == (event_id, device):
                listener.end()

    async def _next_words(self, listener: _Listener) -> bytes:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await listener.changed.wait()
        except TimeoutError:
            return _HEARTBEAT
        listener.changed.clear()
        facts = self._totals.get(listener.event_id, -1)
        if listener.is_over or facts in (-1, listener.facts):
            return b": nothing new\n\n"
        listener.facts = facts
        return f"data: {json.dumps({'facts': facts})}\n\n".encode()

    def _ring(self, event_id: str, facts: int) -> None:
        if facts == self._totals.get(event_id):
            return
        self._totals[event_id] = facts
        for listener in self._listeners:
            if listener.event_id == event_id:
                listener.changed.set()

    async def _watch(self, event_id: str) -> None:
        """Look at the total while somebody listens, for what other processes stored."""
        while True:
            try:
                self._ring(event_id, await asyncio.to_thread(self._count_facts, event_id))
            except VenueDeskError as error:
                _log.warning("bell: the total cannot be read (%s)", type(error).__name__)
                await asyncio.sleep(1)
            await asyncio.sleep(LOOK_SECONDS)

    def _stop_watching(self, event_id: str) -> None:
        if not any(item.event_id == event_id for item in self._listeners):
            self._watches.pop(event_id).cancel()
            self._totals.pop(event_id, None)
