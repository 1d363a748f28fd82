"""The hash chain of a journal: canonical JSON (RFC 8785), private digests, fact hashes.

The chain covers H(salt ‖ private) instead of the private part, so personal data can be erased
and the chain still verifies.
"""

import hashlib
import json.encoder
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

GENESIS = "0" * 64
"""`prev_hash` of an incarnation's first fact."""
NO_PRIVATE = ""
MAX_INTEGER = 2**53 - 1
quoted = json.encoder.encode_basestring
"""A text as JSON writes it, with nothing escaped that need not be."""


def canonical(value: object) -> str:
    """Return RFC 8785 JSON for strings, integers, booleans, None, lists and string-keyed dicts.

    Keys must be ASCII (so that code-point order is UTF-16 order) and there are no floats: facts
    count in whole milliseconds and minutes. Raises ValueError for what it cannot carry.
    """
    text = _text_of(value)
    if not text.isascii():
        text.encode()  # a lone surrogate has no UTF-8 form and raises here
    return text


def _text_of(value: object) -> str:
    """Write one value; text, which is nearly everything, is written where it is met."""
    if isinstance(value, dict):
        keys, form = _form_of(tuple(value))
        texts = [
            quoted(item) if type(item := value[key]) is str else _text_of(item) for key in keys
        ]
        return form % tuple(texts)
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_text_of, value))}]"
    return quoted(value) if isinstance(value, str) else _plain_text_of(value)


@lru_cache(maxsize=256)
def _form_of(keys: tuple[Any, ...]) -> tuple[list[str], str]:
    """Return an object's keys in order, and its text with holes; facts have few kinds of both."""
    if not all(isinstance(key, str) and key.isascii() for key in keys):
        raise ValueError("keys of facts are ASCII text")
    in_order = sorted(keys)
    holes = (quoted(key).replace("%", "%%") + ":%s" for key in in_order)
    return in_order, f"{{{','.join(holes)}}}"


def _plain_text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise ValueError("integers of facts stay within 53 bits")
        return int.__repr__(value)
    if value is None:
        return "null"
    raise ValueError(f"facts do not carry {type(value).__name__}")


def private_digest(salt: str, private: str) -> str:
    """Return H(salt ‖ private) over the canonical private part."""
    return digest_of(salt + private)


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
    """Return SHA-256 over the canonical envelope."""
    text = envelope_form(envelope.origin, envelope.clocks) % (
        quoted(envelope.actor),
        envelope.clocks["at"],
        envelope.body,
        envelope.clocks["hlc"],
        envelope.id,
        envelope.kind,
        envelope.prev_hash,
        envelope.private_hash,
        envelope.seq,
        quoted(envelope.subject),
    )
    return digest_of(text)


def digest_of(text: str) -> str:
    """Return SHA-256 over a text's UTF-8 form, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def envelope_form(origin: Origin, clocks: Mapping[str, Any]) -> str:
    """Return the canonical envelope with a hole for all that differs between facts of one moment.

    The holes: actor, at, body, hlc, id, kind, prev_hash, private_hash, seq, subject; actor and
    subject quoted, the body canonical. The envelope's keys are known, so they are in sorted order
    here once; a test holds the filled form against a general RFC 8785 library.
    """
    device, event_id, incarnation, boot, quality = (
        quoted(text).replace("%", "%%")
        for text in (
            origin.device,
            origin.event_id,
            origin.incarnation,
            clocks["boot"],
            clocks["offset_quality"],
        )
    )
    return (
        f'{{"actor":%s,"at":%s,"body":%s,"boot":{boot},"device":{device},"event_id":{event_id},'
        f'"hlc":"%s","id":"%s","incarnation":{incarnation},"kind":"%s","mono":{clocks["mono"]},'
        f'"offset_ms":{clocks["offset_ms"]},"offset_quality":{quality},"prev_hash":"%s",'
        f'"private_hash":"%s","seq":%s,"subject":%s,"tz":{clocks["tz"]}}}'
    )


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
