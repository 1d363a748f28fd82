"""After a whole day of people with unmistakable data, none of it can be read anywhere outside.

Looked through: the database and its write-ahead log while open and after closing, backups, files
set aside, keys and markers in the profile, every error's words, everything logged or printed.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import Room, station, write_roster

from app.domain.errors import VenueDeskError
from app.domain.facts import FactId, PersonId
from app.services.care import back_up, back_up_on_schedule, restore, verify_event
from app.services.checkin import WalkIn
from app.services.profile import Profile

NAME, WALKED_IN = "龘靐齉", "鱻麤灪"
NUMBER, WALKED_NUMBER = "A186402719", "B120863158"
PHONE, MAIL = "0918273645", "kanarienvogel"
UNIT, NOTE, READ = "飝龖國小", "對花生過敏爩", "XYZZY-CANARY-READING"
REASON = "家屬籲請麢"
CANARIES = (NAME, WALKED_IN, NUMBER, WALKED_NUMBER, PHONE, MAIL, UNIT, NOTE, READ, REASON)


class Outside:
    """Everything that left the program in words."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def refused(self, act: Callable[[], object]) -> None:
        with pytest.raises(VenueDeskError) as refusal:
            act()
        error = refusal.value
        self.texts += [error.sentence("zh"), error.sentence("en"), repr(error), str(error)]
        self.texts += traceback.format_exception(error)
        self.texts.append(repr(vars(error)))


@pytest.fixture
def outside() -> Outside:
    return Outside()


def people(folder: Path) -> Path:
    header = ("姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "電子郵件", "備註")
    row = (NAME, NUMBER, UNIT, "教師", PHONE, f"{MAIL}@school.example", NOTE)
    return write_roster(folder / "roster-given.csv", [row], header)


def live_a_day(room: Room, folder: Path, outside: Outside) -> None:
    """Everything a desk does in a day, refusals included."""
    desk, office = room.desk, room.office
    file = people(folder)
    office.registrations.import_roster(file, "b1d1")
    file.unlink()
    office.badges.badges_for("b1d1")
    (hit,) = desk.people.find_people(NAME)
    person = hit.card.id
    room.at("08:45")
    scan = desk.checkin.scan_person(person, station())
    form = WalkIn(name=WALKED_IN, unit_text=UNIT, id_number=WALKED_NUMBER, phone=PHONE)
    walked = desk.checkin.walk_in(form, station())
    for raw in (READ, NUMBER, NAME):
        desk.checkin.scan(raw, station())
    desk.checkin.undo_scan(scan.fact_id, REASON)
    office.badges.replace_badge(person, REASON)
    refused = desk.checkin.scan_person(person, station("b2d1"))
    desk.checkin.admit(refused.fact_id, REASON)
    assert walked.person is not None
    guest = walked.person.id
    office.closing.decide(guest, "b1d1", grant=True, reason=REASON)
    office.registrations.cancel_registration(person, "b2d1", REASON)
    office.closing.close_session("b1d1")
    outside.refused(lambda: desk.checkin.undo_scan(scan.fact_id, REASON))
    outside.refused(lambda: desk.checkin.undo_scan(FactId(NAME), REASON))
    outside.refused(lambda: desk.checkin.admit(scan.fact_id, REASON))
    outside.refused(lambda: desk.checkin.scan_person(PersonId(NAME), station()))
    outside.refused(lambda: office.closing.decide(guest, "b1d1", grant=True, reason=REASON))
    outside.refused(lambda: office.badges.replace_badge(PersonId(NUMBER), REASON))
    outside.refused(
        lambda: office.registrations.cancel_registration(PersonId(NAME), "b1d1", REASON)
    )
    empty = WalkIn(name="", unit_text=UNIT, phone=PHONE)
    outside.refused(lambda: desk.checkin.walk_in(empty, station()))
    outside.refused(lambda: office.exports.export("credit", "help", "csv", folder / "x.csv"))
    outside.texts.append(repr(verify_event(desk.context)))
    outside.texts.append(repr(office.closing.find_seal("b1d1")))


def break_the_file(room: Room, outside: Outside) -> None:
    """Errors of the engine while personal data is on its way in and out."""
    connection = room.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    form = WalkIn(name=WALKED_IN * 4000, unit_text=UNIT, id_number=WALKED_NUMBER, phone=PHONE)
    outside.refused(lambda: room.desk.checkin.walk_in(form, station()))
    connection.execute(f"PRAGMA max_page_count={pages * 100}")
    connection.execute("ALTER TABLE person RENAME TO person_gone")
    outside.refused(lambda: room.desk.people.find_people(NAME))
    outside.refused(lambda: room.office.registrations.list_roster("b1d1", text=NAME))
    connection.execute("ALTER TABLE person_gone RENAME TO person")


def readable_in(folder: Path) -> list[str]:
    """Return where a canary can be read, in any of the encodings a file might have."""
    found = []
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for canary in CANARIES:
            for encoding in ("utf-8", "utf-16-le", "big5hkscs"):
                try:
                    wanted = canary.encode(encoding)
                except UnicodeEncodeError:
                    continue
                if wanted in content or canary in path.name:
                    found.append(f"{path.name}: {encoding}")
    return found


def test_nothing_about_people_is_readable_outside(
    empty_room: Room,
    tmp_path: Path,
    outside: Outside,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    room = empty_room
    caplog.set_level(logging.DEBUG)
    live_a_day(room, tmp_path, outside)
    assert back_up_on_schedule(room.profile, room.desk.context)
    back_up(room.desk.context, tmp_path / "stick.vdbackup")
    break_the_file(room, outside)
    names = {path.name for path in room.profile.events_folder.iterdir()}
    assert any(name.endswith("-wal") for name in names)
    assert readable_in(tmp_path) == []
    room.close()
    restore(room.profile, tmp_path / "stick.vdbackup", room.clock)
    assert any(".replaced-" in path.name for path in room.profile.events_folder.iterdir())
    assert readable_in(tmp_path) == []
    printed = capfd.readouterr()
    said = "\n".join([*outside.texts, caplog.text, printed.out, printed.err])
    assert len(outside.texts) > 60
    assert [canary for canary in CANARIES if canary in said] == []


def test_the_search_for_canaries_finds_them_where_they_are(
    profile: Profile, tmp_path: Path
) -> None:
    """Negative control: a roster left lying about, and a plain file of notes."""
    people(tmp_path)
    (tmp_path / "notes.txt").write_text(REASON, "utf-16-le")
    found = readable_in(tmp_path)
    assert "notes.txt: utf-16-le" in found
    assert sum(item.startswith("roster-given.csv") for item in found) >= 5
    assert profile.folder.is_dir()


def test_bodies_of_facts_never_hold_what_is_personal(
    empty_room: Room, tmp_path: Path, outside: Outside
) -> None:
    live_a_day(empty_room, tmp_path, outside)
    rows = empty_room.connection.execute("SELECT body, subject, actor FROM fact").fetchall()
    text = "\n".join(" ".join(row) for row in rows)
    assert [canary for canary in CANARIES if canary in text] == []
    private = "\n".join(
        row[0]
        for row in empty_room.connection.execute("SELECT private FROM fact WHERE private NOTNULL")
    )
    assert [canary for canary in CANARIES if canary not in private] == []
