"""A hub: its storage, its key, and what one process of it keeps in memory."""

import contextlib
import dataclasses
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.clock import Clock
from app.domain.errors import StorageFailed
from app.domain.exchange import Run, RunResult
from app.hub.bells import Bells
from app.hub.counters import Counters
from app.hub.limits import HubLimits, TokenBuckets
from app.hub.nonces import Nonces
from db.hub.devices import CONTACT_EVERY_MS, HubDevices
from db.hub.engine import HubDatabase
from db.hub.events import HubEvents
from db.hub.identity import HubIdentity
from db.hub.schema import prepare
from db.hub.store import HubStore


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HubPlace:
    """Where and how a hub process is reached."""

    url: str = "http://127.0.0.1"
    """What other machines use; invitations carry it."""
    certificate: str = ""
    """SHA-256 of the certificate this process serves, empty behind a proxy."""
    is_behind_proxy: bool = False


class Hub:
    """What all routes ask. Safe for many threads."""

    def __init__(
        self,
        database: HubDatabase,
        clock: Clock,
        *,
        place: HubPlace | None = None,
        limits: HubLimits | None = None,
    ) -> None:
        """Make the hub's tables and key where they are missing. Raises StorageFailed."""
        prepare(database)
        self.database = database
        self.clock = clock
        self.place = place or HubPlace()
        self.limits = limits or HubLimits()
        self.identity = HubIdentity(database)
        self.events = HubEvents(database, clock)
        self.devices = HubDevices(database, clock)
        self.counters = Counters()
        self.nonces = Nonces(
            self.identity.nonce_secret, clock.wall_ms, seconds=self.limits.nonce_seconds
        )
        self.bells = Bells(
            lambda event_id: self.store(event_id).total_facts(),
            most=self.limits.listeners,
            most_of_device=self.limits.device_listeners,
        )
        self.device_buckets = TokenBuckets(self.limits.device_rate, self.limits.device_burst)
        self.enrol_buckets = TokenBuckets(self.limits.enrol_rate, self.limits.enrol_burst)
        self.on_taken: Callable[[str], None] | None = None
        """Hears in this process that an event has new facts; must never raise or wait."""
        self._contacts = TokenBuckets(1000 / CONTACT_EVERY_MS, 1)
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.identity.key.private))

    @property
    def public_key(self) -> str:
        """The key everybody knows this hub by (hex)."""
        return self.identity.key.public

    @property
    def is_behind_proxy(self) -> bool:
        """Whether a proxy of our own does TLS."""
        return self.place.is_behind_proxy

    def sign(self, message: bytes) -> str:
        """Return the hub's signature (hex)."""
        return self._key.sign(message).hex()

    def store(self, event_id: str) -> HubStore:
        """Return the facts of an event."""
        return HubStore(self.database, event_id, self.clock)

    def take(self, event_id: str, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs and ring. Raises StorageFailed."""
        results = self.store(event_id).take(runs)
        if any(result.stored for result in results):
            self.ring(event_id)
        return results

    def ring(self, event_id: str) -> int:
        """Tell all who listen that an event may have grown; return its total."""
        facts = self.store(event_id).total_facts()
        self.bells.ring(event_id, facts)
        if self.on_taken is not None:
            self.on_taken(event_id)
        return facts

    def note_contact(self, event_id: str, device: str) -> None:
        """Remember that a device was here; never in the way of what it came for."""
        if self._contacts.wait_of(f"{event_id}/{device}") == 0:
            with contextlib.suppress(StorageFailed):
                self.devices.note_contact(event_id, device)

    def close(self) -> None:
        """Note what the database knows, and close it."""
        self.identity.end_service()
        self.database.close()
