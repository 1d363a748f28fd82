"""`conflicts`: listed, decided and taken back; the same answer at every laptop."""

import shutil
from pathlib import Path

import pytest
from command_line import VenueDesk
from workshop import DAY, Workshop

from app.bootstrap import Desk, build_events, open_desk
from app.services.care import begin_incarnation
from app.system_clock import SystemClock
from db.journal import COLUMNS
from db.merging import store_foreign


@pytest.fixture
def pair(workshop: Workshop, key_file: Path, tmp_path: Path) -> tuple[VenueDesk, VenueDesk]:
    """Two laptops where the same person came in, which have met since."""
    second = VenueDesk(tmp_path / "second")
    shutil.copytree(workshop.desk.profile, second.profile)
    profile, _ = build_events(second.profile)
    event_id = profile.list_event_ids()[0]
    key = key_file.read_text("ascii").strip()
    begin_incarnation(profile.event_path(event_id), key, event_id, SystemClock())
    code = workshop.codes[0]
    for desk, station, minute in ((workshop.desk, "A", "40"), (second, "B", "45")):
        at = ("--at", f"{DAY}T08:{minute}:00+08:00")
        desk.scan("--session", "am", "--station", station, "--direction", "in", *at, code)
    meet(workshop.desk, second)
    return workshop.desk, second


def opened(desk: VenueDesk) -> Desk:
    return open_desk(build_events(desk.profile)[1])


def meet(one: VenueDesk, two: VenueDesk) -> None:
    """Let both take what the other has."""
    desks = (opened(one), opened(two))
    for here, there in (desks, desks[::-1]):
        database, event_id = here.context.database, here.context.event_id
        rows = list(
            there.context.database.connection().execute(
                f"SELECT {COLUMNS} FROM fact ORDER BY row"  # noqa: S608 - constants
            )
        )
        with database.write() as connection:
            store_foreign(connection, rows, event_id=event_id, wall_ms=SystemClock().wall_ms())
    for desk in desks:
        desk.close()


def test_both_list_decide_and_agree(pair: tuple[VenueDesk, VenueDesk]) -> None:
    one, two = pair
    told = one.json("conflicts", "--session", "am")
    assert told["open"] == 1
    (card,) = told["conflicts"]
    assert two.json("conflicts", "--session", "am") == told
    assert card["kind"] == "two_entries"
    assert [scan["station"] for scan in card["scans"]] == ["A", "B"]
    assert [scan["verdict"] for scan in card["scans"]] == ["checked_in", "checked_in"]
    assert [scan["reconciled"] for scan in card["scans"]] == ["checked_in", "already_in"]
    assert card["suggestion"]["choice"] == "keep"
    named = ("--person", card["person"], "--conflict", card["conflict"])
    done = two.json("conflicts", "resolve", *named, "--choice", "keep", "--reason", "同一個人")
    assert done["resolution"]["reason"] == "同一個人"
    meet(one, two)
    for desk in pair:
        assert desk.json("conflicts")["open"] == 0
        assert desk.json("conflicts", "--decided")["conflicts"] == [done]
    assert one.json("conflicts", "undo", *named, "--reason", "按錯")["resolution"] is None
    assert one.json("conflicts")["open"] == 1
    plain = one("conflicts")
    assert plain.status == 0
    assert card["conflict"] in plain.out


def test_a_wrong_choice_and_a_missing_reason_are_refused_in_words(
    pair: tuple[VenueDesk, VenueDesk],
) -> None:
    one, _ = pair
    (card,) = one.json("conflicts")["conflicts"]
    named = ("--person", card["person"], "--conflict", card["conflict"])
    wrong = one("conflicts", "resolve", *named, "--choice", "forget", "--reason", "x")
    assert wrong.status == 1
    assert "keep, void, count or move" in wrong.err
    empty = one("conflicts", "resolve", *named, "--choice", "keep", "--reason", " ")
    assert empty.status == 1
    assert "reason" in empty.err
    unknown = one(
        "conflicts", "resolve", "--person", card["person"], "--conflict", "0" * 16,
        "--choice", "keep", "--reason", "x",
    )  # fmt: skip
    assert unknown.status != 0
    assert "no such conflict" in unknown.err
