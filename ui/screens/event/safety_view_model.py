"""Recovery passphrase and paper tape of this laptop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.errors import InvalidInput
from ui.language import say
from ui.office import Safety
from ui.place import Desk
from ui.screens.event import safety_wording as wording


class SafetyViewModel(QObject):
    """Shows and changes what survives a lost key or a broken file.

    Signals:
        state_loaded: a SafetyState.
        words_suggested: a passphrase made by chance.
        passphrase_set: the fields may be emptied.
    """

    state_loaded = Signal(object)
    words_suggested = Signal(str)
    passphrase_set = Signal()

    def __init__(self, safety: Safety, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._safety = safety
        self._desk = desk

    def load(self) -> None:
        """Fetch how things stand."""
        run = self._desk.tasks.run
        run(self, self._safety.state, self.state_loaded.emit, self._desk.report, lane="reading")

    def suggest(self) -> None:
        """Offer six words."""
        self.words_suggested.emit(self._safety.suggest_passphrase())

    def set_passphrase(self, passphrase: str, again: str) -> None:
        """Seal the key with what was typed twice."""
        if passphrase.split() != again.split():
            self._desk.report(InvalidInput(wording.NOT_THE_SAME, field="passphrase"))
            return
        self._desk.long_work(
            say(wording.WORK_SET),
            lambda _report: self._safety.set_passphrase(passphrase),
            lambda _none: self._on_passphrase_set(),
            owner=self,
        )

    def turn_tape_on(self, folder: Path) -> None:
        """Write every act to a folder too."""
        self._change_tape(lambda: self._safety.turn_tape_on(folder))

    def turn_tape_off(self) -> None:
        """Write no tape any more."""
        self._change_tape(self._safety.turn_tape_off)

    def _change_tape(self, change: Callable[[], None]) -> None:
        run = self._desk.tasks.run
        run(self, change, lambda _none: self.load(), self._desk.report)

    def _on_passphrase_set(self) -> None:
        self._desk.notice(say(wording.SET_DONE))
        self.passphrase_set.emit()
        self.load()
