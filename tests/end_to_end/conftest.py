"""A key of its own for the profiles of these tests, and English sentences."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import VenueDesk
from invented_rosters import people, rows_of, write_xlsx
from workshop import Workshop


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key") / "key"


@pytest.fixture(scope="module", autouse=True)
def surroundings(key_file: Path) -> Iterator[None]:
    """Commands find their key here, wherever the tests run, and speak English."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VENUEDESK_KEY_FILE", str(key_file))
        patch.setenv("VENUEDESK_LANG", "en")
        yield


@pytest.fixture(scope="module")
def prepared(surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A small event of the bundled sample plan: four people on the morning's roster."""
    folder = tmp_path_factory.mktemp("prepared")
    desk = VenueDesk(folder / "profile")
    desk.json("new", "sample-workshop")
    roster = write_xlsx(folder / "roster.xlsx", rows_of(people(0, 4)))
    desk.json("roster", "import", roster, "--session", "am")
    badges = desk.json("badges", "--session", "am", "--out", folder / "badges.pdf")["badges"]
    return Workshop(desk, tuple(badge["code"] for badge in badges))


@pytest.fixture
def workshop(prepared: Workshop, tmp_path: Path) -> Workshop:
    """The small event, in a copy of the profile that the test may do anything to."""
    shutil.copytree(prepared.desk.profile, tmp_path / "profile")
    return Workshop(VenueDesk(tmp_path / "profile"), prepared.codes)
