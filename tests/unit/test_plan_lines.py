"""Every key of a plan file has a line."""

import tomllib
from typing import Any

import pytest

from app.plans.lines import Path, line_at, lines_of
from app.plans.reading import find_plan_file, list_bundled_plans

TRICKY = '''\
a = 1 # [not.a.table]
"b.c" = "x = 1, ] }"
d.e.f = 'lit " eral'
g = """
[no]
h = 2 \\""" still
"""
'i' = [ # comment ]
  1.5, "]",
  { j = 1, k.l = [1979-05-27 07:32:00, 2] },

  [3,
   4],
]
[m."n\\u00e9"]
o = \'\'\'
p = 1
\'\'\'
[[q]]
r = 1
[[q]]
r = 2
[[q.s]]
t = +1e5
[q.u]
v = {}
w = []'''


def _paths(value: Any, path: Path = ()) -> list[Path]:
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    here: list[Path] = []
    for key, part in parts:
        here.append((*path, key))
        if isinstance(part, dict | list):
            here += _paths(part, (*path, key))
    return here


EXPECTED: list[tuple[Path, int]] = [
    (("a",), 1),
    (("b.c",), 2),
    (("d", "e", "f"), 3),
    (("g",), 4),
    (("i",), 8),
    (("i", 0), 9),
    (("i", 1), 9),
    (("i", 2), 10),
    (("i", 2, "k", "l", 1), 10),
    (("i", 3), 12),
    (("i", 3, 1), 13),
    (("m", "né"), 15),
    (("m", "né", "o"), 16),
    (("q",), 19),
    (("q", 0), 19),
    (("q", 0, "r"), 20),
    (("q", 1), 21),
    (("q", 1, "r"), 22),
    (("q", 1, "s", 0, "t"), 24),
    (("q", 1, "u", "v"), 26),
    (("q", 1, "u", "w"), 27),
]


@pytest.mark.parametrize(("path", "line"), EXPECTED)
def test_tricky_places(path: Path, line: int) -> None:
    assert lines_of(TRICKY)[path] == line


def test_every_path_of_the_tricky_text_has_a_line() -> None:
    assert set(lines_of(TRICKY)) == set(_paths(tomllib.loads(TRICKY)))


@pytest.mark.parametrize("name", list_bundled_plans())
def test_keys_stand_on_the_line_given(name: str) -> None:
    text = find_plan_file(name).read_text(encoding="utf-8")
    lines, rows = lines_of(text), text.split("\n")
    paths = [path for path in _paths(tomllib.loads(text)) if isinstance(path[-1], str)]
    assert paths
    for path in paths:
        assert str(path[-1]) in rows[lines[path] - 1]


def test_what_is_missing_is_on_the_line_of_its_table() -> None:
    lines = lines_of("[[a]]\nb = 1\n[[a]]\nc = 2\n")
    assert line_at(lines, ("a", 1, "b")) == 3
    assert line_at(lines, ("z",)) is None


def test_brackets_nested_deeper_than_python_walks_are_survived() -> None:
    assert lines_of("a = " + "[" * 5000 + "]" * 5000)[("a",)] == 1
