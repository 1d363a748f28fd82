"""Events of their own for each test; property tests judge results, never how fast they come."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from event_fixtures import (
    empty_profile,
    empty_room,
    empty_template,
    no_key_from_outside,
    profile,
    room,
    stocked_template,
)
from hypothesis import HealthCheck, settings

sys.path.append(str(Path(__file__).parents[1] / "hub"))  # real hubs are started from there
from exchange_places import Stations
from hub_process import RunningHub, hub_in_thread

from app.services.profile import Profile

__all__ = [
    "empty_profile",
    "empty_room",
    "empty_template",
    "hub",
    "no_key_from_outside",
    "profile",
    "room",
    "stations",
    "stocked_template",
]

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    """A real hub that serves, with no event yet."""
    with hub_in_thread(tmp_path / "hub") as running:
        yield running


@pytest.fixture
def stations(hub: RunningHub, profile: Profile, tmp_path: Path) -> Iterator[Stations]:
    """Two laptops at one hub: the first brought the event, the second received it."""
    places = Stations(hub, tmp_path)
    places.bring(profile)
    places.receive("second")
    yield places
    places.close()
