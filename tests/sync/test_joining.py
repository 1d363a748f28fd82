"""Joining: an event is received whole or not at all, and joining again does no harm."""

import os
from pathlib import Path

import pytest
from exchange_places import Stations, Watch
from factories import copied, open_room
from fault_proxy import FaultProxy, Harm

from app.domain.devices import DeviceRole, six_words
from app.domain.errors import Cancelled, HubRefused, HubUnreachable, VenueDeskError
from app.services.device_words import list_device_words
from app.services.opening import local_state
from app.services.profile import Profile, open_profile
from app.sync.joining import find_link, join_with_event, join_without_event, leave
from app.sync.organizing import approve, device_view, hub_of, invite, list_devices, revoke
from app.system_clock import SystemClock
from db.verify import verify


def left_in(profile: Profile) -> list[str]:
    return [path.name for path in profile.events_folder.iterdir()]


@pytest.fixture
def third(tmp_path: Path) -> Profile:
    return open_profile(tmp_path / "third")


def event_of(stations: Stations) -> str:
    return stations.rooms[0].desk.context.event_id


def test_the_second_laptop_has_everything_of_the_first(stations: Stations) -> None:
    first, second = stations.rooms
    people = "SELECT id, name, id_number FROM person ORDER BY id"
    assert second.connection.execute(people).fetchall() == (
        first.connection.execute(people).fetchall()
    )
    assert verify(second.connection).is_sound
    assert second.desk.context.plan == first.desk.context.plan
    letters = {joined.link.letter for joined in stations.joined}
    assert letters == {"A", "B"}
    keys = {local_state(room.connection)["bundle_key"] for room in stations.rooms}
    assert len(keys) == 1


def test_joining_the_same_hub_again_does_no_harm(stations: Stations) -> None:
    room = stations.rooms[1]
    code = stations.invite(DeviceRole.STATION, event_of(stations))
    again = join_with_event(room.desk.context, stations.hub.secure_url, code, Watch())
    assert again.device == stations.joined[1].device
    assert again.is_equal
    assert find_link(room.desk.context) == again.link


def test_leaving_forgets_the_hub_and_keeps_the_event(stations: Stations) -> None:
    context = stations.rooms[1].desk.context
    leave(context)
    assert find_link(context) is None
    with pytest.raises(VenueDeskError, match="joined no hub"), hub_of(context):
        pass


def test_somebody_compares_six_words_first(stations: Stations, third: Profile) -> None:
    watch, seen = Watch(), []
    context = stations.rooms[0].desk.context
    code = stations.invite(DeviceRole.STATION, event_of(stations), confirm=True)

    def compare() -> None:
        with hub_of(context) as client:
            waiting = [item for item in list_devices(client).devices if item.status == "waiting"]
            for message in waiting:
                view = device_view(message, client.event_id)
                seen.append((watch.words, view.words))
                approve(client, view.device)

    watch.on_wait = compare
    joined = join_without_event(third, stations.hub.secure_url, code, watch, SystemClock())
    assert joined.received
    assert seen == [(joined.link.words, joined.link.words)]
    assert len(set(list_device_words())) == len(set(list_device_words("en"))) == 256
    own = local_state(stations.rooms[0].connection)["public_key"]
    assert stations.joined[0].link.words == six_words(
        stations.hub.serving.hub_key, own, list_device_words()
    )


def test_an_organizer_invites_and_shuts_out_from_a_laptop(
    stations: Stations, third: Profile
) -> None:
    with hub_of(stations.rooms[0].desk.context) as client:
        made = invite(client, DeviceRole.STATION, confirm=False)
        joined = join_without_event(
            third, stations.hub.plain_url, made.code, Watch(), SystemClock()
        )
        listed = revoke(client, joined.device, "lost").devices
    assert {item.device: item.status for item in listed}[joined.device] == "revoked"


def test_a_cancelled_join_leaves_nothing(stations: Stations, third: Profile) -> None:
    watch = Watch()
    watch.on_wait = watch.stop.set
    code = stations.invite(DeviceRole.STATION, event_of(stations), confirm=True)
    with pytest.raises(Cancelled):
        join_without_event(third, stations.hub.secure_url, code, watch, SystemClock())
    assert left_in(third) == []
    assert third.find_current() is None


@pytest.mark.parametrize("after", [200, 3_000, 6_000])
def test_a_join_that_is_cut_leaves_nothing_and_is_done_again(
    stations: Stations, third: Profile, after: int
) -> None:
    code = stations.invite(DeviceRole.STATION, event_of(stations))
    with FaultProxy(stations.hub.serving.port) as proxy:
        proxy.harm = Harm(cut_answer_after=after)
        with pytest.raises(HubUnreachable):
            join_without_event(third, proxy.url, code, Watch(), SystemClock())
    assert left_in(third) == []
    fresh = stations.invite(DeviceRole.STATION, event_of(stations))
    old = third.events_folder / ".left.joining"
    old.write_bytes(b"from a machine that went down")
    os.utime(old, (0, 0))
    joined = join_without_event(third, stations.hub.plain_url, fresh, Watch(), SystemClock())
    assert not old.exists()
    assert third.find_current() == joined.event_id


def test_a_code_of_another_event_still_serves_to_receive_that_one(
    stations: Stations, third: Profile, empty_template: Profile, tmp_path: Path
) -> None:
    room = open_room(copied(empty_template, tmp_path / "elsewhere"))
    code = stations.invite(DeviceRole.STATION, event_of(stations))
    with pytest.raises(HubRefused) as caught:
        join_with_event(room.desk.context, stations.hub.plain_url, code, Watch())
    room.desk.context.database.close()
    assert caught.value.code == "event_here"
    joined = join_without_event(third, stations.hub.plain_url, code, Watch(), SystemClock())
    assert joined.event_id == event_of(stations)
