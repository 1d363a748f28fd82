"""Readers plugged in and out while the monitor runs, on systems that tell it and ones that do not.

pcscd's virtual readers cannot be plugged while it runs, so here a stand-in says what PC/SC says.
"""

from collections.abc import Sequence
from queue import Queue
from threading import Condition
from typing import Self

import pytest

from app.readers.card_events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderAppeared,
    ReaderVanished,
    ServiceFound,
)
from app.readers.card_faults import CardFault, FaultKind
from app.readers.card_monitor import CardMonitor
from app.readers.pcsc import NEW_READERS, ReaderState
from app.readers.pcsc_codes import STATE_PRESENT


class PluggedReaders:
    """What a service knows; answers like PC/SC's contexts do."""

    def __init__(self, *, tells_new_readers: bool) -> None:
        self.tells_new_readers = tells_new_readers
        self.readers: dict[str, ReaderState] = {}
        self._changed = Condition()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def plug(self, reader: ReaderState) -> None:
        with self._changed:
            self.readers[reader.name] = reader
            self._changed.notify_all()

    def unplug(self, name: str) -> None:
        with self._changed:
            del self.readers[name]
            self._changed.notify_all()

    def cancel(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def list_readers(self) -> tuple[str, ...]:
        with self._changed:
            return tuple(self.readers)

    def wait(self, known: Sequence[ReaderState], timeout_ms: int) -> tuple[ReaderState, ...]:
        with self._changed:
            self._changed.wait_for(lambda: self._news(known), timeout_ms / 1000)
            return tuple(self._now(state) for state in known)

    def _news(self, known: Sequence[ReaderState]) -> bool:
        return any(self._now(state) != state for state in known)

    def _now(self, state: ReaderState) -> ReaderState:
        if state.name == NEW_READERS:
            return ReaderState(NEW_READERS, len(self.readers) << 16)
        if state.name not in self.readers:
            raise CardFault(FaultKind.NO_READER)
        return self.readers[state.name]


@pytest.mark.parametrize("tells_new_readers", [True, False])
def test_readers_come_and_go(tells_new_readers: bool) -> None:
    readers = PluggedReaders(tells_new_readers=tells_new_readers)
    heard: Queue[CardEvent] = Queue()
    full = ReaderState("A", 1 << 16 | STATE_PRESENT, b"\x3b\x00")
    with CardMonitor(heard.put, connect=lambda: readers):
        assert heard.get(timeout=20) == ServiceFound()
        readers.plug(ReaderState("A", 0x10))
        assert heard.get(timeout=20) == ReaderAppeared("A")
        readers.plug(full)
        assert heard.get(timeout=20) == CardInserted("A", b"\x3b\x00")
        readers.unplug("A")
        assert heard.get(timeout=20) == CardRemoved("A")
        assert heard.get(timeout=20) == ReaderVanished("A")
        readers.plug(full)  # with its card still in it
        assert heard.get(timeout=20) == ReaderAppeared("A")
        assert heard.get(timeout=20) == CardInserted("A", b"\x3b\x00")
    assert heard.empty()
