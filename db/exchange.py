"""A laptop's event file as one end of an exchange: what is here, what others lack, what they bring.

A run is looked at before any lock is taken and stored in slices between people's acts. A slice
commits whole. Of a run that takes several slices the beginning may be stored first: its chain is
contiguous at each commit, `list_tips` tells what is stored, and the signed head comes with the
last slice, so a half-stored run is never sent on and goes on where it stopped. Nothing is
answered before the last commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clock import Clock
from app.domain.exchange import MOST_BYTES, MOST_FACTS, Batch, Fault, Run, RunResult, Tip
from app.domain.facts import FactKind
from db import forks, quarantine
from db.clock_notes import ClockNotes
from db.engine import Connection, Database
from db.exchange_intake import Intake
from db.exchange_outgoing import Cutter, OwnKeys, list_stretches
from db.forks import ChainMap
from db.journal import Journal


@dataclass(frozen=True, slots=True)
class Queue:
    """What a peer lacks."""

    facts: int = 0
    oldest_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is here, for the status."""

    facts: int
    quarantined: int
    forks: int
    own_forked_ms: int | None
    """When a copy of this laptop was noticed; None: never."""


class StationStore:
    """One event file on this laptop, for exchange. May be used from any one thread at a time."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._database = database
        self._journal = journal
        with database.read() as connection:
            row = connection.execute(
                "SELECT value FROM local_state WHERE key='private_key'"
            ).fetchone()
        self._keys = OwnKeys(journal.origin.event_id, row[0])
        self._notes = ClockNotes(database, journal)
        self._intake = Intake(database, journal, clock, self._keys.public_key)

    # What is here

    def list_tips(self) -> Sequence[Tip]:
        """Return the end of every branch of every chain here, in order."""
        with self._database.read() as connection:
            return forks.list_tips(connection)

    def list_have(self) -> Sequence[Tip]:
        """Return what to tell a peer when asking for what we lack.

        Beside the tips: ends of runs that wait for a newer program (they need not come again), and
        places further back in chains that are ours or forked, so that a peer whose branch left
        ours can see where.
        """
        with self._database.read() as connection:
            tips = {*forks.list_tips(connection), *quarantine.list_waiting_ends(connection)}
            return sorted(tips | set(self._milestones(connection)))

    def _milestones(self, connection: Connection) -> list[Tip]:
        origin = self._journal.origin
        keys = {(origin.device, origin.incarnation)}
        keys.update(connection.execute("SELECT DISTINCT device, incarnation FROM fork_fact"))
        found = []
        for key in sorted(keys):
            chain_map, step = ChainMap(connection, *key), 1
            while (seq := chain_map.end[0] - step) > 0:
                found.append(Tip(*key, seq, chain_map.hash_at(seq)))
                step *= 2
        return found

    def count_facts(self) -> int:
        """Return how many facts are here, of all branches."""
        return self.holdings().facts

    def holdings(self) -> Holdings:
        """Return figures of what is here."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT (SELECT COALESCE(sum(seq), 0) FROM chain_head),"
                " (SELECT count(*) FROM fork_fact), (SELECT count(*) FROM quarantine),"
                " (SELECT value FROM local_state WHERE key='forked_ms')"
            ).fetchone()
            ends = len(forks.list_tips(connection)) - _count_chains(connection) if row[1] else 0
        return Holdings(row[0] + row[1], row[2], ends, int(row[3]) if row[3] else None)

    def count_lacking(self, tips: Sequence[Tip]) -> Queue:
        """Return how many facts a peer with these tips lacks, and when the oldest happened."""
        with self._database.read() as connection:
            facts, oldest = 0, None
            for stretch in list_stretches(connection, tips):
                facts += stretch.tip.seq - stretch.after
                node = (stretch.tip.seq, stretch.tip.hash)
                for row in stretch.chain.rows(node, stretch.after, 1):
                    oldest = min(oldest or row[12], row[12])
            return Queue(facts, oldest)

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        """Return what somebody with these tips lacks, per chain in sequence, within limits."""
        limits = (most_facts, most_bytes)
        with self._database.read() as connection:
            return Cutter(connection, self._keys, limits).cut(tips)

    # What others bring

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs; return what became of each, in the order given."""
        return self._intake.take(runs)

    def retry_quarantined(self) -> int:
        """Take what waited for a newer program, if this one is; return how many facts came."""
        with self._database.read() as connection:
            runs = quarantine.list_runs(connection, Fault.UNKNOWN_KIND)
        known = {kind.value for kind in FactKind}
        fitting = [run for run in runs if all(row[5] in known for row in run.rows)]
        return sum(result.stored for result in self.take(fitting))

    def note_clock(self, offset_ms: int, error_ms: int) -> None:
        """Let facts carry what was measured of the machine's clock; correct earlier ones once."""
        self._notes.note(offset_ms, error_ms)

    def begin_incarnation(self, forked: str) -> bool:
        """Leave a chain that another machine writes too; False where we left it before."""
        return self._intake.begin_incarnation(forked)


def _count_chains(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM chain_head").fetchone()[0])
