"""What stations do not agree on: read in the background, decided with a reason."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.conflict_words import CHOICES
from app.domain.conflicts import Choice, Option
from app.domain.facts import FactId, PersonId
from app.services.conflicts import ConflictCard, ReviewList
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.closing import conflict_wording as wording


class Conflicts(Protocol):
    """What the page asks of the service."""

    def review(self, session: str | None = None, *, decided: bool = False) -> ReviewList:
        """Return what stations do not agree on."""
        ...

    def resolve(
        self,
        person_id: PersonId,
        conflict: str,
        choice: Choice,
        reason: str,
        *,
        scans: Sequence[FactId] = (),
    ) -> ConflictCard:
        """Decide one conflict."""
        ...

    def undo(self, person_id: PersonId, conflict: str, reason: str) -> ConflictCard:
        """Take a decision back."""
        ...


class ConflictsViewModel(QObject):
    """Reads the list of a session and records decisions.

    Signals:
        review_changed: the ReviewList as it is now.
    """

    review_changed = Signal(object)

    def __init__(self, conflicts: Conflicts, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conflicts = conflicts
        self._desk = desk
        self._session = ""
        self._is_reading = self._is_stale = False

    def choose_session(self, session: str) -> None:
        """Show another session's list."""
        self._session = session
        self.review_changed.emit(ReviewList())
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        self._is_stale = True
        if self._session and not self._is_reading:
            self._is_reading, self._is_stale = True, False
            read = partial(self._conflicts.review, self._session, decided=True)
            show = partial(self._on_review, self._session)
            self._desk.tasks.run(self, read, show, self._on_failed, lane="reading")

    def resolve(self, card: ConflictCard, option: Option, reason: str) -> None:
        """Decide one conflict."""
        conflict = card.conflict
        act = partial(
            self._conflicts.resolve,
            card.person.id,
            conflict.id,
            option.choice,
            reason,
            scans=option.scans,
        )
        told = wording.filled(wording.DONE, choice=say(CHOICES[option.choice]))
        self._desk.tasks.run(self, act, partial(self._on_done, say(told)), self._desk.report)

    def undo(self, card: ConflictCard, reason: str) -> None:
        """Take a decision back."""
        act = partial(self._conflicts.undo, card.person.id, card.conflict.id, reason)
        done = partial(self._on_done, say(wording.TAKEN_BACK))
        self._desk.tasks.run(self, act, done, self._desk.report)

    def go_to_desk(self) -> None:
        """Open the help desk, where a visit that two took is settled."""
        self._desk.go_to("help_desk")

    def _on_review(self, session: str, review: ReviewList) -> None:
        self._is_reading = False
        if session == self._session:
            self.review_changed.emit(review)
        if self._is_stale:  # scans came while reading: one more look, not one for each
            self.reload()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._desk.report(error)

    def _on_done(self, told: str, _card: ConflictCard) -> None:
        self._desk.notice(told)
        self.reload()
        self._desk.changes.tell(Change.SCANS, Change.CREDITS, Change.ROSTER)
