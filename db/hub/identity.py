"""Who a hub is: its key, its nonce secret, and its epoch, each made exactly once.

The epoch is a random id that changes when the database is not the one it was: restored from a
backup, or promoted on another server. Stations then believe nothing of what they knew of the hub,
and the hub goes on writing its own facts in a new incarnation.
"""

import json
import os
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from db.hub.engine import HubDatabase
from db.hub.own_chain import HubKey
from db.signing import new_device_key

_KEYS = ("private_key", "public_key", "nonce_secret", "epoch")


def find_hub_key(connection: Connection) -> HubKey:
    """Return the hub's key and epoch as they stand in this transaction; made if missing."""
    state = _state(connection)
    if not all(key in state for key in _KEYS):
        _make_identity(connection)
        state = _state(connection)
    return HubKey(state["private_key"], state["public_key"], state["epoch"])


class HubIdentity:
    """The hub's key, secret and epoch on its database."""

    def __init__(self, database: HubDatabase) -> None:
        """Read the identity, made if there is none. Raises StorageFailed."""
        self._database = database
        self._seen_connects = database.connects
        self.key = database.write(find_hub_key)
        with database.read() as connection:
            self.nonce_secret = bytes.fromhex(_state(connection)["nonce_secret"])

    def begin_service(self) -> str:
        """Return the epoch to serve under: a new one where the database was restored."""
        was_restored = self._database.write(self._note_place)
        if was_restored:
            self.new_epoch()
        self._mark_file()
        return self.epoch()

    def epoch(self) -> str:
        """Return the epoch now; looks again where another server may have taken over."""
        if self._database.connects != self._seen_connects:
            self._seen_connects = self._database.connects
            if not self._database.is_sqlite and self._database.write(self._note_place):
                self.new_epoch()
        with self._database.read() as connection:
            return _state(connection)["epoch"]

    def new_epoch(self) -> str:
        """Begin a new epoch: after a restore, or when an organizer wants it."""
        epoch = str(uuid.uuid4())
        self._database.write(lambda connection: _put(connection, "epoch", epoch))
        return epoch

    def _note_place(self, connection: Connection) -> bool:
        """Remember where the database lives; True where it is not the place it was."""
        now = self._place(connection)
        before = _state(connection).get("place", "")
        if now and now != before:
            _put(connection, "place", now)
        return bool(now and before and now != before) or self._is_file_older(connection)

    def _place(self, connection: Connection) -> str:
        if self._database.is_sqlite:
            return ""
        try:
            with connection.begin_nested():
                row = connection.execute(
                    text(
                        "SELECT system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()),"
                        " 1, 8) FROM pg_control_system()"
                    )
                ).one()
        except SQLAlchemyError:  # an engine that only speaks like PostgreSQL, or no right to ask
            return ""
        return f"{row[0]}/{row[1]}"

    def _is_file_older(self, connection: Connection) -> bool:
        """Tell whether the file may not be the one that was served last, by what was noted."""
        marker = self._read_marker()
        if marker is None:
            return False
        token = _state(connection).get("served", "")
        is_known = token == marker.get("served") and _facts(connection) >= marker.get("facts", 0)
        # After a service that was killed, a backup made during it would look like the file itself.
        return not (is_known and marker.get("ended", False))

    def _mark_file(self) -> None:
        """Note beside the file what it must still know when it is opened again."""
        path = self._marker_path()
        if path is None:
            return
        token = str(uuid.uuid4())

        def work(connection: Connection) -> int:
            _put(connection, "served", token)
            return _facts(connection)

        facts = self._database.write(work)
        self._write_marker(path, token, facts, is_ended=False)

    def end_service(self) -> None:
        """Note how much the file knows at the end, so that an older copy is noticed."""
        path, marker = self._marker_path(), self._read_marker()
        if path is not None and marker is not None:
            with self._database.read() as connection:
                facts = _facts(connection)
            self._write_marker(path, str(marker.get("served", "")), facts, is_ended=True)

    def _marker_path(self) -> Path | None:
        path = self._database.path
        return None if path is None else path.with_name(f"{path.name}.served")

    def _read_marker(self) -> dict[str, Any] | None:
        path = self._marker_path()
        if path is None:
            return None
        try:
            marker = json.loads(path.read_text("ascii"))
        except (OSError, ValueError):
            return None
        return marker if isinstance(marker, dict) else None

    def _write_marker(self, path: Path, token: str, facts: int, *, is_ended: bool) -> None:
        fresh = path.with_name(f"{path.name}.new")
        marker = {"served": token, "facts": facts, "ended": is_ended}
        fresh.write_text(json.dumps(marker), "ascii")
        fresh.replace(path)


def _make_identity(connection: Connection) -> None:
    """Make what is missing; whoever comes second keeps what the first one made."""
    private, public = new_device_key()
    # One row decides: two processes must never end up with halves of two keys.
    _put_if_missing(connection, "identity", json.dumps([private, public]))
    private, public = json.loads(_state(connection)["identity"])
    for key, value in (
        ("private_key", private),
        ("public_key", public),
        ("nonce_secret", os.urandom(32).hex()),
        ("epoch", str(uuid.uuid4())),
    ):
        _put_if_missing(connection, key, value)


def _state(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT key, value FROM hub_state"))
    return {row[0]: row[1] for row in rows}


def _put_if_missing(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        text("INSERT INTO hub_state (key, value) VALUES (:key, :value) ON CONFLICT DO NOTHING"),
        {"key": key, "value": value},
    )


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        text(
            "INSERT INTO hub_state (key, value) VALUES (:key, :value)"
            " ON CONFLICT (key) DO UPDATE SET value=excluded.value"
        ),
        {"key": key, "value": value},
    )


def _facts(connection: Connection) -> int:
    found = connection.execute(text("SELECT coalesce(sum(seq), 0) FROM hub_chain"))
    return int(found.scalar_one())
