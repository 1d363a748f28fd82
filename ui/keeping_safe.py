"""Keeps the open event's data safe while the window runs: quiet-moment care, full disk, damage."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import DiskFull, FileDamaged, StorageFailed
from app.domain.words import Words
from ui.errors import ErrorText
from ui.language import say
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from app.services.safety import SafetyState
    from ui.window_services import WindowServices

QUIET_MS = 15_000
"""Nobody changed anything for so long: now the disk may be kept busy for a moment."""


class SafeKeeper(QObject):
    """Tends the open event when nobody scans and helps when storage fails.

    Signals:
        damaged: a FileDamaged; the event should be laid anew.
        tended: the foot may have something else to say.
    """

    damaged = Signal(object)
    tended = Signal()

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._services: WindowServices | None = None
        self._told: frozenset[str] = frozenset()
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.tend)
        window.changes.changed.connect(lambda _kinds: self._quiet.start())
        window.storage_failed.connect(self._on_storage_failed)

    def watch(self, services: "WindowServices") -> None:
        """Look after an event from now on."""
        self._services = services
        self._told = frozenset()
        self._quiet.start()

    def rest(self) -> None:
        """Look after nothing: the event is being closed or laid anew."""
        self._services = None
        self._quiet.stop()

    def tend(self) -> None:
        """Shorten the log, bring the tape into step, keep a reserve; in the journal's thread."""
        services = self._services
        if services is not None:
            run = self._window.tasks.run
            run(self, partial(_tend, services), self._on_tended, self._window.report)

    def _on_tended(self, state: "SafetyState") -> None:
        from app.services.disk_care import WARNINGS  # noqa: PLC0415 - imported by now

        for code in state.warnings:
            if code not in self._told:  # the foot goes on saying it
                self._say(WARNINGS[code])
        self._told = frozenset(state.warnings)
        self.tended.emit()

    def _on_storage_failed(self, error: StorageFailed) -> None:
        services = self._services
        if isinstance(error, DiskFull) and services is not None:
            if services.safety.free_reserve():
                from app.services.disk_care import BALLAST_DROPPED  # noqa: PLC0415 - rare

                self._say(BALLAST_DROPPED)
        elif isinstance(error, FileDamaged):
            self.damaged.emit(error)

    def _say(self, words: Words) -> None:
        self._window.strip.show_error(ErrorText(say(words), ""))  # stays until closed


def _tend(services: "WindowServices") -> "SafetyState":
    return services.safety.tend()  # what it needs is imported here, away from the window
