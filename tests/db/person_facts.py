"""Invented histories of one person, as several desks with clocks of their own might write them."""

from typing import Any

from hypothesis import strategies as st

from app.domain.chain import private_digest
from app.domain.facts import Fact, FactId, FactKind

PERSON = "p1"
SESSIONS = ("b1d1", "b1d2", "b2d1", "help")
CODES = ("CODEONE", "CODETWO", "CODETHREE")
VERDICTS = ("checked_in", "checked_out", "not_on_roster", "already_in", "no_entry", "cancelled")
MOMENTS = st.integers(0, 6).map(lambda step: 1_691_368_000_000 + step * 60_000)
"""Few moments, so that times collide."""


def make_fact(number: int, kind: FactKind, body: dict[str, Any], **more: Any) -> Fact:
    """Return a fact with an id of its own; clocks as given."""
    values: dict[str, Any] = {
        "id": FactId(f"fact-{number:03d}"),
        "event_id": "event",
        "device": "device",
        "incarnation": "incarnation",
        "seq": number + 1,
        "subject": f"person:{PERSON}",
        "actor": "tester",
        "private": None,
        "at": 1_691_368_000_000,
        "tz": 480,
        "mono": 0,
        "boot": "boot",
        "offset_ms": 0,
        "offset_quality": "unknown",
        "hlc": 0,
        "prev_hash": "",
        "hash": "",
    }
    values |= more
    salt = None if values["private"] is None else "00"
    digest = "" if salt is None else private_digest(salt, str(values["private"]))
    return Fact(kind=kind, body=body, salt=salt, private_hash=digest, **values)


def _body(draw: st.DrawFn, kind: FactKind, scans: int) -> dict[str, Any]:
    session = draw(st.sampled_from(SESSIONS))
    if kind is FactKind.REGISTRATION_ADDED:
        return {"session": session, "origin": draw(st.sampled_from(["imported", "moved"]))}
    if kind in (FactKind.BADGE_ISSUED, FactKind.BADGE_REVOKED):
        return {"code": draw(st.sampled_from(CODES))}
    if kind is FactKind.SCAN_RECORDED:
        return {
            "session": session,
            "station": draw(st.sampled_from("AB")),
            "direction": draw(st.sampled_from(["in", "out"])),
            "verdict": draw(st.sampled_from(VERDICTS)),
            "counts": draw(st.booleans()),
            "code": "CODEONE",
        }
    if kind in (FactKind.SCAN_VOIDED, FactKind.SCAN_ADMITTED):
        return {"scan": f"fact-{draw(st.integers(0, max(scans, 1))):03d}", "session": session}
    if kind is FactKind.CREDIT_DECIDED:
        granted = draw(st.booleans())
        return {"session": session, "course": "day1", "granted": granted, "hours": 8 * granted}
    return {"session": session}


KINDS = (
    FactKind.REGISTRATION_ADDED,
    FactKind.REGISTRATION_AMENDED,
    FactKind.REGISTRATION_CANCELLED,
    FactKind.BADGE_ISSUED,
    FactKind.BADGE_REVOKED,
    FactKind.SCAN_RECORDED,
    FactKind.SCAN_RECORDED,
    FactKind.SCAN_VOIDED,
    FactKind.SCAN_ADMITTED,
    FactKind.CREDIT_DECIDED,
    FactKind.PRIVATE_ERASED,
)
PRIVATES = {
    FactKind.REGISTRATION_ADDED: ("name", "unit_text", "phone"),
    FactKind.REGISTRATION_AMENDED: ("name", "title", "id_number"),
    FactKind.CREDIT_DECIDED: ("reason",),
}


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Return a person's facts in the order they were written, with colliding clocks."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=14))
    facts = []
    for number, kind in enumerate(kinds):
        fields = PRIVATES.get(kind, ())
        private = (
            {name: draw(st.sampled_from(["甲", "乙", "丙丁"])) for name in fields}
            if fields and draw(st.booleans())
            else None
        )
        facts.append(
            make_fact(
                number,
                kind,
                _body(draw, kind, len(kinds)),
                private=private,
                at=draw(MOMENTS),
                offset_ms=draw(st.sampled_from([0, 0, 60_000, -60_000])),
                hlc=draw(st.integers(0, 3)),
                device=draw(st.sampled_from(["one", "two"])),
                actor=draw(st.sampled_from(["甲", "乙"])),
            )
        )
    return facts
