"""Is a run what it claims to be? Looked at before any lock is taken."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.domain import chain
from app.domain.chain import Origin
from app.domain.exchange import MOST_FACTS, Fault, Run
from app.domain.facts import Fact, FactKind
from db.journal import fact_of
from db.signing import is_signature_good
from db.verify import fact_hash_of

StoredFact = tuple[Any, ...]
_KINDS = frozenset(kind.value for kind in FactKind)


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """A run after the look: its rows, its facts, and what is wrong with it."""

    run: Run
    rows: list[StoredFact] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    fault: Fault | None = None


def check_run(run: Run, event_id: str, between: Callable[[], object]) -> CheckedRun:
    """Check all of a run but its signature; `between` is called between facts."""
    rows = [tuple(row) for row in run.rows]
    try:
        fault = _find_fault(run, rows, event_id, between)
        if fault is not None:
            return CheckedRun(run, rows, fault=fault)
        if any(row[5] not in _KINDS for row in rows):
            return CheckedRun(run, rows, fault=Fault.UNKNOWN_KIND)
        facts = [fact_of(row) for row in rows]
        corrections = [fact for fact in facts if fact.kind is FactKind.CLOCK_CORRECTED]
        is_whole = all(_is_correction_whole(fact) for fact in corrections)
        return CheckedRun(run, rows, facts, None if is_whole else Fault.MALFORMED)
    except (ValueError, TypeError, LookupError, AttributeError):
        return CheckedRun(run, rows, fault=Fault.MALFORMED)


def _find_fault(
    run: Run, rows: list[StoredFact], event_id: str, between: Callable[[], object]
) -> Fault | None:
    head = run.head
    if not 0 < len(rows) <= MOST_FACTS or rows[0][4] < 1:
        return Fault.MALFORMED
    seq, previous = rows[0][4] - 1, rows[0][19]
    if seq == 0 and previous != chain.GENESIS:
        return Fault.BROKEN
    if any(row[1] != event_id for row in rows):
        return Fault.OTHER_EVENT
    is_linked = True
    for row in rows:
        between()
        seq += 1
        is_linked &= row[2:5] == (head.device, head.incarnation, seq) and row[19] == previous
        previous = row[20]
        if is_linked and not (_is_private_good(row) and fact_hash_of(row) == previous):
            return Fault.ALTERED
    if not is_linked or (head.seq, head.hash) != (seq, previous):
        return Fault.BROKEN
    return Fault.ID_TAKEN if len({row[0] for row in rows}) < len(rows) else None


def _is_correction_whole(fact: Fact) -> bool:
    """Tell whether a correction of a clock has its numbers: what it says is laid over others."""
    names = ("first_seq", "last_seq", "offset_ms", "error_ms")
    return isinstance(fact.body["incarnation"], str) and all(
        type(fact.body[name]) is int for name in names
    )


def _is_private_good(row: StoredFact) -> bool:
    private, salt, digest = row[9:12]
    if private is None and salt is None:  # none, or erased where it comes from
        return True
    return bool(private and salt) and chain.private_digest(salt, private) == digest


def key_in(row: StoredFact) -> str:
    """Return the public key that a chain's first fact names, empty where it names none."""
    if row[4] != 1 or row[5] != FactKind.DEVICE_ENROLLED.value or row[6] != f"device:{row[2]}":
        return ""
    try:
        body = json.loads(row[8])
        return str(body["public_key"]) if body["incarnation"] == row[3] else ""
    except (ValueError, TypeError, LookupError):
        return ""


def is_head_good(run: Run, public_key: str, event_id: str) -> bool:
    """Tell whether the chain's own key signed a run's end."""
    head = run.head
    message = chain.signed_head_bytes(
        Origin(event_id, head.device, head.incarnation), head.seq, head.hash
    )
    return (
        bool(public_key)
        and head.public_key == public_key
        and is_signature_good(public_key, head.signature, message)
    )
