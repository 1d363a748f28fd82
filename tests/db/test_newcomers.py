"""A newcomer's rows made straight from the one fact are those the fold of that fact gives."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from person_facts import PERSON, SESSIONS, make_fact

from app.domain.facts import Draft, FactKind
from db.projection.newcomers import newcomer_rows
from db.projection.rows import rows_of

SUBJECT = f"person:{PERSON}"
AT_MS = 1_691_368_000_000
CELL = st.text(max_size=12) | st.sampled_from(
    ["陳大文", "縣立青山國小", "拉娃‧谷拉斯", "08-7320415 轉 12", "A12345678９", "Ann.O@x.example"]
)
FIELDS = ("name", "unit_text", "title", "id_number", "phone", "email", "attention", "meal")
TOLD = st.none() | st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, CELL))
BODIES = st.fixed_dictionaries(
    {"session": st.sampled_from(SESSIONS), "origin": st.sampled_from(["imported", "walk_in"])},
    optional={"unit_id": st.sampled_from(["u1", "u2"]), "row": st.integers(2, 99)},
)


@given(BODIES, TOLD, st.none() | st.integers(0, AT_MS))
def test_a_newcomers_rows_are_those_of_the_fold(
    body: dict[str, Any], told: dict[str, str] | None, at_ms: int | None
) -> None:
    kind = FactKind.REGISTRATION_ADDED
    draft = Draft(kind=kind, subject=SUBJECT, body=body, private=told, at_ms=at_ms)
    person, registration = newcomer_rows(draft, AT_MS)
    fact = make_fact(1, kind, body, private=told, at=AT_MS if at_ms is None else at_ms)
    assert rows_of(SUBJECT, [fact]) == {
        ("person", PERSON): person,
        ("registration", PERSON, body["session"]): registration,
    }
