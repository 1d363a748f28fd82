"""Devices of an event at a hub: roles, rights, and six words that two people can compare."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DeviceRole(StrEnum):
    """What a device (or a browser) may do with an event at a hub."""

    STATION = "station"
    """A laptop at the venue: pushes and pulls facts."""
    ORGANIZER = "organizer"
    """A station that also brings events, invites, approves and revokes."""
    RELAY = "relay"
    """A venue's hub: pushes and pulls facts of many stations."""
    VIEWER = "viewer"
    """Sees the live page."""


class DeviceStatus(StrEnum):
    """Where a device stands at a hub."""

    WAITING = "waiting"
    """Came with a good code; somebody still compares the six words."""
    ADMITTED = "admitted"
    REVOKED = "revoked"


EXCHANGES = frozenset({DeviceRole.STATION, DeviceRole.ORGANIZER, DeviceRole.RELAY})
"""Roles that push and pull facts."""
INVITES = frozenset({DeviceRole.ORGANIZER})
"""Roles that invite, approve and revoke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """One device as an organizer sees it."""

    device: str
    event_id: str
    role: DeviceRole
    status: DeviceStatus
    label: str
    """What people call it: the machine's name or a role; never a person's name."""
    letter: str
    """The station letter the hub handed out, so that two desks never give one number."""
    words: tuple[str, ...]
    public_key: str
    enrolled_ms: int
    last_contact_ms: int | None
    facts: int
    """Facts of its own chains that are at the hub."""


def six_words(hub_key: str, device_key: str, word_list: Sequence[str]) -> tuple[str, ...]:
    """Return the six words both screens show for one enrolment, from both public keys (hex).

    `word_list` has 256 entries, so six words are 48 bits: whoever stands between the two would
    have to find a key with the same words within the ten minutes an invitation lives.
    """
    digest = hashlib.sha256(f"venuedesk-words-1|{hub_key}|{device_key}".encode()).digest()
    return tuple(word_list[byte] for byte in digest[:6])
