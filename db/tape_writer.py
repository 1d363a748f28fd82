"""Writing the paper tape: after each committed act, by the same thread, synced before the answer.

The tape never stands in the way: where it cannot be written (no stick, full, failing) that is
noted, tried again a little later, and whatever it missed is taken from the journal. The file is
opened for each act and closed again, so that a stick can be pulled out at any moment.
"""

import errno
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.domain.chain import Origin
from app.domain.facts import FactKind
from db.backup import sync_folder
from db.engine import Connection
from db.journal import COLUMNS
from db.tape import TapeCipher, TapeEnd, find_end, tape_path

RETRY_S = 5.0
_NEWER = (
    f"SELECT {COLUMNS} FROM fact"  # noqa: S608 - constants
    " WHERE device=? AND incarnation=? AND seq>? ORDER BY seq LIMIT 2000"
)


@dataclass(frozen=True, slots=True)
class TapeState:
    """How the tape stands."""

    folder: Path
    last_seq: int = 0
    """The last fact known to be on it."""
    fault: str = ""
    """Empty while all is well, else `missing`, `full`, `failed` or `ahead`."""


class Tape:
    """Follows one chain of the journal onto one file."""

    def __init__(self, folder: Path, origin: Origin, key: str) -> None:
        self.path = tape_path(folder, origin)
        self.origin = origin
        self._cipher = TapeCipher(origin, key)
        self._end = TapeEnd()
        self._failed_at: float | None = None
        self._lock = threading.Lock()
        self.state = TapeState(folder)

    def follow(self, connection: Connection, *, at_once: bool = True) -> bool:
        """Write what the journal has and the tape lacks; True when personal data was erased.

        Never raises for a tape that fails. `at_once`: even where it failed a moment ago.
        """
        with self._lock:
            if not at_once and self._is_resting():
                return False
            try:
                has_erased = self._catch_up(connection)
            except (OSError, dbapi2.DatabaseError) as error:
                self._failed_at = time.monotonic()
                self.state = TapeState(self.state.folder, self._end.seq, _fault_of(error))
                return False
            self._failed_at = None
            return has_erased

    def write_anew(self, connection: Connection) -> None:
        """Write the whole file again: what was erased must leave the tape too."""
        with suppress(OSError):  # a tape that is not there is noted when it is followed
            self.path.unlink(missing_ok=True)
        self.follow(connection)

    def _is_resting(self) -> bool:
        return self._failed_at is not None and time.monotonic() - self._failed_at < RETRY_S

    def _catch_up(self, connection: Connection) -> bool:
        self._end = self._look()
        if not self._fits(connection):
            self.state = TapeState(self.state.folder, self._end.seq, "ahead")
            return False
        was_empty = self._end.size == 0
        for rows in _newer(connection, self.origin, self._end.seq):
            if not was_empty and any(row[5] == FactKind.PRIVATE_ERASED.value for row in rows):
                self.path.unlink()  # the journal holds it all, without what was erased
                self._catch_up(connection)
                return True
            self._write(rows)
        self.state = TapeState(self.state.folder, self._end.seq)
        return False

    def _look(self) -> TapeEnd:
        """Return the tape's end, read again where the file is not as we left it."""
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            if not self.state.folder.is_dir():
                raise
            return TapeEnd()
        return self._end if size == self._end.size else find_end(self.path, self._cipher)

    def _fits(self, connection: Connection) -> bool:
        """Tell whether the journal holds what the tape ends with: else it is an older copy."""
        end = self._end
        if end.seq == 0:
            return True
        row = connection.execute(
            "SELECT hash FROM fact WHERE device=? AND incarnation=? AND seq=?",
            (self.origin.device, self.origin.incarnation, end.seq),
        ).fetchone()
        return row is not None and row[0] == end.hash

    def _write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        is_new = self._end.size == 0
        lines = b"".join(self._cipher.seal(row) for row in rows)
        if is_new:
            lines = self._cipher.header() + lines
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self.path, flags, 0o600), "wb") as file:
            if os.fstat(file.fileno()).st_size > self._end.size:
                file.truncate(self._end.size)  # what a power cut tore goes
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.path.parent)
        last = rows[-1]
        self._end = TapeEnd(self._end.size + len(lines), last[4], last[20])


def _newer(connection: Connection, origin: Origin, seq: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the facts of a chain after a sequence, in handfuls."""
    while rows := connection.execute(_NEWER, (origin.device, origin.incarnation, seq)).fetchall():
        yield rows
        seq = rows[-1][4]


def _fault_of(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "missing"
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "full"
    return "failed"
