"""The event's own secrets: made when first needed, shared by all its stations, all of them tried.

Two stations that were offline may each have made one; what one made stays good at the other.
"""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.facts import Draft, FactKind
from app.services.context import EventContext
from db.engine import Connection
from db.queries.badges import list_event_seeds

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class EventKey:
    """One secret of the event."""

    seed: bytes = field(repr=False)

    @property
    def signer(self) -> "Ed25519PrivateKey":
        """The key that signs what stations must recognise offline."""
        # The door starts without it.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        """What everybody may know of the key."""
        return self.signer.public_key().public_bytes_raw()


def list_keys(context: EventContext, connection: Connection) -> tuple[EventKey, ...]:
    """Return the event's keys, in the same order at every station."""
    seeds = list_event_seeds(connection, context.event_id)
    return tuple(EventKey(bytes.fromhex(seed)) for seed in seeds)


def get_key(context: EventContext, connection: Connection) -> EventKey:
    """Return the key to use for what is new; records one where there is none."""
    known = list_keys(context, connection)
    if known:
        return known[0]
    made = EventKey(os.urandom(SEED_BYTES))
    draft = Draft(
        kind=FactKind.EVENT_KEY_MADE,
        subject=f"event:{context.event_id}",
        body={"public": made.public.hex()},
        private={"seed": made.seed.hex()},
        actor=context.actor,
    )
    context.journal.append(connection, [draft])
    return made
