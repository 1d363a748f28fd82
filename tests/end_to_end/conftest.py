"""A key of its own for the profiles of these tests, and English sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest


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
