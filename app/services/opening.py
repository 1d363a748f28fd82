"""Opening an event's file: schema, device identity, plan. Closing it: the head is signed."""

import hashlib
import json
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.badge import event_tag
from app.domain.chain import Origin
from app.domain.clock import Clock
from app.domain.errors import FileDamaged, NotFound, StorageFailed
from app.domain.facts import Draft, FactKind
from app.domain.plan import Plan, plan_from_json, plan_to_json
from app.domain.words import Words
from app.services.context import Acting, CorrectedClock, EventContext, session_windows
from app.services.hub_link import require_not_revoked
from app.services.profile import Profile
from app.services.shifted_clock import ShiftedClock
from app.services.thrown_away import sweep
from db import migrations
from db.engine import Connection, Database
from db.journal import Journal
from db.signing import new_device_key, sign_head
from db.verify import rebuild

if TYPE_CHECKING:
    from app.services.paper_tape import Tapes
    from app.services.recovering import RecoveryReport


_SOUNDS_SINCE = "0006"
"""Schema version since which names are indexed by their sound."""
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEvent:
    """An event ready for use, with what only its keeper needs."""

    context: EventContext
    database: Database
    key_place: str
    """Where the database key lies: `keyring`, `profile` or `named_file`."""
    new_incarnation: bool = False
    """True when this machine is not the one the file was last used on."""
    tapes: "Tapes | None" = None
    """The paper tape, while it is on."""
    recovered: "RecoveryReport | None" = None
    """What happened, where the file was found damaged and was laid anew."""

    def close(self) -> None:
        """Sign the head of our chain, empty the write-ahead log and close the file."""
        from app.services.disk_care import empty_wal  # noqa: PLC0415 - not needed for a scan

        try:
            sign_own_head(self.context)
            empty_wal(self.database)
        finally:
            self.database.close()
            sweep(Profile(self.database.path.parents[1]))

    def abandon(self) -> None:
        """Close a file that can no longer be trusted, for good, writing nothing more into it."""
        self.database.after_commit = None
        self.database.retire()


def create_event_file(
    profile: Profile,
    plan: Plan,
    clock: Clock,
    *,
    rehearsal: bool,
    told: Mapping[str, Any] = _NOTHING,
) -> str:
    """Make the database of a new event from a plan; return the event's id.

    `told`: what else the opening fact says, for ever.
    """
    event_id = str(uuid.uuid4())
    path = profile.event_path(event_id)
    database = Database(path, profile.key().key)
    try:
        migrations.upgrade(database)
        with database.write() as connection:
            origin = make_device(connection, event_id)
            plan_fact = Draft(
                kind=FactKind.PLAN_PUBLISHED,
                subject=f"event:{event_id}",
                body={"plan": plan_to_json(plan), "rehearsal": rehearsal, **told},
            )
            journal = Journal(origin, clock)
            journal.append(connection, [enrolment(connection, origin), plan_fact])
    except BaseException:
        database.close()
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        raise
    database.close()
    profile.set_current(event_id)
    return event_id


def open_event_file(profile: Profile, event_id: str, clock: Clock, *, actor: str) -> OpenEvent:
    """Open one event. Raises NotFound, StorageFailed."""
    path = profile.event_path(event_id)
    if not path.exists():
        raise NotFound(
            Words(zh="找不到這個活動的資料檔。", en="This event's data file is not here."),
            remedy=Words(zh="請還原備份，或重新建立。", en="Restore a backup, or create it again."),
        )
    key = profile.key()
    database = Database(path, key.key)
    try:
        bring_up_to_date(database)
        with database.write() as connection:
            require_not_revoked(connection)
            origin, is_new = _own_origin(connection, event_id)
            context = _context(connection, origin, database, clock, actor)
            if is_new:
                context.journal.append(connection, [enrolment(connection, origin)])
    except BaseException:
        database.close()
        raise
    return OpenEvent(
        context=context, database=database, key_place=key.place, new_incarnation=is_new
    )


def bring_up_to_date(database: Database) -> None:
    """Migrate a file of an older version. Raises StorageFailed for one of a newer version."""
    version = migrations.schema_version(database)
    if version == migrations.HEAD:
        return
    if version is None:
        raise FileDamaged(
            Words(zh="這個資料檔是空的。", en="This data file is empty."),
            remedy=Words(
                zh="請還原備份，或重新建立活動。", en="Restore a backup, or create it again."
            ),
        )
    if version > migrations.HEAD:
        raise StorageFailed(
            Words(
                zh="這個資料檔是較新版本的程式建立的。",
                en="This data file was made by a newer version of the program.",
            ),
            remedy=Words(zh="請更新程式。", en="Update the program."),
        )
    migrations.upgrade(database)
    refill_if_older(database, version)


def refill_if_older(database: Database, version: str) -> None:
    """Fold the journal again where an older version's read tables lack what this one keeps."""
    if version < _SOUNDS_SINCE:
        with database.write() as connection:
            rebuild(connection)


