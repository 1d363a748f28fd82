"""Whatever goes wrong between laptops and hubs, everything acknowledged arrives, once, unchanged.

A hundred schedules with every test run, 2,000 with `-m proof`. The long proof:

    VENUEDESK_SCHEDULES=100000 pytest -m slow tests/sync/test_sim_schedules.py

A failing schedule is printed with the command that shows it again.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from simulation_runs import run_many

A_FEW = 100
SCHEDULES = 2_000
PARTS = 4
LONG = int(os.environ.get("VENUEDESK_SCHEDULES", "100000"))
MUST_HAPPEN = (
    "lost_request", "lost_answer", "duplicate", "reordered", "truncated", "altered", "partition",
    "delivered_late", "power_cut", "hub_stopped", "asker_stopped", "clock_wrong", "clock_set",
    "restore_station", "restore_hub", "copied", "carried_away", "restart",
)  # fmt: skip


def prove(seeds: range, capsys: pytest.CaptureFixture[str]) -> None:
    tally = run_many(seeds)
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert not tally.failures, "\n".join(tally.failures[:10])
    assert tally.schedules == len(seeds)
    assert not [name for name in MUST_HAPPEN if not tally.counts[name]]


def test_a_few_days_end_with_equal_journals(capsys: pytest.CaptureFixture[str]) -> None:
    prove(range(SCHEDULES, SCHEDULES + A_FEW), capsys)


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_days_end_with_equal_journals(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    share = SCHEDULES // PARTS
    prove(range(part * share, (part + 1) * share), capsys)


@pytest.mark.slow
def test_very_many_days_end_with_equal_journals(capsys: pytest.CaptureFixture[str]) -> None:
    prove(range(SCHEDULES + A_FEW, SCHEDULES + A_FEW + LONG), capsys)


def test_a_seed_tells_the_same_story_in_another_process(tmp_path: Path) -> None:
    script = Path(__file__).with_name("simulation.py")
    stories = [
        subprocess.run(
            [sys.executable, script, "17"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert stories[0] == stories[1]
