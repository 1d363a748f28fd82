"""A seeded day of laptops, a venue's hub and a county's hub, on real stores, with everything wrong.

    PYTHONPATH=.:tests python tests/sync/simulation.py SEED [CONTROL]

replays one schedule, says what it found and leaves its history in `history-SEED.jsonl`.

A schedule is a list of steps drawn from its seed: people act at desks, nodes exchange over ways
that lose, repeat, reorder, cut and alter, clocks are wrong and are set, disks are rolled back to
old backups, laptops are copied, stopped in the middle of a commit, or carried away. Then everybody
left exchanges until nothing moves, and the history is judged by `history_checker`, which shares no
code with the program, and by each laptop's own verification.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from history_checker import check
from history_export import acknowledgement, records_of
from simulation_chance import JUMPS_MS, SkewedClock, WorldTime, seeded
from simulation_controls import CONTROLS, Conduct, StoppingPeer
from simulation_hubs import NAMES, SimulatedHub
from simulation_links import HarmedPeer, StorePeer, Telephone, Weather
from simulation_stations import SimulatedStation, Template

from app.domain.errors import HubUnreachable
from app.domain.exchange import MOST_FACTS, FactStore, Peer, Run, RunFate, RunResult, Tip
from app.sync.exchange import Exchange, Moved

MOST_QUIET_ROUNDS = 12
THOROUGH = 0.1
"""Of the schedules: the program's whole verification, of the files' pages too."""
Node = SimulatedStation | SimulatedHub


@dataclass(slots=True)
class Outcome:
    """What came of one schedule."""

    seed: int
    faults: list[str]
    counts: Counter[str]
    digest: str
    """Of the whole history: the same seed gives the same one."""
    records: list[dict[str, Any]] = field(default_factory=list)


class Line:
    """What one side keeps of another between exchanges, while its process lives."""

    def __init__(self, store: FactStore, list_have: Callable[[], Sequence[Tip]] | None) -> None:
        self.far = Telephone()
        self._exchange = Exchange(store, self.far, list_have=list_have)
        self._epoch = ""
        self._has_failed = True

    def go_round(self, epoch: str, *, compares: bool) -> Moved:
        """Exchange, from scratch where there is reason to; `epoch` is what answers will say."""
        moved = Moved()
        try:
            if compares or self._has_failed:
                self._exchange.run(moved)
            else:
                self._exchange.push(moved)
                self._exchange.pull(moved)
            if epoch != self._epoch:
                self._exchange.run(moved)
        except HubUnreachable:
            self._has_failed = True
            raise
        self._epoch, self._has_failed = epoch, False
        return moved


class World:
    """All nodes of one schedule, and what really happened."""

    def __init__(self, seed: int, folder: Path, template: Template, conduct: Conduct) -> None:
        self.random = Random(f"schedule {seed}")
        self.counts: Counter[str] = Counter()
        self.time = WorldTime()
        self.folder = folder
        self.template = template
        self.conduct = conduct
        self.records: list[dict[str, Any]] = []
        self.confirmed: dict[str, set[str]] = {}
        """By hub: ids a station was told are stored there."""
        count = self.random.choice((2, 2, 2, 2, 2, 3, 3, 3, 4, 5))
        self.stations = [self._new_station(slot) for slot in range(count)]
        self.hubs = [
            SimulatedHub(database, template.hub_path(name), template.context.event_id, self.time)
            for name, database in zip(NAMES, template.hub_databases, strict=True)
        ]
        self.weather = Weather(
            self.random,
            self.counts,
            [],
            bad=self.random.choice((0.0, 0.05, 0.15, 0.3)),
            event_id=template.context.event_id,
            is_spelled=self.random.random() < 0.1,
            most_facts=self.random.choice((2, 5, MOST_FACTS, MOST_FACTS)),
        )
        self._cut_off: set[str] = set()
        self._lines: dict[tuple[str, str], Line] = {}
        self._backups: dict[str, list[Path]] = {
            **{station.name: [template.path(slot)] for slot, station in enumerate(self.stations)},
            **{hub.name: [template.hub_path(hub.name)] for hub in self.hubs},
        }
        """Everybody has one of the morning."""

    @property
    def venue(self) -> SimulatedHub:
        return self.hubs[0]

    @property
    def county(self) -> SimulatedHub:
        return self.hubs[1]

    @property
    def nodes(self) -> list[Node]:
        """Return everybody still here."""
        return [*self.stations, *self.hubs]

    def _new_station(self, slot: int) -> SimulatedStation:
        path = self.folder / f"station-{slot}.db"
        path.write_bytes(self.template.path(slot).read_bytes())
        clock = SkewedClock(self.time)
        if self.random.random() < 0.2:
            clock.skew_ms = self.random.choice(JUMPS_MS)
            self.counts["clock_wrong"] += 1
        return SimulatedStation(f"station-{slot}", path, self.template, clock)

    def close(self) -> None:
        for node in self.nodes:
            node.close()

    def run(self) -> None:
        """Take every step of the day."""
        for _ in range(self.random.randrange(5, 16)):
            self.time.pass_ms(self.random.choice((20, 1_500, 60_000, 600_000)))
            name = self.random.choices(list(_STEPS), weights=_WEIGHTS)[0]
            _STEPS[name](self)

    # What people and machines do.

    def act(self) -> None:
        hub_acts = self.random.random() < 0.1
        self._act_at(self.random.choice(self.hubs if hub_acts else self.stations))

    def _act_at(self, node: Node) -> None:
        if isinstance(node, SimulatedStation) and self.random.random() < 0.1:
            self.counts["power_cut"] += 1
            rows = node.cut_power_while_acting(self.random)
            self._hang_up(node)
            for row in rows if self.conduct.acks_before_commit else ():
                self._acknowledge(node, row)
            return
        for row in node.act(self.random):
            self._acknowledge(node, row)
        self.counts["acts"] += 1

    def _acknowledge(self, node: Node, row: Sequence[Any]) -> None:
        self.records.append(acknowledgement(node.name, row))

    def exchange(self) -> None:
        station = self.random.choice(self.stations)
        # Most laptops know the venue's hub; some speak with the county's over a telephone.
        hub = self.venue if self.random.random() < 0.8 else self.county
        self.meet(station, hub)

    def relay(self) -> None:
        self.meet(self.venue, self.county)

    def partition(self) -> None:
        """Cut somebody off, or let everybody see each other again."""
        if self._cut_off:
            self._cut_off.clear()
        else:
            self._cut_off.add(self.random.choice(self.nodes[:-1]).name)
            self.counts["partition"] += 1

    def meet(self, node: Node, hub: SimulatedHub) -> None:
        """Let two exchange over today's way."""
        if {node.name, hub.name} & self._cut_off:
            self.counts["cut_off"] += 1
            return
        peer = HarmedPeer(
            StorePeer(self.conduct.hub_store(hub, self.weather)), self.weather, hub.name,
            lambda runs, results: self._note_confirmed(hub, runs, results),
        )  # fmt: skip
        self.counts["exchanges"] += 1
        try:
            self.converse(node, hub, peer)
        except HubUnreachable:
            self.counts["broken_off"] += 1

    def converse(self, node: Node, hub: SimulatedHub, peer: Peer) -> None:
        """Exchange as the program's worker does."""
        store, peer = self.conduct.client(node, hub, peer)
        line = self._lines.get((node.name, hub.name))
        if line is None:
            line = self._lines[node.name, hub.name] = Line(
                store, getattr(node.store, "list_have", None)
            )
        line.far.peer = StoppingPeer(peer, self.weather)
        moved = line.go_round(hub.epoch, compares=self.random.random() < 0.6)
        for fork in moved.forks:
            if isinstance(node, SimulatedStation) and fork.device == node.origin.device:
                node.store.begin_incarnation(fork.incarnation)

    def _note_confirmed(
        self, hub: SimulatedHub, runs: Sequence[Run], results: Sequence[RunResult]
    ) -> None:
        fates = (RunFate.STORED, RunFate.KNOWN, RunFate.FORK)
        for run, result in zip(runs, results, strict=True):
            if result.fate in fates:
                self.confirmed.setdefault(hub.name, set()).update(row[0] for row in run.rows)

    def deliver_late(self) -> None:
        """A request from long ago arrives once more."""
        if self.weather.delivered:
            name, runs = self.random.choice(self.weather.delivered)
            hub = next(hub for hub in self.hubs if hub.name == name)
            self.counts["delivered_late"] += 1
            hub.store.take(list(runs))

    def set_clock(self) -> None:
        clock = self.random.choice(self.stations).clock
        clock.skew_ms = self.random.choice((0, *JUMPS_MS))
        self.counts["clock_set"] += 1

    def restart(self) -> None:
        node = self.random.choice(self.nodes)
        node.restart(self.random)
        self._hang_up(node)
        self.counts["restart"] += 1

    def back_up(self) -> None:
        node = self.random.choice(self.nodes)
        kept = self._backups.setdefault(node.name, [])
        target = self.folder / f"{node.name}-{len(kept)}.backup"
        node.back_up(target)
        kept.append(target)
        self.counts["backup"] += 1

    def restore(self) -> None:
        """Roll a disk back."""
        node: Node = self.random.choice(self.random.choice((self.stations, self.hubs)))
        if node.name not in self._backups:
            return  # a copy that nobody thought of
        before = self._all_ids()
        backup = self.random.choice(self._backups[node.name])
        if isinstance(node, SimulatedStation) and not self.conduct.begins_new_chain:
            node.put_back(backup)
            node.open()
        else:
            node.restore(backup)
        self._hang_up(node)
        self.confirmed.pop(node.name, None)
        self._forget_lost(before)
        self.counts[f"restore_{'hub' if isinstance(node, SimulatedHub) else 'station'}"] += 1
        return

    def copy(self) -> None:
        """Clone a laptop's disk; both go on as if they were one."""
        if len(self.stations) >= 5:
            return
        source = self.random.choice(self.stations)
        number = 1 + max(int(station.name[-1]) for station in self.stations)
        target = self.folder / f"station-{number}.db"
        source.copy_file(target)
        self._hang_up(source)
        clock = SkewedClock(self.time, source.clock.skew_ms)
        self.stations.append(SimulatedStation(f"station-{number}", target, self.template, clock))
        self.records.append({"record": "copied", "device": source.origin.device})
        self.counts["copied"] += 1

    def carry_away(self) -> None:
        """Somebody takes a laptop home; what only it had is gone."""
        if len(self.stations) < 2:
            return
        before = self._all_ids()
        station = self.stations.pop(self.random.randrange(len(self.stations)))
        station.close()
        self._forget_lost(before)
        self.counts["carried_away"] += 1

    def _hang_up(self, node: Node) -> None:
        """A process that ends forgets what it believed of its peers; they do not."""
        self._lines = {names: line for names, line in self._lines.items() if names[0] != node.name}

    def _all_ids(self) -> set[str]:
        return {row[0] for node in self.nodes for _, row in node.list_rows()}

    def _forget_lost(self, before: set[str]) -> None:
        """Nobody can have back what was on no other disk and confirmed by no hub."""
        confirmed = set().union(*self.confirmed.values()) if self.confirmed else set()
        lost = sorted(before - self._all_ids() - confirmed)
        if lost:
            self.records.append({"record": "lost", "ids": lost})
            self.counts["facts_on_lost_disks"] += len(lost)

    # The end of the day.

    def be_quiet(self) -> list[str]:
        """Let everybody exchange until nothing moves; return what is still wrong then."""
        self._cut_off.clear()
        self.weather.bad = 0.0
        for _ in range(MOST_QUIET_ROUNDS):
            for station in self.stations:
                self.converse(station, self.venue, StorePeer(self.venue.store))
            self.converse(self.venue, self.county, StorePeer(self.county.store))
            if len({tuple(node.store.list_tips()) for node in self.nodes}) == 1:
                return []
        return ["never quiet: journals still differ"]

    def judge(self) -> list[str]:
        """Return every fault of the day's history."""
        for node in self.nodes:
            is_goal = isinstance(node, SimulatedHub)
            lines = records_of(
                node.name, node.list_rows(), node.list_heads(), node.store.list_tips(),
                is_goal=is_goal,
            )  # fmt: skip
            self.records.extend(lines)
        thorough = self.random.random() < THOROUGH
        own = [f"{node.name}: {fault}" for node in self.nodes for fault in node.faults(thorough)]
        return [*check(self.records), *own]


