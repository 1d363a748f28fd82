"""Visits and issues as another desk might have recorded them."""

import struct
import zlib

from factories import Room

from app.domain.clock import uuid7
from app.domain.facts import Draft, FactKind

ISSUE_TEXTS = ("symptom", "steps", "resolution", "next_step")


def opened(room: Room, *, unit: str = "青山國小", unit_id: str = "", ticket: str = "A001") -> str:
    """Record a visit of a school and return its id."""
    visit_id = uuid7(room.clock.wall_ms())
    body = {"session": "help", "ticket": ticket, "station": "A", "unit_id": unit_id}
    room.append(
        Draft(
            kind=FactKind.VISIT_OPENED,
            subject=f"visit:{visit_id}",
            body=body,
            private={"unit_text": unit, "name": "林測試"},
        )
    )
    return visit_id


def issue(
    room: Room, visit_id: str = "", *, unit: str = "青山國小", unit_id: str = "", **told
) -> str:
    """Record an issue (of a visit of its own, if none is given) and return its id."""
    visit_id = visit_id or opened(room, unit=unit, unit_id=unit_id)
    issue_id = told.pop("id", None) or uuid7(room.clock.wall_ms())
    private = {name: told.pop(name) for name in ISSUE_TEXTS if name in told}
    room.append(
        Draft(
            kind=FactKind.ISSUE_RECORDED,
            subject=f"visit:{visit_id}",
            body={"issue": issue_id, "outcome": "resolved", **told},
            private=private,
        )
    )
    room.clock.pass_ms(1000)
    return issue_id


def png(width: int = 4, height: int = 3, *, extra: bytes = b"") -> bytes:
    """Return a grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x7f" * width for _ in range(height)))
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + extra
