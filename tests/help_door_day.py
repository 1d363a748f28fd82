"""A help day of invented schools on a clock that tests move: event, services, visitors."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factories import ManualClock, Room, copied, moment, new_clock, new_profile, open_room
from place_fakes import FakePreferences, Told, make_desk

from app.domain.help_desk import Consultant, DutyState, LoanKind
from app.domain.visits import Barrier, Outcome, ParkReason, Seat, Visit
from app.help_desk import HelpDesk
from app.services.events import EventService
from app.services.profile import Profile
from app.services.visit_views import IssueForm, VisitForm
from ui.place import Desk
from ui.screens.help_desk.seat import SeatState
from ui.window_services import OpenPlan, ProfileBackups, WindowServices

DAY = date(2023, 9, 12)
ROSTER = """姓名,身分證字號,服務單位,職稱
林采潔,,青山國小,教務主任
周小雨,,青山國小,註冊組長
陳大文,,白雲國小,導師
黃雅婷,,海風國中,人事
"""
UNITS = """學校名稱,鄉鎮
青山國小,山城鄉
青雲國小,山城鄉
白雲國小,山城鄉
海風國中,海邊鎮
竹林國小,竹林鄉
東昇國中,海邊鎮
"""
NAMES = ("諮詢甲", "諮詢乙", "諮詢丙")


@dataclass
class HelpDay:
    """The open event at the first help day, nine o'clock."""

    room: Room
    services: WindowServices
    desk: Desk
    told: Told
    seat: SeatState

    @property
    def help(self) -> HelpDesk:
        return self.services.help_desk

    @property
    def clock(self) -> ManualClock:
        return self.room.clock

    def at(self, text: str) -> None:
        """Let time go by until a time of this day."""
        self.clock.set_to(moment(text, DAY))

    def visitor(self, unit: str, **told: object) -> Visit:
        """Give somebody a number at the door."""
        return self.help.visits.open(VisitForm(unit_text=unit, **told), self.seat.current)

    def on_duty(self, name: str, desk: str) -> Seat:
        """Let a consultant sit down."""
        staff = self.help.consultants.find_or_add(name)
        seat = Seat(session="help1", staff=staff.id, desk=desk)
        self.help.consultants.set_duty(staff.id, DutyState.ON, seat)
        return seat

    def serve(self, visit: Visit, seat: Seat, minutes: int, **issue: object) -> Visit:
        """Serve somebody for some minutes and finish."""
        self.help.visits.call(visit.id, seat)
        self.help.visits.start(visit.id, seat)
        self.clock.pass_ms(minutes * 60_000)
        form = IssueForm(**({"topic": "01", "outcome": Outcome.RESOLVED} | issue))
        return self.help.visits.finish(visit.id, seat, [form])


def make_template(folder: Path) -> Profile:
    """Make the event once; tests copy it."""
    profile = new_profile(folder)
    clock = new_clock()
    clock.set_to(moment("08:20", DAY))
    EventService(profile, clock, actor="tester").create_event("pingtung-112")
    room = open_room(profile, clock)
    units, roster = folder / "units.csv", folder / "roster.csv"
    units.write_text(UNITS, encoding="utf-8-sig")
    roster.write_text(ROSTER, encoding="utf-8-sig")
    room.office.registrations.import_units(units)
    room.office.registrations.import_roster(roster, "b1d1")
    room.office.badges.badges_for("b1d1")
    room.close()
    return profile


def open_day(template: Profile, folder: Path) -> HelpDay:
    """Open a copy of the event at nine o'clock of the first help day."""
    profile = copied(template, folder)
    clock = new_clock()
    clock.set_to(moment("09:00", DAY))
    room = open_room(profile, clock)
    events = EventService(profile, clock, actor="tester")
    services = WindowServices(
        room.desk,
        plan=OpenPlan(room.desk, events),
        backups=ProfileBackups(room.desk, profile),
        profile=profile,
        preferences=FakePreferences(),
    )
    desk, told = make_desk(services)
    desk.station.set_letter("A")
    seat = SeatState(desk, FakePreferences())
    seat.load()
    desk.changes.changed.connect(seat.reload)
    return HelpDay(room, services, desk, told, seat)


def busy_morning(day: HelpDay) -> tuple[Visit, ...]:
    """Let some schools come until a quarter to eleven; return who is still there."""
    first, second = day.on_duty(NAMES[0], "1"), day.on_duty(NAMES[1], "2")
    for unit, minutes in (("竹林國小", 9), ("東昇國中", 12), ("海風國中", 7), ("白雲國小", 14)) * 2:
        day.serve(day.visitor(unit, topic="08"), first, minutes)
    escalated = {
        "outcome": Outcome.ESCALATED, "barriers": (Barrier.SYSTEM_FAULT,), "topic": "04",
        "next_step": "等廠商回覆配課匯入的錯誤",
    }  # fmt: skip
    day.serve(day.visitor("青山國小", name="林采潔", topic="04"), second, 11, **escalated)
    waiting = []
    for unit, told in (
        ("青山國小", {"name": "周小雨", "topic": "0102", "party_size": 2}),
        ("海風國中", {"topic": "11"}),
        ("青雲國小", {"topic": "06"}),
    ):
        waiting.append(day.visitor(unit, **told))
        day.clock.pass_ms(60_000)
    served = day.visitor("東昇國中", topic="02")
    day.help.visits.call(served.id, first)
    day.help.visits.start(served.id, first)
    day.clock.pass_ms(60_000)
    parked = day.visitor("竹林國小", topic="05")
    day.help.visits.call(parked.id, second)
    day.help.visits.start(parked.id, second)
    day.help.visits.park(parked.id, ParkReason.PRACTISING, second)
    day.help.loans.lend(LoanKind.READER, "R1", served.id, first)
    day.at("10:45")
    return (*waiting, served, parked)


def skilled(day: HelpDay, name: str, **skills: int) -> Consultant:
    """Add a consultant who knows topic groups, as `g01=2`."""
    known = {group.removeprefix("g"): level for group, level in skills.items()}
    return day.help.consultants.add(name, skills=known)
