"""A connection cut at any byte of a push or a pull costs time, never a fact and never two."""

from collections.abc import Callable, Iterator

import pytest
from exchange_places import Stations
from factories import Room
from fault_proxy import NO_HARM, FaultProxy, Harm
from hub_process import RunningHub

from app.domain.errors import HubUnreachable
from app.domain.exchange import Tip
from app.services.opening import local_state
from app.sync.exchange import Exchange, Moved
from app.sync.hub_client import DeviceKey, HubClient
from db.exchange import StationStore

FAST_STEPS = 12


def store_of(room: Room) -> StationStore:
    context = room.desk.context
    return StationStore(context.database, context.journal, context.clock)


def client_of(room: Room, hub: RunningHub, url: str) -> HubClient:
    """Return a fresh client, with a connection of its own."""
    context = room.desk.context
    key = local_state(room.connection)["private_key"]
    return HubClient(
        url,
        hub_key=hub.serving.hub_key,
        device=DeviceKey(context.journal.origin.device, key),
        event_id=context.event_id,
    )


def exchange(room: Room, hub: RunningHub, url: str) -> Moved:
    client, store = client_of(room, hub, url), store_of(room)
    try:
        return Exchange(store, client, list_have=store.list_have).run()
    finally:
        client.close()


def note(room: Room) -> None:
    """Record one act at the door."""
    room.clock.pass_ms(1_000)
    room.scan("no badge of ours")


@pytest.fixture
def proxy(hub: RunningHub) -> Iterator[FaultProxy]:
    with FaultProxy(hub.serving.port) as proxy:
        yield proxy


def offsets(total: int, steps: int) -> range:
    return range(0, total + 1, max(1, total // steps))


def cut_pushes(stations: Stations, proxy: FaultProxy, steps: int) -> dict[str, int]:
    """Cut the requests, then the answers, of pushes at many bytes; finish each one after."""
    room, hub = stations.rooms[0], stations.hub
    note(room)
    proxy.request_bytes = proxy.answer_bytes = 0
    assert exchange(room, hub, proxy.url).sent == 1
    counts = {"requests": proxy.request_bytes, "answers": proxy.answer_bytes, "failed": 0}
    counts["cuts"] = 0
    for name, total in (("request", counts["requests"]), ("answer", counts["answers"])):
        for offset in offsets(total, steps):
            note(room)
            proxy.harm = Harm(**{f"cut_{name}_after": offset})
            counts["cuts"] += 1
            try:
                exchange(room, hub, proxy.url)
            except HubUnreachable:
                counts["failed"] += 1
            proxy.harm = NO_HARM
            assert exchange(room, hub, proxy.url).is_equal
    return counts


def cut_pulls(stations: Stations, proxy: FaultProxy, steps: int) -> dict[str, int]:
    """Cut the answers of pulls at many bytes."""
    giver, taker = stations.rooms
    hub = stations.hub
    for _time in range(2):  # the second brings one fact, as the ones to be cut do
        note(giver)
        exchange(giver, hub, hub.plain_url)
        proxy.answer_bytes = 0
        assert exchange(taker, hub, proxy.url).received >= 1
    counts = {"answers": proxy.answer_bytes, "cuts": 0, "failed": 0}
    for offset in offsets(counts["answers"], steps):
        note(giver)
        exchange(giver, hub, hub.plain_url)
        proxy.harm = Harm(cut_answer_after=offset)
        counts["cuts"] += 1
        try:
            exchange(taker, hub, proxy.url)
        except HubUnreachable:
            counts["failed"] += 1
        proxy.harm = NO_HARM
        assert exchange(taker, hub, proxy.url).is_equal
    return counts


def assert_nothing_lost_or_doubled(stations: Stations) -> None:
    giver, taker = stations.rooms
    stations.sync(0)
    stations.sync(1)
    told = [store_of(room).list_tips() for room in (giver, taker)]
    with stations.hub.storage() as storage:
        told.append(list(storage.store(giver.desk.context.event_id).list_tips()))
    assert told[0] == told[1] == sorted(told[2])
    rows = "SELECT count(*), count(DISTINCT id) FROM fact"
    for room in (giver, taker):
        all_facts, ids = room.connection.execute(rows).fetchone()
        assert all_facts == ids == sum(tip.seq for tip in told[0])


def test_cut_at_many_bytes(
    stations: Stations, proxy: FaultProxy, record_property: Callable[[str, object], None]
) -> None:
    pushes = cut_pushes(stations, proxy, FAST_STEPS)
    pulls = cut_pulls(stations, proxy, FAST_STEPS)
    assert_nothing_lost_or_doubled(stations)
    record_property("pushes", pushes)
    record_property("pulls", pulls)
    assert pushes["failed"] > FAST_STEPS
    assert pulls["failed"] > FAST_STEPS // 2


@pytest.mark.slow
def test_cut_at_every_byte(
    stations: Stations, proxy: FaultProxy, record_property: Callable[[str, object], None]
) -> None:
    pushes = cut_pushes(stations, proxy, 10**9)
    pulls = cut_pulls(stations, proxy, 10**9)
    assert_nothing_lost_or_doubled(stations)
    record_property("pushes", pushes)
    record_property("pulls", pulls)


def test_who_saves_the_cursor_before_the_answer_loses_under_the_same_cuts(
    stations: Stations, proxy: FaultProxy
) -> None:
    room, hub = stations.rooms[0], stations.hub
    store = store_of(room)
    cursor: tuple[Tip, ...] = tuple(store.list_tips())
    for offset in offsets(1_500, 6):
        note(room)
        proxy.harm = Harm(cut_request_after=offset)
        client = client_of(room, hub, proxy.url)
        batch = store.list_lacking(cursor)
        cursor = tuple(store.list_tips())  # the mistake
        try:
            client.push(batch.runs)
        except HubUnreachable:
            pass
        finally:
            client.close()
    client = client_of(room, hub, hub.plain_url)
    there = client.list_tips()
    client.close()
    assert sorted(there) != sorted(store.list_tips())
    assert not store.list_lacking(cursor).runs, "and it believes that all is well"
