"""What the tables of a plan file must keep between them, or the plan cannot be used.

These read the raw TOML values, so that they still speak when another table has a mistake.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from typing import Any, Final

from app.domain.words import Words
from app.plans.lines import Path
from app.plans.mistakes import Mistake, did_you_mean, shown
from app.plans.written import UnreadableTextError, read_time

Row = tuple[Path, Mapping[str, Any]]
Document = Mapping[str, Any]

_IN_ORDER: Final = (
    ("sign_in_from", "sign_in_until"),
    ("starts_at", "ends_at"),
    ("sign_in_from", "ends_at"),
)
_REFERENCES: Final = (("course", "courses"), ("venue", "venues"), ("batch", "batches"))


def list_broken_rules(document: Document) -> list[Mistake]:
    """Return every broken rule of a plan file's document, of whatever shape it is."""
    return [mistake for rule in _RULES for mistake in rule(document)]


def _rows(table: object, path: Path) -> Iterator[Row]:
    """Yield the tables of a list with their paths; what is no table is somebody else's mistake."""
    if isinstance(table, list):
        for position, row in enumerate(table):
            if isinstance(row, dict):
                yield (*path, position), row


def _rows_of(document: Document, name: str) -> list[Row]:
    return list(_rows(document.get(name), (name,)))


def _inner_rows(document: Document, outer: str, inner: str) -> list[Row]:
    return [
        found
        for path, row in _rows_of(document, outer)
        for found in _rows(row.get(inner), (*path, inner))
    ]


def _time(row: Mapping[str, Any], key: str) -> time | None:
    try:
        return read_time(row.get(key))
    except UnreadableTextError:
        return None


def _repeated(rows: Iterable[Row], key: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for path, row in rows:
        value = row.get(key)
        if not isinstance(value, str):
            continue
        if value in seen:
            words = Words(
                zh=f"{shown(value)} 已經用過了，請換一個",
                en=f"{shown(value)} is used twice; choose another",
            )
            yield Mistake((*path, key), words)
        seen.add(value)


def _codes_are_unique(document: Document) -> Iterator[Mistake]:
    for name in ("venues", "batches", "courses", "sessions", "topics"):
        yield from _repeated(_rows_of(document, name), "code")
    yield from _repeated(_rows_of(document, "regions"), "name")
    yield from _repeated(_inner_rows(document, "topics", "subtopics"), "code")


def _references_exist(document: Document) -> Iterator[Mistake]:
    known = {
        name: [
            row["code"] for _, row in _rows_of(document, name) if isinstance(row.get("code"), str)
        ]
        for _, name in _REFERENCES
    }
    for path, row in _rows_of(document, "sessions"):
        for key, name in _REFERENCES:
            code = row.get(key)
            if isinstance(code, str) and code and code not in known[name]:
                hint = did_you_mean(code, known[name])
                words = Words(
                    zh=f"{name} 裡沒有 {shown(code)}{hint.zh}",
                    en=f"{shown(code)} is not among the {name}{hint.en}",
                )
                yield Mistake((*path, key), words)


def _sessions_run_forward(document: Document) -> Iterator[Mistake]:
    for path, row in _rows_of(document, "sessions"):
        for first, second in _IN_ORDER:
            start, end = _time(row, first), _time(row, second)
            if start is not None and end is not None and start >= end:
                yield Mistake((*path, second), _must_follow(first))


def _agendas_run_forward(document: Document) -> Iterator[Mistake]:
    for path, row in _inner_rows(document, "courses", "agenda"):
        start, end = _time(row, "starts_at"), _time(row, "ends_at")
        if start is not None and end is not None and start >= end:
            yield Mistake((*path, "ends_at"), _must_follow("starts_at"))
    for path, course in _rows_of(document, "courses"):
        items = list(_rows(course.get("agenda"), (*path, "agenda")))
        for (_, before), (here, item) in pairwise(items):
            earlier, start = _time(before, "starts_at"), _time(item, "starts_at")
            if earlier is not None and start is not None and start < earlier:
                words = Words(
                    zh=f"{start:%H:%M} 比上一項的 {earlier:%H:%M} 還早，請依時間先後排列",
                    en=f"{start:%H:%M} is before the {earlier:%H:%M} of the item above;"
                    " put them in the order of the day",
                )
                yield Mistake((*here, "starts_at"), words)


def _must_follow(first: str) -> Words:
    return Words(zh=f"必須晚於 {first}", en=f"must be later than {first}")


def _help_days_yield_no_credit(document: Document) -> Iterator[Mistake]:
    help_courses = {
        row.get("course")
        for _, row in _rows_of(document, "sessions")
        if row.get("kind") == "helpdesk" and isinstance(row.get("course"), str)
    }
    for path, row in _rows_of(document, "courses"):
        code, hours = row.get("code"), row.get("hours")
        if isinstance(code, str) and code in help_courses and isinstance(hours, int) and hours > 0:
            words = Words(
                zh="駐點（helpdesk）不核給研習時數，請寫 0；若是簡報，場次的 kind 要寫 briefing",
                en="a help day (helpdesk) never yields hours; write 0,"
                " or make the sessions' kind briefing",
            )
            yield Mistake((*path, "hours"), words)


_RULES: Final[tuple[Callable[[Document], Iterator[Mistake]], ...]] = (
    _codes_are_unique,
    _references_exist,
    _sessions_run_forward,
    _agendas_run_forward,
    _help_days_yield_no_credit,
)
