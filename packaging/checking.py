"""What test.py does: lint, types, layer contracts and tests, each with the locked tools."""

import os
import subprocess
import time

import setup_machine
import system_libraries
from say import CannotGoOnError, say, say_line
from setup_machine import ENVIRONMENT, ROOT, ensure_libraries, program
from system_libraries import BROWSER_TEST_PROGRAMS, CARD_TEST_PROGRAMS, TEST_PROGRAMS, WINDOW

SCRIPTS = ("packaging/run.py", "packaging/test.py")
STEPS = {
    "lint": [["ruff", "check", "."]],
    "format": [["ruff", "format", "--check", "."]],
    "types": [["mypy"], ["mypy", *SCRIPTS]],
    "contracts": [["lint-imports"]],
    "tests": [["pytest", "-n", "auto", "--dist", "loadgroup"]],
    "proofs": [["pytest", "-n", "auto", "--dist", "loadgroup", "-m", "proof"]],
}
"""Each step's commands; a step passes when all of them exit with 0."""


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The steps asked for, and the rest, which is for pytest."""
    if arguments[:1] != ["--only"]:
        everybody = [step for step in STEPS if step != "proofs" or os.environ.get("CI")]
        return everybody, arguments
    asked = arguments[1].split(",") if len(arguments) > 1 else []
    if not asked or not set(asked) <= set(STEPS):
        names = ", ".join(STEPS)
        raise CannotGoOnError(f"--only 可用的步驟：{names}", f"--only takes steps of: {names}")
    return asked, arguments[2:]


def _prepare() -> None:
    ensure_libraries(WINDOW, WINDOW)
    if os.environ.get("CI"):  # there nobody minds more programs, and nothing may be skipped
        ensure_libraries(TEST_PROGRAMS, ())
        # Apart: where one package is unknown, apt installs none of its list.
        ensure_libraries(CARD_TEST_PROGRAMS, ())
        ensure_libraries(BROWSER_TEST_PROGRAMS, ())
    programs = (*TEST_PROGRAMS, *CARD_TEST_PROGRAMS, *BROWSER_TEST_PROGRAMS)
    for missing in system_libraries.list_missing(programs):
        say(
            f"沒有 {missing.name}（{missing.package}），用到它的測試會略過。",
            f"Tests that use {missing.name} ({missing.package}) are skipped: it is not installed.",
        )
    setup_machine.prepare()


def _passes(step: str, more: list[str]) -> bool:
    """Run one step from the root of the checkout, without a screen."""
    began = time.monotonic()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    codes = []
    for name, *rest in STEPS[step]:
        command = [str(program(ENVIRONMENT, name)), *rest, *more]
        codes.append(subprocess.call(command, cwd=ROOT, env=environment))
    passed = not any(codes)
    say_line(f"== {step}: {'ok' if passed else 'FAILED'}, {time.monotonic() - began:.1f} s")
    return passed


def _check(steps: list[str], more: list[str]) -> int:
    """Run all steps, also after one failed, and say at the end which did."""
    failed = [step for step in steps if not _passes(step, more if step == "tests" else [])]
    if failed:
        say(f"未通過：{', '.join(failed)}", f"Did not pass: {', '.join(failed)}")
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Prepare the machine, then check."""
    try:
        steps, more = _split(arguments)
        _prepare()
        return _check(steps, more)
    except CannotGoOnError as problem:
        say(problem.chinese, problem.english)
    except KeyboardInterrupt:
        say("已中斷。", "Stopped.")
    return 1
