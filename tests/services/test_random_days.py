"""Random days through the real services: read tables are what a rebuild makes, tallies included.

Each seed is a day of a few hundred acts; a failing seed is in the test's name and plays again.
"""

import io
import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from factories import Room, id_number, person_row, reopened, station, write_roster
from PIL import Image
from visit_random import HelpDay

from app.domain.badge import new_badge_code
from app.domain.errors import VenueDeskError
from app.domain.facts import Draft, FactId, FactKind, PersonId
from app.domain.help_desk import DutyState, LoanKind
from app.domain.visits import Outcome
from app.services.care import rebuild_tables, verify_event
from app.services.checkin import WalkIn
from app.services.visit_views import IssueForm, VisitForm
from db.projection.rows import READ_TABLES
from db.verify import verify

SESSIONS = ("b1d1", "b1d2", "b2d1", "help")
SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 100))]
ACTS = 250
REASONS = ("拿錯名牌", "主任同意", "")


class Day:
    """One person's random acts at a desk; what a rule refuses is refused, and goes on."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room = room
        self.random = random.Random(seed)
        self.done: dict[str, int] = {}
        self.refused = 0
        self.people = list(range(30))

    def live(self, acts: int) -> None:
        kinds = (
            [self.scan] * 12 + [self.undo, self.admit] * 3 + [self.walk_in, self.picked] * 2
            + [self.decide, self.approve, self.close, self.reopen] * 2
            + [self.replace_badge, self.cancel, self.import_roster, self.issue, self.units]
            + [self.merge, self.merge, self.separate]
            + [self.restart] + [self.at_the_help_desk] * 12
        )  # fmt: skip
        for _ in range(acts):
            self.room.clock.pass_ms(self.random.choice([0, 1, 1000, 60_000, 600_000]))
            act = self.random.choice(kinds)
            try:
                act()
                self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
            except VenueDeskError:
                self.refused += 1

    def session(self) -> str:
        return self.random.choice(SESSIONS)

    def person(self) -> PersonId:
        rows = self.room.connection.execute("SELECT id FROM person ORDER BY row").fetchall()
        return PersonId(self.random.choice(rows)[0])

    def a_scan(self) -> FactId:
        rows = self.room.connection.execute(
            "SELECT id FROM fact WHERE kind='scan.recorded' ORDER BY row"
        ).fetchall()
        return FactId(self.random.choice(rows)[0]) if rows else FactId("none")

    def scan(self) -> None:
        issued = self.room.connection.execute(
            "SELECT json_extract(body, '$.code') FROM fact WHERE kind='badge.issued' ORDER BY row"
        )
        codes = [row[0] for row in issued]
        strangers = [
            "NONSENSE",
            id_number(self.random.choice(self.people)),
            new_badge_code(self.room.desk.context.tag, self.random.randbytes(16)),
        ]
        pool = codes if codes and self.random.random() < 0.9 else strangers
        self.room.scan(
            self.random.choice(pool),
            self.session(),
            way=self.random.choice(["in", "out", "auto"]),
            letter=self.random.choice("AB"),
        )

    def picked(self) -> None:
        at = None
        if self.random.random() < 0.5:
            minutes = self.random.randrange(-600, 600)
            at = self.room.desk.context.now() + timedelta(minutes=minutes)
        self.room.desk.checkin.scan_person(self.person(), station(self.session()), at=at)

    def undo(self) -> None:
        self.room.desk.checkin.undo_scan(self.a_scan(), self.random.choice(REASONS))

    def admit(self) -> None:
        self.room.desk.checkin.admit(self.a_scan(), self.random.choice(REASONS))

    def walk_in(self) -> None:
        number = self.random.randrange(40, 80)
        name, number_text, unit, *_ = person_row(number)
        form = WalkIn(name=name, unit_text=unit, id_number=number_text)
        self.room.desk.checkin.walk_in(form, station(self.session()))

    def decide(self) -> None:
        self.room.office.closing.decide(
            self.person(),
            self.session(),
            grant=self.random.random() < 0.5,
            reason=self.random.choice(REASONS),
        )

    def approve(self) -> None:
        self.room.office.closing.approve_clean(self.session())

    def close(self) -> None:
        self.room.office.closing.close_session(self.session())

    def reopen(self) -> None:
        self.room.office.closing.reopen_session(self.session(), self.random.choice(REASONS))

    def replace_badge(self) -> None:
        self.room.office.badges.replace_badge(self.person(), self.random.choice(REASONS))

    def cancel(self) -> None:
        self.room.office.registrations.cancel_registration(
            self.person(), self.session(), self.random.choice(REASONS)
        )

    def merge(self) -> None:
        reason = self.random.choice(REASONS)
        self.room.office.persons.merge(self.person(), self.person(), reason)

    def separate(self) -> None:
        rows = self.room.connection.execute(
            "SELECT person_id FROM person_merge ORDER BY fact_id"
        ).fetchall()
        other = PersonId(self.random.choice(rows)[0]) if rows else self.person()
        self.room.office.persons.separate(other, self.random.choice(REASONS))

    def issue(self) -> None:
        self.room.office.badges.badges_for(self.session())

    def import_roster(self) -> None:
        chosen = self.random.sample(self.people, self.random.randrange(5, 25))
        unit = self.random.choice(["", "縣立海角國小"])
        rows = [person_row(number, unit=unit) for number in chosen]
        file = write_roster(self.room.profile.folder / "r.csv", rows)
        self.room.office.registrations.import_roster(
            file, self.session(), cancel_gone=self.random.random() < 0.5
        )

    def units(self) -> None:
        names = self.random.sample(["星東國小", "星西國小", "星南國小", "海角國小"], 2)
        file = write_roster(
            self.room.profile.folder / "u.csv",
            [(f"縣立{name}", f"0136{at:02d}", "星光鄉") for at, name in enumerate(names)],
            ("學校名稱", "代碼", "鄉鎮市區"),
        )
        self.room.office.registrations.import_units(file)

    def at_the_help_desk(self) -> None:
        day = HelpDay(self.room, self.random)
        self.random.choice(day.acts())()

    def restart(self) -> None:
        self.room = reopened(self.room)


@pytest.fixture(params=SEEDS, ids=str)
def day(request: pytest.FixtureRequest, room: Room) -> Iterator[Day]:
    lived = Day(room, request.param)
    room.at("08:20")
    lived.live(ACTS)
    yield lived
    lived.room.desk.context.database.close()


def test_after_a_random_day_tables_are_what_a_rebuild_makes(day: Day) -> None:
    room = day.room
    assert sum(day.done.values()) > ACTS / 2
    assert len(day.done) >= 10, day.done
    report = verify_event(room.desk.context)
    assert report.is_sound, report
    before = dump(room)
    rebuild_tables(room.desk.context)
    assert dump(room) == before
    assert verify_event(room.desk.context).is_sound
    check_search_index(room)
    check_tallies(room)
    check_one_visit_each(room)
    check_help_days_yield_nothing(room)
    check_credited_once(room)
    check_one_active_badge(room)


def dump(room: Room) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of all read tables, without row numbers."""
    tables = {name: ",".join(table.columns) for name, table in READ_TABLES.items()}
    tables["session_tally"] = "session, expected, arrived, present"
    return {
        name: sorted(room.connection.execute(f"SELECT {columns} FROM {name}").fetchall(), key=repr)  # noqa: S608
        for name, columns in tables.items()
    }


