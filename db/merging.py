"""Facts of other chains (a peer's, a paper tape's) are stored as they are, or not at all.

A chain is continued only by what follows its end here: the next sequence, the right previous hash,
a fact whose own hash holds. Storing the same facts again, or in any order of chains, is harmless.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from app.domain import chain
from app.domain.facts import FactKind
from db.engine import Connection
from db.foreign import store_rows
from db.verify import fact_hash_of

StoredRow = Sequence[Any]
"""The columns of `db.journal.COLUMNS`."""
_KINDS = frozenset(kind.value for kind in FactKind)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where a chain could not be continued, and why."""

    device: str
    incarnation: str
    seq: int
    why: str
    """`gap`, `fork`, `altered`, `broken`, `other_event`, `unknown_kind`, `id_taken`."""


@dataclass(slots=True)
class Merged:
    """What came of storing facts of other chains."""

    stored: int = 0
    known: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    """At most one for each chain: what follows it waits for it."""


def store_foreign(
    connection: Connection, rows: Iterable[StoredRow], *, event_id: str, wall_ms: int
) -> Merged:
    """Store what continues the chains here and bring the read tables up to date.

    Runs inside the caller's write transaction. `wall_ms` is our wall clock: a chain far ahead of
    it is stored, but does not pull our own clock along.
    """
    intake = _Intake(connection, event_id)
    in_order = sorted(rows, key=lambda row: (row[2], row[3], row[4]))
    for _chain, run in groupby(in_order, key=lambda row: (row[2], row[3])):
        intake.continue_chain(list(run))
    if intake.fresh:
        store_rows(connection, intake.fresh, wall_ms)
    intake.merged.stored = len(intake.fresh)
    return intake.merged


class _Intake:
    """Sorts rows into those that continue a chain, those known, and where a chain stops."""

    def __init__(self, connection: Connection, event_id: str) -> None:
        self._connection = connection
        self._event_id = event_id
        self._ids: set[str] = set()
        self.fresh: list[StoredRow] = []
        self.merged = Merged()

    def continue_chain(self, run: list[StoredRow]) -> None:
        """Take rows of one chain, in sequence, up to the first that does not fit."""
        stored = _find_end(self._connection, run[0][2], run[0][3])
        hashes: list[str] = []
        for row in run:
            last_hash = hashes[-1] if hashes else stored.hash
            why = ""
            if row[4] <= stored.seq + len(hashes):
                why = "" if self._hash_at(row, stored.seq, hashes) == row[20] else "fork"
                self.merged.known += not why
            else:
                why = self._why_not_next(row, stored.seq + len(hashes), last_hash)
                if not why:
                    self.fresh.append(row)
                    self._ids.add(row[0])
                    hashes.append(row[20])
            if why:
                self.merged.refusals.append(Refusal(row[2], row[3], row[4], why))
                return

    def _hash_at(self, row: StoredRow, stored: int, hashes: list[str]) -> str:
        """Return the hash of the fact that already has this row's place."""
        if row[4] > stored:
            return hashes[int(row[4]) - stored - 1]
        found = self._connection.execute(
            "SELECT hash FROM fact WHERE device=? AND incarnation=? AND seq=?",
            (row[2], row[3], row[4]),
        ).fetchone()
        return str(found[0]) if found else ""

    def _why_not_next(self, row: StoredRow, seq: int, last_hash: str) -> str:
        if row[4] != seq + 1:
            return "gap"
        if row[19] != last_hash:
            return "broken"
        taken = self._connection.execute("SELECT 1 FROM fact WHERE id=?", (row[0],)).fetchone()
        if taken or row[0] in self._ids:
            return "id_taken"
        return _why_unfit(row, self._event_id)


def _why_unfit(row: StoredRow, event_id: str) -> str:
    if row[1] != event_id:
        return "other_event"
    if row[5] not in _KINDS:
        return "unknown_kind"
    private, salt, digest = row[9:12]
    if private is None and salt is None:  # none, or erased where it comes from
        is_private_good = True
    else:
        is_private_good = bool(private and salt) and chain.private_digest(salt, private) == digest
    return "" if is_private_good and fact_hash_of(tuple(row)) == row[20] else "altered"


@dataclass(frozen=True, slots=True)
class _End:
    seq: int = 0
    hash: str = chain.GENESIS


def _find_end(connection: Connection, device: str, incarnation: str) -> _End:
    row = connection.execute(
        "SELECT seq, hash FROM chain_head WHERE device=? AND incarnation=?",
        (device, incarnation),
    ).fetchone()
    return _End(*row) if row else _End()
