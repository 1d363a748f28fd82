"""Seals: the state of all chains at one moment, and the standing seal of a session."""

import json
from typing import Any

from db.engine import Connection


def chain_state(connection: Connection) -> dict[str, Any]:
    """Return the number of facts, the first and last stored sequence, and every chain's head."""
    facts = connection.execute("SELECT count(*) FROM fact").fetchone()[0]
    heads = connection.execute(
        "SELECT device, incarnation, seq, hash FROM chain_head ORDER BY device, incarnation"
    ).fetchall()
    return {
        "facts": facts,
        "first_seq": 1 if facts else 0,
        "last_seq": max((head[2] for head in heads), default=0),
        "heads": [list(head) for head in heads],
    }


def find_seal(connection: Connection, session: str) -> tuple[int, str, dict[str, Any]] | None:
    """Return (sealed at, by whom, what was sealed), if the session is sealed."""
    row = connection.execute(
        "SELECT sealed_ms, actor, seal FROM session_state WHERE session=?", (session,)
    ).fetchone()
    return (row[0], row[1], json.loads(row[2])) if row else None