def check_search_index(room: Room) -> None:
    """The index has exactly the people's grams: SQLite compares them itself."""
    room.connection.execute(
        "INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)"
    )


def check_tallies(room: Room) -> None:
    """Counted anew from the tables that a person sees."""
    for session in SESSIONS:
        counted = [
            room.connection.execute(f"SELECT count(*) FROM {rows}", (session,)).fetchone()[0]  # noqa: S608
            for rows in (
                "registration WHERE session=? AND status='active'",
                "attendance WHERE session=? AND first_in_ms NOTNULL",
                "attendance WHERE session=? AND present",
            )
        ]
        counts = room.desk.checkin.counts(session)
        assert [counts.expected, counts.arrived, counts.present] == counted


def check_one_visit_each(room: Room) -> None:
    """One laptop never lets a consultant serve two, nor two consultants hold one."""
    doubles = room.connection.execute(
        "SELECT visit_id FROM visit_claim GROUP BY visit_id HAVING count(*)>1 UNION ALL"
        " SELECT staff FROM visit_claim WHERE state='serving' GROUP BY staff HAVING count(*)>1"
    ).fetchall()
    assert doubles == []


def check_help_days_yield_nothing(room: Room) -> None:
    rows = room.connection.execute("SELECT session FROM credit_decision WHERE granted").fetchall()
    assert ("help",) not in rows


def check_credited_once(room: Room) -> None:
    doubles = room.connection.execute(
        "SELECT person_id, course FROM credit_decision WHERE granted"
        " GROUP BY person_id, course HAVING count(*)>1"
    ).fetchall()
    assert doubles == []


