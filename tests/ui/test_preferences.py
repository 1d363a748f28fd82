"""What a laptop's window looks and sounds like is kept with its profile."""

import json

import pytest

from ui.preferences import WindowPreferences
from ui.sounds import Sounds
from ui.theme import apply_theme, scaled


@pytest.fixture
def file(dressed, tmp_path):
    yield tmp_path / "window.json"
    apply_theme(dressed, "light")


def test_text_size_and_flash_apply_at_once_and_come_back(dressed, file):
    preferences = WindowPreferences(dressed, Sounds(), file)
    preferences.set_text_size(150)
    assert scaled(100) == 150
    preferences.set_scheme("dark")
    assert scaled(100) == 150, "the other settings leave the text size alone"
    preferences.set_flash(True)
    preferences.set_volume(40)
    sounds = Sounds()
    again = WindowPreferences(dressed, sounds, file)
    again.apply()
    assert (again.text_size(), again.flash(), again.scheme()) == (150, True, "dark")
    assert (sounds.settings.flash, sounds.settings.volume) == (True, 0.4)


@pytest.mark.parametrize("kept", [{"text_size": 900}, {"text_size": "big"}, {"flash": "yes"}, []])
def test_what_makes_no_sense_counts_as_nothing(dressed, file, kept):
    file.write_text(json.dumps(kept))
    preferences = WindowPreferences(dressed, Sounds(), file)
    preferences.apply()
    assert (preferences.text_size(), preferences.flash()) == (100, False)
