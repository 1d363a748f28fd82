"""Stories that chance told once, or would tell too seldom."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from simulation import World
from simulation_chance import seeded
from simulation_controls import Conduct
from simulation_runs import memory_folder
from simulation_stations import Template


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    with memory_folder() as folder:
        yield Template(folder)


@pytest.fixture
def world(template: Template, tmp_path: Path) -> Iterator[World]:
    """A quiet day with good ways."""
    with seeded(Random("directed")):
        made = World(5, tmp_path, template, Conduct())
        made.weather.bad = 0
        yield made
        made.close()


def test_a_killed_hub_brought_back_from_a_copy_of_that_day_writes_no_place_twice(
    world: World, tmp_path: Path
) -> None:
    hub, laptop = world.venue, world.stations[0]
    hub.back_up(tmp_path / "copy")
    hub.act(world.random)
    world.meet(laptop, hub)
    hub.restore(tmp_path / "copy")
    hub.act(world.random)
    assert [*world.be_quiet(), *world.judge()] == []
