"""Events of their own for each test; property tests judge results, never how fast they come."""

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

__all__ = [
    "empty_profile",
    "empty_room",
    "empty_template",
    "no_key_from_outside",
    "profile",
    "room",
    "stocked_template",
]

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
