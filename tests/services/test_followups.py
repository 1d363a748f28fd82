"""Follow-ups outlive the day: due dates in any writing, what is overdue, what came back."""

from datetime import date
from pathlib import Path

import pytest
from desk_facts import issue, opened, png
from factories import Room, moment

from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import FollowupState
from app.services.attachments import AttachmentService
from app.services.followups import FollowupService
from db.verify import verify

DAY_2 = date(2023, 8, 8)


@pytest.fixture
def followups(empty_room: Room) -> FollowupService:
    empty_room.at("10:00")
    return FollowupService(empty_room.desk.context)


def test_a_followup_shows_its_issue(empty_room: Room, followups: FollowupService) -> None:
    visit = opened(empty_room, ticket="A017")
    asked = issue(empty_room, visit, topic="0603", symptom="匯入失敗", steps="重試三次")
    empty_room.append(
        Draft(
            kind=FactKind.CONSULTANT_RECORDED,
            subject="consultant:c1",
            body={"active": True},
            private={"name": "陳諮詢"},
        )
    )
    made = followups.open(visit, asked, "系統廠商", owner="c1", due_on="112-09-20", note="急")
    line = followups.list_followups()[0]
    assert (line.ticket, line.unit_text, line.symptom) == ("A017", "青山國小", "匯入失敗")
    assert (line.steps, line.topic, line.owner_name) == ("重試三次", "0603", "陳諮詢")
    assert line.followup == made
    assert line.due_on == date(2023, 9, 20)


@pytest.mark.parametrize("typed", ["112/8/20", "2023-08-20", "8/20", "112年8月20日(日)", "8月20日"])
def test_a_due_date_is_read_as_people_write_it(
    empty_room: Room, followups: FollowupService, typed: str
) -> None:
    visit = opened(empty_room)
    assert followups.open(visit, "", "縣府", due_on=typed).due_on == "2023-08-20"


def test_what_cannot_be_read_is_refused_in_words(
    empty_room: Room, followups: FollowupService
) -> None:
    visit = opened(empty_room)
    made = followups.open(visit, "", "縣府")
    with pytest.raises(InvalidInput):
        followups.amend(made.id, due_on="下星期")
    with pytest.raises(InvalidInput):
        followups.open(visit, "", " ")
    with pytest.raises(NotFound):
        followups.open("nobody", "", "縣府")
    with pytest.raises(NotFound):
        followups.amend("nobody", note="x")
    with pytest.raises(NotFound):
        followups.get_followup("nobody")
    with pytest.raises(TypeError):
        followups.amend(made.id, colour="red")


def test_an_answer_makes_it_answered_and_nothing_new_is_no_fact(
    empty_room: Room, followups: FollowupService
) -> None:
    made = followups.open(opened(empty_room), "", "廠商")
    followups.amend(made.id, state=FollowupState.SENT, reference="PT-01")
    told = followups.amend(made.id, answer="已修正")
    assert (told.state, told.reference, told.answer) == (FollowupState.ANSWERED, "PT-01", "已修正")
    before = empty_room.fact_count()
    assert followups.amend(made.id, answer="已修正", reference="PT-01") == told
    assert empty_room.fact_count() == before
    assert followups.amend(made.id, answer="").answer == ""
    assert verify(empty_room.connection).is_sound


def test_filters(empty_room: Room, followups: FollowupService) -> None:
    visit = opened(empty_room)
    late = followups.open(visit, "", "廠商甲", due_on="2023-08-06", owner="c1")
    today = followups.open(visit, "", "廠商甲", due_on="2023-08-07")
    later = followups.open(visit, "", "縣府", due_on="2023-08-30")
    done = followups.open(visit, "", "廠商乙", due_on="2023-08-01")
    followups.amend(done.id, state=FollowupState.CLOSED)

    def ids(**which: object) -> list[str]:
        return [line.followup.id for line in followups.list_followups(**which)]

    assert ids() == [late.id, today.id, later.id, done.id]
    assert ids(only_due=True) == [late.id, today.id]
    assert ids(vendor="廠商甲") == [late.id, today.id]
    assert ids(owner="c1") == [late.id]
    assert ids(states=(FollowupState.CLOSED,)) == [done.id]
    assert [line.is_overdue for line in followups.list_followups()] == [True, False, False, False]
    assert followups.vendors()[0] == "廠商甲"


def test_day_2_shows_what_came_back(empty_room: Room, followups: FollowupService) -> None:
    visit = opened(empty_room)
    out = followups.open(visit, "", "廠商")
    back = followups.open(visit, "", "廠商")
    hopeless = followups.open(visit, "", "縣府")
    empty_room.at("16:00")
    followups.amend(back.id, answer="已修正")
    empty_room.at("09:00", DAY_2)
    followups.amend(hopeless.id, state=FollowupState.UNSOLVABLE)
    followups.amend(out.id, note="已再催")
    came = {line.followup.id for line in followups.list_came_back()}
    assert came == {back.id, hopeless.id}
    assert followups.last_day_began_at() == moment("00:00")
    followups.amend(back.id, state=FollowupState.CLOSED)
    assert {line.followup.id for line in followups.list_came_back()} == {hopeless.id}


def test_the_sheets_hold_what_is_still_out(
    empty_room: Room, followups: FollowupService, tmp_path: Path
) -> None:
    visit = opened(empty_room, ticket="A017")
    asked = issue(empty_room, visit, topic="0603", symptom="匯入失敗")
    AttachmentService(empty_room.desk.context).add(visit, asked, png(), masked=True)
    followups.open(visit, asked, "系統廠商", due_on="112-08-20")
    followups.open(visit, "", "縣府")
    done = followups.open(visit, "", "系統廠商")
    followups.amend(done.id, state=FollowupState.CLOSED)
    for vendor, cases in (("", 2), ("系統廠商", 1), ("沒有", 0)):
        out = tmp_path / f"sheets{cases}.pdf"
        assert followups.write_sheets(out, vendor=vendor, language="zh") == cases
        assert out.read_bytes().startswith(b"%PDF")
