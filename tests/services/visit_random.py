"""Random acts at a help desk, as a day of hundreds of them has."""

import random
from collections.abc import Callable
from datetime import timedelta

from factories import Room

from app.domain.help_desk import DutyState, LoanKind
from app.domain.visits import (
    Barrier,
    GoneReason,
    Outcome,
    ParkReason,
    ReadinessItem,
    Ready,
    Seat,
    Visit,
    VisitState,
)
from app.services.visit_views import IssueForm, VisitForm

TEAM = ("江采薇", "葉承翰", "潘玉婷")
UNITS = ("縣立星東國小", "縣立星西國小", "海角國中", "")


class HelpDay:
    """What can happen at a help desk; what a rule refuses raises."""

    def __init__(self, room: Room, chance: random.Random) -> None:
        self.room = room
        self.random = chance
        services = room.help_desk
        self.visits, self.issues = services.visits, services.issues
        self.people, self.loans, self.topics = services.consultants, services.loans, services.topics

    def acts(self) -> list[Callable[[], object]]:
        """Return the acts, the more frequent ones more often."""
        return [
            *[self.open, self.call_next, self.start, self.finish] * 3,
            *[self.park, self.send_back, self.undo, self.issue, self.leave] * 2,
            self.hand_over, self.serve_now, self.ready, self.duty, self.lend, self.give_back,
            self.tally, self.late, self.draft, self.topic, self.priority, self.end_day,
        ]  # fmt: skip

    def seat(self) -> Seat:
        desk = self.random.randrange(3)
        return self.room.sit(TEAM[desk], str(desk + 1), letter=self.random.choice("AB"))

    def form(self) -> VisitForm:
        unit = self.random.choice(UNITS)
        return VisitForm(unit_text=unit, name=self.random.choice(("", "王大文")), topic="05")

    def any_visit(self) -> Visit:
        """Return a visit, most often a live one."""
        states = [*VisitState] if self.random.random() < 0.2 else [VisitState.WAITING]
        if self.random.random() < 0.7:
            states = [VisitState.CALLED, VisitState.SERVING, VisitState.PARKED]
        known = self.visits.list_visits("help", states)
        return self.random.choice(known) if known else self.open()

    def mine(self) -> tuple[Visit, Seat]:
        """Return a visit and who holds it, or might."""
        seat = self.seat()
        held = self.visits.my_visit(seat)
        return (held, seat) if held else (self.any_visit(), seat)

    def open(self) -> Visit:
        return self.visits.open(self.form(), self.seat())

    def serve_now(self) -> None:
        self.visits.serve_now(self.form(), self.seat())

    def call_next(self) -> None:
        self.visits.call_next(self.seat())

    def start(self) -> None:
        visit, seat = self.mine()
        self.visits.start(visit.id, seat)

    def finish(self) -> None:
        visit, seat = self.mine()
        forms = [self.an_issue()] if self.random.random() < 0.7 else None
        self.visits.finish(visit.id, seat, forms, confirmed=self.random.random() < 0.3)

    def park(self) -> None:
        visit, seat = self.mine()
        wake = self.room.desk.context.now() + timedelta(minutes=self.random.randrange(30))
        reason = self.random.choice(list(ParkReason))
        self.visits.park(visit.id, reason, seat, wake_at=wake, keeps=self.random.random() < 0.5)

    def send_back(self) -> None:
        visit, seat = self.mine()
        self.visits.send_back(visit.id, seat)

    def hand_over(self) -> None:
        visit, seat = self.mine()
        self.visits.hand_over(visit.id, self.seat().staff, seat, note="請接手")

    def leave(self) -> None:
        visit, seat = self.mine()
        self.visits.leave(visit.id, self.random.choice(list(GoneReason)), seat)

    def undo(self) -> None:
        visit, seat = self.mine()
        self.visits.undo(visit.id, seat, as_organizer=self.random.random() < 0.5)

    def an_issue(self) -> IssueForm:
        return IssueForm(
            topic="05",
            outcome=self.random.choice(list(Outcome)),
            barriers=tuple(self.random.sample(list(Barrier), self.random.randrange(3))),
            symptom=self.random.choice(("", "畫面空白", "驗證碼 482913 沒來")),
            reused=self.random.choice(((), ("answer:x",), ("answer:x", "issue:y"))),
        )

    def issue(self) -> None:
        visit, seat = self.mine()
        if visit.issues and self.random.random() < 0.3:
            self.issues.drop(visit.id, next(iter(visit.issues)))
        else:
            self.issues.record(visit.id, self.an_issue(), seat)

    def draft(self) -> None:
        self.issues.save_draft(self.any_visit().id, {"issues": [{"symptom": "打到一半"}]})

    def ready(self) -> None:
        item, value = self.random.choice(list(ReadinessItem)), self.random.choice(list(Ready))
        self.visits.set_readiness(self.any_visit().id, {item: value})

    def priority(self) -> None:
        self.visits.set_priority(self.any_visit().id, self.random.randrange(3), "行動不便")

    def duty(self) -> None:
        seat = self.seat()
        self.people.set_duty(seat.staff, self.random.choice(list(DutyState)), seat)

    def end_day(self) -> None:
        self.people.end_day("help")

    def lend(self) -> None:
        tag = self.random.choice(("R1", "R2", ""))
        self.loans.lend(LoanKind.READER, tag, self.any_visit().id, self.seat())

    def give_back(self) -> None:
        for loan in self.loans.list_loans()[:1]:
            self.loans.give_back(loan.id)

    def tally(self) -> None:
        fact_id = self.visits.tally("05", self.seat())
        if self.random.random() < 0.3:
            self.visits.undo_tally(fact_id)

    def topic(self) -> None:
        added = self.topics.add("", self.random.choice(("其他", "報表")))
        self.topics.amend(added.code, active=self.random.random() < 0.5, quick=True)

    def late(self) -> None:
        self.visits.park_no_shows("help")
