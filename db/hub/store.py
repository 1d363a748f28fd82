"""One event's facts at a hub: the hub's side of exchange."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from app.domain.clock import Clock
from app.domain.exchange import (
    MOST_BYTES,
    MOST_FACTS,
    Batch,
    Fault,
    Run,
    RunFate,
    RunResult,
    StoredRow,
    Tip,
)
from app.domain.facts import Draft
from db.hub import lacking, quarantine
from db.hub.engine import HubDatabase
from db.hub.erasing import clear_erased, is_erasing
from db.hub.events import hold_event
from db.hub.identity import find_hub_key
from db.hub.intake import COLUMNS, CheckedRun, check_run
from db.hub.own_chain import write_run
from db.hub.placing import IdTaken, Placing
from db.hub.rows import FACT_TABLES, many

_STORED = ", ".join(COLUMNS[:21])
_SUBJECTS_AT_ONCE = 500


class HubStore:
    """Facts of one event on the hub's database; safe for many threads and processes."""

    def __init__(self, database: HubDatabase, event_id: str, clock: Clock) -> None:
        self.event_id = event_id
        self._database = database
        self._clock = clock

    def list_tips(self) -> Sequence[Tip]:
        """Return the end of every branch of every chain here, in order."""
        with self._database.read() as connection:
            ends = lacking.list_trunk_ends(connection, self.event_id)
            return sorted([*ends, *lacking.list_fork_ends(connection, self.event_id)])

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        """Return what somebody with these tips lacks, per chain in sequence, within limits."""
        with self._database.read() as connection:
            return lacking.Lacking(connection, self.event_id, tips).batch(most_facts, most_bytes)

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs and commit; return what became of each. Raises StorageFailed."""
        now = self._clock.wall_ms()
        checked = [check_run(run, self.event_id, now) for run in runs]
        try:
            return self._database.write(
                lambda connection: self._take(connection, runs, checked, looks_at_ids=False)
            )
        except IdTaken:  # hardly ever: so the ids are looked at one by one only then
            return self._database.write(
                lambda connection: self._take(connection, runs, checked, looks_at_ids=True)
            )

    def append_own(self, drafts: Sequence[Draft]) -> Sequence[StoredRow]:
        """Append facts to the hub's own chain and commit. Raises StorageFailed."""
        return self._database.write(lambda connection: self.append_within(connection, drafts))

    def append_within(self, connection: Connection, drafts: Sequence[Draft]) -> Sequence[StoredRow]:
        """Append facts to the hub's own chain in a transaction that goes on."""
        hold_event(connection, self.event_id, self._clock.wall_ms())
        key = find_hub_key(connection)
        run = write_run(connection, self.event_id, key, drafts, self._clock)
        checked = check_run(run, self.event_id, self._clock.wall_ms())
        (result,) = self._place(connection, [run], [checked], looks_at_ids=False)
        if result.fate is not RunFate.STORED:
            raise AssertionError(f"the hub's own facts were {result.fate}: {result.why}")
        return run.rows

    def _take(
        self,
        connection: Connection,
        runs: Sequence[Run],
        checked: Sequence[CheckedRun | Fault],
        *,
        looks_at_ids: bool,
    ) -> list[RunResult]:
        good = [run for run in checked if isinstance(run, CheckedRun)]
        hold_event(
            connection,
            self.event_id,
            self._clock.wall_ms(),
            alone=any(is_erasing(run.rows) for run in good),
        )
        return self._place(connection, runs, checked, looks_at_ids=looks_at_ids)

    def _place(
        self,
        connection: Connection,
        runs: Sequence[Run],
        checked: Sequence[CheckedRun | Fault],
        *,
        looks_at_ids: bool,
    ) -> list[RunResult]:
        now = self._clock.wall_ms()
        placing = Placing(connection, self.event_id, now, looks_at_ids=looks_at_ids)
        good = [run for run in checked if isinstance(run, CheckedRun)]
        if good:
            placing.lock(good)
        results = []
        for run, check in zip(runs, checked, strict=True):
            placed = placing.place(check) if isinstance(check, CheckedRun) else check
            if isinstance(placed, Fault):
                quarantine.keep_aside(connection, self.event_id, run, placed, now)
                name = (run.head.device, run.head.incarnation)
                have = placing.have(name)
                placed = RunResult(*name, RunFate.QUARANTINED, have=have, why=placed)
            results.append(placed)
        placing.finish()
        clear_erased(connection, self.event_id, placing.stored)
        return results

    def total_facts(self) -> int:
        """Return how many facts of the event are here, of all devices and branches."""
        with self._database.read() as connection:
            trunk = connection.execute(
                text("SELECT coalesce(sum(seq), 0) FROM hub_chain WHERE event_id=:event"),
                {"event": self.event_id},
            ).scalar_one()
            beside = connection.execute(
                text("SELECT count(*) FROM hub_fork_fact WHERE event_id=:event"),
                {"event": self.event_id},
            ).scalar_one()
            return int(trunk) + int(beside)

    def count_by_device(self) -> dict[str, int]:
        """Return how many facts of each device's own chains are here."""
        with self._database.read() as connection:
            rows = connection.execute(
                text(
                    "SELECT device, sum(seq) FROM hub_chain WHERE event_id=:event GROUP BY device"
                ),
                {"event": self.event_id},
            )
            return {row[0]: int(row[1]) for row in rows}

    def list_subject_facts(self, subjects: Iterable[str]) -> list[StoredRow]:
        """Return every fact of some subjects, of all branches."""
        wanted = sorted(set(subjects))
        found: list[StoredRow] = []
        with self._database.read() as connection:
            for start in range(0, len(wanted), _SUBJECTS_AT_ONCE):
                block = wanted[start : start + _SUBJECTS_AT_ONCE]
                found += self._facts_where(connection, "subject IN :wanted", block)
        return found

    def list_facts_of_kinds(self, kinds: Sequence[str]) -> list[StoredRow]:
        """Return every fact of some kinds, of all branches, by time of happening."""
        with self._database.read() as connection:
            rows = self._facts_where(connection, "kind IN :wanted", list(kinds))
        return sorted(rows, key=lambda row: (row[12], row[0]))

    def _facts_where(
        self, connection: Connection, condition: str, wanted: Sequence[str]
    ) -> list[StoredRow]:
        rows: list[StoredRow] = []
        for table in FACT_TABLES:
            statement = many(
                f"SELECT {_STORED} FROM {table} WHERE event_id=:event AND {condition}",  # noqa: S608 - constants
                "wanted",
            )
            found = connection.execute(statement, {"event": self.event_id, "wanted": list(wanted)})
            rows += (tuple(row) for row in found)
        return rows

    def list_quarantined(self, limit: int = 200) -> Sequence[quarantine.Quarantined]:
        """Return the runs that could not be taken, the newest first."""
        with self._database.read() as connection:
            return quarantine.list_quarantined(connection, self.event_id, limit)

    def dismiss_quarantined(self, digest: str) -> bool:
        """Throw away a run that was kept aside, once somebody has looked at it."""
        return self._database.write(
            lambda connection: quarantine.dismiss_quarantined(connection, self.event_id, digest)
        )

    def count_quarantined(self) -> int:
        """Return how many runs are kept aside."""
        with self._database.read() as connection:
            return quarantine.count_quarantined(connection, self.event_id)

    def list_forks(self) -> Sequence[Tip]:
        """Return the ends of branches that were written beside a chain."""
        with self._database.read() as connection:
            return lacking.list_fork_ends(connection, self.event_id)
