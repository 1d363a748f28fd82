"""Sizes, words and forbidden imports of our own source, read as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
OTHER_SQLITES = {"sqlite3", "apsw", "pysqlite3", "PySide6.QtSql"}
MIGRATIONS = ROOT / "db" / "migrations" / "versions"
"""Written once by a tool and then never again: no size is asked of them."""


def _modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _by_hand() -> list[Path]:
    return [path for path in _modules("app", "db", "ui") if MIGRATIONS not in path.parents]


def test_one_sqlite_in_the_process() -> None:
    # Two SQLite libraries on one file break each other's locks (POSIX locks are per process).
    modules = _modules("app", "db", "ui", "resources")
    assert [_place(p) for p in modules if OTHER_SQLITES.intersection(_imports(_tree(p)))] == []


def test_only_the_window_knows_qt() -> None:
    tops = {
        _place(path): {name.split(".")[0] for name in _imports(_tree(path))}
        for path in _modules("app", "db", "resources")
    }
    assert [place for place, names in tops.items() if names & {"PySide6", "shiboken6"}] == []


def test_every_module_says_what_it_is() -> None:
    trees = {_place(path): _tree(path) for path in _modules("app", "db", "ui", "resources")}
    assert [p for p, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_files_stay_readable() -> None:
    lengths = {_place(p): len(p.read_text(encoding="utf-8").splitlines()) for p in _by_hand()}
    assert {place: n for place, n in lengths.items() if n > LONGEST_FILE} == {}


def _lengths(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_place(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_stay_readable() -> None:
    lengths = dict(pair for path in _by_hand() for pair in _lengths(path))
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_screens_never_import_one_another() -> None:
    strangers = []
    for path in _modules("ui/screens"):
        place = path.relative_to(ROOT / "ui" / "screens").parts[0]
        names = [name for name in _imports(_tree(path)) if name.startswith("ui.screens.")]
        strangers += [(_place(path), n) for n in names if n.split(".")[2] != place]
    assert strangers == []
