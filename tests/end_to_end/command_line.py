"""Runs `venuedesk` as a user would: in this process (a start costs a second), or as a real one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.__main__ import main

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document of stdout."""
        lines = self.out.splitlines()
        assert len(lines) == 1, f"one document on one line, not {len(lines)}: {self.out[:300]}"
        return json.loads(lines[0])

    @property
    def lines(self) -> list[Any]:
        """The JSON documents of stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class VenueDesk:
    """The program over one profile folder."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile

    def __call__(self, *words: object, stdin: str | bytes = b"") -> Ended:
        """Run one command in this process; `--profile` is added after its name."""
        return run([*map(str, words), "--profile", str(self.profile)], stdin=stdin)

    def json(self, *words: object, stdin: str | bytes = b"") -> Any:
        """Run one command that must succeed and return its one document."""
        ended = self(*words, "--json", stdin=stdin)
        assert ended.status == 0, ended.err
        return ended.json

    def scan(self, *words: object, lines: str | bytes = b"") -> list[Any]:
        """Record scans that must all be taken and return one document a scan."""
        ended = self("scan", *words, "--json", stdin=lines)
        assert ended.status == 0, ended.err
        return ended.lines

    def process(
        self, *words: object, env: Mapping[str, str] | None = None, **options: Any
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run one command as a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "app", *map(str, words), "--profile", str(self.profile)],
            cwd=REPOSITORY,
            env={**os.environ, **(env or {})},
            timeout=120,
            check=False,
            **({"capture_output": True} | options),
        )


def run(words: list[str], *, stdin: str | bytes = b"") -> Ended:
    """Run the program with these arguments in this process."""
    content = stdin.encode() if isinstance(stdin, str) else stdin
    taken = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    out, err = _Screen(), _Screen()
    status: int | str | None = 0
    with (
        patch.object(sys, "argv", ["venuedesk", *words]),
        patch.object(sys, "stdin", taken),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        try:
            main()
        except SystemExit as stop:
            status = stop.code
    assert isinstance(status, int), f"an exit status, not {status!r}"
    ended = Ended(status, out.written(), err.written())
    assert "Traceback" not in ended.err
    return ended


class _Screen(io.TextIOWrapper):
    """A stream that keeps what is written to it, as bytes like a real one."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        super().__init__(self._kept, encoding="utf-8", write_through=True)

    def written(self) -> str:
        """What was written so far."""
        return self._kept.getvalue().decode("utf-8")