def _context(
    connection: Connection, origin: Origin, database: Database, clock: Clock, actor: str
) -> EventContext:
    row = connection.execute("SELECT plan, rehearsal FROM event").fetchone()
    if row is None:
        raise FileDamaged(
            Words(zh="這個資料檔裡沒有計畫。", en="This data file holds no plan."),
            remedy=Words(
                zh="請還原備份，或重新建立活動。", en="Restore a backup, or create it again."
            ),
        )
    try:
        plan = plan_from_json(json.loads(row[0]))
    except ValueError as error:  # a damaged page far inside a long text may read as zeros
        raise FileDamaged(
            Words(zh="資料檔已損壞：計畫無法讀取。", en="The data file is damaged: its plan."),
            remedy=Words(zh="請還原最近的備份。", en="Restore the latest backup."),
        ) from error
    told = _opening_words(connection) if row[1] else _NOTHING
    # Its badges are the real ones: what people hold in their hands is what is rehearsed with.
    twin_of = str(told.get("twin_of", ""))
    shift_ms = int(told.get("shift_ms", 0))
    if shift_ms:
        clock = ShiftedClock(clock, shift_ms)
    journal = Journal(origin, clock)
    return EventContext(
        event_id=origin.event_id,
        tag=event_tag(twin_of or origin.event_id),
        plan=plan,
        windows=session_windows(plan),
        database=database,
        journal=journal,
        clock=CorrectedClock(clock, journal),
        acting=Acting(actor),
        rehearsal=bool(row[1]),
        twin_of=twin_of,
        shift_ms=shift_ms,
        rehearsed=str(told.get("rehearsed", "")),
    )


def _opening_words(connection: Connection) -> Mapping[str, Any]:
    """Return what the fact that opened an event says."""
    row = connection.execute(
        "SELECT body FROM (SELECT body, hlc FROM fact WHERE kind=? UNION ALL"
        " SELECT body, hlc FROM fork_fact WHERE kind=?) ORDER BY hlc LIMIT 1",
        (FactKind.PLAN_PUBLISHED.value, FactKind.PLAN_PUBLISHED.value),
    ).fetchone()
    words: Mapping[str, Any] = json.loads(row[0])
    return words


def make_device(connection: Connection, event_id: str, device: str = "") -> Origin:
    """Give an event file its device (a new one, or one that lost its file) and a key pair."""
    private, public = new_device_key()
    origin = Origin(event_id, device or str(uuid.uuid4()), str(uuid.uuid4()))
    state = {
        "device": origin.device,
        "incarnation": origin.incarnation,
        "private_key": private,
        "public_key": public,
        "machine": machine_fingerprint(),
    }
    connection.executemany("INSERT INTO local_state (key, value) VALUES (?,?)", state.items())
    return origin


def _own_origin(connection: Connection, event_id: str) -> tuple[Origin, bool]:
    """Return our chain; a file copied to another machine goes on in a new incarnation."""
    state = local_state(connection)
    if state["machine"] == machine_fingerprint():
        return Origin(event_id, state["device"], state["incarnation"]), False
    return start_incarnation(connection, event_id, state["device"]), True


def start_incarnation(connection: Connection, event_id: str, device: str) -> Origin:
    """Begin a new chain: after a restore or on another machine a sequence must never fork."""
    origin = Origin(event_id, device, str(uuid.uuid4()))
    for key, value in (("incarnation", origin.incarnation), ("machine", machine_fingerprint())):
        set_local_state(connection, key, value)
    return origin


def enrolment(connection: Connection, origin: Origin) -> Draft:
    """Return the first fact of a chain: which key signs it."""
    return Draft(
        kind=FactKind.DEVICE_ENROLLED,
        subject=f"device:{origin.device}",
        body={
            "incarnation": origin.incarnation,
            "public_key": local_state(connection)["public_key"],
        },
    )


def sign_own_head(context: EventContext) -> int:
    """Sign the end of our chain; return the sequence signed."""
    with context.database.write() as connection:
        private_key = local_state(connection)["private_key"]
        return sign_head(connection, context.journal.origin, private_key)


def local_state(connection: Connection) -> dict[str, str]:
    """Return everything this device remembers for itself."""
    return dict(connection.execute("SELECT key, value FROM local_state"))


def set_local_state(connection: Connection, key: str, value: str) -> None:
    """Remember one thing for this device."""
    connection.execute("INSERT OR REPLACE INTO local_state (key, value) VALUES (?,?)", (key, value))


def machine_fingerprint() -> str:
    """Return a digest that tells this machine from another, never the identity itself."""
    return hashlib.sha256(f"venuedesk:{_machine_identity()}".encode()).hexdigest()


def _machine_identity() -> str:
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if path.exists() and (text := path.read_text("ascii", "replace").strip()):
            return text
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows only

        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography"
        ) as registry:
            return str(winreg.QueryValueEx(registry, "MachineGuid")[0])
    return f"{uuid.getnode():012x}"
