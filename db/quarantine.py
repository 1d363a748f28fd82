"""Runs that could not be taken: kept as they came, until they fit or somebody looks."""

import hashlib
import json

from app.domain.exchange import Fault, Run, SignedHead, Tip
from db.engine import Connection

MOST_RUNS = 500
"""More is refused like the rest, but only counted by the sender: this is no place to fill."""


def keep(connection: Connection, run: Run, why: Fault, now_ms: int) -> None:
    """Keep a run with what was wrong with it, once."""
    full = connection.execute("SELECT count(*) FROM quarantine").fetchone()[0] >= MOST_RUNS
    if full or not run.rows:
        return
    head = run.head
    payload = json.dumps(
        {
            "head": [getattr(head, name) for name in SignedHead.__slots__],
            "rows": [list(row) for row in run.rows],
        },
        ensure_ascii=False,
    )
    digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
    connection.execute(
        "INSERT INTO quarantine"
        " (device, incarnation, first_seq, digest, why, facts, noted_ms, payload)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET why=excluded.why",
        (
            head.device,
            head.incarnation,
            int(run.first_seq),
            digest,
            why.value,
            len(run.rows),
            now_ms,
            payload,
        ),
    )


def list_runs(connection: Connection, why: Fault) -> list[Run]:
    """Return the runs kept for one reason, chains in sequence."""
    rows = connection.execute(
        "SELECT payload FROM quarantine WHERE why=? ORDER BY device, incarnation, first_seq",
        (why.value,),
    )
    kept = [json.loads(payload) for (payload,) in rows]
    return [Run([tuple(row) for row in it["rows"]], SignedHead(*it["head"])) for it in kept]


def count(connection: Connection) -> int:
    """Return how many runs are kept."""
    return int(connection.execute("SELECT count(*) FROM quarantine").fetchone()[0])


def release(connection: Connection, device: str, incarnation: str, seq: int) -> None:
    """Forget what waited for a newer program and is stored by now; other faults stay visible."""
    connection.execute(
        "DELETE FROM quarantine"
        " WHERE device=? AND incarnation=? AND first_seq+facts-1<=? AND why=?",
        (device, incarnation, seq, Fault.UNKNOWN_KIND.value),
    )


def list_waiting_ends(connection: Connection) -> list[Tip]:
    """Return the ends of runs that wait for a newer program: nobody need send them again."""
    rows = connection.execute(
        "SELECT device, incarnation, json_extract(payload, '$.head[2]'),"
        " json_extract(payload, '$.head[3]') FROM quarantine WHERE why=?",
        (Fault.UNKNOWN_KIND.value,),
    )
    return [Tip(*row) for row in rows]
