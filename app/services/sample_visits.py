"""The sample day's help desk: a day that is over and a morning that has begun, all invented."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from app.domain.help_desk import Consultant, DutyState, LoanKind
from app.domain.people import Unit
from app.domain.plan import EventSession, SessionKind
from app.domain.visits import Barrier, GoneReason, Outcome, ParkReason, Seat
from app.services.consultants import ConsultantService
from app.services.context import EventContext
from app.services.loans import LoanService
from app.services.visit_views import IssueForm, VisitForm
from app.services.visits import VisitService
from db.queries.units import list_units

VISITS_A_DAY = 36
THIS_MORNING = 7
CONSULTANTS = (
    ("江采薇", {"05": 2, "08": 1}),
    ("葉承翰", {"01": 2, "14": 1}),
    ("潘玉婷", {"09": 2}),
)
CASES = (
    IssueForm(
        topic="01",
        outcome=Outcome.RESOLVED,
        symptom="登入後看不到註冊組的功能",
        resolution="由學校 AA 帳號補上處室權限後重新登入",
    ),
    IssueForm(
        topic="05",
        outcome=Outcome.RESOLVED_NEXT_STEP,
        barriers=(Barrier.OTP_ELSEWHERE,),
        symptom="參數設定要一次性密碼，收訊的手機在學校",
        next_step="回校後由教務主任收碼，再送出參數",
    ),
    IssueForm(
        topic="08",
        outcome=Outcome.RESOLVED,
        symptom="轉入學生的學籍卡在待審",
        resolution="原就讀學校要先按「轉出確認」，電話聯絡後完成",
    ),
    IssueForm(
        topic="14",
        outcome=Outcome.ESCALATED,
        barriers=(Barrier.SYSTEM_FAULT,),
        symptom="填報檢核表一直顯示處理中",
        next_step="已記下時間與班級，請廠商查",
    ),
    IssueForm(
        topic="09",
        outcome=Outcome.INFORMATION,
        symptom="學期成績何時可以開始輸入",
        resolution="開學後第三週開放，公文已寄各校",
    ),
    IssueForm(
        topic="01",
        outcome=Outcome.NOT_RESOLVED,
        barriers=(Barrier.NO_CARD,),
        symptom="沒有帶自然人憑證，無法登入",
        next_step="帶憑證與讀卡機明天再來",
    ),
)


@dataclass(frozen=True, slots=True)
class _Room:
    """The services and what is drawn from."""

    visits: VisitService
    loans: LoanService
    people: ConsultantService
    team: Sequence[Consultant]
    units: Sequence[Unit]
    chance: random.Random
    topics: frozenset[str]

    def form(self, topic: str) -> VisitForm:
        """Return somebody from some school."""
        unit = self.chance.choice(self.units)
        name = self.chance.choice("陳林黃張李王吳劉") + self.chance.choice(["老師", "主任", "組長"])
        party = self.chance.choice((1, 1, 1, 2))
        known = topic if topic in self.topics else ""
        ready = {"card": self.chance.choice(("ok", "ok", "missing"))}
        return VisitForm(unit_id=unit.id, name=name, topic=known, party_size=party, readiness=ready)

    def case(self) -> IssueForm:
        """Return what somebody came for."""
        case = self.chance.choice(CASES)
        return case if case.topic in self.topics else IssueForm(outcome=case.outcome)


def fill_help_days(context: EventContext, *, scale: int, seed: int) -> None:
    """Put visits on the help days up to now: those over in full, today's as far as it has come."""
    now = context.now()
    for day in context.plan.sessions:
        if day.kind is SessionKind.HELPDESK and day.held_on <= now.date():
            room = _open_room(context, seed)
            if day.held_on < now.date():
                _whole_day(context, room, day, VISITS_A_DAY * scale)
            else:
                _this_morning(room, day, now)


