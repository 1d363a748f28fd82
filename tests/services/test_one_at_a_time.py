"""Several hands at one event at once: one badge admits once, and every act is answered."""

import threading
from collections.abc import Callable
from dataclasses import replace

from at_once import HastyDatabase, all_at_once
from factories import Room, station

from app.domain.errors import Conflict, VenueDeskError
from app.services.care import verify_event
from app.services.checkin import CheckinService
from app.services.context import EventContext
from db.engine import Database

HANDS = 4
ROUNDS = 20


def scanning(context: EventContext, code: str, letter: str) -> Callable[[], object]:
    service = CheckinService(context)
    return lambda: service.scan(code, station(letter=letter)).verdict.value


def test_four_hands_scan_one_badge_and_it_is_admitted_once(room: Room) -> None:
    context = room.desk.context
    room.import_people(range(40, 40 + ROUNDS))
    room.office.badges.badges_for("b1d1")
    room.at("08:45")
    for number in range(ROUNDS):
        code = room.code(40 + number)
        answers = all_at_once([scanning(context, code, letter) for letter in "ABCD"])
        assert sorted(map(str, answers)) == ["already_in"] * (HANDS - 1) + ["checked_in"]
        assert room.desk.checkin.counts("b1d1").arrived == number + 1
    doubles = room.connection.execute(
        "SELECT person_id FROM scan WHERE counts GROUP BY person_id HAVING count(*)>1"
    ).fetchall()
    assert doubles == []
    assert verify_event(context).is_sound


def test_separate_programs_on_one_file_wait_for_each_other(room: Room) -> None:
    """As the window and the command line do: each with connections and services of its own."""
    context = room.desk.context
    others = [Database(room.file, context.database._key) for _ in range(HANDS)]
    contexts = [replace(context, database=database) for database in others]
    room.at("08:45")
    for number in range(8):
        code = room.code(number)
        answers = all_at_once(
            [scanning(one, code, letter) for one, letter in zip(contexts, "ABCD", strict=True)]
        )
        assert sorted(map(str, answers)) == ["already_in"] * (HANDS - 1) + ["checked_in"]
    for database in others:
        database.close()
    assert verify_event(context).is_sound


def test_looking_before_locking_would_fail_the_proof_above(room: Room) -> None:
    """Negative control: a deferred transaction leaves three of four hands without an answer."""
    context = room.desk.context
    hasty = HastyDatabase(context.database, threading.Barrier(HANDS))
    control = replace(context, database=hasty)
    room.at("08:45")
    answers = all_at_once([scanning(control, room.code(1), letter) for letter in "ABCD"])
    hasty.close()
    assert sum(isinstance(answer, Conflict) for answer in answers) == HANDS - 1
    assert answers.count("checked_in") == 1
    assert verify_event(context).is_sound


def test_one_scan_is_admitted_undone_and_moved_once(room: Room) -> None:
    room.at("08:45")
    for number in range(20, 24):
        refused = room.scan(room.code(number))
        room.clock.pass_ms(1000)
        admit = [lambda fact=refused: room.desk.checkin.admit(fact.fact_id, "x")] * HANDS
        assert [isinstance(a, VenueDeskError) for a in all_at_once(admit)].count(False) == 1
        undo = [lambda fact=refused: room.desk.checkin.undo_scan(fact.fact_id, "x")] * HANDS
        assert [isinstance(a, VenueDeskError) for a in all_at_once(undo)].count(False) == 1
    assert verify_event(room.desk.context).is_sound


def test_badges_are_issued_once_however_many_print(room: Room) -> None:
    room.import_people(range(30, 40))
    prints = [lambda: room.office.badges.badges_for("b1d1")] * HANDS
    printed = all_at_once(prints)
    assert printed == [printed[0]] * HANDS
    doubles = room.connection.execute(
        "SELECT person_id FROM badge WHERE revoked_ms IS NULL GROUP BY person_id HAVING count(*)>1"
    ).fetchall()
    assert doubles == []


def test_clean_proposals_are_approved_once(room: Room) -> None:
    for text in ("08:45", "17:00"):
        room.at(text)
        for number in range(12):
            room.clock.pass_ms(1000)
            room.scan(room.code(number))
    answers = all_at_once([lambda: room.office.closing.approve_clean("b1d1")] * HANDS)
    assert sorted(map(int, map(str, answers))) == [0, 0, 0, 12]


def test_readers_go_on_while_everybody_writes(room: Room) -> None:
    room.at("08:45")
    codes = [room.code(number) for number in range(12)]
    context = room.desk.context
    done = threading.Event()
    seen: list[int] = []
    wrong: list[object] = []

    def read() -> None:
        while not done.is_set():
            counts = room.desk.checkin.counts("b1d1")
            recent = room.desk.checkin.recent_scans("b1d1", limit=50)
            seen.append(counts.arrived)
            if len(recent) < counts.arrived:
                wrong.append((counts, len(recent)))

    reader = threading.Thread(target=read)
    reader.start()
    for code in codes:
        scanning(context, code, "A")()
    done.set()
    reader.join()
    assert not wrong
    assert seen == sorted(seen)