_STEPS = {
    "act": World.act,
    "exchange": World.exchange,
    "relay": World.relay,
    "partition": World.partition,
    "late": World.deliver_late,
    "clock": World.set_clock,
    "restart": World.restart,
    "backup": World.back_up,
    "restore": World.restore,
    "copy": World.copy,
    "away": World.carry_away,
}
_WEIGHTS = (38, 22, 8, 4, 4, 4, 4, 6, 5, 2, 2)


def run_schedule(
    seed: int,
    folder: Path,
    template: Template,
    control: str = "",
    *,
    keeps_records: bool = False,
) -> Outcome:
    """Run one schedule in an empty folder and judge it."""
    random = Random(f"ids {seed}")
    with seeded(random):
        conduct = CONTROLS[control]() if control else Conduct()
        world = World(seed, folder, template, conduct)
        try:
            world.run()
            faults = [*world.be_quiet(), *world.judge()]
        finally:
            world.close()
    history = json.dumps(world.records, sort_keys=True).encode()
    digest = hashlib.sha256(history).hexdigest()
    kept = world.records if keeps_records else []
    return Outcome(seed, faults, world.counts, digest, kept)


def replay_command(seed: int, control: str = "") -> str:
    """Return what to type to see one schedule again."""
    return f"PYTHONPATH=.:tests python tests/sync/simulation.py {seed} {control}".strip()


def main(arguments: Sequence[str]) -> int:
    """Replay one schedule; leave its history beside it."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("template", "day"):
            (folder / part).mkdir()
        template = Template(folder / "template")
        outcome = run_schedule(
            int(arguments[0]), folder / "day", template, *arguments[1:2], keeps_records=True
        )
    history = Path(f"history-{outcome.seed}.jsonl")
    history.write_text("".join(json.dumps(record) + "\n" for record in outcome.records), "utf-8")
    lines = [*outcome.faults, str(dict(outcome.counts)), f"digest {outcome.digest}", str(history)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