def _open_room(context: EventContext, seed: int) -> _Room:
    with context.database.read() as connection:
        units = list_units(connection)
    people = ConsultantService(context)
    known = {one.name: one for one in people.list_consultants()}
    team = [known.get(name) or people.add(name, skills=skills) for name, skills in CONSULTANTS]
    topics = frozenset(topic.code for topic in context.plan.topics)
    chance = random.Random(seed)  # noqa: S311 - invented visits, nothing secret
    loans = LoanService(context)
    return _Room(VisitService(context), loans, people, team, units, chance, topics)


def _seats(room: _Room, session: str) -> list[Seat]:
    return [
        Seat(session=session, staff=one.id, desk=str(place))
        for place, one in enumerate(room.team, start=1)
    ]


def _whole_day(context: EventContext, room: _Room, day: EventSession, count: int) -> None:
    """Serve everybody of a day, one after another at three desks."""
    opens = context.plan.moment(day, day.starts_at)
    minutes = int((context.plan.moment(day, day.ends_at) - opens).total_seconds() // 60) - 40
    seats = _seats(room, day.code)
    for seat in seats:
        room.people.set_duty(seat.staff, DutyState.ON, seat, at=opens - timedelta(minutes=20))
    free: list[tuple[datetime, int]] = [(opens, place) for place in range(len(seats))]
    arrivals = sorted(room.chance.randrange(minutes) for _ in range(count))
    for number, minute in enumerate(arrivals, start=1):
        ready, place = heappop(free)
        came = opens + timedelta(minutes=minute)
        heappush(free, (_serve(room, seats[place], number, came, max(ready, came)), place))
    room.visits.tally("01" if "01" in room.topics else "", seats[0], at=opens)
    room.people.end_day(day.code)


def _serve(room: _Room, seat: Seat, number: int, came: datetime, ready: datetime) -> datetime:
    """Let one visit take its course; return when the desk is free again."""
    case = room.case()
    visit = room.visits.open(room.form(case.topic), seat, at=came)
    times = _times(room.chance, ready)
    if number % 9 == 0 and ready - came > timedelta(minutes=10):
        room.visits.leave(visit.id, GoneReason.LEFT, seat, at=came + timedelta(minutes=10))
        return ready
    room.visits.call(visit.id, seat, at=next(times))
    if number % 11 == 0:
        room.visits.not_found(visit.id, seat, at=(gone := next(times)))
        room.visits.leave(visit.id, GoneReason.NO_SHOW, seat, at=gone)
        return gone
    room.visits.start(visit.id, seat, at=next(times))
    if number % 7 == 0:
        room.visits.park(visit.id, ParkReason.PRACTISING, seat, at=next(times))
        room.visits.start(visit.id, seat, at=next(times))
    ended = next(times)
    room.visits.finish(visit.id, seat, [case], at=ended)
    room.visits.rate(visit.id, room.chance.choice((2, 3, 3)))
    return ended


def _times(chance: random.Random, ready: datetime) -> Iterator[datetime]:
    """Yield when a visit's acts happen: called, come, and then minutes apart."""
    at = ready
    yield at
    yield (at := at + timedelta(seconds=chance.randrange(20, 90)))
    while True:
        yield (at := at + timedelta(seconds=chance.randrange(200, 900)))


def _this_morning(room: _Room, day: EventSession, now: datetime) -> None:
    """Let the first ones come, the desks open, and two of them be helped."""
    seats = _seats(room, day.code)
    came = [now - timedelta(minutes=2 * back + 1) for back in reversed(range(THIS_MORNING))]
    for seat in seats:
        room.people.set_duty(seat.staff, DutyState.ON, seat, at=came[0])
    opened = [room.visits.open(room.form(room.case().topic), seats[0], at=at) for at in came]
    room.visits.call(opened[0].id, seats[0], at=came[2])
    room.visits.start(opened[0].id, seats[0], at=came[3])
    room.visits.call(opened[1].id, seats[1], at=came[-1])
    room.visits.park(opened[2].id, ParkReason.FETCHING, seats[2], keeps=False, at=came[-1])
    room.loans.lend(LoanKind.READER, "R-03", opened[0].id, seats[0])
