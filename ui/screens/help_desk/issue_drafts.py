"""Keeps what is typed: at every pause, when the focus leaves, before every act. Never lost."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from ui.place import Desk

PAUSE_MS = 400
"""A pause in typing after which the draft is stored."""


class Drafts(Protocol):
    """Where drafts are kept; texts are freed of secrets there before anything is stored."""

    def save_draft(self, visit_id: str, doc: dict[str, Any]) -> None:
        """Keep what is typed for a visit."""
        ...


class DraftKeeper(QObject):
    """Stores the draft of one visit at a time."""

    def __init__(
        self,
        desk: Desk,
        document: Callable[[], dict[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document = document
        self._visit_id = ""
        self._is_dirty = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def visit_id(self) -> str:
        """The visit whose draft is kept, "" where there is none."""
        return self._visit_id

    def follow(self, visit_id: str) -> None:
        """Keep another visit's draft from now on; what was typed before is stored first."""
        self.flush()
        self._visit_id = visit_id

    def touch(self) -> None:
        """Something was typed: store it after a pause."""
        if self._visit_id:
            self._is_dirty = True
            self._pause.start()

    def flush(self) -> None:
        """Store what is typed now, if anything is."""
        self._pause.stop()
        if not self._is_dirty or not self._visit_id:
            return
        self._is_dirty = False
        drafts: Drafts = self._desk.services.help_desk.issues
        work = partial(drafts.save_draft, self._visit_id, self._document())
        # The journal's lane keeps the order: an act pressed after this finds the draft there.
        self._desk.tasks.run(self, work, lambda _done: None, self._desk.report)

    def forget(self) -> None:
        """What is typed is recorded with an act: nothing more to store."""
        self._pause.stop()
        self._is_dirty = False
