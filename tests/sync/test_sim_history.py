"""The checker of histories notices whatever is done to one; it shares no code with the program."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import history_checker
import pytest
from history_checker import check
from simulation_runs import memory_folder, run_schedule
from simulation_stations import Template

Record = dict[str, Any]
SEED = 3


@pytest.fixture(scope="module")
def history() -> list[Record]:
    with memory_folder() as folder:
        for part in ("template", "day"):
            (folder / part).mkdir()
        template = Template(folder / "template")
        outcome = run_schedule(SEED, folder / "day", template, keeps_records=True)
    assert check(outcome.records) == []
    return outcome.records


def some(records: list[Record], kind: str, **has: object) -> Record:
    """Return one record of a kind, not always the first."""
    found = [
        record
        for record in records
        if record["record"] == kind and all(record[name] == value for name, value in has.items())
    ]
    return Random(SEED).choice(found)


def lose_acknowledged(records: list[Record]) -> None:
    ack = some(records, "ack")
    records[:] = [each for each in records if each["record"] != "fact" or each["id"] != ack["id"]]


def lose_in_the_middle(records: list[Record]) -> None:
    records.remove(some(records, "fact", node="county", seq=2))


def change_body(records: list[Record]) -> None:
    some(records, "fact")["body"] = '{"changed":true}'


def change_time(records: list[Record]) -> None:
    some(records, "fact")["at"] += 1


def change_private(records: list[Record]) -> None:
    fact = next(each for each in records if each["record"] == "fact" and each["private"])
    fact["private"] = '{"name":"somebody else"}'


def erase_quietly(records: list[Record]) -> None:
    erased = {each["subject"] for each in records if each.get("kind") == "private.erased"}
    fact = next(
        each
        for each in records
        if each["record"] == "fact" and each["private"] and each["subject"] not in erased
    )
    fact["private"] = fact["salt"] = None


def store_twice(records: list[Record]) -> None:
    records.append(dict(some(records, "fact")))


def fork_quietly(records: list[Record]) -> None:
    other = dict(some(records, "fact", node="venue", seq=3))
    other |= {"branch": "fork", "id": "another"}
    other["hash"] = history_checker.hash_of(other)
    records[:] = [record for record in records if record["record"] != "copied"]
    records.append(other)


def hide_a_tip(records: list[Record]) -> None:
    records.remove(some(records, "tip"))


def sign_badly(records: list[Record]) -> None:
    some(records, "head")["signature"] = "0" * 128


def sign_as_somebody_else(records: list[Record]) -> None:
    some(records, "head")["public_key"] = "ab" * 32


def have_no_goal(records: list[Record]) -> None:
    for record in records:
        record.pop("goal", None)


HARMS: dict[Callable[[list[Record]], None], str] = {
    lose_acknowledged: "lost",
    lose_in_the_middle: "gap",
    change_body: "differs",
    change_time: "differs",
    change_private: "altered",
    erase_quietly: "erased by nobody",
    store_twice: "double",
    fork_quietly: "forked",
    hide_a_tip: "tips",
    sign_badly: "head",
    sign_as_somebody_else: "head",
    have_no_goal: "no goal",
}


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_harm_is_noticed(history: list[Record], harm: Callable[[list[Record]], None]) -> None:
    harmed = [dict(record) for record in history]
    harm(harmed)
    assert any(fault.startswith(HARMS[harm]) for fault in check(harmed))


def test_it_reads_exported_files_alone(history: list[Record], tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    for records, status in ((history, 0), (history[:-1], 1)):
        file.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
        ended = subprocess.run(
            [sys.executable, "-I", history_checker.__file__, file], capture_output=True, check=False
        )
        assert ended.returncode == status, ended.stderr


def test_it_imports_nothing_of_the_program() -> None:
    tree = ast.parse(Path(history_checker.__file__).read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else []
        )
    }  # fmt: skip
    assert imported.isdisjoint({"app", "db", "ui", "resources"})
