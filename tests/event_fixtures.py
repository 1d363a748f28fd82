"""Events of their own for each test, copied from templates made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import Room, copied, new_event, open_room, stocked_event

from app.services.profile import Profile


@pytest.fixture(autouse=True)
def no_key_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the machine's own keys."""
    for name in ("VENUEDESK_KEY_FILE", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return new_event(tmp_path_factory.mktemp("empty") / "profile")


@pytest.fixture(scope="session")
def stocked_template(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return stocked_event(tmp_path_factory.mktemp("stocked") / "profile")


@pytest.fixture
def empty_profile(empty_template: Profile, tmp_path: Path) -> Profile:
    """A profile with an event nobody is registered for."""
    return copied(empty_template, tmp_path / "profile")


@pytest.fixture
def profile(stocked_template: Profile, tmp_path: Path) -> Profile:
    """A profile with an event of 16 people, badges issued."""
    return copied(stocked_template, tmp_path / "profile")


@pytest.fixture
def room(profile: Profile) -> Iterator[Room]:
    """The stocked event, open."""
    opened = open_room(profile)
    yield opened
    opened.desk.context.database.close()


@pytest.fixture
def empty_room(empty_profile: Profile) -> Iterator[Room]:
    """The empty event, open."""
    opened = open_room(empty_profile)
    yield opened
    opened.desk.context.database.close()
