"""What run.py does: see that the machine has what the command needs, then become the program."""

import os
import subprocess

import display
import setup_machine
from say import CannotGoOnError, say
from setup_machine import ENVIRONMENT, ensure_libraries, program
from system_libraries import WINDOW, X_WINDOW


def _prepare(arguments: list[str]) -> None:
    """Everything the asked-for command needs, or words why not."""
    window = display.opens_window(arguments)
    on_x = window and display.wants_x()
    if on_x:
        display.require_name()  # before minutes of setting up
    if window or not setup_machine.is_ready():
        ensure_libraries(WINDOW, required=window)
        ensure_libraries(X_WINDOW, required=on_x)
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
