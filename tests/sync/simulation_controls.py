# ruff: noqa: ARG002 - controls keep the signatures of what they replace
"""How nodes conduct themselves: faithfully, or in one of the ways that are known to lose facts.

Each control is a mistake that real programs make. The same checker must find it: a proof that
cannot fail proves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulation_links import Weather, lost

from app.domain.exchange import (
    MOST_BYTES,
    MOST_FACTS,
    Batch,
    FactStore,
    Peer,
    Run,
    RunFate,
    RunResult,
    Tip,
)


class Conduct:
    """What the program does."""

    acks_before_commit = False
    begins_new_chain = True
    """After a restore."""

    def client(self, node: Any, hub: Any, peer: Peer) -> tuple[FactStore, Peer]:
        """Return the two sides as a node's exchange sees them."""
        return node.store, peer

    def hub_store(self, hub: Any, weather: Weather) -> FactStore:
        """Return what answers requests at a hub."""
        return StoppingStore(hub.store, weather)


class AcksBeforeCommit(Conduct):
    """The screen turns green before the disk has it."""

    acks_before_commit = True


class ReusesSequences(Conduct):
    """A restored laptop goes on where its backup ended, in the same chain."""

    begins_new_chain = False


class NaiveCursor(Conduct):
    """A client remembers how far it has pulled, and does so before it has stored the rows."""

    def __init__(self) -> None:
        self._cursors: dict[tuple[str, str], _Cursor] = {}

    def client(self, node: Any, hub: Any, peer: Peer) -> tuple[FactStore, Peer]:
        cursor = self._cursors.setdefault((node.name, hub.name), _Cursor())
        return node.store, CursorPeer(peer, cursor)


class PushesOwnOnly(Conduct):
    """A laptop pushes what it wrote itself and leaves the rest to others."""

    def client(self, node: Any, hub: Any, peer: Peer) -> tuple[FactStore, Peer]:
        origin = getattr(node, "origin", None)
        return (OwnOnlyStore(node.store, origin.device) if origin else node.store), peer


class HubAcksBeforeCommit(Conduct):
    """A hub answers `stored` and commits afterwards, or never."""

    def hub_store(self, hub: Any, weather: Weather) -> FactStore:
        return HastyStore(hub.store, weather)


CONTROLS: dict[str, type[Conduct]] = {
    "acks_before_commit": AcksBeforeCommit,
    "hub_acks_before_commit": HubAcksBeforeCommit,
    "naive_cursor": NaiveCursor,
    "pushes_own_only": PushesOwnOnly,
    "reuses_sequences": ReusesSequences,
}


class _Passing:
    """A store that does what another does."""

    def __init__(self, store: FactStore) -> None:
        self._store = store

    def list_tips(self) -> Sequence[Tip]:
        return self._store.list_tips()

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        return self._store.list_lacking(tips, most_facts=most_facts, most_bytes=most_bytes)

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self._store.take(runs)


class StoppingStore(_Passing):
    """A hub that may stop before it has stored anything, and then does not answer."""

    def __init__(self, store: FactStore, weather: Weather) -> None:
        super().__init__(store)
        self._weather = weather

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        if self._weather.happens("hub_stopped"):
            raise lost()
        return super().take(runs)


class HastyStore(StoppingStore):
    """A hub that has answered by the time it stops, which it nearly always does."""

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        if self._weather.random.random() < 0.9:
            return [
                RunResult(
                    run.head.device, run.head.incarnation, RunFate.STORED, len(run.rows),
                    run.head.seq,
                )
                for run in runs
            ]  # fmt: skip
        return self._store.take(runs)


class OwnOnlyStore(_Passing):
    """Offers the facts of one device only."""

    def __init__(self, store: FactStore, device: str) -> None:
        super().__init__(store)
        self._device = device

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        batch = super().list_lacking(tips, most_facts=most_facts, most_bytes=most_bytes)
        runs = [run for run in batch.runs if run.head.device == self._device]
        return Batch(runs, batch.has_more and bool(runs))


@dataclass(slots=True)
class _Cursor:
    tips: dict[tuple[str, str], Tip] = field(default_factory=dict)


class CursorPeer:
    """Asks for what is above a cursor that moves when rows come, not when they are kept."""

    def __init__(self, peer: Peer, cursor: _Cursor) -> None:
        self._peer = peer
        self._cursor = cursor

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self._peer.push(runs)

    def list_tips(self) -> Sequence[Tip]:
        return self._peer.list_tips()

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        for tip in tips:
            known = self._cursor.tips.get((tip.device, tip.incarnation))
            if known is None or known.seq < tip.seq:
                self._cursor.tips[tip.device, tip.incarnation] = tip
        batch = self._peer.pull(sorted(self._cursor.tips.values()), most_facts=most_facts)
        for run in batch.runs:
            self._cursor.tips[run.head.device, run.head.incarnation] = run.head.tip
        return batch


class StoppingPeer:
    """The asker may stop when an answer has come, before it has done anything with it."""

    def __init__(self, peer: Peer, weather: Weather) -> None:
        self._peer = peer
        self._weather = weather

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        results = self._peer.push(runs)
        self._stop()
        return results

    def list_tips(self) -> Sequence[Tip]:
        return self._peer.list_tips()

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        batch = self._peer.pull(tips, most_facts=most_facts)
        self._stop()
        return batch

    def _stop(self) -> None:
        if self._weather.happens("asker_stopped"):
            raise lost()
