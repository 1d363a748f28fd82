"""The hub's own chain of an event: who was admitted and revoked travels as facts like all else."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, text

from app.domain import chain, clock
from app.domain.chain import Envelope, Origin
from app.domain.clock import Clock
from app.domain.exchange import Run, SignedHead
from app.domain.facts import Draft, FactKind
from db.hub.engine import is_postgresql
from db.hub.placing import End


@dataclass(frozen=True, slots=True)
class HubKey:
    """Who signs the hub's own facts, and in which incarnation."""

    private: str
    public: str
    epoch: str

    @property
    def device(self) -> str:
        """The hub's name as a device."""
        return f"hub-{self.public[:8]}"


def write_run(
    connection: Connection, event_id: str, key: HubKey, drafts: Sequence[Draft], clock_source: Clock
) -> Run:
    """Return a signed run of drafts that continues the hub's chain; its row is held until commit.

    The incarnation is the hub's epoch, so that a restored hub never writes one place twice.
    """
    origin = Origin(event_id, key.device, key.epoch)
    end = _hold_end(connection, origin, key.public)
    if end.seq == 0:
        drafts = [_enrolment(origin, key), *drafts]
    reading = clock.read_clock(clock_source)
    hlc = clock.next_hlc(_highest_hlc(connection, event_id), reading.wall_ms)
    rows: list[tuple[Any, ...]] = []
    previous, ids = end.hash, clock.Uuid7Series()
    for place, draft in enumerate(drafts):
        row = _fact_row(
            origin, reading, draft, (ids.next(reading.wall_ms), end.seq + 1 + place, hlc + place),
            previous,
        )  # fmt: skip
        rows.append(row)
        previous = row[20]
    return Run(rows, _signed(origin, rows[-1], key))


def _enrolment(origin: Origin, key: HubKey) -> Draft:
    return Draft(
        kind=FactKind.DEVICE_ENROLLED,
        subject=f"device:{origin.device}",
        body={"incarnation": origin.incarnation, "public_key": key.public},
    )


def _hold_end(connection: Connection, origin: Origin, public_key: str) -> End:
    """Return the end of the hub's chain, held against other processes of the same hub."""
    named = {
        "event": origin.event_id,
        "device": origin.device,
        "incarnation": origin.incarnation,
    }
    connection.execute(
        text(
            "INSERT INTO hub_chain (event_id, device, incarnation, seq, hash, public_key, hlc)"
            " VALUES (:event, :device, :incarnation, 0, :hash, :key, 0) ON CONFLICT DO NOTHING"
        ),
        {**named, "hash": chain.GENESIS, "key": public_key},
    )
    held = " FOR UPDATE" if is_postgresql(connection) else ""
    row = connection.execute(
        text(
            "SELECT seq, hash, public_key, hlc FROM hub_chain"  # noqa: S608 - constants
            f" WHERE event_id=:event AND device=:device AND incarnation=:incarnation{held}"
        ),
        named,
    ).one()
    return End(*row)


def _highest_hlc(connection: Connection, event_id: str) -> int:
    found = connection.execute(
        text("SELECT coalesce(max(hlc), 0) FROM hub_chain WHERE event_id=:event"),
        {"event": event_id},
    )
    return int(found.scalar_one())


def _fact_row(
    origin: Origin,
    reading: clock.ClockReading,
    draft: Draft,
    place: tuple[str, int, int],
    previous: str,
) -> tuple[Any, ...]:
    fact_id, seq, hlc = place
    body = chain.canonical(draft.body)
    private = None if draft.private is None else chain.canonical(draft.private)
    salt = None if private is None else os.urandom(16).hex()
    digest = (
        chain.NO_PRIVATE
        if private is None or salt is None
        else (chain.private_digest(salt, private))
    )
    clocks = {
        "at": reading.wall_ms if draft.at_ms is None else draft.at_ms,
        "tz": reading.tz,
        "mono": reading.mono_ms,
        "boot": reading.boot,
        "offset_ms": 0,
        "offset_quality": "unknown",
        "hlc": hlc,
    }
    envelope = Envelope(
        origin, seq, fact_id, draft.kind.value, draft.subject, draft.actor, body, digest, clocks,
        previous,
    )  # fmt: skip
    return (
        fact_id, origin.event_id, origin.device, origin.incarnation, seq, draft.kind.value,
        draft.subject, draft.actor, body, private, salt, digest, *clocks.values(), previous,
        chain.fact_hash(envelope),
    )  # fmt: skip


def _signed(origin: Origin, last: Sequence[Any], key: HubKey) -> SignedHead:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.private))
    signature = private.sign(chain.signed_head_bytes(origin, last[4], last[20])).hex()
    return SignedHead(origin.device, origin.incarnation, last[4], last[20], key.public, signature)
