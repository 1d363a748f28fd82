"""The two commands: what they decide without touching the machine, and what an old Python sees."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
ENTRIES = ["run.py", "test.py", "needs_python.py"]
NO_SCREEN = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}


def _run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=PACKAGING, env=NO_SCREEN | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_an_old_python_can_read_the_entry(name: str) -> None:
    ast.parse((PACKAGING / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_in_words() -> None:
    told = _run("-c", "import needs_python as n; print(n.sentence('packaging/run.py'))")
    assert "3.11" in told.stdout
    assert "packaging/run.py" in told.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only there a screen may be missing")
def test_no_screen_is_told_in_words() -> None:
    told = _run("run.py", "demo")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "DISPLAY" in told.stderr
    assert "xvfb-run" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only there a screen may be missing")
def test_a_screen_that_does_not_answer_is_told_in_words() -> None:
    told = _run("-c", "import display; display.require_answer()", DISPLAY=":4711")
    assert "CannotGoOnError: The screen :4711" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "window"),
    [("", True), ("demo", True), ("demo --scale 3", True), ("--profile x", True),
     ("scan --session b1d1 -", False), ("--help", False), ("demo --help", False)],
)  # fmt: skip
def test_which_commands_open_the_window(arguments: str, window: bool) -> None:
    ask = f"import display; print(display.opens_window({arguments.split()!r}))"
    assert _run("-c", ask).stdout.strip() == str(window)


@pytest.mark.parametrize(
    ("printed", "word"),
    [("error: dns error", "network"), ("Connection refused", "network"),
     ("invalid peer certificate: UnknownIssuer", "UV_SYSTEM_CERTS"),
     ("No space left on device (os error 28)", "disk is full"), ("anything else", "above")],
)  # fmt: skip
def test_a_failed_download_is_told_in_words(printed: str, word: str) -> None:
    ask = f"import setup_machine as s; e = s._why([{printed!r}]); print(e.english, e.chinese)"
    assert word in _run("-c", ask).stdout


def test_an_unknown_step_is_told_in_words() -> None:
    told = _run("test.py", "--only", "everything")
    assert told.returncode == 1
    assert "lint, format, types, contracts, tests" in told.stderr