def check_one_active_badge(room: Room) -> None:
    """Nobody has two, but who was merged: both of theirs go on working."""
    doubles = room.connection.execute(
        "SELECT person_id FROM badge WHERE revoked_ms IS NULL"
        " AND person_id NOT IN (SELECT body ->> '$.into' FROM fact WHERE kind='person.merged')"
        " GROUP BY person_id HAVING count(*)>1"
    ).fetchall()
    assert doubles == []


def live_a_help_day(room: Room) -> None:
    """Leave at least one row in every table of the help desk."""
    desk, seat = room.help_desk, room.sit("江采薇")
    desk.consultants.set_duty(seat.staff, DutyState.ON, seat)
    visit = desk.visits.serve_now(VisitForm(unit_text="縣立星東國小"), seat)
    canned = desk.answers.add_canned("otp", "驗證碼", "請等一分鐘")
    form = IssueForm(symptom="空白", outcome=Outcome.ESCALATED, reused=(f"answer:{canned.id}",))
    (issue_id,) = desk.issues.record(visit.id, form, seat).issues
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    desk.attachments.add(visit.id, issue_id, picture.getvalue(), masked=True)
    desk.visits.tally("", seat)
    desk.topics.add("", "其他")
    desk.answers.add_problem("", "成績空白")
    desk.followups.open(visit.id, issue_id, "廠商")
    desk.loans.lend(LoanKind.READER, "R1", visit.id, seat)


def learned_from_others(room: Room) -> list[Draft]:
    """What exchange brings: a clock that was measured, a conflict somebody decided."""
    origin = room.desk.context.journal.origin
    measured = {"incarnation": origin.incarnation, "first_seq": 1, "last_seq": 1}
    decided = {"conflict": "c", "kind": "two_entries", "session": "b1d1", "choice": "keep"}
    return [
        Draft(
            kind=FactKind.CLOCK_CORRECTED,
            subject=f"device:{origin.device}",
            body={**measured, "offset_ms": 5, "error_ms": 1},
        ),
        Draft(
            kind=FactKind.CONFLICT_RESOLVED,
            subject=f"person:{room.person(1)}",
            body=decided,
        ),
    ]


def test_a_table_that_was_tampered_with_is_found_and_healed(room: Room) -> None:
    """Negative control of the comparison: each table in turn."""
    room.at("08:45")
    room.scan(room.code(1))
    room.scan("NONSENSE")
    room.office.closing.decide(room.person(1), "b1d1", grant=True, reason="x")
    room.office.closing.close_session("b1d1")
    room.append(Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": "某校"}))
    room.office.persons.merge(room.person(1), room.person(2), "x")
    live_a_help_day(room)
    room.append(*learned_from_others(room))
    room.append(
        Draft(
            kind=FactKind.STAFF_RECORDED,
            subject="staff:s",
            body={"role": "door", "active": True},
            private={"name": "某甲"},
        )
    )
    changes = {
        "person": "title='x'",
        "staff": "role='organizer'",
        "registration": "origin='moved'",
        "person_merge": "actor='x'",
        "badge": "revoked_ms=1",
        "scan": "counts=1-counts",
        "attendance": "present=1-present",
        "credit_decision": "hours=99",
        "session_state": "actor='x'",
        "session_tally": "present=present+1",
        "event": "rehearsal=1",
        "unit": "name='x'",
        "visit": "state='gone'",
        "visit_claim": "desk='x'",
        "issue": "outcome='resolved'",
        "answer_use": "source='x'",
        "attachment": "masked=1-masked",
        "tally": "topic='x'",
        "consultant": "active=0",
        "duty": "state='break'",
        "topic": "quick=1-quick",
        "answer": "body='x'",
        "problem": "state='closed'",
        "followup": "state='closed'",
        "loan": "back_ms=1",
        "device": "label='x'",
        "clock_correction": "error_ms=error_ms+1",
        "conflict_resolution": "choice='x'",
    }
    assert set(changes) == {*READ_TABLES, "session_tally"}
    for table, change in changes.items():
        room.connection.execute(f"UPDATE {table} SET {change}")  # noqa: S608
        assert f"read_table_differs:{table}" in verify(room.connection).faults
        rebuild_tables(room.desk.context)
        assert verify(room.connection).is_sound
    for table in changes:
        room.connection.execute(f"DELETE FROM {table}")  # noqa: S608
    rebuild_tables(room.desk.context)
    assert verify(room.connection).is_sound
    check_search_index(room)
