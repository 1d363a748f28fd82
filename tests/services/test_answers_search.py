"""Earlier words are found while typing, in Chinese and English, and ranked for this desk."""

import pytest
from desk_facts import issue, opened
from factories import Room
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answer_terms import (
    all_runs,
    any_piece,
    folded_texts,
    index_terms,
    query_pieces,
    query_runs,
)
from app.services.answers import AnswerService
from app.services.answers_views import Source

READER = "老師登入時讀卡機抓不到自然人憑證"


@pytest.fixture
def answers(empty_room: Room) -> AnswerService:
    return AnswerService(empty_room.desk.context)


def found(answers: AnswerService, text: str, **where: str) -> list[str]:
    return [item.id for item in answers.search(text, **where)]


@pytest.mark.parametrize(
    "typed",
    [
        "卡",
        "讀卡",
        "讀卡機",
        "抓不到",
        "自然人 讀卡機",
        "讀卡機 hicos",
        "HiC",
        "ＨＩＣＯＳ",
        "hicos憑證",
    ],
)
def test_a_part_of_the_words_finds_it(empty_room: Room, answers: AnswerService, typed: str) -> None:
    wanted = issue(empty_room, symptom=READER, resolution="重裝 HiCOS 元件後恢復")
    issue(empty_room, symptom="成績輸入期間未開放", resolution="請教務處調整")
    assert found(answers, typed) == [wanted]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("台東分校", "臺東"),
        ("ＯＴＰ綁定", "otp"),
        ("啟用 新學期", "啓用新"),
        ("黄主任裏", "黃主任裡"),
    ],
)
def test_variants_meet(empty_room: Room, answers: AnswerService, written: str, typed: str) -> None:
    wanted = issue(empty_room, symptom=written, resolution="完成")
    assert found(answers, typed) == [wanted]


def test_pairs_that_stand_apart_are_no_match(empty_room: Room, answers: AnswerService) -> None:
    """The index holds 讀卡 and 卡機 of this text, which yet says 讀卡機 nowhere."""
    issue(empty_room, symptom="讀卡失敗，卡機故障", resolution="換一台")
    assert found(answers, "讀卡機") == []
    assert found(answers, "讀卡 卡機") != []


def test_a_match_never_reaches_from_one_field_into_the_next(
    empty_room: Room, answers: AnswerService
) -> None:
    issue(empty_room, symptom="登入很慢", resolution="速度恢復")
    assert found(answers, "慢速") == []


def test_school_then_topic_then_resolved_then_reused_then_recent(
    empty_room: Room, answers: AnswerService
) -> None:
    words = {"symptom": "匯入失敗", "resolution": "改用範本"}
    oldest = issue(empty_room, unit="白雲國小", topic="0801", **words)
    unsolved = issue(empty_room, unit="白雲國小", topic="0801", **words | {"outcome": "escalated"})
    reused = issue(empty_room, unit="白雲國小", topic="0801", **words)
    group = issue(empty_room, unit="白雲國小", topic="0602", **words)
    topic = issue(empty_room, unit="白雲國小", topic="0603", **words)
    school = issue(empty_room, unit="青山國小", topic="0901", **words | {"outcome": "not_resolved"})
    issue(empty_room, unit="海風國中", topic="0101", symptom="別的", reused=[f"issue:{reused}"])
    answers._group_of = lambda _connection, _topic: frozenset({"06", "0602", "0603"})
    assert found(answers, "匯入", topic="0603", unit_text="青山國小") == [
        school, topic, group, reused, oldest, unsolved,
    ]  # fmt: skip


def test_a_school_is_known_by_its_id_or_its_name(empty_room: Room, answers: AnswerService) -> None:
    listed = issue(empty_room, unit="青山國小", unit_id="U1", symptom="表單退回", resolution="修正")
    typed = issue(empty_room, unit="雲海縣立青山國小", symptom="表單退回", resolution="修正")
    by_id = answers.search("表單", unit_id="U1")
    assert [item.is_same_unit for item in by_id] == [True, False]
    assert by_id[0].id == listed
    by_name = answers.search("表單", unit_text="青山國民小學")
    assert {item.id for item in by_name if item.is_same_unit} == {listed, typed}


