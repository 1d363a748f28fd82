"""Which keys choose a topic, and which positions a move needs."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.visit_views import HelpTopic
from ui.screens.topics.topic_rows import group_lines, moved, subtopic_lines


def topics(count, *, away=()):
    return tuple(
        HelpTopic(code=f"{n:02d}", title=f"主題 {n}", active=n not in away)
        for n in range(1, count + 1)
    )


def keys(lines):
    return {line.topic.code: line.keys for line in lines}


def test_nine_quick_topics_have_the_digits_and_zero_turns_to_the_others():
    groups = topics(18)
    found = keys(group_lines(groups, groups[8:17]))
    assert found["09"] == "1"
    assert found["17"] == "9"
    assert found["01"] == "0 1"
    assert found["08"] == "0 8"
    assert found["18"] == "0 9"


def test_a_third_page_takes_two_zeros():
    groups = topics(20)
    assert keys(group_lines(groups, groups[:9]))["20"] == "0 0 2"


def test_a_topic_put_away_has_no_key_and_takes_none():
    found = keys(group_lines(topics(4, away=(2,)), topics(1)))
    assert found == {"01": "1", "02": "", "03": "0 1", "04": "0 2"}


def test_without_quick_topics_the_first_page_is_the_list():
    assert keys(group_lines(topics(3), ()))["02"] == "2"


def test_subtopics_stand_on_the_digits_in_order():
    group, *_ = topics(1)
    children = tuple(HelpTopic(code=f"01{n:02d}", parent="01") for n in range(1, 13))
    lines = subtopic_lines((group, *children), "01")
    assert [line.keys for line in lines[:3]] == ["1", "2", "3"]
    assert lines[10].keys == "0 2"
    assert group_lines((group, *children), ())[0].children == 12
    assert subtopic_lines((group, *children), "") == ()


def test_a_move_gives_places_up_to_the_two_that_change():
    lines = group_lines(topics(5), ())
    assert moved(lines, "03", -1) == (("01", 1), ("03", 2), ("02", 3))
    assert moved(lines, "01", -1) == ()
    assert moved(lines, "05", 1) == ()


@given(st.integers(2, 20), st.data())
def test_a_move_changes_two_neighbours_only(count, data):
    lines = group_lines(topics(count), ())
    here = data.draw(st.integers(0, count - 1))
    by = data.draw(st.sampled_from([-1, 1]))
    codes = [line.topic.code for line in lines]
    places = dict(moved(lines, codes[here], by))
    after = sorted(codes, key=lambda code: places.get(code, 999))
    wanted = list(codes)
    if 0 <= here + by < count:
        wanted[here], wanted[here + by] = wanted[here + by], wanted[here]
    assert after == wanted
