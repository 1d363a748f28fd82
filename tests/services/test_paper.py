"""Paper fallback: numbers, the sheet, and times that count once however often they are told."""

import json
from pathlib import Path

import pytest
from factories import Room, moment
from typer.testing import CliRunner

from app.cli.main import program
from app.domain.errors import InvalidInput, NotFound
from app.domain.paper_codes import LONG_DIGITS, is_row_code, row_code
from app.services import paper_entry
from app.services.care import verify_event
from app.services.paper_entry import Fate


@pytest.fixture
def late(room: Room) -> Room:
    """After the day: everything on the paper is past."""
    room.clock.set_to(moment("18:00"))
    return room


def number(room: Room, person: int) -> str:
    return row_code(room.person(person))


def enter(room: Room, *texts: str) -> list[Fate]:
    lines = [room.office.paper.read_line("b1d1", text) for text in texts]
    return [entry.fate for entry in room.office.paper.enter("b1d1", lines)]


@pytest.mark.parametrize("digits", [6, LONG_DIGITS], ids=["short", "long"])
def test_one_wrong_digit_is_always_seen(digits: int) -> None:
    code = row_code("0190f001-0000-7000-8000-000000000001", digits=digits)
    assert is_row_code(code)
    wrong = [
        code[:place] + digit + code[place + 1 :]
        for place in range(digits)
        for digit in "0123456789"
        if digit != code[place]
    ]
    assert not any(is_row_code(each) for each in wrong)


def test_the_sheet_has_everybody_and_a_bar_code(late: Room, tmp_path: Path) -> None:
    paper = late.office.paper
    written = paper.write_sheet("b1d1", tmp_path / "a.pdf")
    assert written.rows == len(late.office.registrations.list_roster("b1d1"))
    units = paper.list_units("b1d1")
    parts = [
        paper.write_sheet("b1d1", tmp_path / "u.pdf", unit=unit, by_unit=True).rows
        for unit in units
    ]
    assert sum(parts) == written.rows
    with pytest.raises(NotFound):
        paper.write_sheet("b1d1", tmp_path / "none.pdf", unit="沒有這個單位")


def test_times_on_paper_are_recorded_as_written_by_hand(late: Room) -> None:
    assert enter(late, f"{number(late, 1)} 0841 17:02") == [Fate.RECORDED, Fate.RECORDED]
    line = next(
        line
        for line in late.office.closing.credit_sheet("b1d1").lines
        if line.person.id == late.person(1)
    )
    assert (line.intervals[0].in_at, line.intervals[0].out_at) == (moment("08:41"), moment("17:02"))
    bodies = [json.loads(row[0]) for row in late.connection.execute("SELECT body FROM scan")]
    assert {(body["reader"], body["hand_entered"]) for body in bodies} == {("paper", True)}
    assert verify_event(late.desk.context).is_sound


def test_the_same_paper_entered_twice_counts_once(late: Room) -> None:
    lines = [f"{number(late, person)} 0841 1702" for person in range(4)]
    assert set(enter(late, *lines)) == {Fate.RECORDED}
    facts = late.fact_count()
    assert set(enter(late, *lines, *lines)) == {Fate.KNOWN}
    assert late.fact_count() == facts
    assert late.desk.checkin.counts("b1d1").arrived == 4


def test_what_a_station_recorded_is_not_told_again_by_paper(room: Room) -> None:
    code = room.code(2)
    room.clock.set_to(moment("08:40"))
    room.scan(code)
    room.clock.set_to(moment("18:00"))
    assert enter(room, f"{number(room, 2)} 0845 1701") == [Fate.KNOWN, Fate.RECORDED]
    assert room.desk.checkin.counts("b1d1").arrived == 1


def test_the_bar_code_and_a_number_in_two_halves_are_read(late: Room) -> None:
    code = number(late, 3)
    read = late.office.paper.read_line
    assert read("b1d1", f"{code[:3]} {code[3:]} 8:41").person.id == late.person(3)
    assert read("b1d1", f"{late.code(3)} - 1702").came_at is None
    assert read("b1d1", f"{row_code(late.person(3), digits=LONG_DIGITS)} 841").left_at is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{n}",
        "{n} - -",
        "{n} 2561",
        "{n} 1702 0841",
        "{n} 1 2 3",
        "123 0841",
        "{n} 2359",
        "x 841",
    ],
    ids=["empty", "bare", "dashes", "clock", "order", "many", "number", "later", "strange"],
)
def test_a_line_that_cannot_be_right_says_why(late: Room, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        late.office.paper.read_line("b1d1", text.format(n=number(late, 1)))
    assert caught.value.remedy.zh


def test_two_who_would_share_a_number_get_long_ones(
    late: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = paper_entry.row_code

    def crowded(person: str, *, digits: int = 6) -> str:
        return "000000" if digits == 6 else real(person, digits=digits)

    monkeypatch.setattr(paper_entry, "row_code", crowded)
    with pytest.raises(InvalidInput):
        late.office.paper.read_line("b1d1", "000000 841")
    long = real(late.person(1), digits=LONG_DIGITS)
    assert late.office.paper.read_line("b1d1", f"{long} 841").person.id == late.person(1)


def test_the_commands_write_a_sheet_and_take_it_back(late: Room, tmp_path: Path) -> None:
    good, profile = number(late, 1), ["--profile", str(late.profile.folder), "--json"]
    late.close()
    run = CliRunner().invoke
    day = ["--session", "b1d1", *profile]
    sheet = run(program, ["paper", "sheet", "--out", str(tmp_path / "a.pdf"), *day])
    assert json.loads(sheet.stdout.splitlines()[-1])["rows"] > 3
    file = tmp_path / "lines.txt"
    file.write_text(f"# day one\n{good} 0841 1702\n123456 0841\n", encoding="utf-8")
    assert run(program, ["paper", "enter", str(file), *day]).exit_code != 0
    file.write_text(f"{good} 0841 1702\n", encoding="utf-8")
    done = run(program, ["paper", "enter", str(file), *day])
    fates = [entry["fate"] for entry in json.loads(done.stdout.splitlines()[-1])["entries"]]
    assert fates == ["recorded", "recorded"]
