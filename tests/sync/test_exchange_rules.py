"""One exchange makes two journals equal, whatever each of them had, refuses or learns meanwhile."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_journal import MemoryJournal

from app.domain.errors import HubUnreachable
from app.domain.exchange import MOST_FACTS, Batch, Run, RunResult, Tip
from app.sync.exchange import Exchange
from app.sync.hub_errors import CUT_OFF, unreachable

SMALL_BATCH = 3
DEVICES = ("a", "b", "c")
counts = st.dictionaries(st.sampled_from(DEVICES), st.integers(1, 12))


class Peer:
    """A journal asked directly, in small batches; counts requests and may fail after some."""

    def __init__(self, journal: MemoryJournal, fails_at: int = -1, *, loses: bool = False) -> None:
        self.journal = journal
        self.requests = 0
        self._fails_at = fails_at
        self._loses_answer = loses

    def _count(self) -> bool:
        self.requests += 1
        fails = self.requests == self._fails_at
        if fails and not self._loses_answer:
            raise unreachable(CUT_OFF)
        return fails

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        fails = self._count()
        results = self.journal.take(runs)
        if fails:
            raise unreachable(CUT_OFF)
        return results

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:  # noqa: ARG002 - batches stay small
        if self._count():
            raise unreachable(CUT_OFF)
        return self.journal.list_lacking(tips, most_facts=SMALL_BATCH)

    def list_tips(self) -> Sequence[Tip]:
        if self._count():
            raise unreachable(CUT_OFF)
        return self.journal.list_tips()


class Station(MemoryJournal):
    """A journal that sends in small batches."""

    def list_lacking(self, tips: Sequence[Tip], **_limits: int) -> Batch:
        return super().list_lacking(tips, most_facts=SMALL_BATCH)


def journals(here: dict[str, int], there: dict[str, int]) -> tuple[Station, MemoryJournal]:
    """Return two journals that hold the beginnings of the same chains, of these lengths."""
    station, hub = Station(), MemoryJournal()
    for journal, lengths in ((station, here), (hub, there)):
        for device, length in lengths.items():
            journal.write(device, length)
    return station, hub


@given(counts, counts)
def test_after_one_exchange_both_hold_the_union(here, there):
    station, hub = journals(here, there)
    moved = Exchange(station, Peer(hub)).run()
    wanted = {name: max(here.get(name, 0), there.get(name, 0)) for name in {*here, *there}}
    assert {key[0]: len(rows) for key, rows in station.chains.items()} == wanted
    assert station.chains == hub.chains
    assert moved.is_equal
    assert moved.sent == sum(max(wanted[name] - there.get(name, 0), 0) for name in wanted)
    assert moved.received == sum(max(wanted[name] - here.get(name, 0), 0) for name in wanted)


@given(counts, counts, st.integers(1, 12), st.booleans())
def test_a_lost_request_or_answer_is_made_up_for(here, there, fails_at, loses):
    station, hub = journals(here, there)
    exchange = Exchange(station, Peer(hub, fails_at, loses=loses))
    try:
        exchange.run()
    except HubUnreachable:
        exchange.run()
    assert station.chains == hub.chains


@given(counts, counts, st.integers(0, 40))
def test_stopped_anywhere_nothing_is_lost_and_the_next_one_finishes(here, there, asked):
    station, hub = journals(here, there)
    looks = iter(range(1_000))
    moved = Exchange(station, Peer(hub), is_stopped=lambda: next(looks) >= asked).run()
    assert moved.is_stopped or moved.is_equal
    assert Exchange(station, Peer(hub)).run().is_equal


@given(st.integers(1, 12), st.integers(0, 11), st.integers(1, 12))
def test_what_the_hub_quarantines_does_not_hold_the_rest(length, bad, others):
    station = Station()
    station.write("a", length)
    station.write("b", others)
    bad_row = station.chains["a", "a-1"][bad % length]
    hub = MemoryJournal(frozenset({bad_row[20]}))
    peer = Peer(hub)
    moved = Exchange(station, peer).run()
    assert len(hub.chains["b", "b-1"]) == others
    assert hub.quarantine
    assert moved.refused_there
    assert not moved.is_equal
    assert peer.requests < 60


@given(st.integers(1, 12), st.integers(0, 11), st.integers(1, 12))
def test_what_we_quarantine_does_not_hold_the_rest(length, bad, others):
    hub = MemoryJournal()
    hub.write("a", length)
    hub.write("b", others)
    station = Station(frozenset({hub.chains["a", "a-1"][bad % length][20]}))
    peer = Peer(hub)
    moved = Exchange(station, peer).run()
    assert len(station.chains["b", "b-1"]) == others
    assert moved.refused_here
    assert peer.requests < 60


def test_one_fact_costs_one_request_once_both_know_each_other():
    station, hub = journals({"a": 5}, {})
    peer = Peer(hub)
    exchange = Exchange(station, peer)
    moved = exchange.run()
    before = peer.requests
    station.write("a", 1)
    exchange.push(moved)
    assert peer.requests == before + 1
    assert station.chains == hub.chains


def test_what_was_pulled_is_not_sent_back():
    station, hub = journals({"a": 2}, {"b": 7})
    exchange = Exchange(station, Peer(hub))
    moved = exchange.run()
    hub.write("b", 4)
    exchange.pull(moved)
    sent = moved.sent
    exchange.push(moved)
    assert (moved.sent, moved.received) == (sent, 11)


def test_a_hub_restored_from_an_old_backup_gets_everything_again():
    station, hub = journals({"a": 9, "b": 9}, {})
    peer = Peer(hub)
    exchange = Exchange(station, peer)
    exchange.run()
    peer.journal = MemoryJournal()
    peer.journal.write("a", 2)
    assert exchange.run().is_equal


class CursorClient:
    """The mistake this design avoids: it remembers what it has sent before it was taken."""

    def __init__(self, station: Station, peer: Peer) -> None:
        self._station, self._peer = station, peer
        self._sent: Sequence[Tip] = ()

    def push(self) -> None:
        batch = self._station.list_lacking(self._sent)
        self._sent = [*self._sent, *(run.head.tip for run in batch.runs)]
        self._peer.push(batch.runs)


def test_a_client_that_saves_its_cursor_first_loses_facts():
    station, hub = journals({"a": 3}, {})
    naive = CursorClient(station, Peer(hub, fails_at=1))
    with pytest.raises(HubUnreachable):
        naive.push()
    station.write("a", 2)
    naive.push()
    assert station.chains != hub.chains
    assert Exchange(station, Peer(hub)).run().is_equal
