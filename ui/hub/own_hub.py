"""The hub this laptop runs for the venue: a process apart, so that the door is never slowed."""

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from ui.language import current_language

ENDS_WITHIN_MS = 3_000
_KEPT = 4_000


class OwnHubState(StrEnum):
    """Where the hub of this laptop stands."""

    OFF = "off"
    STARTING = "starting"
    SERVING = "serving"
    STOPPED = "stopped"
    """It ended by itself."""


def hub_command(folder: Path) -> list[str]:
    """Return how this program runs itself as a hub, frozen or under an interpreter.

    It ends with its standard input, so that none is left when the window is killed.
    """
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    return [*program, "hub", "--profile", str(folder), "--json", "--while-stdin"]


class OwnHub(QObject):
    """Starts and stops the hub and knows where it answers; never waits for it.

    Signals:
        changed: another state, or it is known now where it answers.
    """

    changed = Signal()

    def __init__(
        self,
        folder: Path | None,
        keep: Callable[[bool], object] = lambda _is_on: None,
        command: Callable[[Path], Sequence[str]] = hub_command,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._keep = keep
        self._command = command
        self._process: QProcess | None = None
        self._is_wanted = self._is_ending = False
        self._kill = QTimer(self, singleShot=True, interval=ENDS_WITHIN_MS)
        self._kill.timeout.connect(self._end_hard)
        self._line = b""
        self.state = OwnHubState.OFF
        self.told: dict[str, Any] = {}
        """What the hub said of itself when it began to serve."""
        self.details = ""
        """The end of what it wrote to its error output, for whoever maintains the program."""

    @property
    def url(self) -> str:
        """Where it answers, empty until it does."""
        return str(self.told.get("url", ""))

    @property
    def can_run(self) -> bool:
        """Whether there is a profile to run it for: a sample day has none."""
        return self._folder is not None

    def use_folder(self, folder: Path | None) -> None:
        """Serve this profile from the next start on."""
        self._folder = folder

    @property
    def is_wanted(self) -> bool:
        """Whether the switch is on."""
        return self._is_wanted

    def switch(self, *, is_on: bool) -> None:
        """Turn the switch and remember it."""
        self._keep(is_on)
        if is_on:
            self.start()
        else:
            self.stop()

    def start(self) -> None:
        """Run the hub, unless it runs; one that is still ending is followed by the next."""
        if self._folder is None or self._is_wanted:
            return
        self._is_wanted = True
        self._show(OwnHubState.STARTING)
        if not self._is_ending:
            self._launch(self._folder)

    def stop(self) -> None:
        """End the hub; what it holds is committed. Does not wait."""
        self._is_wanted, self.told = False, {}
        if self._process is not None and self._is_running():
            self._is_ending = True
            self._process.closeWriteChannel()  # on Windows nothing else ends it gently
            self._process.terminate()
            self._kill.start()
        self._show(OwnHubState.OFF)

    def close(self) -> None:
        """End the hub with the window, which is going away and may wait a moment."""
        self.stop()
        self._kill.stop()
        if self._process is not None and not self._process.waitForFinished(ENDS_WITHIN_MS):
            self._end_hard()
            self._process.waitForFinished(ENDS_WITHIN_MS)

    def _launch(self, folder: Path) -> None:
        if self._process is None:
            self._process = QProcess(self)
            self._process.readyReadStandardOutput.connect(self._read)
            self._process.readyReadStandardError.connect(self._read_errors)
            self._process.finished.connect(self._on_ended)
            self._process.errorOccurred.connect(self._on_error)
        program, *arguments = self._command(folder)
        self._line, self.told, self.details = b"", {}, ""
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("VENUEDESK_LANG", current_language())  # it may have to say why it ended
        self._process.setProcessEnvironment(environment)
        self._process.start(program, arguments)

    def _is_running(self) -> bool:
        not_running = QProcess.ProcessState.NotRunning
        return self._process is not None and self._process.state() is not not_running

    def _end_hard(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _read(self) -> None:
        if self._process is None:
            return
        self._line += bytes(self._process.readAllStandardOutput().data())
        first, newline, _rest = self._line.partition(b"\n")
        if newline and not self.told:
            self._line = b""
            try:
                self.told = json.loads(first)
            except ValueError:
                self.details = first.decode(errors="replace")[:_KEPT]
            else:
                self._show(OwnHubState.SERVING)

    def _read_errors(self) -> None:
        if self._process is not None:
            told = bytes(self._process.readAllStandardError().data())
            self.details = (self.details + told.decode(errors="replace"))[-_KEPT:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # `finished` tells all others
            self._on_ended()

    def _on_ended(self) -> None:
        was_ending, self._is_ending = self._is_ending, False
        self._kill.stop()
        self.told = {}
        if not self._is_wanted:
            return
        if was_ending and self._folder is not None:
            self._launch(self._folder)
            return
        self._is_wanted = False
        self._show(OwnHubState.STOPPED)

    def _show(self, state: OwnHubState) -> None:
        self.state = state
        self.changed.emit()
