"""Two help days played through the real services: every ending, a carried visit, loans, vendors."""

import io
from dataclasses import replace
from datetime import date

from factories import Room, make_plan
from PIL import Image

from app.domain.help_desk import DutyState, LoanKind
from app.domain.plan import Plan, Subtopic, Topic
from app.domain.visits import Barrier, GoneReason, Outcome, ParkReason, Seat, Visit
from app.services.attachments import AttachmentService
from app.services.consultants import ConsultantService
from app.services.followups import FollowupService
from app.services.loans import LoanService
from app.services.visit_views import IssueForm, VisitForm
from app.services.visits import VisitService

DAY1, DAY2 = date(2023, 8, 7), date(2023, 8, 8)
TOPICS = (
    Topic(
        code="01",
        title="帳號與權限",
        title_en="Accounts and access",
        subtopics=(Subtopic(code="0108", title="讀卡機", title_en="Card reader"),),
    ),
    Topic(code="12", title="新生管理", title_en="New students"),
)


def two_day_plan() -> Plan:
    """Return the test plan with a second help day and topics."""
    plan = make_plan()
    first = plan.find_session("help")
    assert first is not None
    second = replace(first, code="help2", title="場次 help2", held_on=DAY2)
    return replace(plan, sessions=(*plan.sessions, second), topics=TOPICS)


def picture() -> bytes:
    """Return a small picture as PNG."""
    file = io.BytesIO()
    Image.new("RGB", (320, 180), "#dde6f2").save(file, "PNG")
    return file.getvalue()


class DeskRoom:
    """A help desk with two consultants, and short words for what happens at it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        context = room.desk.context
        self.visits = VisitService(context)
        self.people = ConsultantService(context)
        self.loans = LoanService(context)
        self.followups = FollowupService(context)
        self.pictures = AttachmentService(context)
        first = self.people.add("林甲文", unit_text="縣立星東國小", title="教師")
        second = self.people.add("伊虹·比岱", unit_text="縣立星西國小", title="主任")
        self.staff = (first.id, second.id)

    def seat(self, who: int = 0, session: str = "help") -> Seat:
        return Seat(session=session, staff=self.staff[who], desk=str(who + 1), station="A")

    def open(self, at: str, unit: str, name: str = "", *, on: date = DAY1, **more) -> Visit:
        self.room.at(at, on)
        session = "help" if on == DAY1 else "help2"
        form = VisitForm(unit_text=unit, name=name, **more)
        return self.visits.open(form, self.seat(session=session))

    def help(
        self, visit: Visit, times: tuple[str, str, str], *issues: IssueForm, on: date = DAY1
    ) -> Visit:
        """Call, start and finish a visit at these times."""
        seat = self.seat(session=visit.session)
        self.room.at(times[0], on)
        self.visits.call(visit.id, seat)
        self.room.at(times[1], on)
        self.visits.start(visit.id, seat)
        self.room.at(times[2], on)
        return self.visits.finish(visit.id, seat, issues or [_solved()])

    def play(self) -> None:
        """Play both days."""
        self.first_day()
        self.second_day()

    def first_day(self) -> None:
        seat = self.seat()
        self.room.at("08:50")
        self.people.set_duty(self.staff[0], DutyState.ON, seat)
        self.people.set_duty(self.staff[1], DutyState.ON, self.seat(1))
        lacking = {"reader": "missing"}
        solved = self.open("09:00", "甲山國小", "王小明", readiness=lacking, party_size=2)
        self.loans.lend(LoanKind.READER, "R-01", solved.id, seat)
        self.help(solved, ("09:10", "09:11", "09:31"))
        hard = self.open("09:05", "乙水國小", "李小華")
        stuck = IssueForm(
            topic="12",
            outcome=Outcome.ESCALATED,
            barriers=(Barrier.SYSTEM_FAULT,),
            symptom="匯入時出現格式不符",
            steps="換瀏覽器",
            next_step="等廠商回覆",
        )
        hard = self.help(hard, ("09:32", "09:33", "09:53"), stuck)
        self.ask_vendor(hard)
        gone = self.open("09:40", "丙林國小")
        self.room.at("10:00")
        self.visits.leave(gone.id, GoneReason.LEFT, seat)
        twice = self.open("10:05", "甲山國小")
        self.visits.leave(twice.id, GoneReason.DUPLICATE, seat)
        parked = self.open("10:10", "丁田國小", "伊虹·測試")
        self.visits.call(parked.id, seat)
        self.visits.start(parked.id, seat)
        self.room.at("10:20")
        self.visits.park(parked.id, ParkReason.PRACTISING, seat)
        self.room.at("10:50")
        self.visits.start(parked.id, seat)
        self.room.at("10:55")
        self.visits.finish(parked.id, seat, [_solved()])
        self.visits.rate(parked.id, 3)
        self.visits.tally("01", seat)
        self.end_first_day()

    def end_first_day(self) -> None:
        late = self.open("15:50", "戊山國小", "陳小美")
        self.room.at("17:10")
        self.visits.carry([late.id], "help2")
        for staff in self.staff:
            self.people.set_duty(staff, DutyState.OFF, self.seat())

    def second_day(self) -> None:
        self.room.at("08:55", DAY2)
        self.people.set_duty(self.staff[0], DutyState.ON, self.seat(session="help2"))
        carried = self.visits.list_visits("help2")[0]
        self.help(carried, ("09:12", "09:13", "09:40"), on=DAY2)
        fresh = self.open("09:30", "乙水國小", "李小華", on=DAY2)
        self.help(fresh, ("09:41", "09:42", "09:55"), on=DAY2)

    def ask_vendor(self, visit: Visit) -> None:
        issue = next(iter(visit.issues))
        self.followups.open(
            visit.id,
            issue,
            "系統廠商甲",
            owner=self.staff[0],
            contact="註冊組長 08-0000000",
            due_on="2023-08-10",
        )
        self.pictures.add(visit.id, issue, picture(), masked=False)


def _solved() -> IssueForm:
    return IssueForm(
        topic="0108",
        outcome=Outcome.RESOLVED,
        symptom="讀卡機沒有反應",
        resolution="換插 USB 孔",
    )
