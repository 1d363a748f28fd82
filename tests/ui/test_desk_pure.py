"""What the Desk page works out without a window: timers, forms, rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.visits import Barrier, Issue, IssueId, Outcome, Segment, Visit, VisitId, VisitState
from app.domain.words import Words
from app.services.visit_views import IssueForm
from ui.screens.help_desk import desk_wording, issue_wording
from ui.screens.help_desk.issue_forms import (
    document_of,
    form_of,
    forms_for,
    forms_in,
    like_before,
    needs_more,
)
from ui.screens.help_desk.queue_rows import QueueRow, changed_places
from ui.screens.help_desk.timer import (
    USUAL_MS,
    clock_words,
    handle_medians,
    is_forgotten,
    target_of,
)

MINUTE = 60_000
texts = st.text(max_size=12)
forms = st.builds(
    IssueForm,
    id=st.uuids().map(str),
    topic=st.sampled_from(("", "01", "0108")),
    outcome=st.none() | st.sampled_from(Outcome),
    barriers=st.lists(st.sampled_from(Barrier), unique=True).map(tuple),
    symptom=texts,
    steps=texts,
    resolution=texts,
    next_step=texts,
    reused=st.lists(texts, max_size=2).map(tuple),
)


@pytest.mark.parametrize("module", [desk_wording, issue_wording])
def test_every_sentence_is_there_in_both_languages(module):
    told = [one for value in vars(module).values() for one in words_in(value)]
    assert told
    assert all(one.zh.strip() and one.en.strip() for one in told)
    assert not [one.en for one in told if any("\u4e00" <= sign <= "\u9fff" for sign in one.en)]


def words_in(value):
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from words_in(item)


def a_visit(number: int, minutes: int, topic: str = "01") -> Visit:
    served = Segment(state=VisitState.SERVING, start_ms=0, end_ms=minutes * MINUTE)
    return Visit(
        id=VisitId(str(number)), session="help1", ticket=f"A{number:03d}", station="A",
        arrived_ms=0, topic=topic, segments=[served], closed_ms=minutes * MINUTE,
    )  # fmt: skip


@given(st.lists(forms, max_size=4, unique_by=lambda form: form.id))
def test_a_draft_gives_back_what_was_typed(typed):
    assert forms_in(document_of(typed)) == tuple(typed)


@given(forms, forms)
def test_same_as_before_never_loses_a_word(form, earlier):
    filled = like_before(form, earlier)
    for name in ("symptom", "steps", "resolution", "next_step"):
        if getattr(form, name).strip():
            assert getattr(filled, name) == getattr(form, name)
    assert filled.outcome is (form.outcome or earlier.outcome)
    assert filled.id == form.id


def test_what_is_typed_goes_over_what_is_recorded():
    recorded = Issue(id=IssueId("i"), at_ms=1, topic="01", symptom="old")
    visit = a_visit(1, 5)
    visit.issues["i"] = recorded
    assert forms_for(visit) == (form_of(recorded),)
    typed = IssueForm(id="i", topic="02", symptom="new")
    more = IssueForm(id="n", symptom="second")
    blank = IssueForm(id="b")
    assert forms_for(visit, document_of([typed, more, blank])) == (typed, more)
    assert forms_for(a_visit(2, 5)) == (IssueForm(topic="01"),)


def test_only_open_ends_ask_for_more():
    asked = {outcome for outcome in Outcome if needs_more(IssueForm(outcome=outcome))}
    assert asked == {Outcome.RESOLVED_NEXT_STEP, Outcome.ESCALATED, Outcome.NOT_RESOLVED}


def test_a_topics_median_counts_from_three_visits_on():
    done = [a_visit(1, 4), a_visit(2, 8), a_visit(3, 60), a_visit(4, 30, "02")]
    medians = handle_medians(done)
    assert medians == {"01": 8 * MINUTE, "": 19 * MINUTE}
    assert target_of("0108", medians) == 8 * MINUTE
    assert target_of("02", medians) == 19 * MINUTE
    assert target_of("01", {}) == USUAL_MS


def test_forgotten_is_twice_the_usual_and_five_idle_minutes():
    assert is_forgotten(21 * MINUTE, 10 * MINUTE, 5 * MINUTE)
    assert not is_forgotten(20 * MINUTE, 10 * MINUTE, 5 * MINUTE)
    assert not is_forgotten(60 * MINUTE, 10 * MINUTE, 5 * MINUTE - 1)


def test_times_read_like_a_clock():
    shown = [clock_words(ms) for ms in (-5, 0, 65_000, 3_599_000, 3_661_000)]
    assert shown == ["0:00", "0:00", "1:05", "59:59", "1:01:01"]


rows = st.lists(
    st.builds(QueueRow, visit_id=st.sampled_from("abcd"), end=st.sampled_from(("1", "2"))),
    max_size=4,
    unique_by=lambda row: row.visit_id,
)


@given(rows, rows)
def test_the_list_is_told_exactly_what_differs(old, new):
    changed = changed_places(old, new)
    if changed is None:
        assert [row.visit_id for row in old] != [row.visit_id for row in new]
    else:
        assert [new[n] if n in changed else row for n, row in enumerate(old)] == new
