"""A help day through the real services: every move, its guards and what it leaves behind."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from factories import Room, id_number, moment
from visit_days import MINUTE, SOLVED, came, help_room, served

from app.domain.clock import uuid7
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import DutyState
from app.domain.visits import (
    Barrier,
    GoneReason,
    Outcome,
    ParkReason,
    Seat,
    TimeQuality,
    VisitState,
)
from app.services.care import verify_event
from app.services.visit_views import IssueForm, VisitForm

DOOR = Seat(session="help")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = help_room(tmp_path / "profile")
    yield opened
    assert verify_event(opened.desk.context).is_sound
    opened.desk.context.database.close()


@pytest.fixture
def ann(room: Room) -> Seat:
    return room.sit("江采薇", "1", t05=2)


@pytest.fixture
def ben(room: Room) -> Seat:
    return room.sit("葉承翰", "2")


def test_a_visit_from_the_door_to_the_end(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    visit = came(room, name="王大文", topic="0503", readiness={"card": "ok", "reader": "missing"})
    assert (visit.ticket, visit.state, visit.is_ready) == ("A001", VisitState.WAITING, False)
    room.clock.pass_ms(10 * MINUTE)
    assert served(room, ann).id == visit.id
    assert visits.my_visit(ann) == visits.get_visit("a1")
    room.clock.pass_ms(7 * MINUTE)
    done = visits.finish(visit.id, ann, [SOLVED])
    assert (done.state, done.finished_by) == (VisitState.DONE, ann.staff)
    assert done.wait_ms(0) == 11 * MINUTE
    assert done.total_ms(VisitState.SERVING, 0) == 7 * MINUTE
    assert visits.my_visit(ann) is None
    assert visits.list_visits("help") == ()
    kinds = [act.kind for act in visits.history(visit.id)]
    assert kinds == [
        "visit.opened", "visit.called", "visit.started", "issue.recorded", "visit.finished",
    ]  # fmt: skip


def test_only_help_days_take_visits(room: Room) -> None:
    visits = room.help_desk.visits
    form = VisitForm(unit_text="星東國小")
    with pytest.raises(NotAllowed) as refusal:
        visits.open(form, Seat(session="b1d1"))
    assert "help, help2" in refusal.value.sentence("en")
    with pytest.raises(NotFound):
        visits.open(form, Seat(session="nowhere"))
    with pytest.raises(InvalidInput):
        visits.open(VisitForm(), DOOR)
    with pytest.raises(NotFound):
        visits.open(VisitForm(unit_text="x", topic="99"), DOOR)
    with pytest.raises(InvalidInput):
        visits.open(VisitForm(unit_text="x", readiness={"wand": "ok"}), DOOR)


def test_numbers_of_two_stations_never_meet(room: Room) -> None:
    tickets = [came(room, letter=letter).ticket for letter in "ABABB"]
    assert tickets == ["A001", "B001", "A002", "B002", "B003"]


def test_numbers_go_on_over_the_days_and_round_past_live_ones(room: Room) -> None:
    visits = room.help_desk.visits
    came(room)
    gone = came(room)
    visits.leave(gone.id, GoneReason.LEFT, DOOR)
    room.clock.pass_ms(MINUTE)
    last = {"session": "help", "ticket": "A998", "station": "A"}
    visit_id = uuid7(room.clock.wall_ms())
    room.append(Draft(kind=FactKind.VISIT_OPENED, subject=f"visit:{visit_id}", body=last))
    assert [came(room).ticket for _ in range(2)] == ["A999", "A003"]
    room.at("09:00", date(2023, 8, 8))
    tomorrow = Seat(session="help2")
    assert visits.open(VisitForm(unit_text="x"), tomorrow).ticket == "A004"
    assert visits.get_visit("A004").session == "help2"


def test_a_number_of_yesterday_comes_again_after_999(room: Room) -> None:
    visits = room.help_desk.visits
    came(room)
    visits.leave(came(room).id, GoneReason.LEFT, DOOR)
    visit_id = uuid7(room.clock.wall_ms() + 1)
    last = {"session": "help", "ticket": "A999", "station": "A"}
    room.append(Draft(kind=FactKind.VISIT_OPENED, subject=f"visit:{visit_id}", body=last))
    room.at("09:00", date(2023, 8, 8))
    again = visits.open(VisitForm(unit_text="x"), Seat(session="help2"))
    assert again.ticket == "A002"  # A001 still waits
    assert visits.get_visit("A002") == again


def test_one_person_has_one_live_number(room: Room) -> None:
    visits = room.help_desk.visits
    room.import_people([1])
    person = room.person(1)
    visit = came(room, unit="", person_id=person)
    assert visit.name
    assert visit.unit_text
    with pytest.raises(Conflict) as refusal:
        came(room, unit="", person_id=person)
    assert visit.ticket in refusal.value.sentence("zh")
    again = VisitForm(unit_text=visit.unit_text, name=visit.name)
    known = visits.find_live_visit(again)
    assert known is not None
    assert visits.join(known.id, VisitForm(party_size=2)).party_size == 3
    visits.leave(visit.id, GoneReason.LEFT, DOOR)
    assert visits.find_live_visit(again) is None
    assert came(room, unit="", person_id=person).ticket == "A002"


def test_a_badge_or_an_id_number_tells_who_came(room: Room) -> None:
    room.import_people([1])
    room.office.badges.badges_for("b1d1")
    visits = room.help_desk.visits
    for raw in (room.code(1), id_number(1)):
        card = visits.badge_visitor(raw)
        assert card is not None
        assert card.id == room.person(1)
    assert visits.badge_visitor(id_number(2)) is None
    assert visits.badge_visitor("胡亂") is None


def test_served_at_once_nobody_waited(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    visit = visits.serve_now(VisitForm(), ann)
    assert (visit.state, visit.channel, visit.wait_ms(10**15)) == (VisitState.SERVING, "desk", 0)
    with pytest.raises(NotAllowed):
        visits.serve_now(VisitForm(), ann)
    assert len(visits.list_visits("help")) == 1
    amended = visits.amend(visit.id, unit_text="縣立星西國小", name="林甲", topic="05", note="")
    assert (amended.unit_text, amended.topic, amended.state) == ("縣立星西國小", "05", "serving")


def test_next_is_called_by_the_rules_and_again_is_a_recall(
    room: Room, ann: Seat, ben: Seat
) -> None:
    visits = room.help_desk.visits
    first, second = came(room, topic="01"), came(room, topic="0503")
    assert [(t.visit.ticket, t.why.value) for t in visits.list_turns(ann)] == [
        ("A002", "skill"), ("A001", "arrival"),
    ]  # fmt: skip
    called = visits.call_next(ann)
    assert called is not None
    assert called.id == second.id
    again = visits.call_next(ann)
    assert again is not None
    assert (again.id, again.recalls) == (second.id, 2)
    with pytest.raises(Conflict):
        visits.call(second.id, ben)
    with pytest.raises(NotAllowed):
        visits.call(first.id, ann)
    visits.start(second.id, ann)
    with pytest.raises(NotAllowed):
        visits.call_next(ann)
    visits.set_priority(first.id, 1, "行動不便")
    taken = visits.call_next(ben)
    assert taken is not None
    assert taken.id == first.id
    assert visits.call_next(room.sit("潘玉婷", "3")) is None
    with pytest.raises(InvalidInput):
        visits.call_next(DOOR)
    with pytest.raises(InvalidInput):
        visits.set_priority(first.id, 1, " ")


def test_who_does_not_come_is_parked_by_itself_and_keeps_the_place(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    visit = came(room)
    visits.call_next(ann)
    room.clock.pass_ms(2 * MINUTE)
    assert visits.park_no_shows("help") == ()
    room.clock.pass_ms(MINUTE)
    (parked,) = visits.park_no_shows("help")
    assert (parked.state, parked.reason, parked.owner) == (VisitState.PARKED, "not_found", "")
    assert visits.park_no_shows("help") == ()
    back = visits.send_back(visit.id, DOOR)
    assert (back.state, back.arrived_ms, back.is_returning) == (
        VisitState.WAITING, visit.arrived_ms, True,
    )  # fmt: skip


def test_a_parked_visit_wakes_for_its_consultant(room: Room, ann: Seat, ben: Seat) -> None:
    visits = room.help_desk.visits
    visit = served(room, ann, came(room))
    wake = room.desk.context.now() + timedelta(minutes=10)
    parked = visits.park(visit.id, ParkReason.PRACTISING, ann, wake_at=wake)
    assert (parked.owner, parked.reason) == (ann.staff, "practising")
    with pytest.raises(NotAllowed):
        visits.start(visit.id, ben)
    came(room)
    assert [turn.visit.ticket for turn in visits.list_turns(ann)] == ["A002"]
    room.clock.pass_ms(10 * MINUTE)
    assert visits.list_turns(ann)[0].why == "my_parked"
    assert [turn.visit.ticket for turn in visits.list_turns(ben)] == ["A002"]
    assert visits.start(visit.id, ann).state is VisitState.SERVING
    released = visits.park(visit.id, ParkReason.BREAK, ann, keeps=False)
    assert released.owner == ""
    assert visits.start(visit.id, ben).claims.keys() == {ben.staff}


def test_a_hand_over_is_taken_or_goes_back_to_the_giver(room: Room, ann: Seat, ben: Seat) -> None:
    visits, issues = room.help_desk.visits, room.help_desk.issues
    visit = served(room, ann, came(room))
    issues.save_draft(visit.id, {"issues": [{"topic": "05", "symptom": "節次存不了"}]})
    with pytest.raises(InvalidInput):
        visits.hand_over(visit.id, ben.staff, ann, note=" ")
    with pytest.raises(InvalidInput):
        visits.hand_over(visit.id, ann.staff, ann, note="x")
    offered = visits.hand_over(visit.id, ben.staff, ann, note="參數問題，請看節次")
    claim = offered.claims[ben.staff]
    assert (claim.is_offer, claim.note, claim.handed_by) == (True, "參數問題，請看節次", ann.staff)
    assert [issue.symptom for issue in offered.issues.values()] == ["節次存不了"]
    assert visits.my_visit(ann) is None
    assert visits.my_visit(ben) == offered
    declined = visits.send_back(visit.id, ben)
    assert (declined.state, declined.reason, declined.owner) == ("parked", "moved", ann.staff)
    assert visits.list_turns(ann)[0].why == "my_parked"
    visits.start(visit.id, ann)
    visits.hand_over(visit.id, ben.staff, ann, note="再請幫忙")
    taken = visits.start(visit.id, ben)
    assert {item.staff for item in taken.segments if item.state == "serving"} == {
        ann.staff, ben.staff,
    }  # fmt: skip


def test_an_offer_holds_nobody_up_and_lapses(room: Room, ann: Seat, ben: Seat) -> None:
    visits = room.help_desk.visits
    mine = served(room, ann, came(room))
    his = served(room, ben, came(room))
    visits.hand_over(mine.id, ben.staff, ann, note="請接")
    assert visits.my_visit(ben) == visits.get_visit(his.id)
    with pytest.raises(NotAllowed):
        visits.start(mine.id, ben)
    visits.finish(his.id, ben, [SOLVED])
    recalled = visits.call_next(ben)
    assert recalled is not None
    assert recalled.id == mine.id
    room.clock.pass_ms(3 * MINUTE)
    (lapsed,) = visits.park_no_shows("help")
    assert (lapsed.reason, lapsed.owner) == ("moved", ann.staff)


def test_no_end_without_outcomes(room: Room, ann: Seat) -> None:
    visits, issues = room.help_desk.visits, room.help_desk.issues
    visit = served(room, ann, came(room))
    with pytest.raises(InvalidInput):
        visits.finish(visit.id, ann)
    with pytest.raises(InvalidInput):
        visits.finish(visit.id, ann, [SOLVED, IssueForm(topic="05")])
    assert visits.get_visit(visit.id).issues == {}  # all of a commit or nothing
    recorded = issues.record(visit.id, IssueForm(topic="05", symptom="空白"), ann)
    (key,) = recorded.issues
    typed = {"id": key, "topic": "05", "symptom": "空白畫面", "outcome": "information"}
    issues.save_draft(visit.id, {"issues": [typed, {"topic": "08"}]})
    done = visits.finish(visit.id, ann)
    assert [(i.symptom, i.outcome) for i in done.issues.values()] == [("空白畫面", "information")]
    assert issues.find_draft(visit.id) is None


def test_somebody_elses_visit_is_finished_after_asking(room: Room, ann: Seat, ben: Seat) -> None:
    visits = room.help_desk.visits
    visit = served(room, ann, came(room))
    with pytest.raises(NotAllowed):
        visits.finish(visit.id, ben, [SOLVED])
    done = visits.finish(visit.id, ben, [SOLVED], confirmed=True)
    assert (done.state, done.time_quality) == (VisitState.DONE, TimeQuality.FORGOT)
    assert next(iter(done.issues.values())).staff == ann.staff


def test_an_earlier_end_is_an_estimate(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    visit = served(room, ann, came(room))
    room.clock.pass_ms(30 * MINUTE)
    now = room.desk.context.now()
    for wrong in (now + timedelta(minutes=1), now - timedelta(minutes=31)):
        with pytest.raises(InvalidInput):
            visits.finish(visit.id, ann, [SOLVED], ended_at=wrong)
    done = visits.finish(visit.id, ann, [SOLVED], ended_at=now - timedelta(minutes=12))
    assert done.time_quality is TimeQuality.ESTIMATED
    assert done.total_ms(VisitState.SERVING, 0) == 18 * MINUTE


def test_who_walks_off_was_helped_without_result(room: Room, ann: Seat) -> None:
    visits, issues = room.help_desk.visits, room.help_desk.issues
    visit = served(room, ann, came(room, topic="05"))
    issues.save_draft(visit.id, {"issues": [{"symptom": "登入"}, {"symptom": "成績"}]})
    done = visits.leave(visit.id, GoneReason.LEFT, ann)
    assert done.state is VisitState.DONE
    assert [(i.symptom, i.outcome, i.barriers) for i in done.issues.values()] == [
        (text, Outcome.NOT_RESOLVED, (Barrier.LEFT,)) for text in ("登入", "成績")
    ]
    other = came(room)
    gone = visits.leave(other.id, GoneReason.TURNED_AWAY, DOOR)
    assert (gone.state, gone.reason) == (VisitState.GONE, "turned_away")


def test_the_last_move_is_undone_by_who_made_it(room: Room, ann: Seat, ben: Seat) -> None:
    visits = room.help_desk.visits
    visit = served(room, ann, came(room))
    visits.finish(visit.id, ann, [SOLVED])
    with pytest.raises(NotAllowed):
        visits.undo(visit.id, ben)
    again = visits.undo(visit.id, ann)
    assert (again.state, again.undone, len(again.issues)) == (VisitState.SERVING, 1, 1)
    visits.finish(visit.id, ann, [SOLVED])
    served(room, ann, came(room))
    with pytest.raises(NotAllowed):  # she would hold two
        visits.undo(visit.id, ann)
    organizer = Seat(session="help")
    with pytest.raises(NotAllowed):
        visits.undo(visit.id, organizer)
    with pytest.raises(NotAllowed):
        visits.undo(visit.id, organizer, as_organizer=True)
    assert visits.get_visit(visit.id).state is VisitState.DONE


def test_a_number_given_by_mistake_is_void(room: Room) -> None:
    visits = room.help_desk.visits
    visit = came(room)
    void = visits.undo(visit.id, DOOR)
    assert (void.state, void.reason) == (VisitState.GONE, "void")
    assert visits.undo(visit.id, DOOR).state is VisitState.WAITING


def test_leftovers_are_carried_with_their_place(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    first, second = came(room), came(room)
    serving = served(room, ann, came(room))
    room.at("17:30")
    assert [visit.ticket for visit in visits.leftovers("help")] == ["A001", "A002", "A003"]
    with pytest.raises(NotAllowed):
        visits.carry([first.id, serving.id], "help2")
    assert visits.list_visits("help2") == ()
    carried = visits.carry([second.id, first.id], "help2")
    assert {visit.carried_from for visit in carried} == {"help"}
    room.at("09:30", date(2023, 8, 8))
    late = visits.open(VisitForm(unit_text="x"), Seat(session="help2"))
    assert late.ticket == "A004"
    tomorrow = Seat(session="help2", staff=ann.staff, desk="1")
    visits.finish(serving.id, ann, [SOLVED])
    order = [turn.visit.ticket for turn in visits.list_turns(tomorrow)]
    assert order == ["A001", "A002", "A004"]
    called = visits.call_next(tomorrow)
    assert called is not None
    assert called.wait_ms(0) == (8 * 60 - 1 + 30) * MINUTE  # until 17:00, and from 09:00
    with pytest.raises(NotAllowed):
        visits.carry([second.id], "b1d1")


def test_earlier_visits_stand_beside_a_return(room: Room, ann: Seat) -> None:
    visits = room.help_desk.visits
    first = served(room, ann, came(room, name="王大文"))
    visits.finish(first.id, ann, [IssueForm(outcome=Outcome.ESCALATED, symptom="待查")])
    second = came(room, "縣立星西國小", return_of=first.id)
    third = came(room, name="李小華")
    assert [v.ticket for v in visits.earlier_visits(third)] == ["A001"]
    assert [v.ticket for v in visits.earlier_visits(visits.get_visit(second.id))] == ["A001"]
    assert [v.ticket for v in visits.earlier_visits("縣立星東國小")] == ["A003", "A001"]
    card = visits.unit_card("縣立星東國小")
    assert card.people == ("李小華", "王大文")
    assert [visit.ticket for visit in card.here_now] == ["A003"]
    assert [point.issue.symptom for point in card.open_points] == ["待查"]


def test_a_unit_is_known_by_code_and_by_name(room: Room) -> None:
    file = room.profile.folder / "u.csv"
    file.write_text("學校名稱,代碼,鄉鎮市區\n縣立星東國小,013601,星光鄉\n", "utf-8-sig")
    room.office.registrations.import_units(file)
    for text in ("013601", "星東國小"):
        visit = came(room, text)
        assert visit.unit_id
    assert visit.unit_text == "星東國小"
    first, _ = room.help_desk.visits.list_visits("help")
    assert first.unit_text == "縣立星東國小"
    assert len(room.help_desk.visits.unit_card(visit.unit_id).here_now) == 2


def test_the_board_and_the_numbers(room: Room, ann: Seat, ben: Seat) -> None:
    visits, people = room.help_desk.visits, room.help_desk.consultants
    people.set_duty(ann.staff, DutyState.ON, ann)
    for _ in range(3):
        came(room, party_size=2)
    served(room, ann)
    board = visits.board("help")
    assert [(c.ticket, c.desk, c.serving) for c in board.called] == [("A001", "1", True)]
    assert (board.waiting, board.people_ahead, board.desks_serving, board.desks_free) == (
        2,
        2,
        1,
        0,
    )
    assert (board.longest_wait_min, board.range) == (2, None)
    visits.tally("05", ben)
    wrong = visits.tally("", ben)
    visits.undo_tally(wrong)
    numbers = visits.numbers("help")
    assert (numbers.arrived, numbers.people, numbers.waiting, numbers.serving) == (3, 6, 2, 1)
    assert (numbers.tallies, numbers.units) == (1, 1)


def test_readiness_ratings_and_paper(room: Room) -> None:
    visits = room.help_desk.visits
    visit = came(room, readiness={"card": "ok"})
    ready = visits.set_readiness(visit.id, {"card": "ok", "otp_phone": "missing"})
    assert ready.readiness == {"card": "ok", "otp_phone": "missing"}
    assert visits.set_readiness(visit.id, {"card": "ok"}) == ready
    assert visits.rate(visit.id, 3).rating == 3
    with pytest.raises(InvalidInput):
        visits.rate(visit.id, 4)
    form = VisitForm(unit_text="x", channel="paper")
    paper = visits.open(form, DOOR, at=moment("08:40"))
    assert (paper.time_quality, paper.arrived_ms) == (
        TimeQuality.ESTIMATED, int(moment("08:40").timestamp() * 1000),
    )  # fmt: skip
    with pytest.raises(NotFound):
        visits.get_visit("A077")


def test_helping_somebody_changes_nothing_about_credit(
    room: Room, ann: Seat, tmp_path: Path
) -> None:
    room.import_people([1, 2])
    before = room.office.closing.credit_sheet("b1d1")
    visit = served(room, ann, came(room, unit="", person_id=room.person(1)))
    room.help_desk.visits.finish(visit.id, ann, [SOLVED])
    stranger = served(room, ann, came(room, name="路過人"))
    room.help_desk.visits.finish(stranger.id, ann, [SOLVED])
    assert room.office.closing.credit_sheet("b1d1") == before
    assert room.connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
    for act in (
        lambda: room.office.closing.decide(room.person(1), "help", grant=True, reason="x"),
        lambda: room.office.exports.export("credit", "help", "csv", tmp_path / "credit.csv"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not (tmp_path / "credit.csv").exists()
