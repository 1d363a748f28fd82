"""Real events for tests: a small invented plan, invented people, clocks that stand still."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from app.bootstrap import Desk, open_desk
from app.domain.clock import ms_of
from app.domain.facts import Draft, Fact, FactId, PersonId
from app.domain.plan import (
    AgendaItem,
    Batch,
    Course,
    EventSession,
    Plan,
    Region,
    SessionKind,
    Subtopic,
    Topic,
    Venue,
)
from app.domain.verdict import StationDirection
from app.domain.visits import Seat
from app.help_desk import HelpDesk, build_help_desk
from app.office import Office, build_office
from app.services.checkin import ScanOutcome, Station
from app.services.events import EventService
from app.services.profile import Profile, open_profile
from db.engine import Connection

TAIPEI = ZoneInfo("Asia/Taipei")
FIRST_DAY = date(2023, 8, 7)
KEY = "0f" * 32
HEADER = ("姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "電子郵件")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1)
_SURNAMES = "林陳黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐"
_GIVEN = "采安宇晴承恩品妍子軒柏睿心怡冠廷雅筑明哲書瑋"


@dataclass(slots=True)
class ManualClock:
    """Clocks that move only when a test moves them; wall and monotonic together."""

    wall: int
    mono: int = 5_000_000
    boot: str = "boot-1"
    tz: int = 480

    def wall_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def boot_id(self) -> str:
        return self.boot

    def tz_minutes(self) -> int:
        return self.tz

    def pass_ms(self, passed: int) -> None:
        self.wall += passed
        self.mono += passed

    def set_to(self, moment: datetime) -> None:
        """Let time go by until a moment (or back to it, as if nothing had been set)."""
        self.pass_ms(ms_of(moment) - self.wall)


def moment(text: str, on: date = FIRST_DAY) -> datetime:
    """Return a local time of the venue: `08:50` on the first day."""
    return datetime.combine(on, time.fromisoformat(text), tzinfo=TAIPEI)


def new_clock(text: str = "07:00") -> ManualClock:
    return ManualClock(ms_of(moment(text)))


def make_plan() -> Plan:
    """Two days; the first one's course is given to two batches; a help day beside it."""
    lunch = AgendaItem(kind="break", title="午餐", starts_at=time(12), ends_at=time(13))
    return Plan(
        code="test-days",
        title="雲海縣測試研習",
        organiser="雲海縣立教師研習中心",
        timezone="Asia/Taipei",
        county="雲海縣",
        sessions=(
            _session("b1d1", "day1", date(2023, 8, 7), "north"),
            _session("b1d2", "day2", date(2023, 8, 8), "north"),
            _session("b2d1", "day1", date(2023, 8, 14), "south"),
            _session("help", "clinic", date(2023, 8, 7), "", SessionKind.HELPDESK),
        ),
        courses=(
            Course(code="day1", title="第一天課程", hours=8, agenda=(lunch,)),
            Course(code="day2", title="第二天課程", hours=3, agenda=(lunch,)),
            Course(code="clinic", title="駐點諮詢", hours=0),
        ),
        venues=(Venue(code="hall", name="研習中心禮堂"),),
        batches=(Batch(code="north", title="第一梯次"), Batch(code="south", title="第二梯次")),
        regions=(
            Region(name="山區", batch="north", townships=("星光鄉",)),
            Region(name="海區", batch="south", townships=("海口鎮",)),
        ),
    )


def make_help_plan() -> Plan:
    """The plan with a second help day and topics."""
    plan = make_plan()
    second = _session("help2", "clinic", date(2023, 8, 8), "", SessionKind.HELPDESK)
    topics = (
        Topic(code="01", title="帳號", title_en="Accounts"),
        Topic(
            code="05",
            title="參數",
            title_en="Parameters",
            subtopics=(Subtopic(code="0501", title="學期"), Subtopic(code="0503", title="節次")),
        ),
        Topic(code="08", title="學籍", title_en="Registry"),
    )
    return replace(plan, sessions=(*plan.sessions, second), topics=topics)


def _session(
    code: str, course: str, on: date, batch: str, kind: SessionKind = SessionKind.BRIEFING
) -> EventSession:
    return EventSession(
        code=code,
        kind=kind,
        course=course,
        title=f"場次 {code}",
        held_on=on,
        venue="hall",
        batch=batch,
        sign_in_from=time(8, 30),
        sign_in_until=time(9),
        starts_at=time(9),
        ends_at=time(17),
        registration="required" if kind is SessionKind.BRIEFING else "none",
    )


def id_number(number: int) -> str:
    """Return an invented ID number with a right checksum."""
    digits = f"1{number:07d}"
    total = 1 + sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return f"A{digits}{-total % 10}"


