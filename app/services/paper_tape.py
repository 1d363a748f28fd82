"""The paper tape of a profile: on or off, opened with the event, told in words."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.chain import Origin
from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.services.profile import Profile
from db.engine import Connection, Database
from db.journal import Journal
from db.tape_writer import Tape, TapeState

FAULTS: Final[dict[str, Words]] = {
    "missing": Words(
        zh="紙帶的資料夾不在（隨身碟拔掉了？）。報到照常，接回後自動補寫。",
        en="The tape's folder is not there (stick unplugged?). Check-in goes on; "
        "what is missing is written when it is back.",
    ),
    "full": Words(
        zh="放紙帶的磁碟滿了。報到照常，請清出空間或換一個資料夾。",
        en="The tape's disk is full. Check-in goes on; free some space or choose another folder.",
    ),
    "failed": Words(
        zh="紙帶寫不進去。報到照常，請檢查隨身碟或換一個資料夾。",
        en="The tape cannot be written. Check-in goes on; look at the stick or choose another "
        "folder.",
    ),
    "ahead": Words(
        zh="紙帶比這個資料檔還新：資料檔像是換回了舊的副本。請先不要繼續，並還原備份與紙帶。",
        en="The tape is newer than this data file, which looks like an older copy. "
        "Restore a backup together with the tape before going on.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeStatus:
    """How the tape of the open event stands."""

    folder: Path | None = None
    """None: off."""
    written: int = 0
    behind: int = 0
    """Own facts that are in the journal and not yet on the tape."""
    fault: str = ""
    same_disk: bool = False
    """On the disk of the data itself: that helps against a damaged file, not a lost disk."""


class Tapes:
    """The tapes of this device's chains of one event; the last one is being written."""

    def __init__(self, folder: Path, database: Database, journal: Journal, key: str) -> None:
        origin = journal.origin
        self._folder, self._journal, self._key = folder, journal, key
        self._current = Tape(folder, origin, key)
        with database.read() as connection:
            incarnations = connection.execute(
                "SELECT incarnation FROM chain_head WHERE device=? AND incarnation<>?",
                (origin.device, origin.incarnation),
            ).fetchall()
        self._earlier = [
            Tape(folder, Origin(origin.event_id, origin.device, row[0]), key)
            for row in incarnations
        ]

    @property
    def state(self) -> TapeState:
        """How the chain that grows stands on its tape."""
        return self._current.state

    @property
    def origin(self) -> Origin:
        """The chain that grows."""
        return self._current.origin

    def follow(self, connection: Connection) -> None:
        """After a committed act: write what is new."""
        self._turn_over(connection)
        self._follow_current(connection, at_once=False)

    def catch_up(self, connection: Connection) -> None:
        """Write whatever any chain of ours lacks on its tape."""
        self._turn_over(connection)
        for tape in self._earlier:
            tape.follow(connection)
        self._follow_current(connection, at_once=True)

    def _turn_over(self, connection: Connection) -> None:
        """Begin a tape of its own for a chain that was begun meanwhile (a fork was noticed)."""
        if self._journal.origin != self._current.origin:
            self._current.follow(connection)
            self._earlier.append(self._current)
            self._current = Tape(self._folder, self._journal.origin, self._key)

    def _follow_current(self, connection: Connection, *, at_once: bool) -> None:
        if self._current.follow(connection, at_once=at_once):
            for tape in self._earlier:
                tape.write_anew(connection)


def tape_folder(profile: Profile) -> Path | None:
    """Return where the profile's tapes go, None while the tape is off."""
    if not profile.has_tape:
        return None
    return Path(profile.tape_setting.read_text("utf-8").strip())


def turn_tape_on(profile: Profile, folder: Path) -> Path:
    """Let every act be written to a folder from now on. Raises InvalidInput."""
    chosen = folder.expanduser().resolve()
    if not chosen.is_dir() or not os.access(chosen, os.W_OK):
        raise InvalidInput(
            Words(zh=f"紙帶不能放在這裡：{chosen}", en=f"The tape cannot be kept here: {chosen}"),
            remedy=Words(
                zh="請選一個已存在、可以寫入的資料夾，最好在隨身碟上。",
                en="Choose an existing folder you may write to, best on a stick.",
            ),
            field="folder",
        )
    profile.tape_setting.write_text(str(chosen), "utf-8")
    return chosen


def turn_tape_off(profile: Profile) -> None:
    """Write no tape any more; tapes that exist stay where they are."""
    profile.tape_setting.unlink(missing_ok=True)


def start_tape(profile: Profile, database: Database, journal: Journal) -> Tapes | None:
    """Let the tape follow an open event; None while it is off."""
    folder = tape_folder(profile)
    if folder is None:
        database.after_commit = None
        return None
    tapes = Tapes(folder, database, journal, profile.key().key)
    tapes.catch_up(database.connection())
    database.after_commit = tapes.follow
    return tapes


def tape_status(profile: Profile, database: Database, tapes: Tapes | None) -> TapeStatus:
    """Say how the tape stands."""
    folder = tape_folder(profile)
    if folder is None or tapes is None:
        return TapeStatus(folder=folder)
    with database.read() as connection:
        row = connection.execute(
            "SELECT seq FROM chain_head WHERE device=? AND incarnation=?",
            (tapes.origin.device, tapes.origin.incarnation),
        ).fetchone()
    written = tapes.state.last_seq
    return TapeStatus(
        folder=folder,
        written=written,
        behind=max((row[0] if row else 0) - written, 0),
        fault=tapes.state.fault,
        same_disk=_is_same_disk(folder, profile.folder),
    )


def _is_same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
