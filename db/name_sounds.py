"""The table of how characters are read, loaded when the first name or search by sound needs it."""

from functools import cache

from app.domain.name_sounds import Readings
from resources import path


@cache
def load_readings() -> Readings:
    """Return how characters are read."""
    return Readings(path("words/readings.txt").read_text("utf-8"))