def person_name(number: int) -> str:
    """Return an invented name, another one for each number below 8000."""
    rest, second = divmod(number, 20)
    third, first = divmod(rest, 20)
    return _SURNAMES[first] + _GIVEN[second] + _GIVEN[(third * 7 + second + 3) % 20]


def person_row(number: int, *, unit: str = "") -> tuple[str, ...]:
    """Return a person's roster line."""
    return (
        person_name(number),
        id_number(number),
        unit or f"縣立星{'東西南北中'[number % 5]}國小",
        ("教務主任", "註冊組長", "導師")[number % 3],
        f"0912{number:06d}",
        f"p{number:04d}@school.example",
    )


def write_roster(file: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    """Write a roster as CSV."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return file


@dataclass(slots=True)
class Room:
    """An open event with every service, a clock to move, and short words for the door."""

    profile: Profile
    clock: ManualClock
    desk: Desk
    office: Office

    @property
    def connection(self) -> Connection:
        return self.desk.context.database.connection()

    @property
    def help_desk(self) -> HelpDesk:
        return build_help_desk(self.desk.context)

    def sit(self, name: str, desk: str = "1", *, letter: str = "A", **skills: int) -> Seat:
        """Let a consultant (known or new) sit down at a desk; skills as `t05=2`."""
        people = self.help_desk.consultants
        who = people.find_or_add(name)
        if skills:
            who = people.amend(who.id, skills={key[1:]: level for key, level in skills.items()})
        return Seat(session="help", staff=who.id, desk=desk, station=letter)

    @property
    def file(self) -> Path:
        return self.desk.context.database.path

    def at(self, text: str, on: date = FIRST_DAY) -> None:
        self.clock.set_to(moment(text, on))

    def scan(
        self, code: str, session: str = "b1d1", *, way: str = "auto", letter: str = "A"
    ) -> ScanOutcome:
        return self.desk.checkin.scan(code, station(session, way, letter))

    def import_people(
        self, numbers: Iterable[int], session: str = "b1d1", *, unit: str = ""
    ) -> None:
        file = write_roster(
            self.profile.folder / "roster.csv", [person_row(at, unit=unit) for at in numbers]
        )
        self.office.registrations.import_roster(file, session)
        file.unlink()

    def person(self, number: int) -> PersonId:
        """Return the id of the person with this number's invented ID number."""
        row = self.connection.execute(
            "SELECT id FROM person WHERE id_number=?", (id_number(number),)
        ).fetchone()
        return PersonId(row[0])

    def code(self, number: int) -> str:
        """Return the person's active badge code."""
        row = self.connection.execute(
            "SELECT code FROM badge WHERE person_id=? AND revoked_ms IS NULL",
            (self.person(number),),
        ).fetchone()
        return str(row[0])

    def append(self, *drafts: Draft) -> list[Fact]:
        """Record facts as a peer or another version might."""
        context = self.desk.context
        with context.database.write() as connection:
            return context.journal.append(connection, drafts)

    def fact_count(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM fact").fetchone()[0])

    def fact_ids(self) -> list[FactId]:
        return [FactId(row[0]) for row in self.connection.execute("SELECT id FROM fact")]

    def close(self) -> None:
        self.desk.close()


def station(session: str = "b1d1", way: str = "auto", letter: str = "A") -> Station:
    return Station(session=session, direction=StationDirection(way), letter=letter)


def new_profile(folder: Path) -> Profile:
    """Return a profile whose key lies in it, so that no keyring is asked."""
    profile = open_profile(folder)
    (folder / "key").write_text(KEY, "ascii")
    (folder / "key").chmod(0o600)
    return profile


def new_event(folder: Path, plan: Plan | None = None) -> Profile:
    """Make a profile with one empty event in it."""
    profile = new_profile(folder)
    EventService(profile, new_clock(), actor="tester").create_from(plan or make_plan())
    return profile


def open_room(profile: Profile, clock: ManualClock | None = None) -> Room:
    """Open the profile's current event with all services."""
    used = clock or new_clock()
    desk = open_desk(EventService(profile, used, actor="tester"))
    return Room(profile, used, desk, build_office(desk.context))


def reopened(room: Room) -> Room:
    """Close an event and open it again, as after a restart."""
    room.close()
    return open_room(room.profile, room.clock)


def copied(profile: Profile, folder: Path) -> Profile:
    """Copy a closed profile, so that a test may do with it what it likes."""
    shutil.copytree(profile.folder, folder)
    return Profile(folder)


def stocked_event(folder: Path) -> Profile:
    """Make an event with 12 people on b1d1, 4 others on b2d1, and badges for all."""
    room = open_room(new_event(folder))
    room.import_people(range(12))
    room.import_people(range(20, 24), "b2d1")
    room.office.badges.badges_for("b1d1")
    room.office.badges.badges_for("b2d1")
    room.close()
    return room.profile
