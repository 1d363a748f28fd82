"""Live figures are those of a laptop's read tables, whatever order facts come in."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from factories import make_help_plan, moment, new_event, person_name
from live_days import UNITS, LiveDay, close_live_day, open_live_day
from sqlalchemy import Connection, text

from app.domain.clock import ms_of
from app.hub.live import EventFollower, LiveEvents
from app.hub.live_parts import parts_of
from app.hub.live_source import HubLiveSource, Reach
from app.services.profile import Profile

SESSIONS = ("b1d1", "b1d2", "b2d1")


@pytest.fixture(scope="module")
def live_template(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return new_event(tmp_path_factory.mktemp("live") / "profile", make_help_plan())


@pytest.fixture
def day(live_template: Profile, tmp_path: Path) -> Iterator[LiveDay]:
    opened = open_live_day(live_template, tmp_path)
    opened.stock()
    yield opened
    close_live_day(opened)


def read(day: LiveDay) -> dict:
    """Return what the page would get now, from the hub's facts."""
    live = LiveEvents(HubLiveSource(day.database), day.clock.wall_ms, fresh=0)
    figures = live.figures(day.event_id)
    assert figures.document["complete"]
    return json.loads(figures.body)


def session_of(document: dict, code: str) -> dict:
    return next(item for item in document["sessions"] if item["code"] == code)


def arrive(day: LiveDay, numbers: Sequence[int], at: str) -> None:
    day.room.at(at)
    for number in numbers:
        day.clock.pass_ms(3_000)
        day.room.scan(day.room.code(number))


def check_against_tables(day: LiveDay, document: dict) -> None:
    """Compare every figure with the read tables and services of the laptop."""
    room = day.room
    for code in SESSIONS:
        counts = room.desk.checkin.counts(code)
        shown = session_of(document, code)
        assert (shown["expected"], shown["arrived"], shown["present"]) == (
            counts.expected,
            counts.arrived,
            counts.present,
        )
        assert sum(shown["arrivals"]["counts"]) == counts.arrived
    for course in ("day1", "day2"):
        sessions = [item for item in document["sessions"] if item["course_code"] == course]
        shown_missing = [unit["name"] for item in sessions for unit in item["missing"]]
        shown_missing += [unit["name"] for unit in document["missing_anywhere"][course]]
        missing = room.office.registrations.missing_units(course)
        assert sorted(set(shown_missing)) == sorted(unit.name for unit in missing)
    numbers = room.help_desk.visits.numbers("help")
    shown = session_of(document, "help")["help"]
    for name in ("arrived", "waiting", "called", "serving", "parked", "done", "gone", "tallies"):
        assert shown[name] == getattr(numbers, name), name
    assert shown["longest_wait_min"] == numbers.longest_wait_min


def test_figures_follow_a_day_and_equal_the_laptops_tables(day: LiveDay) -> None:
    live = LiveEvents(HubLiveSource(day.database), day.clock.wall_ms, fresh=0)

    def check() -> dict:
        day.tell_hub()
        document = json.loads(live.figures(day.event_id).body)
        check_against_tables(day, document)
        assert document == read(day), "counting on gives what counting from the start gives"
        return document

    assert check()["plan"]["units"] == len(UNITS)
    arrive(day, (0, 1, 4), "08:41")
    first = day.visit(UNITS[0][0], "05")
    day.clock.pass_ms(11 * 60_000)
    second = day.visit(UNITS[1][0])
    document = check()
    assert session_of(document, "b1d1")["state"] == "signing_in"
    assert [unit["name"] for unit in session_of(document, "b1d1")["missing"]] == [
        "縣立星南國小",
        "縣立星北國小",
    ]
    assert session_of(document, "b1d1")["missing"][0] == {
        "name": "縣立星南國小",
        "township": "星光鄉",
        "region": "山區",
        "phone": "081230003",
        "people": 3,
    }
    assert [unit["name"] for unit in document["missing_anywhere"]["day1"]] == ["縣立月光國小"]
    assert session_of(document, "help")["help"]["longest_wait_min"] == 11
    day.serve(first, finish=True)
    day.room.help_desk.visits.call(second.id, day.seat("諮詢乙", "2"))
    day.room.help_desk.visits.tally("08", day.seat())
    arrive(day, (2, 3, 0), "09:20")  # number 0 goes out
    document = check()
    topics = session_of(document, "help")["help"]["topics"]
    assert {item["code"]: item["count"] for item in topics} == {"05": 1, "08": 1}
    day.room.help_desk.visits.send_back(second.id, day.seat("諮詢乙", "2"))
    day.clock.pass_ms(30 * 60_000)
    scan = day.room.scan(day.room.code(5))
    assert scan.fact_id is not None
    day.room.desk.checkin.undo_scan(scan.fact_id, "刷錯")
    day.room.office.registrations.cancel_registration(day.room.person(7), "b1d1", "調走")
    check()


