"""The events that are exchanged at a hub."""

import os
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.domain.clock import Clock
from db.hub.engine import HubDatabase, is_postgresql


@dataclass(frozen=True, slots=True)
class HubEvent:
    """An event at a hub."""

    event_id: str
    name: str
    bundle_key: str
    """Hex; empty while nobody joined or opened the event here."""


def hold_event(connection: Connection, event_id: str, now_ms: int, *, alone: bool = False) -> None:
    """Hold an event's row until commit, with others or alone; it is made if it is not there."""
    named = {"event": event_id, "now": now_ms}
    kind = (" FOR UPDATE" if alone else " FOR SHARE") if is_postgresql(connection) else ""
    held = text(f"SELECT 1 FROM hub_event WHERE event_id=:event{kind}")  # noqa: S608 - constants
    if connection.execute(held, named).first() is None:
        connection.execute(
            text(
                "INSERT INTO hub_event (event_id, name, bundle_key, created_ms)"
                " VALUES (:event, '', '', :now) ON CONFLICT DO NOTHING"
            ),
            named,
        )
        connection.execute(held, named)


def name_event(
    connection: Connection, event_id: str, *, name: str = "", bundle_key: str = ""
) -> None:
    """Fill in what is empty of an event; its bundle key is made where nobody brings one."""
    connection.execute(
        text(
            "UPDATE hub_event SET name=CASE WHEN name='' THEN :name ELSE name END,"
            " bundle_key=CASE WHEN bundle_key='' THEN :key ELSE bundle_key END"
            " WHERE event_id=:event"
        ),
        {"event": event_id, "name": name, "key": bundle_key or os.urandom(32).hex()},
    )


class HubEvents:
    """Names and bundle keys of events."""

    def __init__(self, database: HubDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open_event(self, event_id: str, *, name: str = "", bundle_key: str = "") -> HubEvent:
        """Return an event, made if it is not there; what is empty there is filled in."""

        def work(connection: Connection) -> HubEvent:
            hold_event(connection, event_id, self._clock.wall_ms(), alone=True)
            name_event(connection, event_id, name=name, bundle_key=bundle_key)
            found = _find(connection, event_id)
            if found is None:
                raise AssertionError("an event that was just made is gone")
            return found

        return self._database.write(work)

    def find_event(self, event_id: str) -> HubEvent | None:
        """Return one event, None where it is not exchanged here."""
        with self._database.read() as connection:
            return _find(connection, event_id)

    def list_events(self) -> list[HubEvent]:
        """Return all events, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                text(
                    "SELECT event_id, name, bundle_key FROM hub_event ORDER BY created_ms, event_id"
                )
            )
            return [HubEvent(*row) for row in rows]


def _find(connection: Connection, event_id: str) -> HubEvent | None:
    row = connection.execute(
        text("SELECT event_id, name, bundle_key FROM hub_event WHERE event_id=:event"),
        {"event": event_id},
    ).first()
    return HubEvent(*row) if row else None
