"""The checker finds programs that lose facts: each control fails within few schedules."""

import sys

import pytest
from simulation_controls import CONTROLS
from simulation_runs import memory_folder, run_one
from simulation_stations import Template

MOST_SEEDS = 500


@pytest.mark.proof
@pytest.mark.parametrize("control", sorted(CONTROLS))
def test_a_mistake_is_found(control: str, capsys: pytest.CaptureFixture[str]) -> None:
    with memory_folder() as folder:
        (folder / "template").mkdir()
        template = Template(folder / "template")
        for seed in range(MOST_SEEDS):
            outcome = run_one(seed, template, folder, control)
            if outcome.faults:
                assert not run_one(seed, template, folder).faults, "not the control's doing"
                with capsys.disabled():
                    sys.stdout.write(f"\n{control}: seed {seed}: {outcome.faults[0]}\n")
                return
    pytest.fail(f"{control} was not found in {MOST_SEEDS} schedules")
