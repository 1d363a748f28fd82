"""The real program on a real X server, scanned by key presses of the system."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import REPOSITORY, VenueDesk
from workshop import Workshop

NEEDED = ("Xvfb", "xdotool")
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in NEEDED), reason="needs Xvfb and xdotool"
)


@pytest.fixture
def display() -> Iterator[str]:
    """Return the name of an X server of our own, stopped by its id."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(PATIENCE_S)


@pytest.fixture
def window(display: str, workshop: Workshop) -> Iterator[dict[str, str]]:
    """Run the program over the workshop's profile; yield the surroundings it runs in."""
    surroundings = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.executable, "-m", "app", "--profile", str(workshop.desk.profile)],
        env=surroundings,
        cwd=REPOSITORY,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: press(surroundings, "search", "--pid", str(program.pid)))
        yield surroundings
    finally:
        program.terminate()
        program.wait(PATIENCE_S)


def press(surroundings: dict[str, str], *words: str) -> str:
    """Run xdotool; return what it printed, empty where it found nothing."""
    done = subprocess.run(
        ["xdotool", *words], env=surroundings, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def wait_for(is_there: Callable[[], object]) -> str:
    """Ask until there is an answer; the clock only ends a wait that would never."""
    until = time.monotonic() + PATIENCE_S
    while not (found := is_there()):
        assert time.monotonic() < until, "the window did not get there"
        time.sleep(0.2)
    return str(found)


def recorded(desk: VenueDesk, folder: Path) -> list[str]:
    """Return the badge codes the journal holds scans of, read by another process's eyes."""
    found: list[str] = []
    for session in desk.json("sessions")["sessions"]:
        out = folder / "scans.csv"
        desk.json("export", "scans", "--session", session["code"], "--out", out)
        found += out.read_text("utf-8-sig").splitlines()[1:]
    return found


def test_a_reader_types_a_badge_into_the_real_window(
    window: dict[str, str], workshop: Workshop, tmp_path: Path
) -> None:
    shown = wait_for(lambda: press(window, "search", "--onlyvisible", "--name", "報到"))
    press(window, "windowfocus", "--sync", shown.splitlines()[-1])
    code = workshop.codes[0]
    press(window, "type", "--delay", "2", code)
    press(window, "key", "Return")
    lines = wait_for(lambda: recorded(workshop.desk, tmp_path))
    assert code in lines
