"""Runs that could not be taken are kept aside, up to a limit, for an organizer to look at."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, text

from app.domain.exchange import Fault, Run

MOST_OF_DEVICE = 200
MOST_OF_EVENT = 2_000
MOST_CHARACTERS_OF_DEVICE = 16 * 2**20
MOST_CHARACTERS_OF_EVENT = 128 * 2**20
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A run that was not taken, without its content."""

    device: str
    incarnation: str
    first_seq: int
    digest: str
    why: Fault
    facts: int
    is_kept: bool
    """False where only the refusal is noted: too much of this device is kept already."""
    noted_ms: int


def keep_aside(connection: Connection, event_id: str, run: Run, why: Fault, now_ms: int) -> None:
    """Keep a refused run, once; beyond the limits only that it was refused, then nothing."""
    payload = _payload(run)
    count, size = _kept(connection, event_id, run.head.device)
    all_count, all_size = _kept(connection, event_id, None)
    if count >= MOST_OF_DEVICE or all_count >= MOST_OF_EVENT:
        return
    is_room = (
        size + len(payload) <= MOST_CHARACTERS_OF_DEVICE
        and all_size + len(payload) <= MOST_CHARACTERS_OF_EVENT
    )
    kept = payload if is_room else ""
    connection.execute(
        text(
            "INSERT INTO hub_quarantine (event_id, device, incarnation, first_seq, digest, why,"
            " facts, size, noted_ms, payload) VALUES (:event, :device, :incarnation, :first,"
            " :digest, :why, :facts, :size, :now, :payload) ON CONFLICT DO NOTHING"
        ),
        {
            "event": event_id,
            "device": _plain(run.head.device),
            "incarnation": _plain(run.head.incarnation),
            "first": _first_seq(run),
            "digest": hashlib.sha256(payload.encode()).hexdigest(),
            "why": why.value,
            "facts": len(run.rows),
            "size": len(kept),
            "now": now_ms,
            "payload": kept,
        },
    )


def list_quarantined(
    connection: Connection, event_id: str, limit: int = 200
) -> Sequence[Quarantined]:
    """Return what is kept aside of an event, the newest first."""
    rows = connection.execute(
        text(
            "SELECT device, incarnation, first_seq, digest, why, facts, size, noted_ms"
            " FROM hub_quarantine WHERE event_id=:event ORDER BY noted_ms DESC, digest LIMIT :limit"
        ),
        {"event": event_id, "limit": limit},
    )
    return [
        Quarantined(row[0], row[1], row[2], row[3], Fault(row[4]), row[5], row[6] > 0, row[7])
        for row in rows
    ]


def count_quarantined(connection: Connection, event_id: str) -> int:
    """Return how many runs are kept aside."""
    return _kept(connection, event_id, None)[0]


def dismiss_quarantined(connection: Connection, event_id: str, digest: str) -> bool:
    """Throw one run away, once somebody has looked at it."""
    done = connection.execute(
        text("DELETE FROM hub_quarantine WHERE event_id=:event AND digest=:digest"),
        {"event": event_id, "digest": digest},
    )
    return done.rowcount > 0


def _kept(connection: Connection, event_id: str, device: str | None) -> tuple[int, int]:
    of_device = "" if device is None else " AND device=:device"
    row = connection.execute(
        text(
            "SELECT count(*), coalesce(sum(size), 0) FROM hub_quarantine"  # noqa: S608 - constants
            f" WHERE event_id=:event{of_device}"
        ),
        {"event": event_id} | ({} if device is None else {"device": _plain(device)}),
    ).one()
    return int(row[0]), int(row[1])


def _payload(run: Run) -> str:
    """Return the run as ASCII JSON, whatever is in it: PostgreSQL takes neither NUL nor halves."""
    whole: dict[str, Any] = {"head": asdict(run.head), "rows": [list(row) for row in run.rows]}
    return json.dumps(whole, default=str)


def _first_seq(run: Run) -> int:
    seq = run.rows[0][4] if run.rows and len(run.rows[0]) > 4 else 0
    return seq if type(seq) is int and 0 <= seq < 2**31 else 0


def _plain(name: str) -> str:
    """Return a name that any engine can store."""
    return ascii(name)[1:-1][:_LONGEST_NAME]
