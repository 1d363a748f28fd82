"""One-time codes: made once, shown once, kept as a digest, used up once whoever races."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.domain.devices import DeviceRole
from app.domain.errors import HubRefused
from app.domain.invitation_code import new_invitation_code, plain_code
from app.domain.words import Words

LIFETIME_MS = 10 * 60_000
_KEPT_MS = 24 * 3_600_000
"""So long it can still be said that a code was used or ran out."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh code."""

    code: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class SpentInvitation:
    """What a good code allows."""

    event_id: str
    """Empty: whatever event the organizer brings."""
    role: DeviceRole
    confirm: bool
    is_again: bool
    """The same device used it before: its answer was lost."""


def make_invitation(
    connection: Connection, hub_key: str, event_id: str, role: DeviceRole, now_ms: int, *,
    confirm: bool,
) -> Invitation:  # fmt: skip
    """Make a code; old ones are forgotten."""
    connection.execute(
        text("DELETE FROM hub_invitation WHERE expires_ms<:old"), {"old": now_ms - _KEPT_MS}
    )
    made = Invitation(new_invitation_code(hub_key), now_ms + LIFETIME_MS)
    connection.execute(
        text(
            "INSERT INTO hub_invitation (digest, event_id, role, confirm, created_ms, expires_ms,"
            " used_by) VALUES (:digest, :event, :role, :confirm, :now, :expires, '')"
        ),
        {
            "digest": digest_of(made.code),
            "event": event_id,
            "role": role.value,
            "confirm": confirm,
            "now": now_ms,
            "expires": made.expires_ms,
        },
    )
    return made


def spend_invitation(
    connection: Connection, code: str, device: str, now_ms: int
) -> SpentInvitation:
    """Use a code up for a device; the same device may ask again. Raises HubRefused."""
    named = {"digest": digest_of(code), "device": device, "now": now_ms}
    # One statement, so that of two that race one alone finds it unused.
    spent = connection.execute(
        text(
            "UPDATE hub_invitation SET used_ms=:now, used_by=:device"
            " WHERE digest=:digest AND used_ms IS NULL AND expires_ms>:now AND role<>'viewer'"
        ),
        named,
    )
    row = connection.execute(
        text(
            "SELECT event_id, role, confirm, used_ms, used_by FROM hub_invitation"
            " WHERE digest=:digest"
        ),
        named,
    ).first()
    if row is None:
        raise _refused("code_unknown", "不認得這個邀請碼。", "This code is not known here.")
    event_id, role, confirm, used_ms, used_by = row
    if role == DeviceRole.VIEWER.value:
        raise _refused("not_allowed", "這是檢視網頁用的邀請碼。", "This code is for the web page.")
    if not spent.rowcount and used_by != device:
        if used_ms is None:
            raise _refused("code_expired", "邀請碼已過期。", "This code has run out.")
        raise _refused("code_used", "邀請碼已用過。", "This code was used already.")
    return SpentInvitation(event_id, DeviceRole(role), bool(confirm), not spent.rowcount)


def digest_of(code: str) -> str:
    """Return what the hub keeps of a code."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()


def _refused(code: str, zh: str, en: str) -> HubRefused:
    return HubRefused(
        Words(zh=zh, en=en),
        remedy=Words(zh="請向主辦人再要一個。", en="Ask the organizer for a new one."),
        code=code,
    )
