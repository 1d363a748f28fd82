"""Is a run what it claims to be? Looked at before any lock is taken."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain import chain
from app.domain.chain import Origin
from app.domain.exchange import MOST_FACTS, Fault, Run
from app.domain.facts import Fact, FactKind
from db.journal import fact_with, read_json
from db.signing import is_signature_good
from db.verify import envelope_hash_of

StoredFact = tuple[Any, ...]
_KINDS = frozenset(kind.value for kind in FactKind)


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """A run after the look: its rows, its facts, and what is wrong with it."""

    run: Run
    rows: list[StoredFact] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    fault: Fault | None = None


class _Fault(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check_run(run: Run, event_id: str, between: Callable[[], object]) -> CheckedRun:
    """Check all of a run but its signature; `between` is called between facts."""
    rows = [tuple(row) for row in run.rows]
    try:
        _check_links(run, rows, event_id)
        facts = []
        is_known = all(row[5] in _KINDS for row in rows)
        for row in rows:
            between()
            body, private = _read(row)
            if is_known:
                facts.append(fact_with(row, body, private))
        if not is_known:
            raise _Fault(Fault.UNKNOWN_KIND)
        for fact in facts:
            if fact.kind is FactKind.CLOCK_CORRECTED:
                _check_correction(fact)
    except _Fault as found:
        return CheckedRun(run, rows, fault=found.fault)
    except (ValueError, TypeError, LookupError, AttributeError):
        return CheckedRun(run, rows, fault=Fault.MALFORMED)
    return CheckedRun(run, rows, facts)


def _check_links(run: Run, rows: list[StoredFact], event_id: str) -> None:
    """Refuse rows that are not one contiguous piece of the head's chain up to the head."""
    head = run.head
    if not 0 < len(rows) <= MOST_FACTS or rows[0][4] < 1:
        raise _Fault(Fault.MALFORMED)
    if any(row[1] != event_id for row in rows):
        raise _Fault(Fault.OTHER_EVENT)
    seq, previous = rows[0][4] - 1, rows[0][19]
    if seq == 0 and previous != chain.GENESIS:
        raise _Fault(Fault.BROKEN)
    for row in rows:
        seq += 1
        if row[2:5] != (head.device, head.incarnation, seq) or row[19] != previous:
            raise _Fault(Fault.BROKEN)
        previous = row[20]
    if (head.seq, head.hash) != (seq, previous):
        raise _Fault(Fault.BROKEN)
    if len({row[0] for row in rows}) < len(rows):
        raise _Fault(Fault.ID_TAKEN)


def _read(row: StoredFact) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Return what a row's JSON says, once its hashes hold."""
    private, salt, digest = row[9:12]
    # Without both there is none, or it was erased where it comes from.
    is_whole = private is None and salt is None
    if not is_whole:
        is_whole = bool(private and salt) and chain.private_digest(salt, private) == digest
    if not is_whole or envelope_hash_of(row) != row[20]:
        raise _Fault(Fault.ALTERED)
    body = read_json(row[8])
    if chain.canonical(body) != row[8]:
        raise _Fault(Fault.ALTERED)
    return body, None if private is None else read_json(private)


def _check_correction(fact: Fact) -> None:
    """Refuse a correction of a clock without its numbers: what it says is laid over others."""
    numbers = [fact.body[name] for name in ("first_seq", "last_seq", "offset_ms", "error_ms")]
    texts = [fact.body["incarnation"]]
    if not all(type(it) is int for it in numbers) or not all(type(it) is str for it in texts):
        raise _Fault(Fault.MALFORMED)


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
