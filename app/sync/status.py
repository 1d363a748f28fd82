"""How the exchange with the hub stands, in what a person can act on."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class SyncState(StrEnum):
    """Where the exchange is. Offline is normal."""

    OFF = "off"
    """This laptop joined no hub."""
    CONNECTING = "connecting"
    WAITING = "waiting"
    """The hub waits for an organizer to compare the six words."""
    OFFLINE = "offline"
    SENDING = "sending"
    RECEIVING = "receiving"
    SYNCED = "synced"
    REFUSED = "refused"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """One look at the exchange."""

    state: SyncState = SyncState.OFF
    url: str = ""
    queue: int = 0
    """Facts here that the hub is not known to have."""
    oldest_ms: int | None = None
    """When the oldest of them happened."""
    last_contact_ms: int | None = None
    problem: Words | None = None
    remedy: Words | None = None
    received: int = 0
    """Facts received by the present load."""
    expected: int | None = None
    """Facts the present load will bring in all, where the hub said so."""
    quarantined: int = 0
    forks: int = 0
    words: tuple[str, ...] = ()
    """The six words to compare while the hub waits for approval."""
    clock_offset_ms: int | None = None
    clock_error_ms: int | None = None
