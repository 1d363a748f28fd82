"""The hash chain of a journal: canonical JSON (RFC 8785), private digests, fact hashes.

The chain covers H(salt ‖ private) instead of the private part, so personal data can be erased
and the chain still verifies.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
"""`prev_hash` of an incarnation's first fact."""
NO_PRIVATE = ""
MAX_INTEGER = 2**53 - 1

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: object) -> str:
    """Return RFC 8785 JSON for strings, integers, booleans, None, lists and string-keyed dicts.

    Keys must be ASCII (so that code-point order is UTF-16 order) and there are no floats: facts
    count in whole milliseconds and minutes. Raises ValueError for what it cannot carry.
    """
    _check(value)
    text = _encode(value)
    if not text.isascii():
        text.encode()  # a lone surrogate has no UTF-8 form and raises here
    return text


def _check(value: object) -> None:
    """Refuse what has no one canonical form; text, which is nearly everything, needs no look."""
    if isinstance(value, dict):
        _check_keys(value)
        for item in value.values():
            if type(item) is not str:
                _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            if type(item) is not str:
                _check(item)
    else:
        _check_plain(value)


def _check_keys(value: Mapping[Any, object]) -> None:
    try:
        fits = "".join(value).isascii()
    except TypeError:
        fits = False
    if not fits:
        raise ValueError("keys of facts are ASCII text")


def _check_plain(value: object) -> None:
    if isinstance(value, int):  # booleans are integers too, and in range
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise ValueError("integers of facts stay within 53 bits")
    elif value is not None and not isinstance(value, str):
        raise ValueError(f"facts do not carry {type(value).__name__}")


def private_digest(salt: str, private: str) -> str:
    """Return H(salt ‖ private) over the canonical private part."""
    return hashlib.sha256((salt + private).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose chain a fact belongs to."""

    event_id: str
    device: str
    incarnation: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is hashed of one fact, with body and private already canonical."""

    origin: Origin
    seq: int
    id: str
    kind: str
    subject: str
    actor: str
    body: str
    private_hash: str
    clocks: Mapping[str, Any]
    """`at`, `boot`, `hlc`, `mono`, `offset_ms`, `offset_quality`, `tz`."""
    prev_hash: str


def fact_hash(envelope: Envelope) -> str:
    """Return SHA-256 over the canonical envelope.

    The envelope's keys are known, so its canonical text is put together in sorted order around
    the canonical body; a test holds it against a general RFC 8785 library.
    """
    origin, clocks = envelope.origin, envelope.clocks
    text = (
        f'{{"actor":{_encode(envelope.actor)},"at":{clocks["at"]},"body":{envelope.body},'
        f'"boot":{_encode(clocks["boot"])},"device":"{origin.device}",'
        f'"event_id":"{origin.event_id}","hlc":"{clocks["hlc"]}","id":"{envelope.id}",'
        f'"incarnation":"{origin.incarnation}","kind":"{envelope.kind}","mono":{clocks["mono"]},'
        f'"offset_ms":{clocks["offset_ms"]},"offset_quality":"{clocks["offset_quality"]}",'
        f'"prev_hash":"{envelope.prev_hash}","private_hash":"{envelope.private_hash}",'
        f'"seq":{envelope.seq},"subject":{_encode(envelope.subject)},"tz":{clocks["tz"]}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


def signed_head_bytes(origin: Origin, seq: int, last_hash: str) -> bytes:
    """Return the bytes a device signs: origin, sequence and hash, so none can be swapped."""
    head = {
        "device": origin.device,
        "event_id": origin.event_id,
        "hash": last_hash,
        "incarnation": origin.incarnation,
        "seq": seq,
    }
    return b"venuedesk-head-1\n" + canonical(head).encode()
