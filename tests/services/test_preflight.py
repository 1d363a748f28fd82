"""The look at a desk before the doors open: every light has a cause and a remedy."""

import json
from pathlib import Path

import pytest
from factories import Room, moment
from typer.testing import CliRunner

from app.cli.main import program
from app.domain.errors import NotFound
from app.domain.preflight import Light, worst
from app.services import preflight as looking
from app.services.care import back_up_on_schedule
from app.services.hub_link import HubLink, keep_hub_link
from app.services.power import Power, read_power
from app.services.rehearsals import RehearsalService


@pytest.fixture(autouse=True)
def on_mains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "read_power", lambda: Power(on_mains=True, percent=80))


def lights(room: Room, **more: str) -> dict[str, Light]:
    return {found.code: found.light for found in room.office.preflight.look("b1d1", **more)}


def test_every_light_that_is_not_green_says_what_to_do(room: Room) -> None:
    found = room.office.preflight.look("b1d1")
    assert len({item.code for item in found}) == 10
    assert all(item.remedy for item in found if item.light is not Light.GREEN)
    assert worst(found) is Light.RED  # no backup yet


def test_a_roster_badges_and_a_backup_make_it_green(room: Room) -> None:
    assert lights(room)["backup"] is Light.RED
    room.office.badges.badges_for("b1d1")
    back_up_on_schedule(room.profile, room.desk.context)
    after = lights(room, tried=room.code(1))
    green = ("roster", "badges", "readers", "backup", "power", "hub")
    assert {after[code] for code in green} == {Light.GREEN}
    assert worst(room.office.preflight.look("b1d1")) is Light.AMBER


def test_a_session_without_a_roster_is_red(room: Room) -> None:
    found = {item.code: item for item in room.office.preflight.look("b1d2")}
    assert found["roster"].light is Light.RED


def test_what_is_tried_is_judged_and_not_recorded(room: Room) -> None:
    before = room.fact_count()
    assert lights(room, tried="garbage")["readers"] is Light.AMBER
    assert lights(room, tried=room.code(2))["readers"] is Light.GREEN
    assert room.connection.execute("SELECT count(*) FROM scan").fetchone() == (0,)
    assert room.fact_count() >= before


def test_the_day_after_is_a_wrong_clock(room: Room) -> None:
    assert lights(room)["clock"] is Light.AMBER  # nobody measured it
    room.desk.context.journal.set_offset(1500)
    assert lights(room)["clock"] is Light.GREEN
    room.desk.context.journal.set_offset(90_000)
    assert lights(room)["clock"] is Light.AMBER
    room.clock.set_to(moment("08:00").replace(day=9))
    assert lights(room)["clock"] is Light.RED


@pytest.mark.parametrize(
    ("power", "light"),
    [
        (Power(on_mains=False, percent=90), Light.AMBER),
        (Power(on_mains=False, percent=15), Light.RED),
        (Power(on_mains=True), Light.GREEN),
        (None, Light.AMBER),
    ],
    ids=["battery", "low", "mains", "untold"],
)
def test_power(room: Room, monkeypatch: pytest.MonkeyPatch, power: Power, light: Light) -> None:
    monkeypatch.setattr(looking, "read_power", lambda: power)
    assert lights(room)["power"] is light


def test_batteries_are_read_from_the_system(tmp_path: Path) -> None:
    for name, files in {
        "AC": {"type": "Mains", "online": "0"},
        "BAT0": {"type": "Battery", "capacity": "41"},
        "mouse": {"type": "Battery", "capacity": "3", "scope": "Device"},
    }.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(f"{text}\n")
    assert read_power(tmp_path) == Power(on_mains=False, percent=41)
    assert read_power(tmp_path / "nowhere") is None


def test_a_hub_that_is_away_is_told(room: Room) -> None:
    with room.desk.context.database.write() as connection:
        keep_hub_link(connection, HubLink(url="https://127.0.0.1:9", hub_key="ab" * 32))
    assert lights(room)["hub"] is Light.AMBER


def test_the_sheet_is_written_but_not_in_a_rehearsal(room: Room, tmp_path: Path) -> None:
    service = room.office.preflight
    file = service.write_sheet("b1d1", service.look("b1d1"), tmp_path / "green.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    with pytest.raises(NotFound):
        service.look("nowhere")
    RehearsalService(room.profile, room.desk.context, room.clock).begin("b1d1")


def test_the_command_ends_with_1_where_something_is_red(room: Room, tmp_path: Path) -> None:
    room.close()
    words = ["preflight", "--session", "b1d1", "--profile", str(room.profile.folder), "--json"]
    result = CliRunner().invoke(program, [*words, "--out", str(tmp_path / "a.pdf")])
    told = json.loads(result.stdout.splitlines()[-1])
    assert result.exit_code == 1
    assert told["light"] == "red"
    assert Path(told["file"]).exists()
