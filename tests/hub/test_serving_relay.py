"""Laptop, venue's hub, county's hub: facts travel all the way, in both directions."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import Asker
from factories import new_event, new_profile
from hub_process import RunningHub, hub_in_thread
from invented_chains import Device

from app.domain.devices import DeviceRole
from app.domain.errors import InvalidInput
from app.wire.facts import run_object


def _wait_for(what: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + 30
    while not what():
        assert time.monotonic() < ends_at, "it never came"
        time.sleep(0.05)


def _admitted(hub: RunningHub, event: str, name: str) -> Asker:
    device = Device(name, event_id=event)
    with hub.storage() as storage:
        storage.devices.admit(
            event, device=name, public_key=device.public_key, role=DeviceRole.STATION
        )
    return Asker(hub.plain_url, hub.serving.hub_key, device)


def _devices_at(asker: Asker) -> set[str]:
    tips = asker.ask("GET", f"/v1/events/{asker.device.event_id}/heads").json()["tips"]
    return {tip["device"] for tip in tips}


def test_facts_travel_to_the_county_and_back(tmp_path: Path) -> None:
    new_profile(tmp_path / "county")
    event = new_event(tmp_path / "venue").find_current()
    assert event is not None
    with hub_in_thread(tmp_path / "county") as county:
        with county.storage() as storage:
            code = storage.devices.invite("", DeviceRole.RELAY, confirm=False).code
        for options in ({"parent": county.plain_url, "parent_code": code}, {}):  # then remembered
            with hub_in_thread(tmp_path / "venue", **options) as venue:
                suffix = "again" if not options else "first"
                below = _admitted(venue, event, f"laptop-{suffix}")
                above = _admitted(county, event, f"office-{suffix}")
                with below, above:
                    for asker in (below, above):
                        path = f"/v1/events/{event}/facts"
                        runs = {"runs": [run_object(asker.device.write(3))]}
                        assert asker.ask("POST", path, runs).status_code == 200
                    both = {below.device.name, above.device.name}
                    _wait_for(lambda: both <= _devices_at(below) & _devices_at(above))  # noqa: B023 - waited for here


def test_a_parent_without_a_code_is_refused_in_words(tmp_path: Path) -> None:
    new_profile(tmp_path / "county")
    new_profile(tmp_path / "venue")
    with (
        hub_in_thread(tmp_path / "county") as county,
        pytest.raises(InvalidInput, match="code"),
        hub_in_thread(tmp_path / "venue", parent=county.plain_url),
    ):
        pass
