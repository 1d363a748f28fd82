"""Real `venuedesk` processes that are started fast and killed hard.

As a program this is a nursery: it imports the command line once, then forks a child for each line
of its input (JSON: `argv`, `stdin`, `stdout`, the two paths of pipes or files) and says the
child's process id. A child is `venuedesk` with these arguments and nothing else.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE_S = 30.0
PRELOADED = (
    "app.cli.main", "app.cli.hub", "app.cli.sync", "app.hub.application", "app.hub.serving",
    "app.hub.home", "app.sync.worker", "app.sync.once", "app.sync.joining", "app.office",
)  # fmt: skip
"""What children would otherwise import each for itself: a start costs a second or more."""


class Nursery:
    """Starts commands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._children: list[Child] = []
        self._log = (folder / "nursery.err").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def start(self, *argv: object) -> "Child":
        """Start `venuedesk` with these arguments."""
        self._number += 1
        ends = [self._folder / f"{self._number}.{way}" for way in ("in", "out")]
        for end in ends:
            os.mkfifo(end)
        answers = os.open(ends[1], os.O_RDONLY | os.O_NONBLOCK)
        said = {"argv": [str(word) for word in argv], "stdin": str(ends[0]), "stdout": str(ends[1])}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        child = Child(pid, os.open(ends[0], os.O_WRONLY), answers)
        self._children.append(child)
        for end in ends:
            end.unlink()
        return child

    def run(self, *argv: object) -> Any:
        """Run a command to its end and return its last JSON document."""
        child = self.start(*argv, "--json")
        child.end_input()
        lines = child.read_all()
        assert lines, (argv, (self._folder / "nursery.err").read_text("utf-8", "replace")[-2000:])
        return json.loads(lines[-1])

    def close(self) -> None:
        """Kill whoever is left."""
        for child in self._children:
            child.kill()
        self._process.communicate(timeout=PATIENCE_S)
        self._log.close()


class Child:
    """One running command."""

    def __init__(self, pid: int, to_child: int, from_child: int) -> None:
        self.pid = pid
        self._in: int | None = to_child
        self._out: int | None = from_child
        self._heard = b""

    def say(self, lines: Sequence[str]) -> None:
        """Type lines; a child that is gone does not hear them."""
        assert self._in is not None
        with contextlib.suppress(BrokenPipeError):
            os.write(self._in, "".join(f"{line}\n" for line in lines).encode())

    def end_input(self) -> None:
        """Say that nothing more comes."""
        if self._in is not None:
            os.close(self._in)
            self._in = None

    def read_line(self, patience_s: float = PATIENCE_S) -> str:
        """Wait for one whole line. Raises TimeoutError, EOFError."""
        deadline = time.monotonic() + patience_s
        while b"\n" not in self._heard:
            if not self._read_some(deadline):
                raise EOFError
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode()

    def read_all(self, patience_s: float = PATIENCE_S) -> list[str]:
        """Return all whole lines until the child ends."""
        deadline = time.monotonic() + patience_s
        while self._read_some(deadline):
            pass
        whole, _, _ = self._heard.rpartition(b"\n")
        self._heard = b""
        return whole.decode().splitlines()

    def _read_some(self, deadline: float) -> bool:
        if self._out is None:
            return False
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._out], [], [], left)[0]:
            raise TimeoutError("the child says nothing")
        piece = os.read(self._out, 65_536)
        self._heard += piece
        if not piece:
            os.close(self._out)
            self._out = None
        return bool(piece)

    def kill(self) -> list[str]:
        """Kill it as a power cut would; return the lines it still got out."""
        with contextlib.suppress(ProcessLookupError):
            if self._out is not None:
                os.kill(self.pid, signal.SIGKILL)
        self.end_input()
        return self.read_all()

    def stop(self) -> list[str]:
        """Ask it to end; return what it said."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        self.end_input()
        return self.read_all()


def main() -> None:
    """Fork a child for each line until the input ends."""
    from app.__main__ import main as run_command

    for name in PRELOADED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for line in sys.stdin:
        said = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(said, run_command)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _become(said: dict[str, Any], run_command: Any) -> None:
    """Be the command; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # The other side waits for the second of them and then takes both names away.
    os.dup2(os.open(said["stdout"], os.O_WRONLY), 1)
    os.dup2(os.open(said["stdin"], os.O_RDONLY), 0)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    status = 1
    try:
        sys.argv = ["venuedesk", *said["argv"]]
        run_command()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
