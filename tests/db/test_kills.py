"""A door killed at any moment loses nothing it acknowledged, and needs no repair.

The child runs the real service (`scanning_child`). A kill is no power cut: that
`synchronous=FULL` stands on every connection is held by `test_engine`.
"""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from factories import copied, open_room

from app.services.care import verify_event
from app.services.profile import Profile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks and kills")

CHILD = Path(__file__).parent / "scanning_child.py"
KILLS_PER_PROFILE = 40
PATIENCE_S = 60.0


class Nursery:
    """Starts children that scan, and kills them."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, profile: Profile, pipe: Path, mode: str) -> tuple[int, int]:
        """Return the child's process id and the end of the pipe that it answers into."""
        answers = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{profile.folder}\t{pipe}\t{mode}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()), answers

    def close(self) -> None:
        self._process.communicate(timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@dataclass
class Tally:
    """What a series of kills did."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0


def kill_once(
    nursery: Nursery, profile: Profile, pipe: Path, chance: random.Random, mode: str = "honest"
) -> list[str]:
    """Let a child live for some scans and part of another, kill it; return what it acknowledged."""
    child, answers = nursery.start(profile, pipe, mode)
    heard = b""
    wanted = chance.randrange(8)
    while heard.count(b"\n") <= wanted:
        assert select.select([answers], [], [], PATIENCE_S)[0], "the child says nothing"
        heard += os.read(answers, 65536)
    # Then anywhere inside the next scans: the moment is the fault that is injected here.
    select.select([], [], [], chance.random() * 0.006)
    os.kill(child, signal.SIGKILL)
    while more := read_to_the_end(answers):
        heard += more
    os.close(answers)
    return heard.decode().rpartition("\n")[0].split("\n")


def read_to_the_end(answers: int) -> bytes:
    assert select.select([answers], [], [], PATIENCE_S)[0], "the child does not die"
    return os.read(answers, 65536)


def series(nursery: Nursery, profile: Profile, kills: int, seed: int, mode: str) -> Tally:
    """Kill children of one profile one after another; count what was acknowledged and lost."""
    chance = random.Random(seed)
    pipe = profile.folder / "answers"
    os.mkfifo(pipe)
    tally = Tally()
    acknowledged: list[str] = []
    for _ in range(kills):
        told = kill_once(nursery, profile, pipe, chance, mode)
        acknowledged += told
        tally.kills += 1
        room = open_room(profile)
        stored = set(room.fact_ids())
        room.desk.context.database.close()
        tally.lost += sum(fact_id not in stored for fact_id in told)
    tally.acknowledged = len(acknowledged)
    assert len(set(acknowledged)) == len(acknowledged)
    room = open_room(profile)
    report = verify_event(room.desk.context)
    room.close()
    assert report.is_sound, report
    return tally


def killed_everywhere(
    nursery: Nursery, template: Profile, folder: Path, profiles: int, mode: str = "honest"
) -> Tally:
    total = Tally()
    for seed in range(profiles):
        profile = copied(template, folder / f"profile-{seed}")
        tally = series(nursery, profile, KILLS_PER_PROFILE, seed, mode)
        total.kills += tally.kills
        total.acknowledged += tally.acknowledged
        total.lost += tally.lost
        if total.lost:  # in the program never, in the control at once
            break
    return total


def test_nothing_acknowledged_is_lost_by_kills(
    nursery: Nursery, stocked_template: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    total = killed_everywhere(nursery, stocked_template, tmp_path, 5)
    told(capsys, total)
    assert total.kills == 200
    assert total.acknowledged > total.kills
    assert total.lost == 0


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_many_kills(
    nursery: Nursery, stocked_template: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    total = killed_everywhere(nursery, stocked_template, tmp_path, 250)
    told(capsys, total)
    assert (total.kills, total.lost) == (10_000, 0)


def test_acknowledging_before_the_commit_is_caught(
    nursery: Nursery, stocked_template: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The control: were the program hasty, the same kills would show it."""
    total = killed_everywhere(nursery, stocked_template, tmp_path, 4, mode="hasty")
    told(capsys, total)
    assert total.lost > 0


def told(capsys: pytest.CaptureFixture[str], total: Tally) -> None:
    """A green run says how many faults it survived."""
    with capsys.disabled():
        sys.stdout.write(
            f"\n[{total.kills} kills, {total.acknowledged} acknowledged, {total.lost} lost] "
        )


def test_a_disk_that_is_full_fails_in_words_and_keeps_all_that_was_acknowledged(
    nursery: Nursery, stocked_template: Profile, tmp_path: Path
) -> None:
    profile = copied(stocked_template, tmp_path / "profile")
    pipe = tmp_path / "answers"
    os.mkfifo(pipe)
    child, answers = nursery.start(profile, pipe, "small")
    heard = b""
    while b"failed" not in heard:
        heard += read_to_the_end(answers)
    while more := read_to_the_end(answers):
        heard += more
    os.close(answers)
    *acknowledged, failure = heard.decode().strip().split("\n")
    assert child
    assert "沒有存下來" in failure
    room = open_room(profile)
    assert set(acknowledged) <= set(room.fact_ids())
    assert len(acknowledged) > 10
    assert verify_event(room.desk.context).is_sound
    room.close()
