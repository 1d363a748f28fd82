"""The paper tape's form: one file for each event and incarnation, one sealed line for each fact.

A line is `{"seq": n, "nonce": …, "sealed": …}`: AES-256-GCM over the fact's stored row, with a key
made by HKDF from the database key, and the chain and sequence as associated data, so that no line
can be moved, exchanged or read without the key. What a power cut tore at the end is not a line.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.chain import Origin
from db.journal import COLUMNS

SUFFIX = ".vdtape"
COLUMN_COUNT = COLUMNS.count(",") + 1
_TAIL = 65536


class TapeCipher:
    """Seals and opens the lines of one chain's tape."""

    def __init__(self, origin: Origin, key: str) -> None:
        self.origin = origin
        self._name = f"{origin.event_id}|{origin.device}|{origin.incarnation}"
        info = f"venuedesk-tape-1|{self._name}".encode()
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
        self._cipher = AESGCM(made.derive(bytes.fromhex(key)))

    def header(self) -> bytes:
        """Return the first line: whose tape this is."""
        origin = self.origin
        first = {
            "tape": 1,
            "event": origin.event_id,
            "device": origin.device,
            "incarnation": origin.incarnation,
        }
        return json.dumps(first).encode() + b"\n"

    def seal(self, row: Sequence[Any]) -> bytes:
        """Return a fact's line."""
        nonce, seq = os.urandom(12), row[4]
        text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode()
        sealed = self._cipher.encrypt(nonce, text, self._place(seq))
        return (
            f'{{"seq":{seq},"nonce":"{b64encode(nonce).decode()}",'
            f'"sealed":"{b64encode(sealed).decode()}"}}\n'
        ).encode()

    def open(self, line: bytes) -> tuple[Any, ...] | None:
        """Return the stored row of a line, None where it is torn, altered or of another key."""
        try:
            parts = json.loads(line)
            seq = int(parts["seq"])
            nonce, sealed = (b64decode(parts[name], validate=True) for name in ("nonce", "sealed"))
            row = json.loads(self._cipher.decrypt(nonce, sealed, self._place(seq)))
        except (ValueError, KeyError, TypeError, InvalidTag):
            return None
        is_ours = len(row) == COLUMN_COUNT and row[4] == seq
        return tuple(row) if is_ours else None

    def _place(self, seq: int) -> bytes:
        return f"{self._name}|{seq}".encode()


@dataclass(frozen=True, slots=True)
class TapeEnd:
    """Where the next line goes, and the last good fact before it."""

    size: int = 0
    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class TapeRun:
    """What a tape holds."""

    origin: Origin
    rows: tuple[tuple[Any, ...], ...]
    bad_lines: int = 0


def tape_path(folder: Path, origin: Origin) -> Path:
    """Return the file of one chain's tape."""
    return folder / f"{origin.event_id}_{origin.incarnation}{SUFFIX}"


def list_tapes(folder: Path, event_id: str) -> list[Path]:
    """Return the tapes of an event in a folder; none where the folder cannot be read."""
    try:
        return sorted(folder.glob(f"{event_id}_*{SUFFIX}"))
    except OSError:
        return []


def read_tape(path: Path, key: str) -> TapeRun | None:
    """Return every line that can be trusted; None where this is no tape."""
    with path.open("rb") as file:
        origin = _origin_of(file.readline(_TAIL))
        if origin is None:
            return None
        cipher = TapeCipher(origin, key)
        opened = [cipher.open(line) for line in file]
    rows = tuple(row for row in opened if row is not None)
    return TapeRun(origin, rows, len(opened) - len(rows))


def _origin_of(line: bytes) -> Origin | None:
    try:
        first = json.loads(line)
        if first["tape"] != 1:
            return None
        return Origin(first["event"], first["device"], first["incarnation"])
    except (ValueError, KeyError, TypeError):
        return None


def find_end(path: Path, cipher: TapeCipher) -> TapeEnd:
    """Return the end of the last good line; an empty end where there is no tape of this chain."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.readline(_TAIL) != cipher.header():
            return TapeEnd()
        first = file.tell()
        tail = _TAIL
        while True:
            start = max(first, size - tail)
            file.seek(start)
            end = _last_good(file.read(size - start), start, cipher, from_first=start == first)
            if end is not None:
                return end
            if start == first:
                return TapeEnd(first)
            tail *= 4


def _last_good(
    content: bytes, start: int, cipher: TapeCipher, *, from_first: bool
) -> TapeEnd | None:
    """Return the end of the last good line inside the end of a tape."""
    stop = content.rfind(b"\n") + 1
    while stop > 0:
        begin = content.rfind(b"\n", 0, stop - 1) + 1
        if begin == 0 and not from_first:
            return None  # the line began before what was read
        row = cipher.open(content[begin:stop])
        if row is not None:
            return TapeEnd(start + stop, row[4], row[20])
        stop = begin
    return None
