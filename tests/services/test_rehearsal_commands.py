"""`rehearsal` on the command line: begin, rush, end; the real event stays as it was."""

import json
from pathlib import Path

import pytest
from factories import Room
from typer.testing import CliRunner

from app.cli.main import program


def run(room: Room, *words: str) -> dict[str, object]:
    result = CliRunner().invoke(program, [*words, "--profile", str(room.profile.folder), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout.splitlines()[-1])


@pytest.fixture(autouse=True)
def closed(room: Room) -> None:
    room.close()


def test_a_rehearsal_is_begun_rushed_and_thrown_away(room: Room) -> None:
    real = room.desk.context.event_id
    begun = run(room, "rehearsal", "begin", "--session", "b1d1")
    assert begun["rehearsal"] is True
    assert begun["event"] != real
    rush = run(room, "rehearsal", "rush", "--at-once", "--arrivals", "5")
    assert rush["recorded"] == 5
    assert rush["verdicts"] == {"checked_in": 5}
    assert run(room, "rehearsal", "state")["rehearsal"] is True
    assert run(room, "rehearsal", "end")["event"] == real
    assert run(room, "rehearsal", "state") == {
        "rehearsal": False, "event": real, "session": None, "people": 0,
    }  # fmt: skip


def test_no_rush_into_the_real_event(room: Room, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        program, ["rehearsal", "rush", "--profile", str(room.profile.folder)]
    )
    assert result.exit_code != 0
