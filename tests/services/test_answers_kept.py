"""Canned texts by code, offered ones by a click, known problems and the schools they struck."""

import pytest
from desk_facts import issue
from factories import Room

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.help_desk import ProblemState
from app.services.answers import AnswerService
from db.verify import verify


@pytest.fixture
def answers(empty_room: Room) -> AnswerService:
    return AnswerService(empty_room.desk.context)


def test_a_canned_text_is_found_by_its_code(answers: AnswerService) -> None:
    made = answers.add_canned("otp", "OTP 改綁", "先解除|再綁定", "0109")
    assert answers.find_canned("::ＯＴＰ") == made
    assert answers.find_canned("otp2") is None
    assert answers.find_canned("") is None


@pytest.mark.parametrize(
    ("code", "body"), [("", "x"), ("a b", "x"), ("a:b", "x"), ("長" * 17, "x"), ("ok", " ")]
)
def test_a_code_can_be_typed_and_a_text_says_something(
    answers: AnswerService, code: str, body: str
) -> None:
    with pytest.raises(InvalidInput):
        answers.add_canned(code, "標題", body)


def test_a_code_is_taken_once(answers: AnswerService) -> None:
    made = answers.add_canned("otp", "一", "甲")
    other = answers.add_canned("card", "二", "乙")
    with pytest.raises(Conflict):
        answers.add_canned("OTP", "三", "丙")
    with pytest.raises(Conflict):
        answers.amend_canned(other.id, code="otp")
    assert answers.amend_canned(made.id, title="改").title == "改"
    answers.amend_canned(made.id, active=False)
    assert answers.amend_canned(other.id, code="otp").code == "otp"
    assert [item.code for item in answers.list_canned()] == ["otp"]
    assert len(answers.list_canned(include_inactive=True)) == 2
    with pytest.raises(NotFound):
        answers.amend_canned("nobody", title="改")


def test_secrets_are_not_kept(empty_room: Room, answers: AnswerService) -> None:
    made = answers.add_canned("pin", "密碼", "密碼是 abc12345 喔")
    assert "abc12345" not in made.body
    stored = empty_room.connection.execute("SELECT group_concat(private) FROM fact").fetchone()[0]
    assert "abc12345" not in stored


def test_offered_texts_are_added_by_a_click_and_once(
    empty_room: Room, answers: AnswerService
) -> None:
    offered = answers.list_offered()
    assert len(offered) > 10
    assert answers.list_canned() == ()
    assert len({text.code for text in offered}) == len(offered)
    assert all("|" in text.body or text.body for text in offered)
    answers.add_canned(offered[0].code, "自己的", "自己的話")
    assert answers.add_offered() == len(offered) - 1
    assert answers.list_offered() == ()
    assert answers.find_canned(offered[0].code).title == "自己的"
    assert verify(empty_room.connection).is_sound


def test_a_known_problem_counts_schools_not_issues(
    empty_room: Room, answers: AnswerService
) -> None:
    problem = answers.add_problem("0603", "H3 表單匯入失敗")
    for unit, unit_id in (("青山國小", "U1"), ("青山國小", ""), ("白雲國小", ""), ("", "")):
        issue(empty_room, unit=unit, unit_id=unit_id, known_problem=problem.id, outcome="escalated")
    issue(empty_room, unit="海風國中", known_problem=problem.id)
    known = answers.list_problems("help")[0]
    assert (known.schools, known.issues, known.unsolved) == (4, 5, 4)
    assert answers.list_problems("b1d1")[0].schools == 0
    assert answers.list_struck(problem.id)[0].unit_text == "海風國中"


def test_an_answer_reaches_everybody_attached(answers: AnswerService) -> None:
    problem = answers.add_problem("0603", "H3 表單匯入失敗")
    assert problem.state is ProblemState.OPEN
    answers.answer_problem(problem.id, "廠商已修正，重新匯入即可")
    told = answers.find_problem(problem.id)
    assert (told.state, told.answer) == (ProblemState.ANSWERED, "廠商已修正，重新匯入即可")
    assert told.title == "H3 表單匯入失敗"
    assert answers.close_problem(problem.id).state is ProblemState.CLOSED
    assert answers.list_problems(include_closed=False) == ()
    assert answers.reopen_problem(problem.id).state is ProblemState.ANSWERED
    assert answers.amend_problem(problem.id, title="匯入", topic="06").topic == "06"
    assert answers.find_problem("nobody") is None
    with pytest.raises(NotFound):
        answers.answer_problem("nobody", "x")
    with pytest.raises(InvalidInput):
        answers.add_problem("", " ")


def test_open_problems_come_first_and_the_widest_first(
    empty_room: Room, answers: AnswerService
) -> None:
    closed, small, wide = (answers.add_problem("", name) for name in ("關", "小", "大"))
    for unit in ("青山國小", "白雲國小"):
        issue(empty_room, unit=unit, known_problem=wide.id)
    issue(empty_room, known_problem=small.id)
    answers.close_problem(closed.id)
    assert [item.problem.title for item in answers.list_problems()] == ["大", "小", "關"]
