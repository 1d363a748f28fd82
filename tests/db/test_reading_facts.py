"""Facts are read from rows the short way; it is the same as the long one."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from person_facts import histories

from app.domain.facts import Fact
from db.journal import COLUMNS, fact_with, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
BLANKS = st.sampled_from(["", " ", "\n", "\t "])


@given(VALUES, BLANKS, BLANKS)
def test_json_is_what_the_library_reads(value: object, before: str, after: str) -> None:
    text = f"{before}{json.dumps(value)}{after}"
    assert read_json(text) == json.loads(text)


@pytest.mark.parametrize("text", ["", "{", "{}{}", "nul", '"', "[1,]", "{'a':1}", "1 2"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        read_json(text)


@pytest.mark.parametrize("value", [None, 3, ["{}"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        read_json(value)  # type: ignore[arg-type] # what a stranger may send


@given(histories())
def test_a_fact_is_what_its_class_makes(facts: list[Fact]) -> None:
    names = COLUMNS.split(", ")
    assert sorted(names) == sorted(item.name for item in fields(Fact))
    for fact in facts:
        row = tuple(str(fact.kind) if n == "kind" else getattr(fact, n) for n in names)
        made = fact_with(row, fact.body, fact.private)
        assert made == fact
        assert made.kind is fact.kind


def test_an_unknown_kind_is_refused() -> None:
    row = tuple("x" for _ in COLUMNS.split(", "))
    with pytest.raises(ValueError, match="x"):
        fact_with(row, {}, None)
