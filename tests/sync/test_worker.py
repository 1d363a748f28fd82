"""The exchange beside an open event: what one door records is seen at the other, at once."""

import pytest
from exchange_places import Stations, wait_until
from fault_proxy import FaultProxy
from hub_process import RunningHub

from app.domain.errors import NotAllowed
from app.services.events import EventService
from app.sync.status import SyncState
from app.system_clock import SystemClock


def shown_at(stations: Stations, number: int) -> int:
    """Return how many are signed in as one laptop's tables say."""
    connection = stations.rooms[number].connection
    return int(connection.execute("SELECT count(*) FROM scan").fetchone()[0])


def test_a_scan_at_one_door_is_seen_at_the_other(stations: Stations) -> None:
    first, second = stations.rooms
    with stations.worker(0) as (sender, there), stations.worker(1) as (_receiver, here):
        wait_until(lambda: there.is_now(SyncState.SYNCED), "the first is equal")
        wait_until(lambda: here.is_now(SyncState.SYNCED), "the second is equal")
        first.at("08:50")
        first.scan(first.code(1))
        sender.poke()
        wait_until(lambda: shown_at(stations, 1) == 1, "the scan is at the second door")
        second.at("08:51")
        assert second.scan(second.code(1)).verdict == "repeat_read"
        wait_until(lambda: "scan.recorded" in here.kinds, "the window was told")
    assert there.statuses[-1].queue == 0


def test_offline_the_queue_grows_and_is_sent_when_the_hub_is_back(stations: Stations) -> None:
    room = stations.rooms[0]
    with FaultProxy(stations.hub.serving.port) as proxy:
        closed = proxy.url
    with stations.worker(0, closed) as (worker, heard):
        wait_until(lambda: heard.is_now(SyncState.OFFLINE), "it noticed")
        room.at("08:50")
        room.scan(room.code(1))
        worker.poke()
        assert heard.statuses[-1].problem is not None
    with stations.worker(0) as (_worker, heard):
        wait_until(lambda: heard.is_now(SyncState.SYNCED), "it is sent")
        assert heard.statuses[-1].queue == 0
    assert stations.sync(1).received >= 1


def test_stopping_waits_for_no_network(stations: Stations) -> None:
    with stations.worker(0) as (worker, heard):
        wait_until(lambda: heard.is_now(SyncState.SYNCED), "it is equal")
        worker.stop()
        assert worker.join(5.0)


def test_a_machine_shut_out_forgets_people_and_does_not_open_the_event(
    stations: Stations, hub: RunningHub
) -> None:
    room = stations.rooms[1]
    event_id = room.desk.context.event_id
    leftover = room.profile.folder / "backups" / event_id / "old.vdbackup"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"x")
    with stations.worker(1) as (_worker, heard):
        wait_until(lambda: heard.is_now(SyncState.SYNCED), "it is equal")
        with hub.storage() as storage:
            storage.devices.revoke(event_id, stations.joined[1].device, reason="lost")
            storage.ring(event_id)
        wait_until(lambda: heard.is_now(SyncState.REVOKED), "it is told")
    private = room.connection.execute(
        "SELECT count(*) FROM fact WHERE private IS NOT NULL OR salt IS NOT NULL"
    ).fetchone()[0]
    named = room.connection.execute("SELECT count(*) FROM person WHERE name <> ''").fetchone()[0]
    assert (private, named) == (0, 0)
    assert not leftover.exists()
    room.desk.context.database.close()
    with pytest.raises(NotAllowed, match="revoked"):
        EventService(room.profile, SystemClock()).open_event()
