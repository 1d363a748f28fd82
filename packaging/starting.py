"""What run.py does: see that the machine has what the command needs, then become the program."""

import os
import subprocess

import display
import setup_machine
from say import CannotGoOnError, say
from setup_machine import ENVIRONMENT, ensure_libraries, list_libraries_missing_for_x, program
from system_libraries import WINDOW, X_WINDOW, Part

LIBRARIES_FOUND = ENVIRONMENT / "venuedesk-libraries.txt"
"""Written once nothing is missing, so that a start does not open thirteen libraries to ask."""


def _remember(missing: list[Part]) -> None:
    """Note that all libraries are there, also those that Qt's X plugin alone knows it needs."""
    known = {part.name for part in missing}
    unresolved = [name for name in list_libraries_missing_for_x() if name not in known]
    if unresolved:
        names = ", ".join(unresolved)
        say(f"Qt 的 X 外掛還缺少：{names}", f"Qt's X plugin also lacks: {names}")
    if not missing and not unresolved:
        LIBRARIES_FOUND.write_text("all there when last asked\n", encoding="utf-8")


def _prepare(arguments: list[str]) -> None:
    """Everything the asked-for command needs, or words why not."""
    window = display.opens_window(arguments)
    on_x = window and display.wants_x()
    if on_x:
        display.require_name()  # before minutes of setting up
    if not LIBRARIES_FOUND.exists():
        needed = (WINDOW if window else ()) + (X_WINDOW if on_x else ())
        missing = ensure_libraries(WINDOW + X_WINDOW, needed)
        setup_machine.prepare()
        _remember(missing)
    setup_machine.prepare()
    if on_x:
        display.require_answer()


def _become(venuedesk: str, arguments: list[str]) -> int:
    """Hand over to the program; gives its exit status where handing over is not possible."""
    if os.name == "nt":  # there, exec would give the prompt back at once
        return subprocess.call([venuedesk, *arguments])
    os.execv(venuedesk, [venuedesk, *arguments])  # noqa: S606 - no shell is the point
    return 0


def main(arguments: list[str]) -> int:
    """Prepare, then become the program."""
    try:
        _prepare(arguments)
    except CannotGoOnError as problem:
        say(problem.chinese, problem.english)
        return 1
    except KeyboardInterrupt:
        say("已中斷；再執行一次會接著做。", "Stopped; running it again goes on from here.")
        return 130
    return _become(str(program(ENVIRONMENT, "venuedesk")), arguments)
