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
_FILLED = (str, str, str, str, int, str, str, str, str, str, str, str, *[int] * 3, str, int, str,
           int, str, str)  # fmt: skip
_KINDS_OF_ROW = frozenset(
    (*_FILLED[:9], private, salt, *_FILLED[11:])
    for private in (str, type(None))
    for salt in (str, type(None))
)
"""The types of a fact's columns, with and without a private part."""
_NAME = re.compile(r"[A-Za-z0-9_.:~-]{1,64}")
_THREE_NAMES = re.compile(r"[A-Za-z0-9_.:~-]{1,64}(?: [A-Za-z0-9_.:~-]{1,64}){2}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_TEXT = 200
_WHOLE = 2**53
_ENROLLED = FactKind.DEVICE_ENROLLED.value
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """A run whose device signed exactly this, whole and in sequence; its place is still open."""

    run: Run
    rows: list[Row]
    """As they are stored, in the order of `COLUMNS`."""

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


def check_run(run: Run, event_id: str, now_ms: int) -> CheckedRun | Fault:
    """Return the run with its rows ready to store, or what is wrong with it."""
    rows = [tuple(row) for row in run.rows]
    try:
        sizes = [size_of(row) for row in rows]
        fault = (
            _shape_fault(run, rows, event_id, sum(sizes))
            or _link_fault(run, rows)
            or _fact_fault(rows)
        ) or _signature_fault(run, event_id)
    except (TypeError, ValueError, AttributeError, LookupError, RecursionError):
        return Fault.MALFORMED
    if fault is not None:
        return fault
    return CheckedRun(run, [(*row, size, now_ms) for row, size in zip(rows, sizes, strict=True)])


def size_of(row: StoredRow) -> int:
    """Return how many characters a fact's own texts have, about what it weighs on the way."""
    return 600 + len(row[6]) + len(row[7]) + len(row[8]) + len(row[9] or "")


def _shape_fault(run: Run, rows: Sequence[Row], event_id: str, size: int) -> Fault | None:
    """Look at what the database would stumble over, and at limits."""
    if not 1 <= len(rows) <= MOST_FACTS or any(len(row) != 21 for row in rows):
        return Fault.MALFORMED
    if len(rows) > 1 and size > 2 * MOST_BYTES:
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
    """Tell whether every column has the type and the extent that all engines store."""
    if tuple(map(type, row)) not in _KINDS_OF_ROW:
        return False
    subject, actor, boot = row[6], row[7], row[15]
    return (
        0 < row[4] < 2**31
        and -_WHOLE < row[12] < _WHOLE
        and -1440 <= row[13] <= 1440
        and -_WHOLE < row[14] < _WHOLE
        and -_WHOLE < row[16] < _WHOLE
        and 0 <= row[18] < 2**63
        and len(subject) <= _MOST_TEXT
        and len(actor) <= _MOST_TEXT
        and len(boot) <= _MOST_TEXT
        and "\0" not in subject + actor + boot
        and _THREE_NAMES.fullmatch(f"{row[0]} {row[5]} {row[17]}") is not None
    )


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
    quoted, digest_of = chain.quoted, chain.digest_of
    for row in rows:
        if not (_is_body(row[8]) and _is_private_good(row)):
            return Fault.ALTERED
        kept = (row[13], row[15], row[16], row[17])
        form = forms.get(kept)
        if form is None:
            form = forms[kept] = _form(row)
        text = form % (
            quoted(row[7]), row[12], row[8], row[18], row[0], row[5], row[14], row[19], row[11],
            row[4], quoted(row[6]),
        )  # fmt: skip
        if digest_of(text) != row[20]:
            return Fault.ALTERED
    return None


def _form(row: Row) -> str:
    """Return the canonical envelope of facts of this row's chain, boot and offset.

    The monotonic clock differs from fact to fact, so it is one more hole (after the kind).
    """
    clocks = {
        "tz": row[13],
        "mono": "%s",
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
