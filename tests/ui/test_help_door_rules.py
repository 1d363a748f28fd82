"""The pure parts of the Door: topic keys, the draft, tags, offers, and their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.help_desk import Loan, LoanKind
from app.domain.visits import ReadinessItem, Ready, Visit, VisitId, VisitState
from app.domain.wait_range import WaitRange
from app.domain.words import Words
from app.services.cards import PersonCard
from app.services.visit_views import HelpTopic, UnitCard
from ui.screens.help_desk import door_wording, readiness_wording
from ui.screens.help_desk.door_draft import MOST_PEOPLE, DoorDraft
from ui.screens.help_desk.door_hits import NOBODY, colleagues
from ui.screens.help_desk.door_offers import find_offers
from ui.screens.help_desk.door_topic_choice import PER_PAGE, TopicChoice
from ui.screens.help_desk.loans_tags import find_out, free_tag

GROUPS = tuple(
    HelpTopic(code=f"{group:02d}", title=f"主題{group}", title_en=f"topic {group}")
    for group in range(1, 19)
)
CHILDREN = tuple(
    HelpTopic(code=f"{group:02d}{sub:02d}", parent=f"{group:02d}", title="細項", title_en="sub")
    for group, count in ((1, 12), (2, 4))
    for sub in range(1, count + 1)
)
CHOICE = TopicChoice().over((*GROUPS, *CHILDREN), GROUPS[9:18])


def visit(ticket="A001", state=VisitState.WAITING, **told):
    return Visit(
        id=VisitId(f"V{ticket}"), session="help1", ticket=ticket, station="A",
        arrived_ms=int(ticket[1:]), state=state, unit_text="青山國小", **told,
    )  # fmt: skip


@given(st.lists(st.integers(0, 9), max_size=30))
def test_whatever_is_pressed_the_topic_exists_and_nine_keys_are_enough(digits):
    choice = CHOICE
    for digit in digits:
        choice = choice.press(digit)
        assert len(choice.shown) <= PER_PAGE
        assert choice.topic == "" or choice.find(choice.topic) is not None
        assert choice.topic.startswith(choice.group)


@pytest.mark.parametrize("topic", [*GROUPS, *CHILDREN], ids=lambda topic: topic.code)
def test_every_topic_is_reached_by_its_keys(topic):
    choice = CHOICE
    for wanted in filter(None, (topic.parent, topic.code)):
        while wanted not in [shown.code for shown in choice.shown]:
            choice = choice.turned()
        choice = choice.press([shown.code for shown in choice.shown].index(wanted) + 1)
    assert choice.topic == topic.code


def test_the_second_level_may_be_left_out_and_taken_back():
    choice = CHOICE.press(0).press(1)
    assert (choice.topic, choice.group) == ("01", "01")
    assert choice.press(3).topic == "0103"
    assert choice.back().topic == ""
    assert TopicChoice().press(1).topic == ""


@given(st.lists(st.sampled_from(list(ReadinessItem)), max_size=20))
def test_four_presses_of_an_item_leave_it_as_it_was(pressed):
    draft = DoorDraft()
    for item in pressed * 4:
        draft = draft.cycled(item)
    assert draft.readiness == {}
    assert draft.is_blank


@given(st.lists(st.sampled_from((-1, 1)), max_size=40))
def test_a_party_has_one_to_nine_people(steps):
    draft = DoorDraft()
    for step in steps:
        draft = draft.with_party(step)
        assert 1 <= draft.party_size <= MOST_PEOPLE


TAGS = st.sampled_from([f"{letter}{number}" for letter in "RLPX" for number in range(1, 12)])


@given(
    st.lists(st.tuples(TAGS, st.sampled_from(list(LoanKind)), st.booleans()), max_size=15),
    st.sampled_from(list(LoanKind)),
)
def test_the_tag_offered_is_never_out(lent, kind):
    loans = [
        Loan(id=str(number), kind=what, tag=tag, back_ms=5 if is_back else None)
        for number, (tag, what, is_back) in enumerate(lent)
    ]
    tag = free_tag(kind, loans)
    assert tag
    assert find_out(tag, loans) is None


def test_a_tag_is_found_however_it_was_read():
    out = Loan(id="1", tag="R2")
    assert find_out(" r2 ", [out]) is out
    assert find_out("", [out, Loan(id="2", tag="")]) is None


@pytest.mark.parametrize(
    ("draft", "here", "joins", "is_same"),
    [
        (DoorDraft(), (), None, False),
        (DoorDraft(), (visit("A002"), visit("A001")), "A001", False),
        (DoorDraft(), (visit("A001", VisitState.SERVING),), None, False),
        (DoorDraft(name="林采潔"), (visit("A001"), visit("A002", name="林采潔")), "A002", True),
        (DoorDraft(person_id="P1"), (visit(state=VisitState.SERVING, person_id="P1"),),
         "A001", True),
    ],
)  # fmt: skip
def test_what_is_offered_to_join(draft, here, joins, is_same):
    offers = find_offers(draft, UnitCard(unit_id="U1", name="青山國小", here_now=here))
    assert (offers.join.ticket if offers.join else None, offers.is_same_person) == (joins, is_same)


def test_who_came_lately_stands_before_the_roster_and_nobody_stands_twice():
    cards = [
        PersonCard(id="P1", name="林采潔", unit="青山國小", title="主任"),
        PersonCard(id="P2", name="周小雨", unit="青山國小"),
    ]
    found = colleagues(
        cards, [visit("A009", name="周小雨", phone="1"), visit("A003", name="周小雨")]
    )
    assert found[0] == NOBODY
    assert [one.name for one in found[1:]] == ["周小雨", "林采潔"]
    assert (found[1].person_id, found[1].phone, found[1].last_ticket) == ("P2", "1", "A009")


@pytest.mark.parametrize("module", [door_wording, readiness_wording])
def test_everything_is_said_in_both_languages(module):
    found = [value for value in vars(module).values() if isinstance(value, Words)]
    for held in vars(module).values():
        if isinstance(held, dict):
            found += [words for words in held.values() if isinstance(words, Words)]
    assert found
    assert all(words.zh.strip() and words.en.strip() for words in found)
    assert not [words for words in found if any("\u4e00" <= sign <= "\u9fff" for sign in words.en)]


def test_each_item_state_and_kind_has_words_and_a_key_of_its_own():
    assert set(readiness_wording.ITEMS) == set(ReadinessItem)
    assert set(readiness_wording.REMEDIES) == set(ReadinessItem)
    assert set(readiness_wording.STANDINGS) == set(Ready)
    assert len(set(readiness_wording.LETTERS.values())) == len(ReadinessItem)
    assert set(door_wording.LOAN_KINDS) == set(LoanKind)
    assert all(door_wording.short_state(state).en for state in VisitState)


@pytest.mark.parametrize(
    ("found", "zh"),
    [
        (WaitRange(0, 0), "不用等"),
        (WaitRange(10, 25), "10–25 分鐘"),
        (WaitRange(40, 65), "40 分鐘以上"),
        (WaitRange(65, 65), "超過一小時"),
    ],
)
def test_how_long_one_waits_in_words(found, zh):
    assert door_wording.wait(found).zh == zh
