"""Where checked runs go: on a chain's end, beside it as a fork, or not yet anywhere.

Runs inside one transaction that holds the rows of all chains it touches, so that nobody else can
continue them meanwhile: fact n of a chain is visible only when 1 … n-1 are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from app.domain import chain, clock
from app.domain.exchange import Fault, RunFate, RunResult, SignedHead
from db.hub.engine import is_postgresql
from db.hub.intake import CheckedRun, Row
from db.hub.rows import FACT_TABLES, Table, as_dicts, insert_facts, many

Chain = tuple[str, str]
_HEAD_NAMES = ("event_id", "device", "incarnation", "seq", "hash", "public_key", "signature")
_CHAIN = "event_id=:event AND device=:device AND incarnation=:incarnation"


class IdTaken(Exception):
    """Some id of what was inserted is here already; look at each one."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a chain here."""

    seq: int
    hash: str
    public_key: str
    hlc: int


class Placing:
    """One transaction's hand on the chains of an event."""

    def __init__(
        self, connection: Connection, event_id: str, now_ms: int, *, looks_at_ids: bool
    ) -> None:
        self.stored: list[Row] = []
        self._connection = connection
        self._event_id = event_id
        self._now_ms = now_ms
        self._looks_at_ids = looks_at_ids
        self._ends: dict[Chain, End] = {}
        self._moved: set[Chain] = set()
        self._fresh: list[Row] = []
        self._heads: list[SignedHead] = []
        self._ids: set[str] = set()

    def lock(self, runs: Sequence[CheckedRun]) -> None:
        """Hold the rows of all chains of these runs, always in the same order."""
        held = " FOR UPDATE" if is_postgresql(self._connection) else ""
        self._make_rows({run.chain: run for run in reversed(runs) if run.starts_chain()})
        wanted = {run.chain for run in runs}
        found = self._connection.execute(
            many(
                "SELECT device, incarnation, seq, hash, public_key, hlc FROM hub_chain"  # noqa: S608 - constants
                " WHERE event_id=:event AND device IN :devices AND incarnation IN :incarnations"
                f" ORDER BY device, incarnation{held}",
                "devices",
                "incarnations",
            ),
            {
                "event": self._event_id,
                "devices": sorted({device for device, _ in wanted}),
                "incarnations": sorted({incarnation for _, incarnation in wanted}),
            },
        )
        for row in found:
            self._ends[row[0], row[1]] = End(*row[2:])

    def _make_rows(self, beginnings: dict[Chain, CheckedRun]) -> None:
        rows = [
            (self._event_id, *name, 0, chain.GENESIS, run.run.head.public_key, 0)
            for name, run in sorted(beginnings.items())
        ]
        if rows:
            names = ("event_id", "device", "incarnation", "seq", "hash", "public_key", "hlc")
            self._connection.execute(
                text(
                    f"INSERT INTO hub_chain ({', '.join(names)})"  # noqa: S608 - constants
                    f" VALUES ({', '.join(':' + name for name in names)}) ON CONFLICT DO NOTHING"
                ),
                as_dicts(names, rows),
            )

    def have(self, name: Chain) -> int:
        """Return how far a chain reaches now."""
        end = self._ends.get(name)
        return end.seq if end else 0

    def place(self, run: CheckedRun) -> RunResult | Fault:
        """Store a run or say why not; what it continues is looked up only where it must be."""
        first_seq, key = run.run.first_seq, run.run.head.public_key
        end = self._ends.get(run.chain)
        if end is None or end.seq == 0:
            if first_seq > 1:
                return self._result(run, RunFate.GAP)
            if end is None or not run.starts_chain():
                return Fault.SIGNATURE  # nobody enrolled the key that signs it
            end = self._ends[run.chain] = replace(end, public_key=key)
        if end.public_key != key:
            return Fault.SIGNATURE
        if first_seq == end.seq + 1 and run.previous == end.hash:
            return self._extend(run, run.rows, RunFate.STORED)
        return self._place_beside(run, end)

    def _place_beside(self, run: CheckedRun, end: End) -> RunResult | Fault:
        """Place a run that overlaps what is here, belongs to a fork, or begins too late."""
        self._insert_fresh()
        here = self._list_here(run)
        before = (run.run.first_seq - 1, run.previous)
        if run.run.first_seq > 1 and before not in here:
            is_inside = run.run.first_seq - 1 <= end.seq  # of a branch we know nothing of
            return self._result(run, RunFate.GAP, have=0 if is_inside else end.seq)
        rows = [row for row in run.rows if (row[4], row[20]) not in here]
        if not rows:
            self._heads.append(run.run.head)
            return self._result(run, RunFate.KNOWN)
        if (rows[0][4], rows[0][19]) == (end.seq + 1, end.hash):
            return self._extend(run, rows, RunFate.STORED)
        return self._store_fork(run, rows)

    def _list_here(self, run: CheckedRun) -> set[tuple[int, str]]:
        """Return sequence and hash of the facts here around a run's place, on all branches."""
        parameters = {
            "event": self._event_id,
            "device": run.chain[0],
            "incarnation": run.chain[1],
            "first": run.run.first_seq - 1,
            "last": run.run.head.seq,
        }
        here: set[tuple[int, str]] = set()
        for table in FACT_TABLES:
            found = self._connection.execute(
                text(
                    f"SELECT seq, hash FROM {table}"  # noqa: S608 - constants
                    f" WHERE {_CHAIN} AND seq BETWEEN :first AND :last"
                ),
                parameters,
            )
            here.update((row[0], row[1]) for row in found)
        return here

    def _extend(self, run: CheckedRun, rows: Sequence[Row], fate: RunFate) -> RunResult | Fault:
        if self._looks_at_ids and self._is_any_id_taken(rows):
            return Fault.ID_TAKEN
        self._fresh += rows
        end = self._ends[run.chain]
        hlc = clock.merged_hlc(end.hlc, max(row[18] for row in rows), self._now_ms)
        self._ends[run.chain] = replace(end, seq=rows[-1][4], hash=rows[-1][20], hlc=hlc)
        self._moved.add(run.chain)
        self._heads.append(run.run.head)
        return self._result(run, fate, stored=len(rows))

    def _store_fork(self, run: CheckedRun, rows: Sequence[Row]) -> RunResult | Fault:
        if self._is_any_id_taken(rows):
            return Fault.ID_TAKEN
        self._insert("hub_fork_fact", list(rows))
        self._heads.append(run.run.head)
        return self._result(run, RunFate.FORK, stored=len(rows))

    def _is_any_id_taken(self, rows: Sequence[Row]) -> bool:
        ids = [row[0] for row in rows]
        if len(set(ids)) < len(ids) or not self._ids.isdisjoint(ids):
            return True
        for table in FACT_TABLES:
            taken = self._connection.execute(
                many(f"SELECT 1 FROM {table} WHERE event_id=:event AND id IN :ids LIMIT 1", "ids"),  # noqa: S608 - constants
                {"event": self._event_id, "ids": ids},
            )
            if taken.first() is not None:
                return True
        self._ids.update(ids)
        return False

    def finish(self) -> None:
        """Write all that was placed."""
        self._insert_fresh()
        self._move_ends()
        self._keep_heads()

    def _insert_fresh(self) -> None:
        if self._fresh:
            self._insert("hub_fact", self._fresh)
            self._fresh = []

    def _insert(self, table: Table, rows: list[Row]) -> None:
        if insert_facts(self._connection, table, rows) != len(rows):
            raise IdTaken
        self.stored += rows

    def _move_ends(self) -> None:
        rows = [
            {
                "event": self._event_id,
                "device": name[0],
                "incarnation": name[1],
                "seq": self._ends[name].seq,
                "hash": self._ends[name].hash,
                "key": self._ends[name].public_key,
                "hlc": self._ends[name].hlc,
            }
            for name in sorted(self._moved)
        ]
        if rows:
            self._connection.execute(
                text(
                    "UPDATE hub_chain SET seq=:seq, hash=:hash, public_key=:key, hlc=:hlc"  # noqa: S608 - constants
                    f" WHERE {_CHAIN}"
                ),
                rows,
            )

    def _keep_heads(self) -> None:
        rows = [
            (self._event_id, h.device, h.incarnation, h.seq, h.hash, h.public_key, h.signature)
            for h in self._heads
        ]
        if rows:
            self._connection.execute(
                text(
                    f"INSERT INTO hub_signed_head ({', '.join(_HEAD_NAMES)})"  # noqa: S608 - constants
                    f" VALUES ({', '.join(':' + name for name in _HEAD_NAMES)})"
                    " ON CONFLICT DO NOTHING"
                ),
                as_dicts(_HEAD_NAMES, rows),
            )

    def _result(
        self, run: CheckedRun, fate: RunFate, *, stored: int = 0, have: int | None = None
    ) -> RunResult:
        reaches = self.have(run.chain) if have is None else have
        return RunResult(*run.chain, fate, stored, reaches)
