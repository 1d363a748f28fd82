"""A rehearsal in the real window: begun on its page, rushed, thrown away."""

from collections.abc import Callable

import pytest
from factories import stocked_event

from app.services.profile import Profile
from ui.background import InlineTaskRunner
from ui.desktop import Desktop
from ui.main_window import MainWindow
from ui.places import places_with
from ui.preferences import WindowPreferences
from ui.screens.builders import BUILDERS
from ui.sounds import Sounds


@pytest.fixture
def profile(tmp_path, monkeypatch) -> Profile:
    for name in ("VENUEDESK_KEY_FILE", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    return stocked_event(tmp_path / "profile")


@pytest.fixture
def desktop(qtbot, dressed, profile):
    window = MainWindow(InlineTaskRunner(), places=places_with(BUILDERS))
    qtbot.addWidget(window)
    window.show()
    preferences = WindowPreferences(dressed, Sounds(), profile.folder / "window.json")
    made = Desktop(dressed, window, preferences)
    made.open_profile(profile.folder)
    yield made
    made.close()


def rehearsal_page(desktop: Desktop):
    desktop.window.go_to("event")
    view = desktop.window.view("event")
    view.show_page("rehearsal")
    return view.rehearsal


def test_a_rehearsal_is_begun_rushed_and_thrown_away(
    qtbot, desktop: Desktop, profile: Profile
) -> None:
    real = profile.find_current()
    page = rehearsal_page(desktop)
    page.sessions.pick("b1d1")
    page.begin_button.click()
    twin = profile.find_current()
    assert twin != real
    page = rehearsal_page(desktop)
    assert page.end_button.isVisibleTo(page)
    page.per_minute.setValue(240)
    page.rush_button.click()
    qtbot.waitUntil(_came(page, 3), timeout=15_000)
    page.rush_button.click()
    assert "ms" in page.figures.text()
    assert desktop._desk is not None
    assert desktop._desk.checkin.counts("b1d1").arrived >= 3
    page.end_button.click()
    assert profile.find_current() == real
    assert profile.list_event_ids() == [real]
    assert not list(profile.events_folder.glob(f"{twin}*"))
    assert desktop._desk.checkin.counts("b1d1").arrived == 0


def _came(page, number: int) -> Callable[[], bool]:
    return lambda: page._play is not None and page._play.tally.recorded >= number