def test_same_school_is_found_beyond_the_newest(empty_room: Room, answers: AnswerService) -> None:
    first = issue(empty_room, unit="青山國小", symptom="的", resolution="的")
    visit = opened(empty_room, unit="白雲國小")
    for _ in range(260):
        issue(empty_room, visit, symptom="的", resolution="的")
    assert found(answers, "的", unit_text="青山國小")[0] == first


def test_a_long_description_finds_what_shares_its_words(
    empty_room: Room, answers: AnswerService
) -> None:
    wanted = issue(empty_room, symptom="讀卡機抓不到憑證", resolution="換 USB 孔")
    issue(empty_room, symptom="學期成績無法輸入", resolution="開放期間")
    hit = answers.search("主任說今天早上開始讀卡機抓不到憑證怎麼辦")
    assert [(item.id, item.is_exact) for item in hit] == [(wanted, False)]


def test_without_text_the_school_and_the_topic_speak(
    empty_room: Room, answers: AnswerService
) -> None:
    school = issue(empty_room, unit="青山國小", topic="0801", symptom="甲", resolution="一")
    topic = issue(empty_room, unit="白雲國小", topic="0603", symptom="乙", resolution="二")
    issue(empty_room, unit="海風國中", topic="0901", symptom="丙", resolution="三")
    issue(empty_room, unit="青山國小", topic="0801", symptom="沒有寫怎麼處理")
    assert found(answers, "", topic="0603", unit_text="青山國小") == [school, topic]
    assert found(answers, "") == []


def test_a_visits_own_issues_are_no_answer(empty_room: Room, answers: AnswerService) -> None:
    visit = opened(empty_room)
    issue(empty_room, visit, symptom="讀卡機", resolution="換孔")
    assert found(answers, "讀卡機", not_visit=visit) == []


def test_canned_texts_are_found_too(empty_room: Room, answers: AnswerService) -> None:
    answers.add_canned("card", "讀卡機抓不到", "換一個 USB 孔|", "0108")
    hit = answers.search("usb")
    assert [(item.kind, item.code, item.words) for item in hit] == [
        (Source.ANSWER, "card", "換一個 USB 孔|")
    ]
    assert [item.code for item in answers.search("", topic="0108")] == ["card"]


def test_an_attached_issue_brings_the_answer_that_came_later(
    empty_room: Room, answers: AnswerService
) -> None:
    problem = answers.add_problem("0603", "匯入失敗")
    attached = issue(empty_room, symptom="人數是 0", known_problem=problem.id, outcome="escalated")
    assert found(answers, "人數") == []
    answers.answer_problem(problem.id, "廠商已修正")
    hit = answers.search("人數")
    assert [(item.id, item.words) for item in hit] == [(attached, "廠商已修正")]
    issue(empty_room, symptom="人數是 0", known_problem=problem.id, unit="白雲國小")
    assert len(found(answers, "人數")) == 1


def test_the_snippet_shows_the_words_as_typed(empty_room: Room, answers: AnswerService) -> None:
    issue(empty_room, symptom="甲" * 40 + "臺東 ＯＴＰ 綁定" + "乙" * 40, resolution="好")
    snippet = answers.search("otp")[0].snippet
    assert snippet.hit == "ＯＴＰ"
    assert snippet.before.startswith("…甲")
    assert snippet.after.endswith("乙…")


@pytest.mark.parametrize(
    "typed", ["", " ", "。，", '"', "'", "*", "AND", "NOT x", "a\x00b", "𫝀", "(("]
)
def test_odd_typing_is_harmless(empty_room: Room, answers: AnswerService, typed: str) -> None:
    issue(empty_room, symptom=READER, resolution="好")
    answers.search(typed)


@given(text=st.text(alphabet="讀卡機抓不到otpH3 ，-臺台。", max_size=24), start=st.integers(0, 23))
def test_whatever_stands_in_a_text_is_asked_of_the_index(text: str, start: int) -> None:
    """Every run of a text's part is indexed by terms its expression asks for."""
    part = text[start:]
    terms = set(index_terms((text,), ()).split())
    for run in query_runs(part):
        assert run in folded_texts((text,)).replace(" ", "") or not run
        if not run.isascii():
            asked = {term.strip('"') for term in all_runs((run,)).split(" AND ")}
            assert asked <= terms
    assert any_piece(query_pieces(query_runs(part))).count(" OR ") < 32
