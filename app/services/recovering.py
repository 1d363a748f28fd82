"""A damaged event file: set aside, laid anew from backup, tape and what is left of it.

Facts keep their envelopes and are stored only where their chain holds; this device then goes on in
a new incarnation. Without a backup, a tape or a readable plan nothing is touched.
"""

import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.clock import Clock
from app.domain.errors import FileDamaged, VenueDeskError
from app.domain.facts import FactKind
from app.domain.words import Words
from app.services.care import begin_incarnation, list_own_backups, set_aside
from app.services.opening import make_device
from app.services.paper_tape import tape_folder
from app.services.profile import Profile
from app.services.replaying import TapeShelf, replay
from db import migrations
from db.backup import copy_backup, cut_leaf, read_backup_event, sync_folder
from db.engine import Database
from db.merging import StoredRow
from db.salvage import (
    copy_set,
    find_highest_seq,
    find_incarnation,
    is_file_sound,
    read_what_is_left,
    remove_set,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReport:
    """What happened to a damaged event file, without personal data."""

    event_id: str
    at_ms: int
    backup: str
    """File name of the backup it was laid anew from; empty where there was none."""
    from_backup: int
    from_tape: int
    from_file: int
    """Facts that could still be read in the damaged file."""
    last_seq: int
    """The last fact of the broken chain that is here again."""
    known_seq: int | None
    """How far that chain had come, where file or tape still say so."""
    by_tape: bool
    """Only the tape says so: what was done while it was out of reach is not counted."""
    aside: str
    """File name of the damaged file."""

    @property
    def lost(self) -> int | None:
        """How many facts are missing; None where nothing says how many there were."""
        return None if self.known_seq is None else max(self.known_seq - self.last_seq, 0)

    def words(self) -> Words:
        """Say what happened and what could not be had back."""
        source = (
            Words(zh=f"備份 {self.backup}", en=f"backup {self.backup}")
            if self.backup
            else Words(zh="紙帶與原檔", en="tape and old file")
        )
        lost = _lost_words(self)
        return Words(
            zh=f"資料檔損壞，已另存為 {self.aside}，並由{source.zh}重建："
            f"備份 {self.from_backup} 筆、紙帶 {self.from_tape} 筆、"
            f"原檔救回 {self.from_file} 筆。{lost.zh}可以繼續報到。",
            en=f"The data file was damaged. It is kept as {self.aside}; the event was laid anew "
            f"from {source.en}: {self.from_backup} records from the backup, {self.from_tape} from "
            f"the tape, {self.from_file} from the old file. {lost.en} Check-in can go on.",
        )


def _lost_words(report: RecoveryReport) -> Words:
    lost, last = report.lost, report.last_seq
    if lost:
        return Words(
            zh=f"復原到第 {last} 筆；之後 {lost} 筆無法救回，請核對紙本。",
            en=f"Recovered up to record {last}; {lost} later ones are lost: look at paper.",
        )
    if lost is None:
        return Words(
            zh=f"復原到第 {last} 筆；之後若還有紀錄，已無法救回，請核對紙本。",
            en=f"Recovered up to record {last}; later ones, if any, are lost: look at paper.",
        )
    if report.by_tape:
        return Words(
            zh=f"復原到紙帶的最後一筆（第 {last} 筆）。",
            en=f"Recovered up to the tape's last record ({last}).",
        )
    return Words(
        zh=f"復原到第 {last} 筆，沒有遺失。",
        en=f"Recovered up to record {last}; nothing is missing.",
    )


def recover_event(
    profile: Profile, event_id: str, clock: Clock, damage: FileDamaged
) -> RecoveryReport | None:
    """Lay a damaged event anew; None where the file is sound after all.

    Raises FileDamaged, in the words of `damage`, where there is nothing to lay it from: then the
    file stays as it is, because its key may merely be the wrong one.
    """
    path, key = profile.event_path(event_id), profile.key().key
    if is_file_sound(path, key):
        return None
    draft = profile.events_folder / f".{uuid.uuid4()}.recovering"
    wreck = profile.events_folder / f".{uuid.uuid4()}.wreck"
    try:
        copy_set(path, wreck)
        rebuilding = _Rebuilding(profile, event_id, clock, draft, wreck)
        if not rebuilding.lay():
            raise _hopeless(damage)
        begin_incarnation(draft, key, event_id, clock)
        if is_file_sound(path, key):  # another program was faster
            return None
        stamp = clock.wall_ms()
        report = rebuilding.report(stamp, set_aside(path, f"corrupt-{stamp}"))
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        remove_set(draft)
        remove_set(wreck)
    _remember(profile, report)
    return report


def _hopeless(damage: FileDamaged) -> FileDamaged:
    remedy = damage.remedy
    return FileDamaged(
        damage.message,
        remedy=Words(
            zh=f"{remedy.zh}這裡沒有可用的備份或紙帶：若在隨身碟上，請插上後再試，"
            "或用 venuedesk restore 還原備份檔。原檔沒有更動。",
            en=f"{remedy.en} There is no usable backup or tape here: if one is on a stick, plug it "
            "in and try again, or use venuedesk restore with a backup. The file was left as it is.",
        ),
    )


class _Rebuilding:
    """One event laid anew from whatever there is."""

    def __init__(
        self, profile: Profile, event_id: str, clock: Clock, draft: Path, wreck: Path
    ) -> None:
        self._event_id = event_id
        self._clock = clock
        self._draft = draft
        self._wreck = wreck
        self._key = profile.key().key
        self._backups = list_own_backups(profile, event_id)
        folder = tape_folder(profile)
        self._runs = TapeShelf(folder, event_id, self._key).read() if folder is not None else []
        self._backup = ""
        self._before = ""
        """The chain the base was writing before it goes on in a new one."""
        self._counts = {"backup": 0, "tape": 0, "file": 0}

    def lay(self) -> bool:
        """Fill the draft from backup, tape and file; False where nothing gives a plan."""
        taped = [row for run in self._runs for row in run.rows]
        left = list(read_what_is_left(self._wreck, self._key))
        if not self._copy_newest_backup():
            seed = [rows for rows in (taped, left) if _has_plan(rows)]
            if not seed:
                return False
            self._begin_empty(seed[0][0][2])
        self._before = find_incarnation(self._draft, self._key) or ""
        for source, rows in (("tape", taped), ("file", left)):
            merged = replay(
                self._draft, self._key, rows, event_id=self._event_id, clock=self._clock
            )
            self._counts[source] = merged.stored
        return True

    def _copy_newest_backup(self) -> bool:
        for backup in reversed(self._backups):
            try:
                copy_backup(backup, self._draft)
                cut_leaf(self._draft)
                if read_backup_event(self._draft, self._key) == self._event_id:
                    self._backup = backup.name
                    self._counts["backup"] = int(backup.stem.rpartition("_")[2])
                    return True
            except (VenueDeskError, OSError):  # damaged too: an older one may be good
                pass
            remove_set(self._draft)
        return False

    def _begin_empty(self, device: str) -> None:
        """Make an empty event file for the facts of a tape; the device stays who it was."""
        database = Database(self._draft, self._key)
        try:
            migrations.upgrade(database)
            with database.write() as connection:
                make_device(connection, self._event_id, device)
        finally:
            database.close()

    def report(self, stamp: int, aside: Path) -> RecoveryReport:
        """Tell what was had from where, and how far the broken chain had come."""
        broken = self._broken_incarnation()
        known = find_highest_seq(self._wreck, self._key, broken)
        taped = [run.rows[-1][4] for run in self._runs if run.origin.incarnation == broken]
        by_tape = known is None and bool(taped)
        return RecoveryReport(
            event_id=self._event_id,
            at_ms=stamp,
            backup=self._backup,
            from_backup=self._counts["backup"],
            from_tape=self._counts["tape"],
            from_file=self._counts["file"],
            last_seq=find_highest_seq(self._draft, self._key, broken) or 0,
            known_seq=max(taped) if by_tape else known,
            by_tape=by_tape,
            aside=aside.name,
        )

    def _broken_incarnation(self) -> str:
        """Return the chain that was being written when the file broke."""
        said = find_incarnation(self._wreck, self._key)
        if said is not None:
            return said
        if self._runs:
            return max(self._runs, key=lambda run: int(run.rows[-1][12])).origin.incarnation
        return self._before


def _has_plan(rows: Sequence[StoredRow]) -> bool:
    return any(row[5] == FactKind.PLAN_PUBLISHED.value for row in rows)


def _log_file(profile: Profile) -> Path:
    return profile.folder / "recoveries.jsonl"


def _remember(profile: Profile, report: RecoveryReport) -> None:
    with _log_file(profile).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(report)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def list_recoveries(profile: Profile, event_id: str) -> list[RecoveryReport]:
    """Return every recovery of an event on this machine, oldest first."""
    file = _log_file(profile)
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    reports = [RecoveryReport(**json.loads(line)) for line in lines]
    return [report for report in reports if report.event_id == event_id]
