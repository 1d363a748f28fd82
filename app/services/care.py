"""Keeping an event safe: verify, rebuild, backups, restore."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.clock import Clock
from app.domain.errors import Conflict, StorageFailed
from app.domain.words import Words
from app.services.context import EventContext
from app.services.opening import bring_up_to_date, enrolment, start_incarnation
from app.services.profile import Profile
from app.services.recovery_key import sealed_leaf
from app.services.replaying import TapeShelf, replay_tapes
from db import verify as proof
from db.backup import (
    change_key,
    copy_backup,
    cut_leaf,
    has_key,
    read_backup_event,
    read_leaf,
    require_unused,
    sync_folder,
    write_backup,
)
from db.engine import Database
from db.journal import Journal
from db.salvage import SUFFIXES, remove_set
from db.sealed_key import read_sealed_key

DAILY, WEEKLY = 12, 10
STAMP = "%Y%m%d-%H%M%S"
OWN_NAME = re.compile(r"\d{8}-\d{6}_\d+\.vdbackup")
"""Names of our own backups; whatever else lies beside them is somebody's and stays."""


def verify_event(context: EventContext) -> proof.VerifyReport:
    """Check chains, contiguity, signatures and read tables against the journal."""
    with context.database.read() as connection:
        return proof.verify(connection)


def rebuild_tables(context: EventContext) -> None:
    """Fold every read table again from the journal, in one transaction."""
    with context.database.write() as connection:
        proof.rebuild(connection)


def back_up(context: EventContext, target: Path) -> int:
    """Write a snapshot of the event; return its size in bytes.

    It carries the key sealed by the recovery passphrase, where one is set.
    """
    profile = Profile(context.database.path.parents[1])
    return write_backup(context.database.connection(), target, leaf=sealed_leaf(profile))


def back_up_on_schedule(profile: Profile, context: EventContext) -> Path | None:
    """Write a snapshot into the profile if facts came since the last; thin out old ones."""
    folder = profile.folder / "backups" / context.event_id
    folder.mkdir(parents=True, exist_ok=True)
    with context.database.read() as connection:
        # Of all chains: after a restore the new one is short, and its facts are new all the same.
        facts = connection.execute("SELECT sum(seq) FROM chain_head").fetchone()[0] or 0
    existing = list_own_backups(profile, context.event_id)
    has_newest = bool(existing) and existing[-1].stem.rpartition("_")[2] == str(facts)
    # A passphrase that was set since is as good a reason for a new one as a fact.
    if has_newest and read_leaf(existing[-1]) == sealed_leaf(profile):
        return None
    stamp = context.now().strftime(STAMP)
    target = folder / f"{stamp}_{facts}.vdbackup"
    back_up(context, target)
    for old in to_discard([*existing, target]):
        old.unlink(missing_ok=True)
    return target


def list_own_backups(profile: Profile, event_id: str) -> list[Path]:
    """Return the scheduled backups of an event, oldest first."""
    folder = profile.folder / "backups" / event_id
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if OWN_NAME.fullmatch(path.name))


def to_discard(backups: Sequence[Path]) -> list[Path]:
    """Return the backups to delete: kept are today's, 12 daily and 10 weekly, newest of each."""
    newest_first = sorted(backups, key=lambda path: path.stem, reverse=True)
    moments = {path: datetime.strptime(path.stem[:15], STAMP) for path in newest_first}  # noqa: DTZ007
    if not moments:
        return []
    today = moments[newest_first[0]].date()
    kept = {path for path, moment in moments.items() if moment.date() == today}
    for limit, name in ((DAILY, "%Y%m%d"), (WEEKLY, "%G%V")):
        periods: dict[str, Path] = {}
        for path, moment in moments.items():
            periods.setdefault(moment.strftime(name), path)
        kept |= set(list(periods.values())[:limit])
    return [path for path in newest_first if path not in kept]


def restore(
    profile: Profile,
    source: Path,
    clock: Clock,
    *,
    passphrase: str | None = None,
    tape: Path | None = None,
) -> str:
    """Bring a backup back as the current event; its chain goes on in a new incarnation.

    `passphrase` opens a backup of another machine or of a lost key. `tape`: a folder whose paper
    tapes hold what came after the backup. An event file that is here already is set aside, never
    overwritten. Returns the event id.
    """
    key = profile.key().key
    draft = profile.events_folder / f".{uuid.uuid4()}.restoring"
    try:
        copy_backup(source, draft)
        old_key = _open_copy(draft, key, passphrase)
        event_id = read_backup_event(draft, key)
        if tape is not None:
            replay_tapes(draft, key, TapeShelf(tape, event_id, old_key), clock)
        begin_incarnation(draft, key, event_id, clock)
        path = profile.event_path(event_id)
        if path.exists():
            require_unused(path, key)
            set_aside(path, f"replaced-{clock.wall_ms()}")
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        remove_set(draft)
    profile.set_current(event_id)
    return event_id


def is_sealed_for_others(profile: Profile, source: Path) -> bool:
    """Tell whether a backup needs its passphrase here: sealed, and made with another key."""
    if not source.is_file() or not read_leaf(source):
        return False
    look = profile.events_folder / f".{uuid.uuid4()}.look"
    try:
        copy_backup(source, look)
        return not has_key(look, profile.key().key)
    finally:
        remove_set(look)


def _open_copy(draft: Path, key: str, passphrase: str | None) -> str:
    """Make a backup's copy readable with our key; return the key it was made with.

    Raises InvalidInput (wrong passphrase), StorageFailed (damaged, or sealed and none given).
    """
    leaf = cut_leaf(draft)
    if not leaf or has_key(draft, key):
        return key
    if passphrase is None:
        raise StorageFailed(
            Words(zh="這個備份是用另一把金鑰做的。", en="This backup was made with another key."),
            remedy=Words(
                zh="請用 --passphrase-file 給它的復原密語。",
                en="Give its recovery passphrase with --passphrase-file.",
            ),
        )
    old_key = read_sealed_key(leaf).open(passphrase)
    read_backup_event(draft, old_key)
    change_key(draft, old_key, key)
    return old_key


def begin_incarnation(draft: Path, key: str, event_id: str, clock: Clock) -> None:
    """Let the copy go on in a chain of its own, which begins by saying whose it is."""
    database = Database(draft, key)
    try:
        bring_up_to_date(database)
        with database.write() as connection:
            device = connection.execute(
                "SELECT value FROM local_state WHERE key='device'"
            ).fetchone()[0]
            origin = start_incarnation(connection, event_id, device)
            Journal(origin, clock).append(connection, [enrolment(connection, origin)])
        database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        database.close()


def set_aside(path: Path, mark: str) -> Path:
    """Rename an event's files so that nothing is lost by what takes their place."""
    aside = path.with_name(f"{path.name}.{mark}")
    try:
        for suffix in SUFFIXES:
            old = path.with_name(path.name + suffix)
            if old.exists():
                old.replace(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise Conflict(
            Words(zh="這個活動正在使用中。", en="This event is in use."),
            remedy=Words(
                zh="請先關閉所有視窗，再還原。", en="Close every window of it, then restore."
            ),
        ) from error
    return aside
