"""Many schedules, on as many cores as are free."""

import multiprocessing
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from simulation import Outcome, replay_command, run_schedule
from simulation_stations import Template

TWICE_EVERY = 100
"""One schedule in so many is run twice: the same seed must give the same history."""
_BLOCK = 25


@dataclass(slots=True)
class Tally:
    """What came of many schedules."""

    schedules: int = 0
    repeated: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    """What was found, each with the command that shows it again."""

    def add(self, other: "Tally") -> None:
        self.schedules += other.schedules
        self.repeated += other.repeated
        self.counts += other.counts
        self.failures += other.failures

    def __str__(self) -> str:
        harms = ", ".join(f"{name} {count:,}" for name, count in sorted(self.counts.items()))
        return f"{self.schedules:,} schedules ({self.repeated} twice): {harms}"


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Yield an empty folder, in memory where the system has one there."""
    shared = Path("/dev/shm")
    base = shared if shared.is_dir() and os.access(shared, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="venuedesk-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def run_one(seed: int, template: Template, folder: Path, control: str = "") -> Outcome:
    """Run one schedule in a folder of its own."""
    day = folder / f"day-{seed}"
    day.mkdir()
    try:
        return run_schedule(seed, day, template, control)
    finally:
        shutil.rmtree(day)


def run_here(seeds: Iterable[int]) -> Tally:
    """Run schedules in this process, one in a hundred twice."""
    tally = Tally()
    with memory_folder() as folder:
        (folder / "template").mkdir()
        template = Template(folder / "template")
        for seed in seeds:
            outcome = run_one(seed, template, folder)
            faults = outcome.faults
            if seed % TWICE_EVERY == 0:
                tally.repeated += 1
                again = run_one(seed, template, folder)
                if again.digest != outcome.digest:
                    faults = [*faults, "the same seed gave another history"]
            tally.schedules += 1
            tally.counts += outcome.counts
            if faults:
                tally.failures.append("\n  ".join([replay_command(seed), *faults[:5]]))
    return tally


def run_many(seeds: range) -> Tally:
    """Run schedules on all cores, unless other tests have them already."""
    if "PYTEST_XDIST_WORKER" in os.environ or len(seeds) <= _BLOCK:
        return run_here(seeds)
    tally = Tally()
    processes = os.cpu_count() or 1
    blocks = [seeds[start::processes] for start in range(processes)]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawning) as pool:
        for each in pool.map(run_here, blocks):
            tally.add(each)
    return tally
