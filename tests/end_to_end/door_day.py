"""Runs the scripted day through the command line, on any six rosters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from command_line import VenueDesk
from day_script import CANCELLED, DAY, WALK_INS, Line, batches, read_script, roles
from invented_rosters import Invented

from app.domain.badge import new_badge_code

SESSIONS = ("b1d1", "b1d2", "b1d3", "b2d1", "b2d2", "b2d3")


@dataclass(frozen=True)
class Files:
    """What an organizer was sent: a school list and a roster a session."""

    schools: Path
    rosters: Mapping[str, Path]
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class DoorDay:
    """The day after its last scan: who played whom, and what the screen said."""

    desk: VenueDesk
    names: Mapping[str, str]
    ids: Mapping[str, str]
    people: Mapping[str, str]
    answers: Sequence[tuple[Line, dict[str, Any]]]


def open_event(desk: VenueDesk, files: Files) -> None:
    """Create the event and bring in schools and rosters."""
    desk.json("new", "pingtung-112")
    desk.json("units", "import", files.schools)
    for session in SESSIONS:
        done = desk.json("roster", "import", files.rosters[session], "--session", session)
        assert done["added"] == files.sizes[session], session
    listed = {item["code"]: item["roster_size"] for item in desk.json("sessions")["sessions"]}
    assert {code: listed[code] for code in SESSIONS} == dict(files.sizes)


def play_day(desk: VenueDesk, files: Files, folder: Path) -> DoorDay:
    """Cast the script, print badges, cancel two, and scan from morning to evening."""
    badges = {code: print_badges(desk, code, folder) for code in ("b1d1", "b1d2", "b2d1")}
    cast = _cast(files.rosters["b1d1"], badges["b1d1"])
    ids = {who: one.id_number for who, one in cast.items()}
    found = {who: _badge_of(one.name, badges["b1d1"]) for who, one in cast.items()}
    found["other_batch"], found["moved"] = badges["b2d1"][:2]
    found["other_day"] = badges["b1d2"][0]
    _cancel(desk, files.rosters["b1d1"], {found[who]["name"] for who in CANCELLED}, folder)
    for who, (clock, number) in WALK_INS.items():
        found[who] = _walk_in(desk, who, clock, number)
        ids[who] = number
    printed = {badge["person"]: badge for badge in print_badges(desk, "b1d1", folder)}
    for who in WALK_INS:
        found[who] = printed[found[who]["person"]]
    codes = {who: badge["code"] for who, badge in found.items()}
    codes |= _odd_codes(codes, ids, folder)
    answers = [pair for batch in batches(read_script()) for pair in _scan_batch(desk, batch, codes)]
    return DoorDay(
        desk=desk,
        names={who: badge["name"] for who, badge in found.items()},
        ids=ids,
        people={who: badge["person"] for who, badge in found.items()},
        answers=answers,
    )


def print_badges(desk: VenueDesk, session: str, folder: Path) -> list[dict[str, str]]:
    """Return the badges of a session as the sheet lists them."""
    badges: list[dict[str, str]] = desk.json(
        "badges", "--session", session, "--out", folder / f"badges-{session}.pdf"
    )["badges"]
    return badges


def read_people(file: Path) -> list[Invented]:
    """Return the people of a clean workbook whose name nobody else has."""
    rows = list(openpyxl.load_workbook(file).active.values)
    name, number, unit = (rows[0].index(word) for word in ("姓名", "身分證字號", "服務單位"))
    listed = [Invented(str(row[name]), str(row[number]), str(row[unit])) for row in rows[1:]]
    names = [one.name for one in listed]
    return [one for one in listed if names.count(one.name) == 1]


def _cast(roster: Path, badges: Sequence[Mapping[str, str]]) -> dict[str, Invented]:
    parts = roles()
    actors = read_people(roster)
    assert len(actors) >= len(parts)
    assert len({badge["code"] for badge in badges}) == len(badges)
    return dict(zip(parts, actors, strict=False))


def _badge_of(name: str, badges: Iterable[dict[str, str]]) -> dict[str, str]:
    (badge,) = (badge for badge in badges if badge["name"] == name)
    return badge


def _cancel(desk: VenueDesk, roster: Path, names: set[str], folder: Path) -> None:
    """Import the roster once more without two people: their registration is cancelled."""
    book = openpyxl.load_workbook(roster)
    sheet = book.active
    gone = [row[0].row for row in sheet.iter_rows() if any(cell.value in names for cell in row)]
    for row in reversed(gone):
        sheet.delete_rows(row)
    book.save(folder / "later.xlsx")
    done = desk.json("roster", "import", folder / "later.xlsx", "--session", "b1d1")
    assert (done["gone"], done["added"], done["changed"]) == (len(names), 0, 0)


def _walk_in(desk: VenueDesk, who: str, clock: str, number: str) -> dict[str, str]:
    given = ["--id-number", number] if number else []
    told = desk.json(
        "walkin", "--session", "b1d1", "--name", f"來賓{who}", "--unit", "縣立教育處",
        "--at", f"{DAY}T{clock}", *given,
    )  # fmt: skip
    assert (told["verdict"], told["counts"], told["direction"]) == ("walk_in", True, "in")
    return {"person": told["person"]["id"], "name": told["person"]["name"]}


def _odd_codes(codes: Mapping[str, str], ids: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """Return what was really read where it is not the badge as printed."""
    other = VenueDesk(folder / "another-profile")
    other.json("new", "sample-workshop")
    other.json("walkin", "--session", "am", "--name", "路人", "--unit", "別處")
    wide = {ord(char): ord(char) + 0xFEE0 for char in codes["wide_letters"]}
    return {
        "lower_case": codes["lower_case"].lower(),
        "wide_letters": codes["wide_letters"].translate(wide),
        "id_card": ids["id_card"],
        "stranger": new_badge_code(codes["plain"][:3], b"a stranger's badge"),
        "other_event": print_badges(other, "am", folder)[0]["code"],
        "garbage": "https://example.org/?q=1",
    }


def _scan_batch(
    desk: VenueDesk, batch: Sequence[Line], codes: Mapping[str, str]
) -> list[tuple[Line, dict[str, Any]]]:
    """Scan one run of lines in one command, then admit or undo what the script says."""
    first = batch[0]
    where = ("--session", "b1d1", "--station", first.station, "--direction", first.setting)
    lines = "".join(f"{line.at.isoformat()}\t{codes[line.who]}\r\n" for line in batch)
    answers = desk.scan(*where, "-", lines=lines)
    for line, answer in zip(batch, answers, strict=True):
        if line.fate == "admit":
            told = desk.json("admit", answer["fact"], "--reason", "現場確認")
            assert (told["counts"], told["admitted"]) == (True, True)
        if line.fate == "undo":
            told = desk.json("undo", answer["fact"], "--reason", "拿錯名牌")
            assert (told["counts"], told["voided"]) == (False, True)
    return list(zip(batch, answers, strict=True))
