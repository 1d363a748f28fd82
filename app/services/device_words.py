"""The words two people compare when a device joins: 256 everyday ones, alike in no two."""

from functools import cache

from app.domain.words import Language
from resources import path

COUNT = 256


@cache
def list_device_words(language: Language = "zh") -> tuple[str, ...]:
    """Return the list for `app.domain.devices.six_words`; both languages name the same things."""
    return tuple(path(f"words/device-{language}.txt").read_text("utf-8").split())
