"""A scan as it stands in the journal, and back: verdict, direction and detail as plain values."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.domain.clock import moment_of, ms_of
from app.domain.verdict import Detail, Judgement

_MOMENTS = ("first_in", "last_at", "revoked_at", "opens_at")
_FIELDS = tuple(item.name for item in fields(Detail))
PAPER = "paper"
"""The reader of a time that was written by hand and entered afterwards."""


def detail_body(detail: Detail) -> dict[str, Any]:
    """Return what is known in a detail, moments as UTC milliseconds."""
    known: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(detail, name)
        if value is None or value == "":
            continue
        known[name] = ms_of(value) if isinstance(value, datetime) else value
    return known


def detail_of(body: Mapping[str, Any], zone: Any) -> Detail:
    """Rebuild a detail; what newer versions add is left out."""
    known = {name: value for name, value in body.items() if name in _FIELDS}
    for name in _MOMENTS:
        if name in known:
            known[name] = moment_of(known[name]).astimezone(zone)
    return Detail(**known)


def scan_body(
    judgement: Judgement, *, session: str, station: str, code: str, reader: str
) -> dict[str, Any]:
    """Return the body of a scan's fact."""
    return {
        "session": session,
        "station": station,
        "direction": judgement.direction.value,
        "verdict": judgement.verdict.value,
        "counts": judgement.counts,
        "code": code,
        "reader": reader,
        "detail": detail_body(judgement.detail),
        **({"hand_entered": True} if reader == PAPER else {}),
    }
