"""Who helps and with what: consultants and their duty, loans, topics, drafts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from factories import Room, make_plan, moment, new_event, open_room
from visit_days import MINUTE, SOLVED, came, help_room, served

from app.domain.clock import ms_of
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.help_desk import DutyState, LoanKind
from app.domain.visits import Seat
from app.services.care import verify_event
from app.services.visit_amending import form_of_issue
from app.services.visit_views import VisitForm

HOUR = 60 * MINUTE


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = help_room(tmp_path / "profile")
    yield opened
    assert verify_event(opened.desk.context).is_sound
    opened.desk.context.database.close()


def test_a_consultant_is_known_by_name(room: Room) -> None:
    people = room.help_desk.consultants
    ann = people.add(" 江采薇 ", title="教師", skills={"05": 2, "01": 0})
    assert (ann.name, ann.skills) == ("江采薇", {"05": 2})
    assert people.find_or_add("江采薇").id == ann.id
    assert people.find_or_add("江　采薇").id == ann.id
    changed = people.amend(ann.id, active=False, name_en="Chiang")
    assert (changed.name, changed.title, changed.active) == ("江采薇", "教師", False)
    for wrong in ({"name": " "}, {"skills": {"05": 3}}):
        with pytest.raises(InvalidInput):
            people.amend(ann.id, **wrong)
    with pytest.raises(NotFound):
        people.amend("nobody", active=False)
    assert len(people.list_consultants()) == 1


def test_duty_is_made_of_periods_that_the_day_ends(room: Room) -> None:
    people, seat = room.help_desk.consultants, room.sit("江采薇", "3")
    for text, state in (("09:00", "on"), ("12:00", "break"), ("13:00", "on"), ("13:05", "on")):
        room.at(text)
        people.set_duty(seat.staff, DutyState(state), seat)
    with pytest.raises(NotAllowed):
        people.set_duty(seat.staff, DutyState.ON, Seat(session="b1d1"))
    room.at("20:00")
    assert people.end_day("help") == 1
    assert people.end_day("help") == 0
    periods = people.list_duty("help")
    assert [(p.state.value, p.start_ms, p.end_ms, p.ended_by) for p in periods] == [
        (state, ms_of(moment(start)), ms_of(moment(end)), by)
        for state, start, end, by in (
            ("on", "09:00", "12:00", "self"),
            ("break", "12:00", "13:00", "self"),
            ("on", "13:00", "17:00", "forced"),
        )
    ]


def test_a_forgotten_duty_ends_with_its_day(room: Room) -> None:
    people, seat = room.help_desk.consultants, room.sit("江采薇")
    people.set_duty(seat.staff, DutyState.ON, seat)
    room.at("08:50", date(2023, 8, 8))
    tomorrow = Seat(session="help2", staff=seat.staff, desk="1")
    people.set_duty(seat.staff, DutyState.ON, tomorrow)
    (first,) = people.list_duty("help")
    assert (first.end_ms, first.ended_by) == (ms_of(moment("17:00")), "forced")
    (second,) = people.list_duty("help2")
    assert second.end_ms is None


def test_the_load_of_each_consultant(room: Room) -> None:
    desk, ann, ben = room.help_desk, room.sit("江采薇", "1"), room.sit("葉承翰", "2")
    for seat in (ann, ben):
        desk.consultants.set_duty(seat.staff, DutyState.ON, seat)
    visit = served(room, ann, came(room))
    room.clock.pass_ms(10 * MINUTE)
    desk.visits.hand_over(visit.id, ben.staff, ann, note="請接手")
    desk.visits.start(visit.id, ben)
    room.clock.pass_ms(5 * MINUTE)
    desk.visits.finish(visit.id, ben, [SOLVED])
    other = served(room, ann, came(room))
    loads = {load.consultant.name: load for load in desk.consultants.loads("help")}
    hers, his = loads["江采薇"], loads["葉承翰"]
    assert (hers.visits, hers.serving_ms, hers.ticket) == (1, 10 * MINUTE, other.ticket)
    assert (his.visits, his.serving_ms, his.issues, his.ticket) == (1, 5 * MINUTE, 1, "")
    assert hers.duty_ms == his.duty_ms > 15 * MINUTE


def test_what_is_lent_is_out_until_it_is_back(room: Room) -> None:
    loans, visit = room.help_desk.loans, came(room)
    seat = Seat(session="help")
    loan = loans.lend(LoanKind.READER, " r-03 ", visit.id, seat)
    assert (loan.tag, loan.back_ms) == ("R-03", None)
    with pytest.raises(Conflict):
        loans.lend(LoanKind.READER, "R-03", visit.id, seat)
    loans.lend(LoanKind.CABLE, "R-03", visit.id, seat)
    with pytest.raises(NotFound):
        loans.lend(LoanKind.READER, "R-04", "no visit", seat)
    assert len(room.help_desk.visits.unit_card("縣立星東國小").loans) == 2
    assert loans.give_back(loan.id).back_ms is not None
    with pytest.raises(Conflict):
        loans.give_back(loan.id)
    with pytest.raises(NotFound):
        loans.give_back("no loan")
    assert [one.kind for one in loans.list_loans()] == [LoanKind.CABLE]
    assert len(loans.list_loans(only_out=False)) == 2


def test_topics_are_the_plans_as_people_changed_them(room: Room) -> None:
    topics = room.help_desk.topics
    assert [(t.code, t.key, t.parent) for t in topics.list_topics()] == [
        ("01", "1", ""), ("05", "2", ""), ("0501", "1", "05"), ("0503", "2", "05"), ("08", "3", ""),
    ]  # fmt: skip
    added = topics.add("05", "班級數", "Classes")
    assert (added.code, added.key) == ("0502", "2")
    assert topics.add("", "其他").code == "02"
    topics.amend("0501", active=False)
    topics.amend("08", title="學籍管理", quick=True, position=1)
    listed = {topic.code: topic for topic in topics.list_topics()}
    assert "0501" not in listed
    assert (listed["08"].title, listed["08"].title_en, listed["08"].key) == (
        "學籍管理", "Registry", "1",
    )  # fmt: skip
    assert listed["0502"].key == "1"
    assert {t.code for t in topics.list_topics(include_inactive=True)} - set(listed) == {"0501"}
    came(room, topic="0502")
    came(room, topic="0503")
    assert [(t.code, t.key) for t in topics.quick_topics("help")] == [
        ("08", "1"), ("01", "2"), ("02", "3"), ("05", "4"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        topics.amend("77", active=False)
    with pytest.raises(NotFound):
        topics.add("77", "x")
    with pytest.raises(InvalidInput):
        topics.add("05", " ")


def test_a_plan_without_topics_takes_any(tmp_path: Path) -> None:
    room = open_room(new_event(tmp_path / "p", make_plan()))
    visit = room.help_desk.visits.open(
        VisitForm(unit_text="x", topic="anything"), Seat(session="help")
    )
    assert visit.topic == "anything"
    room.desk.context.database.close()


def test_a_draft_stays_on_this_laptop_and_out_of_the_journal(room: Room) -> None:
    desk, visit = room.help_desk, came(room)
    facts = room.fact_count()
    desk.issues.save_draft(visit.id, {"issues": [{"symptom": "打到一半"}], "cursor": 4})
    assert desk.issues.find_draft(visit.id) == {
        "issues": [{"symptom": "打到一半"}], "cursor": 4,
    }  # fmt: skip
    assert room.fact_count() == facts
    desk.issues.clear_draft(visit.id)
    assert desk.issues.find_draft(visit.id) is None


def test_an_issue_is_recorded_by_what_differs(room: Room) -> None:
    desk, seat = room.help_desk, room.sit("江采薇")
    visit = served(room, seat, came(room))
    recorded = desk.issues.record(visit.id, SOLVED, seat)
    (issue_id,) = recorded.issues
    facts = room.fact_count()
    same = form_of_issue(recorded.issues[issue_id])
    assert desk.issues.record(visit.id, same, seat) == recorded
    assert room.fact_count() == facts
    assert desk.issues.drop(visit.id, issue_id).issues == {}
    with pytest.raises(NotFound):
        desk.issues.drop(visit.id, issue_id)


def test_who_calls_or_starts_is_on_duty_though_nobody_said_so(room: Room) -> None:
    people, visits, seat = (
        room.help_desk.consultants,
        room.help_desk.visits,
        room.sit("江采薇", "3"),
    )
    room.at("09:10")
    visit = visits.open(VisitForm(unit_text="海角國小"), seat)
    assert people.list_duty("help") == ()  # giving numbers is no consulting
    room.at("09:20")
    visits.call(visit.id, seat)
    visits.start(visit.id, seat)
    visits.finish(visit.id, seat, [SOLVED])
    (period,) = people.list_duty("help")
    assert (period.state, period.start_ms, period.desk) == (
        DutyState.ON,
        ms_of(moment("09:20")),
        "3",
    )
    room.at("12:00")
    people.set_duty(seat.staff, DutyState.BREAK, seat)
    room.at("12:40")
    visits.serve_now(VisitForm(unit_text="雲海國小"), seat)
    states = [(item.state.value, item.end_ms) for item in people.list_duty("help")]
    assert states == [
        ("on", ms_of(moment("12:00"))),
        ("break", ms_of(moment("12:40"))),
        ("on", None),
    ]
