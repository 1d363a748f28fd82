"""A plan as JSON: what the journal keeps is the plan again."""

import json
import subprocess
import sys
from dataclasses import fields
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.plan import AgendaItem, Plan, plan_from_json, plan_to_json
from app.plans.reading import find_plan_file, list_bundled_plans, read_plan

_MINUTES = st.times().map(lambda at: time(at.hour, at.minute))


def _plans() -> st.SearchStrategy[Plan]:
    st.register_type_strategy(time, _MINUTES)
    ours = st.builds(AgendaItem, starts_at=_MINUTES, ends_at=st.none() | _MINUTES)
    st.register_type_strategy(AgendaItem, ours)
    return st.builds(Plan)


@settings(max_examples=60, deadline=None)
@given(plan=_plans())
def test_any_plan_survives_json(plan: Plan) -> None:
    text = json.dumps(plan_to_json(plan), ensure_ascii=False)
    assert plan_from_json(json.loads(text)) == plan


@pytest.mark.parametrize("name", list_bundled_plans())
def test_bundled_plan_survives_json(name: str) -> None:
    plan = read_plan(find_plan_file(name)).plan
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def _document() -> dict[str, object]:
    plan = read_plan(find_plan_file("sample-workshop")).plan
    document: dict[str, object] = json.loads(json.dumps(plan_to_json(plan)))
    return document


def test_keys_of_newer_versions_are_ignored() -> None:
    document = _document()
    plain = plan_from_json(document)
    document["colour"] = {"of": ["tomorrow"]}
    document["sessions"][0]["seats"] = 40  # type: ignore[index]  # plain JSON
    assert plan_from_json(document) == plain


def test_values_older_versions_did_not_write_have_defaults() -> None:
    document = _document()
    for name in ("school_count", "official_names", "notes"):
        del document[name]
    plan = plan_from_json(document)
    assert (plan.school_count, plan.official_names, plan.notes) == (None, (), ())


_WRONG: list[tuple[str, object]] = [
    ("sessions", None),
    ("sessions", [1]),
    ("sessions", [{}]),
    ("sessions", "am"),
    ("title", 5),
    ("school_count", True),
    ("school_count", "231"),
    ("courses", {"code": "x"}),
    ("notes", [None]),
]


@pytest.mark.parametrize(("key", "value"), _WRONG)
def test_damaged_plans_are_refused_in_words(key: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan_from_json(_document() | {key: value})
    assert "計畫" in refused.value.sentence("zh")
    assert "plan" in refused.value.sentence("en")


@pytest.mark.parametrize("key", [each.name for each in fields(Plan)][:8])
def test_plans_without_a_needed_value_are_refused(key: str) -> None:
    document = _document()
    del document[key]
    with pytest.raises(InvalidInput):
        plan_from_json(document)


def test_the_domain_loads_without_pydantic() -> None:
    code = "import sys, app.domain.plan; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
