"""A device that was shut out forgets people: names, numbers and notes leave it for good.

What happened stays as a chain that verifies, without anything that says to whom.
"""

from pathlib import Path

from app.services.context import EventContext
from app.services.hub_link import note_revoked
from app.services.opening import set_local_state
from app.services.paper_tape import tape_folder
from app.services.profile import Profile
from app.sync.bundle import BUNDLE_KEY, EARLIER_KEYS
from db.engine import Connection
from db.salvage import SUFFIXES
from db.tape import list_tapes
from db.verify import rebuild

_FACT_TABLES = ("fact", "fork_fact")


def erase_private_data(profile: Profile, context: EventContext) -> None:
    """Erase everything private of an event on this machine, and let nobody open it any more."""
    connection = context.database.connection()
    connection.execute("PRAGMA secure_delete=ON").fetchall()
    with context.database.write() as writing:
        _clear(writing)
        note_revoked(writing, context.clock.wall_ms())
        for key in (BUNDLE_KEY, EARLIER_KEYS):
            set_local_state(writing, key, "")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for copy in _list_copies(profile, context):
        copy.unlink(missing_ok=True)


def _clear(connection: Connection) -> None:
    for table in _FACT_TABLES:
        connection.execute(
            f"UPDATE {table} SET private=NULL, salt=NULL"  # noqa: S608 - constants
            " WHERE private IS NOT NULL"
        )
    connection.execute("DELETE FROM quarantine")
    connection.execute("DELETE FROM visit_draft")
    rebuild(connection)


def _list_copies(profile: Profile, context: EventContext) -> list[Path]:
    """Return backups, tapes, damaged files set aside and bundles of this event."""
    event_id, own = context.event_id, context.database.path
    folder = tape_folder(profile)
    copies = list_tapes(folder, event_id) if folder is not None and folder.is_dir() else []
    in_use = {own.with_name(own.name + suffix) for suffix in SUFFIXES}
    for path in profile.folder.rglob("*"):
        is_of_event = event_id in str(path.relative_to(profile.folder)) and path not in in_use
        is_draft = path.parent == profile.events_folder and path.name.startswith(".")
        if path.is_file() and (is_of_event or is_draft or path.suffix == ".vdbundle"):
            copies.append(path)
    return copies
