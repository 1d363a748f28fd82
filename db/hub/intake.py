"""What can be said of a run without looking into the database: before any lock is held."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.domain import chain
from app.domain.chain import Origin
from app.domain.exchange import MOST_BYTES, MOST_FACTS, Fault, Run, StoredRow
from app.domain.facts import FactKind
from db.signing import is_signature_good

COLUMNS = (
    "id", "event_id", "device", "incarnation", "seq", "kind", "subject", "actor", "body",
    "private", "salt", "private_hash", "at", "tz", "mono", "boot", "offset_ms", "offset_quality",
    "hlc", "prev_hash", "hash", "size", "received_ms",
)  # fmt: skip
"""Of `hub_fact` and `hub_fork_fact`: a fact's 21 and the hub's own two."""
_TEXTS = (0, 1, 2, 3, 5, 6, 7, 8, 11, 15, 17, 19, 20)
_NUMBERS = (4, 12, 13, 14, 16, 18)
_NAME = re.compile(r"[A-Za-z0-9_.:~-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_TEXT = 200
_HIGHEST = (2**31 - 1, 2**53 - 1, 1440, 2**53 - 1, 2**53 - 1, 2**63 - 1)
_ENROLLED = FactKind.DEVICE_ENROLLED.value
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """A run whose device signed exactly this, whole and in sequence; its place is still open."""

    run: Run
    rows: list[Row]
    """With size, without the time of receipt."""

    @property
    def chain(self) -> tuple[str, str]:
        """Whose chain it says it continues."""
        return self.run.head.device, self.run.head.incarnation

    @property
    def previous(self) -> str:
        """The hash it follows."""
        return str(self.rows[0][19])

    def starts_chain(self) -> bool:
        """Tell whether it begins a chain with the enrolment of the key that signs it."""
        first = self.rows[0]
        if first[4] != 1 or first[5] != _ENROLLED:
            return False
        body = json.loads(first[8])
        return bool(body.get("public_key") == self.run.head.public_key)


def check_run(run: Run, event_id: str) -> CheckedRun | Fault:
    """Return the run with its rows ready to store, or what is wrong with it."""
    rows = [tuple(row) for row in run.rows]
    try:
        fault = (
            _shape_fault(run, rows, event_id) or _link_fault(run, rows) or _fact_fault(rows)
        ) or _signature_fault(run, event_id)
    except (TypeError, ValueError, AttributeError, RecursionError):
        return Fault.MALFORMED
    if fault is not None:
        return fault
    return CheckedRun(run, [(*row, size_of(row)) for row in rows])


def size_of(row: StoredRow) -> int:
    """Return how many characters a fact's own texts have, about what it weighs on the way."""
    return 600 + len(row[6]) + len(row[7]) + len(row[8]) + len(row[9] or "")


def _shape_fault(run: Run, rows: Sequence[Row], event_id: str) -> Fault | None:
    """Look at what the database would stumble over, and at limits."""
    if not 1 <= len(rows) <= MOST_FACTS or any(len(row) != 21 for row in rows):
        return Fault.MALFORMED
    if len(rows) > 1 and sum(map(size_of, rows)) > 2 * MOST_BYTES:
        return Fault.MALFORMED
    head = run.head
    if not (_NAME.fullmatch(head.device) and _NAME.fullmatch(head.incarnation)):
        return Fault.MALFORMED
    if any(row[1] != event_id for row in rows):
        return Fault.OTHER_EVENT
    if any(row[2] != head.device or row[3] != head.incarnation for row in rows):
        return Fault.MALFORMED
    return None if all(map(_is_storable, rows)) else Fault.MALFORMED


def _is_storable(row: Row) -> bool:
    for place in _TEXTS:
        if type(row[place]) is not str:
            return False
    for place, highest in zip(_NUMBERS, _HIGHEST, strict=True):
        value = row[place]
        if type(value) is not int or not -highest <= value <= highest:
            return False
    if not (_NAME.fullmatch(row[0]) and _NAME.fullmatch(row[5]) and _NAME.fullmatch(row[17])):
        return False
    texts = (row[6], row[7], row[15])
    return all(len(text) <= _MOST_TEXT and "\0" not in text for text in texts)


def _link_fault(run: Run, rows: Sequence[Row]) -> Fault | None:
    seq, previous = rows[0][4] - 1, rows[0][19]
    if seq < 0 or not _HASH.fullmatch(previous) or (seq == 0) != (previous == chain.GENESIS):
        return Fault.BROKEN
    for row in rows:
        if row[4] != seq + 1 or row[19] != previous:
            return Fault.BROKEN
        seq, previous = row[4], row[20]
    return None if (run.head.seq, run.head.hash) == (seq, previous) else Fault.BROKEN


def _fact_fault(rows: Sequence[Row]) -> Fault | None:
    """Hash every fact anew, and look into its private part."""
    forms: dict[tuple[Any, ...], str] = {}
    for row in rows:
        if not (_is_body(row[8]) and _is_private_good(row)):
            return Fault.ALTERED
        clocks = row[13:18]
        form = forms.get(clocks)
        if form is None:
            form = forms[clocks] = _form(row)
        text = form % (
            chain.quoted(row[7]), row[12], row[8], row[18], row[0], row[5], row[19], row[11],
            row[4], chain.quoted(row[6]),
        )  # fmt: skip
        if chain.digest_of(text) != row[20]:
            return Fault.ALTERED
    return None


def _form(row: Row) -> str:
    """Return the canonical envelope of facts of this row's chain and clocks."""
    clocks = {
        "tz": row[13],
        "mono": row[14],
        "boot": row[15],
        "offset_ms": row[16],
        "offset_quality": row[17],
    }
    return chain.envelope_form(Origin(row[1], row[2], row[3]), clocks)


@lru_cache(maxsize=4096)
def _is_short_body(body: str) -> bool:
    return _is_canonical_object(body)


def _is_body(body: str) -> bool:
    """Tell whether a text is an object in canonical form; desks write few different short ones."""
    return _is_short_body(body) if len(body) < _MOST_TEXT else _is_canonical_object(body)


def _is_canonical_object(text: str) -> bool:
    try:
        value = json.loads(text)
        return isinstance(value, dict) and chain.canonical(value) == text
    except (ValueError, RecursionError):
        return False


def _is_private_good(row: Row) -> bool:
    private, salt, digest = row[9:12]
    if private is None and salt is None:  # none, or erased where it comes from
        return True
    if private is None or salt is None or chain.private_digest(salt, private) != digest:
        return False
    return _is_canonical_object(private)


def _signature_fault(run: Run, event_id: str) -> Fault | None:
    head = run.head
    message = chain.signed_head_bytes(
        Origin(event_id, head.device, head.incarnation), head.seq, head.hash
    )
    is_good = is_signature_good(head.public_key, head.signature, message)
    return None if is_good else Fault.SIGNATURE
