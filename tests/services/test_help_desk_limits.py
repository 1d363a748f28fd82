"""What the help desk does not take: texts no paper can hold, a day carried onto itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import Room
from visit_days import SOLVED, came, help_room

from app.domain.errors import InvalidInput
from app.domain.visits import Seat
from app.services.text_lengths import LONGEST_LINE, LONGEST_TEXT
from app.services.visit_views import IssueForm, VisitForm

DOOR = Seat(session="help")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = help_room(tmp_path / "profile")
    yield opened
    opened.desk.context.database.close()


@pytest.mark.parametrize(
    ("field", "longest"),
    [("unit_text", LONGEST_LINE), ("name", LONGEST_LINE), ("phone", LONGEST_LINE), ("note", 4_000)],
)
def test_a_visitors_texts_have_an_end(room: Room, field: str, longest: int) -> None:
    visits = room.help_desk.visits
    told = {"unit_text": "星東國小"} | {field: "長" * longest}
    visit = visits.open(VisitForm(**told), DOOR)  # type: ignore[arg-type] # all texts
    too_long = told | {field: "長" * (longest + 1)}
    with pytest.raises(InvalidInput) as refused:
        visits.open(VisitForm(**too_long), DOOR)  # type: ignore[arg-type] # all texts
    assert refused.value.field == field
    with pytest.raises(InvalidInput):
        visits.amend(visit.id, **{field: "長" * (longest + 1)})
    assert len(visits.list_visits("help")) == 1


@pytest.mark.parametrize("field", ["symptom", "steps", "resolution", "next_step"])
def test_an_issues_texts_have_an_end(room: Room, field: str) -> None:
    visit = came(room, name="王大文")
    ann = room.sit("江采薇", "1")
    issues = room.help_desk.issues
    issues.record(visit.id, IssueForm(**{field: "症" * LONGEST_TEXT}), ann)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        issues.record(visit.id, IssueForm(**{field: "症" * (LONGEST_TEXT + 1)}), ann)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_text_that_is_too_long_leaves_the_visit_and_the_draft_as_they_were(room: Room) -> None:
    visit = came(room, name="王大文")
    ann = room.sit("江采薇", "1")
    room.help_desk.visits.start(visit.id, ann)
    draft = {"issues": [{"topic": "05", "symptom": "症" * (LONGEST_TEXT + 1)}]}
    room.help_desk.issues.save_draft(visit.id, draft)
    before = room.help_desk.visits.get_visit(visit.id)
    with pytest.raises(InvalidInput):
        room.help_desk.visits.finish(visit.id, ann)
    assert room.help_desk.visits.get_visit(visit.id) == before
    assert room.help_desk.issues.find_draft(visit.id) == draft
    room.help_desk.visits.finish(visit.id, ann, [SOLVED])


def test_other_texts_have_an_end_too(room: Room) -> None:
    visit = came(room, name="王大文")
    desk = room.help_desk
    with pytest.raises(InvalidInput):
        desk.consultants.add("長" * (LONGEST_LINE + 1))
    with pytest.raises(InvalidInput):
        desk.visits.set_priority(visit.id, 1, "長" * (LONGEST_TEXT + 1))
    with pytest.raises(InvalidInput):
        desk.answers.add_problem("05", "長" * (LONGEST_LINE + 1))


def test_a_visit_is_not_carried_to_its_own_day(room: Room) -> None:
    visit = came(room, name="王大文")
    with pytest.raises(InvalidInput):
        room.help_desk.visits.carry([visit.id], "help")
    assert room.help_desk.visits.get_visit(visit.id).carried_from == ""
