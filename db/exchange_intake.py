"""Taking what others bring, in slices between people's acts."""

import time
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from app.domain.chain import Origin
from app.domain.clock import Clock
from app.domain.exchange import Fault, Run, RunFate, RunResult
from app.domain.facts import Draft, FactKind
from db import quarantine
from db.engine import Connection, Database
from db.exchange_checks import CheckedRun, check_run, is_head_good, key_in
from db.exchange_outgoing import ChainKey, find_chain_key
from db.foreign import IdTaken, store_rows
from db.forks import ChainMap, Node
from db.journal import Journal
from db.storing import bulk_work
from db.turnstile import GiveWay, nothing

SLICE_S = 0.006
"""How long background work holds the write lock at a time, its commit not counted."""
PIECE_S = SLICE_S / 2
LONG_SLICE = 500
"""How many facts it stores in a turn while nobody is at work here.

Such a turn is given up as soon as somebody comes, but for its commit, which takes about 11 ms.
"""
QUIET_S = 0.5
"""After how long without an act nobody is taken to be at work."""
FIRST_PIECE = 20
MOST_PIECE = 400
CHECKPOINT_S = 0.4
"""How much storing goes into the write-ahead log before it is shortened."""


class Arrival:
    """One run on its way in."""

    def __init__(self, checked: CheckedRun) -> None:
        self.checked = checked
        self.done = 0
        """How many of its facts are here."""
        self.stored = 0
        self.is_placed = False
        self.is_signed = False
        self.is_fork = False
        self.result: RunResult | None = None
        self._before = (0, 0, False)

    def begin_slice(self) -> None:
        """Remember how far it is; others may have written since it was placed."""
        self._before = (self.done, self.stored, self.is_fork)
        self.is_placed = False

    def take_back(self) -> None:
        """Be as far as when the slice began."""
        self.done, self.stored, self.is_fork = self._before
        self.is_placed, self.result = False, None

    @property
    def key(self) -> ChainKey:
        """Whose chain it is."""
        head = self.checked.run.head
        return head.device, head.incarnation

    @property
    def left(self) -> int:
        """How many of its facts are to be stored or looked at yet."""
        return len(self.checked.rows) - self.done

    @property
    def parent(self) -> Node:
        """What its next fact follows."""
        row = self.checked.rows[self.done]
        return row[4] - 1, row[19]

    def settle(self, fate: RunFate, *, have: int = 0, why: Fault | None = None) -> None:
        """Note what became of it."""
        self.result = RunResult(*self.key, fate, self.stored, have, why)


