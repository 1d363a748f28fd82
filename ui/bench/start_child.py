"""The measured start: the real window, a badge typed the moment it is painted."""

import json
import sys
import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

import ui.main as program
from ui.bench.reader import press_enter, release_enter, type_code
from ui.desktop import Desktop
from ui.main_window import MainWindow

GIVE_UP_MS = 60_000


class Stopwatch(QObject):
    """Notes when the window was painted and when the first verdict was."""

    def __init__(self, code: str, session: str) -> None:
        super().__init__()
        self.marks: dict[str, int] = {}
        self._code = code
        self._session = session
        self._window: MainWindow | None = None

    def watch(self, desktop: Desktop) -> None:
        """Paint and flush the shell that was just shown, then scan before anything is open."""
        window = self._window = desktop.window
        window.station.set_session(self._session)
        window.attached.connect(self._on_attached)
        QApplication.processEvents()
        self.marks["painted"] = time.monotonic_ns()
        type_code(window.windowHandle(), self._code)
        press_enter(window.windowHandle())
        release_enter(window.windowHandle())

    def _on_attached(self) -> None:
        door = self._window.door if self._window is not None else None
        if door is not None:
            door.outcome_shown.connect(self._on_verdict)

    def _on_verdict(self, _outcome: object) -> None:
        self.marks["verdict"] = time.monotonic_ns()
        sys.stdout.write(json.dumps(self.marks) + "\n")
        sys.stdout.flush()
        QApplication.quit()


def main() -> None:
    """Run the window as a person's start does, with a stopwatch beside it."""
    folder, code, session = sys.argv[1:4]
    watch = Stopwatch(code, session)
    program.run(folder, on_shown=watch.watch)


if __name__ == "__main__":
    main()
