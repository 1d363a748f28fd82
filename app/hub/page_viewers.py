"""Who may look: a one-time viewing code becomes a cookie, of which the hub keeps the digest."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.domain.clock import Clock
from app.domain.devices import DeviceRole
from db.hub.engine import HubDatabase
from db.hub.invitations import digest_of

SIGNED_IN_MS = 12 * 3_600_000


@dataclass(frozen=True, slots=True)
class Viewer:
    """A browser that is signed in."""

    event_id: str
    """Empty: every event here."""

    def may_see(self, event_id: str) -> bool:
        """Whether this viewer was invited to an event."""
        return self.event_id in ("", event_id)


class Viewers:
    """Codes and cookies of viewers on the hub's database."""

    def __init__(self, database: HubDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sign_in(self, code: str) -> str | None:
        """Use up a viewing code; return the cookie's value, None where the code is no good."""
        cookie, now = secrets.token_urlsafe(32), self._clock.wall_ms()
        spend = {"digest": digest_of(code), "role": DeviceRole.VIEWER.value, "now": now}

        def work(connection: Connection) -> str | None:
            spent = connection.execute(text(_SPEND), spend | {"by": _digest(cookie)[:32]}).first()
            if spent is None:
                return None
            connection.execute(text("DELETE FROM hub_viewer WHERE expires_ms<=:now"), {"now": now})
            connection.execute(
                text(_ADMIT),
                {"digest": _digest(cookie), "event": spent[0], "expires": now + SIGNED_IN_MS},
            )
            return cookie

        return self._database.write(work)

    def find_viewer(self, cookie: str) -> Viewer | None:
        """Return whose cookie this is, None where it is unknown or too old."""
        if not cookie or len(cookie) > 100:
            return None
        with self._database.read() as connection:
            row = connection.execute(
                text("SELECT event_id FROM hub_viewer WHERE digest=:digest AND expires_ms>:now"),
                {"digest": _digest(cookie), "now": self._clock.wall_ms()},
            ).first()
        return Viewer(row[0]) if row else None

    def sign_out(self, cookie: str) -> None:
        """Forget a cookie."""
        digest = {"digest": _digest(cookie)}
        self._database.write(
            lambda connection: connection.execute(
                text("DELETE FROM hub_viewer WHERE digest=:digest"), digest
            )
        )


# One statement, so that two browsers with one code cannot both get in.
_SPEND = (
    "UPDATE hub_invitation SET used_ms=:now, used_by=:by"
    " WHERE digest=:digest AND role=:role AND used_ms IS NULL AND expires_ms>:now"
    " RETURNING event_id"
)
_ADMIT = "INSERT INTO hub_viewer (digest, event_id, expires_ms) VALUES (:digest, :event, :expires)"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
