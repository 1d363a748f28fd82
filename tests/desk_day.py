"""A help day at eight desks of invented schools, over a real encrypted event and a moved clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from factories import ManualClock, Room, copied, moment, new_clock, new_profile, open_room
from place_fakes import FakePreferences

from app.domain.help_desk import Consultant, DutyState
from app.domain.visits import Barrier, Outcome, ParkReason, Seat, Visit
from app.help_desk import HelpDesk
from app.services.events import EventService
from app.services.profile import Profile
from app.services.visit_views import IssueForm, VisitForm
from ui.window_services import OpenPlan, ProfileBackups, WindowServices

DAY = date(2023, 9, 12)
SESSION = "help1"
SCHOOLS = (
    "青山國小",
    "白雲國小",
    "海風國中",
    "竹林國小",
    "東昇國中",
    "月光國小",
    "南溪國小",
    "星光國小",
)
PEOPLE = ("林采潔", "周小雨", "陳大文", "黃雅婷", "郭冠宇", "邱淑芬", "廖俊傑", "賴佳蓉")
CONSULTANTS = ("諮詢甲", "諮詢乙", "諮詢丙", "諮詢丁", "諮詢戊", "諮詢己", "諮詢庚", "諮詢辛")
TOPICS = ("0108", "0109", "0201", "0303", "0404", "0601", "1101", "0101")


def make_template(folder: Path) -> Profile:
    """Make the event once; tests copy it."""
    profile = new_profile(folder)
    clock = new_clock()
    clock.set_to(moment("08:20", DAY))
    EventService(profile, clock, actor="tester").create_event("pingtung-112")
    return profile


@dataclass
class DeskDay:
    """The open event on its first help day, with short words for what people do."""

    room: Room
    services: WindowServices
    people: list[Consultant] = field(default_factory=list)

    @property
    def help(self) -> HelpDesk:
        return self.services.help_desk

    @property
    def clock(self) -> ManualClock:
        return self.room.clock

    def at(self, text: str) -> None:
        self.clock.set_to(moment(text, DAY))

    def sit(self, number: int) -> Seat:
        """Let the consultant of a number sit down at the desk of that number."""
        one = self.help.consultants.find_or_add(CONSULTANTS[number - 1])
        seat = Seat(session=SESSION, staff=one.id, desk=str(number), station="A")
        self.help.consultants.set_duty(one.id, DutyState.ON, seat)
        return seat

    def come(self, number: int, **told: object) -> Visit:
        """Let the visitor of a number take a ticket."""
        form = {
            "unit_text": SCHOOLS[number % len(SCHOOLS)],
            "name": PEOPLE[number % len(PEOPLE)],
            "title": ("教務主任", "註冊組長", "人事")[number % 3],
            "topic": TOPICS[number % len(TOPICS)],
        }
        door = Seat(session=SESSION, station="A")
        return self.help.visits.open(VisitForm(**(form | told)), door)

    def serve(self, visit: Visit, seat: Seat, minutes: float, **issue: object) -> Visit:
        """Serve somebody for some minutes and finish."""
        self.help.visits.call(visit.id, seat)
        self.help.visits.start(visit.id, seat)
        self.clock.pass_ms(round(minutes * 60_000))
        told = {"topic": visit.topic, "outcome": Outcome.RESOLVED} | issue
        return self.help.visits.finish(visit.id, seat, [IssueForm(**told)])


def open_day(template: Profile, folder: Path) -> DeskDay:
    """Open a copy of the event at nine o'clock of its first help day."""
    profile = copied(template, folder)
    clock = new_clock()
    clock.set_to(moment("09:00", DAY))
    room = open_room(profile, clock)
    services = WindowServices(
        room.desk,
        plan=OpenPlan(room.desk, EventService(profile, clock, actor="tester")),
        backups=ProfileBackups(room.desk, profile),
        profile=profile,
        preferences=FakePreferences(),
    )
    return DeskDay(room, services)


def busy_day(day: DeskDay, waiting: int = 40) -> Sequence[Seat]:
    """Let the help desk be busy at 10:40; the first seat holds nobody yet."""
    seats = [day.sit(number) for number in range(1, 6)]
    for number in range(8):
        day.serve(
            day.come(number), seats[number % 2], 6 + number % 5,
            symptom="自然人憑證插入後畫面顯示「找不到讀卡機」",
            resolution="改插主機後方的 USB 埠，重新整理登入頁後就讀得到。",
        )  # fmt: skip
    escalated = {
        "outcome": Outcome.ESCALATED,
        "barriers": (Barrier.SYSTEM_FAULT,),
        "symptom": "匯入配課表後科目節數變成 0",
    }
    before = day.serve(day.come(0, topic="0404"), seats[1], 11, **escalated)
    day.at("10:05")
    back = day.come(0, return_of=before.id, party_size=2, topic="0404", note="上次說等廠商回覆",
             readiness={"card": "ok", "reader": "missing", "otp_phone": "ok"})  # fmt: skip
    come = [back]
    for number in range(waiting + 5):
        day.clock.pass_ms(40_000)
        come.append(day.come(number + 1, name=f"{PEOPLE[number % 8]}{number}"))
    day.at("10:38")
    day.help.visits.set_priority(come[12].id, 1, "行動不便或懷孕")
    for seat, visit, minutes in zip(seats[1:], come[1:5], (9, 4, 2, 0), strict=True):
        day.help.visits.call(visit.id, seat)
        if minutes:
            day.help.visits.start(visit.id, seat)
    parked = come[5]
    day.help.visits.call(parked.id, seats[0])
    day.help.visits.start(parked.id, seats[0])
    wake_at = moment("10:55", DAY)
    day.help.visits.park(parked.id, ParkReason.PRACTISING, seats[0], wake_at=wake_at)
    day.at("10:40")
    return seats
