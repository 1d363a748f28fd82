"""Answers while typing: only the newest question matters, and at most one is under way."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from ui.background import T, TaskRunner


class LatestOnly(QObject):
    """Asks one kind of question in the background; overtaken questions are never asked."""

    def __init__(
        self, tasks: TaskRunner, on_error: Callable[[Exception], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._on_error = on_error
        self._next: tuple[Callable[[], Any], Callable[[Any], object]] | None = None
        self._is_busy = False

    def ask(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        """Ask now, or as soon as the question under way is answered."""
        self._next = (work, on_done)
        if not self._is_busy:
            self._ask_next()

    def forget(self) -> None:
        """Drop the question that waits."""
        self._next = None

    def _ask_next(self) -> None:
        if self._next is None:
            return
        (work, on_done), self._next = self._next, None
        self._is_busy = True

        def done(answer: Any) -> None:
            self._is_busy = False
            if self._next is None:
                on_done(answer)
            self._ask_next()

        self._tasks.run(self, work, done, self._failed, lane="reading")

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._on_error(error)
        self._ask_next()