class Intake:
    """Stores runs into one event file."""

    def __init__(self, database: Database, journal: Journal, clock: Clock, public_key: str) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._public_key = public_key
        self._chain_keys: dict[ChainKey, str] = {}
        self._piece = FIRST_PIECE
        self._is_synced = False
        self._unshortened_s = 0.0

    def take(self, runs: Sequence[Run]) -> list[RunResult]:
        """Store runs; return what became of each, in the order given."""
        with bulk_work():
            arrivals = [Arrival(self._check(run)) for run in runs]
            self._store(arrivals)
            self._sync()
        return [arrival.result for arrival in arrivals if arrival.result is not None]

    def _store(self, arrivals: Sequence[Arrival]) -> None:
        waiting = deque(arrivals)
        while waiting:
            self._shorten_log()
            settled: list[Arrival] = []
            try:
                self._store_slice(waiting, settled)
            except GiveWay:
                waiting.extendleft(reversed(settled))
                for arrival in islice(waiting, len(settled) + 1):
                    arrival.take_back()
                self._chain_keys.clear()

    def _store_slice(self, waiting: deque[Arrival], settled: list[Arrival]) -> None:
        """Store what fits into one turn, moving what is settled by it. Raises GiveWay."""
        is_alone = self._database.quiet_seconds() > QUIET_S
        left = sum(arrival.left for arrival in waiting)
        is_last = is_alone and left <= LONG_SLICE
        enough = max(0, left - LONG_SLICE)
        self._is_synced = False
        with self._slice(unsynced=not is_last) as connection:
            changes, began = connection.total_changes, time.monotonic()
            until = began + SLICE_S - PIECE_S
            waiting[0].begin_slice()
            while True:
                left -= waiting[0].left
                self._go_on(connection, waiting[0], is_alone=is_alone)
                if waiting[0].result is not None:
                    settled.append(waiting.popleft())
                else:
                    left += waiting[0].left
                is_over = time.monotonic() >= until or self._database.is_wanted()
                if is_alone:
                    self._database.give_way()
                    is_over = left <= enough
                if not waiting or is_over:
                    break
                if not waiting[0].is_placed:
                    waiting[0].begin_slice()
            has_changed = connection.total_changes != changes
            self._unshortened_s += time.monotonic() - began
        self._is_synced = is_last and has_changed  # a commit of nothing syncs nothing

    def _sync(self) -> None:
        """Make sure that what was stored stays, also what a run of the program before left."""
        if not self._is_synced:
            with self._slice() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO local_state (key, value) VALUES ('taken_ms', ?)",
                    (str(self._clock.wall_ms()),),
                )
            self._is_synced = True

    def _shorten_log(self) -> None:
        if self._unshortened_s > CHECKPOINT_S:
            self._unshortened_s = 0.0
            self._database.shorten_log()

    def begin_incarnation(self, forked: str) -> bool:
        """Leave a chain that another machine writes too; False where we left it before."""
        with self._slice() as connection:
            if self._journal.origin.incarnation != forked:
                return False
            self._leave_chain(connection)
        return True

    @contextmanager
    def _slice(self, *, unsynced: bool = False) -> Iterator[Connection]:
        """One transaction between acts; where it fails, the journal stays on its chain."""
        before = self._journal.origin
        try:
            with self._database.write_between(unsynced=unsynced) as connection:
                yield connection
        except BaseException:
            self._journal.move_to(before)
            raise

    def _check(self, run: Run) -> CheckedRun:
        return check_run(run, self._journal.origin.event_id, self._database.step_aside)

    def _go_on(self, connection: Connection, arrival: Arrival, *, is_alone: bool) -> None:
        """Store a run's next piece, once it is placed in this slice."""
        if not arrival.is_placed:
            self._place(connection, arrival)
            if not arrival.is_placed:
                return
        checked, start = arrival.checked, arrival.done
        end = min(start + (LONG_SLICE if is_alone else self._piece), len(checked.rows))
        began = time.monotonic()
        try:
            store_rows(
                connection,
                checked.rows[start:end],
                self._clock.wall_ms(),
                facts=checked.facts[start:end],
                is_fork=arrival.is_fork,
                between=self._database.give_way if is_alone else nothing,
            )
        except (ValueError, TypeError, LookupError, AttributeError):
            self._refuse(connection, arrival, Fault.MALFORMED)
            return
        except IdTaken:
            self._refuse(connection, arrival, Fault.ID_TAKEN)
            return
        if not is_alone:
            self._adapt(end - start, time.monotonic() - began)
        arrival.done = end
        arrival.stored += end - start
        if end == len(checked.rows):
            self._finish(connection, arrival)

    def _adapt(self, count: int, spent: float) -> None:
        """Let the next piece be what fits at this pace."""
        fitting = int(count * PIECE_S / max(spent, 1e-4))
        self._piece = max(1, min(MOST_PIECE, fitting, 2 * self._piece))

    def _place(self, connection: Connection, arrival: Arrival) -> None:
        """Find where a run goes on; settle it where nothing of it is to be stored."""
        checked = arrival.checked
        if checked.fault is not None and checked.fault is not Fault.UNKNOWN_KIND:
            self._refuse(connection, arrival, checked.fault)
            return
        chain_map = ChainMap(connection, *arrival.key)
        if not chain_map.holds(arrival.parent):
            is_ahead = arrival.parent[0] > chain_map.end[0]
            arrival.settle(RunFate.GAP, have=chain_map.end[0] if is_ahead else 0)
            return
        if not self._is_signed(connection, arrival):
            self._refuse(connection, arrival, Fault.SIGNATURE)
            return
        rows = checked.rows
        while arrival.done < len(rows) and chain_map.holds(_node(rows[arrival.done])):
            arrival.done += 1
        if arrival.done == len(rows):
            self._finish(connection, arrival)
        elif checked.fault is not None:
            self._refuse(connection, arrival, checked.fault)
        else:
            arrival.is_placed = True
            arrival.is_fork = arrival.parent != chain_map.end
            self._watch_own_chain(connection, arrival)

    def _is_signed(self, connection: Connection, arrival: Arrival) -> bool:
        if not arrival.is_signed:
            checked, event_id = arrival.checked, self._journal.origin.event_id
            key = self._find_key(connection, arrival)
            arrival.is_signed = is_head_good(checked.run, key, event_id)
        return arrival.is_signed

    def _find_key(self, connection: Connection, arrival: Arrival) -> str:
        """Return the key that signs a chain: the one here names, else the run's own first fact."""
        known = self._chain_keys.get(arrival.key)
        if known is None:
            known = find_chain_key(connection, arrival.key)
            if not known:
                return key_in(arrival.checked.rows[0])
            self._chain_keys[arrival.key] = known
        return known

    def _watch_own_chain(self, connection: Connection, arrival: Arrival) -> None:
        """Leave our chain if somebody brings facts of it that we did not write."""
        origin = self._journal.origin
        if arrival.key == (origin.device, origin.incarnation):
            self._leave_chain(connection)

    def _leave_chain(self, connection: Connection) -> None:
        """Begin a new chain that says whose it is; the journal goes on there."""
        old = self._journal.origin
        origin = Origin(old.event_id, old.device, str(uuid.uuid4()))
        state = {"incarnation": origin.incarnation, "forked_ms": str(self._clock.wall_ms())}
        connection.executemany(
            "INSERT OR REPLACE INTO local_state (key, value) VALUES (?,?)", state.items()
        )
        self._journal.move_to(origin)
        enrolment = Draft(
            kind=FactKind.DEVICE_ENROLLED,
            subject=f"device:{origin.device}",
            body={"incarnation": origin.incarnation, "public_key": self._public_key},
        )
        self._journal.append(connection, [enrolment])

    def _finish(self, connection: Connection, arrival: Arrival) -> None:
        """Keep the signed head, now that all it signs is here."""
        head = arrival.checked.run.head
        connection.execute(
            "INSERT OR IGNORE INTO signed_head"
            " (device, incarnation, seq, hash, public_key, signature) VALUES (?,?,?,?,?,?)",
            (*arrival.key, head.seq, head.hash, head.public_key, head.signature),
        )
        quarantine.release(connection, *arrival.key, head.seq)
        fate = RunFate.FORK if arrival.is_fork else RunFate.STORED
        have = ChainMap(connection, *arrival.key).end[0]
        arrival.settle(fate if arrival.stored else RunFate.KNOWN, have=have)

    def _refuse(self, connection: Connection, arrival: Arrival, why: Fault) -> None:
        quarantine.keep(connection, arrival.checked.run, why, self._clock.wall_ms())
        arrival.settle(RunFate.QUARANTINED, why=why)


def _node(row: Sequence[Any]) -> Node:
    return row[4], row[20]