def test_two_records_of_one_person_count_once(day: LiveDay) -> None:
    live = LiveEvents(HubLiveSource(day.database), day.clock.wall_ms, fresh=0)
    persons, room = day.room.office.persons, day.room

    def check() -> None:
        day.tell_hub()
        document = json.loads(live.figures(day.event_id).body)
        check_against_tables(day, document)
        assert document == read(day)

    arrive(day, (0, 1), "08:41")
    one, two, three = (room.person(number) for number in (0, 1, 2))
    check()
    persons.merge(one, two, "同一人")
    check()
    persons.merge(three, one, "同一人")
    arrive(day, (4,), "08:50")
    check()
    persons.separate(two, "認錯")
    check()
    persons.separate(one, "認錯")
    check()


def test_no_personal_data_reaches_the_page(day: LiveDay) -> None:
    arrive(day, range(6), "08:41")
    day.serve(day.visit(UNITS[0][0], "05"), finish=True)
    day.tell_hub()
    body = json.dumps(read(day), ensure_ascii=False)
    for secret in (*map(person_name, range(12)), "0912", "A1000", "林采潔", "school.example"):
        assert secret not in body


def test_facts_in_any_order_and_twice_give_the_same_figures(day: LiveDay) -> None:
    arrive(day, range(8), "08:41")
    day.visit(UNITS[2][0], "01")
    follower = EventFollower(HubLiveSource(day.database), day.event_id)
    chance = random.Random(11)
    day.tell_hub()
    follower.advance()
    subjects = sorted(
        HubLiveSource(day.database).touched(day.event_id, Reach({}, 0), follower.reach)
    )
    found = HubLiveSource(day.database).facts_of(day.event_id, subjects)
    before = (dict(follower.counts.sessions), dict(follower.counts.help_days))
    for subject in chance.sample(subjects, len(subjects)):
        facts = list(found[subject]) * 2
        chance.shuffle(facts)
        follower.counts.replace(subject, parts_of(subject, facts))
    assert (dict(follower.counts.sessions), dict(follower.counts.help_days)) == before


def test_a_slice_at_a_time_comes_to_the_same_and_says_how_far_it_is(
    day: LiveDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(day, range(8), "08:41")
    day.tell_hub()
    monkeypatch.setattr("app.hub.live.SUBJECTS_AT_ONCE", 3)
    follower = EventFollower(HubLiveSource(day.database), day.event_id)
    looks = 0
    while not follower.is_complete or looks == 0:
        follower.advance(seconds=0)
        looks += 1
        done, known = follower.progress
        assert 0 < done <= known
        assert follower.counts.event is not None, "the plan comes first"
    assert looks > 3
    assert follower.counts.sessions["b1d1"].arrived == 8


def test_newer_kinds_and_shapes_do_not_stop_the_page(day: LiveDay) -> None:
    arrive(day, (0,), "08:41")
    day.tell_hub()

    def change(connection: Connection) -> None:
        first = "WHERE id=(SELECT id FROM hub_fact WHERE kind=:kind LIMIT 1)"
        strange = {"kind": "unit.added", "body": '{"name":"某校","level":"space"}'}
        connection.execute(text("UPDATE hub_fact SET body=:body " + first), strange)  # noqa: S608 - constants
        newer = {"kind": "badge.issued", "newer": "drone.landed"}
        connection.execute(text("UPDATE hub_fact SET kind=:newer " + first), newer)  # noqa: S608 - constants

    day.database.write(change)
    document = read(day)
    assert document["not_understood"] == 1
    assert session_of(document, "b1d1")["arrived"] == 1


def test_a_restored_database_is_counted_anew(day: LiveDay) -> None:
    arrive(day, range(4), "08:41")
    day.tell_hub()
    follower = EventFollower(HubLiveSource(day.database), day.event_id)
    follower.advance()
    assert follower.counts.sessions["b1d1"].arrived == 4

    def forget(connection: Connection) -> None:
        for table in ("hub_fact", "hub_chain", "hub_signed_head"):
            connection.execute(text("DELETE FROM " + table))  # noqa: S608 - constants

    day.database.write(forget)
    follower.advance()
    assert follower.counts.event is None
    assert not follower.counts.sessions
    day.tell_hub()
    follower.advance()
    assert follower.counts.sessions["b1d1"].arrived == 4


@pytest.mark.parametrize(
    ("time", "on", "state"),
    [
        ("07:00", date(2023, 8, 6), "upcoming"),
        ("07:00", date(2023, 8, 7), "today"),
        ("08:45", date(2023, 8, 7), "signing_in"),
        ("09:00", date(2023, 8, 7), "running"),
        ("17:00", date(2023, 8, 7), "over"),
    ],
)
def test_a_session_says_where_it_stands(day: LiveDay, time: str, on: date, state: str) -> None:
    day.tell_hub()
    day.clock.wall = ms_of(moment(time, on))
    assert session_of(read(day), "b1d1")["state"] == state


def test_stations_and_their_contact(day: LiveDay) -> None:
    day.tell_hub()
    (station,) = read(day)["stations"]
    assert station["facts"] == day.room.fact_count()
    assert station["last_contact_ms"] == day.clock.wall_ms() // 5_000 * 5_000
    assert not station["here"], "nobody enrolled it here: it came by way of another hub"
