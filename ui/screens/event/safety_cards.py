"""Two cards of this laptop: the recovery passphrase and the paper tape."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.services.paper_tape import FAULTS
from app.services.safety import SafetyState
from ui.dates import date_and_time
from ui.language import say
from ui.screens.event import safety_wording as wording
from ui.screens.event.safety_view_model import SafetyViewModel
from ui.widgets.file_dialog import ask_folder
from ui.widgets.parts import button, card, column, label, name_widget, row, show_kind
from ui.widgets.speaker import Speaker


class RecoveryCard(QWidget):
    """Whether a passphrase is set, why it matters, and a form to set one."""

    def __init__(self, model: SafetyViewModel) -> None:
        super().__init__()
        self._model = model
        self._state: SafetyState | None = None
        self._speak = Speaker(self)
        self._build()
        model.state_loaded.connect(self._show)
        model.words_suggested.connect(self._on_words)
        model.passphrase_set.connect(self._empty)
        self._speak.language_changed.connect(self._retell)

    def _build(self) -> None:
        heading, why = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.RECOVERY)
        self._speak(why.setText, wording.RECOVERY_WHY)
        self.state = label("muted", wraps=True)
        # Shown as typed: it has to be copied to paper, and stars invite mistakes.
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for field, words in ((self.passphrase, wording.PASSPHRASE), (self.again, wording.AGAIN)):
            self._speak(field.setPlaceholderText, words)
            name_widget(self._speak, field, words)
        self.suggest_button = button(self._speak, wording.SUGGEST, self._model.suggest)
        self.set_button = button(self._speak, wording.SET, self._on_set)
        self.again.returnPressed.connect(self._on_set)
        first, second = (
            row(self.passphrase, self.suggest_button),
            row(self.again, self.set_button),
        )
        for line in (first, second):
            line.setStretch(0, 1)
        _wrap(self, card(heading, self.state, why, first, second))

    def _show(self, state: SafetyState) -> None:
        self._state = state
        self._retell()

    def _retell(self) -> None:
        if self._state is None:
            return
        recovery = self._state.recovery
        words = wording.DAMAGED if recovery.is_damaged else wording.NOT_SET
        if recovery.set_at is not None:
            words = wording.set_on(date_and_time(recovery.set_at))
        show_kind(self.state, "muted" if recovery.set_at is not None else "caution")
        self.state.setText(say(words))

    def _on_words(self, words: str) -> None:
        self.passphrase.setText(words)
        self.again.clear()
        self.again.setFocus()

    def _on_set(self) -> None:
        self._model.set_passphrase(self.passphrase.text(), self.again.text())

    def _empty(self) -> None:
        self.passphrase.clear()
        self.again.clear()


class TapeCard(QWidget):
    """Where the paper tape goes and whether it is in step."""

    def __init__(self, model: SafetyViewModel) -> None:
        super().__init__()
        self._model = model
        self._state: SafetyState | None = None
        self._speak = Speaker(self)
        self._build()
        model.state_loaded.connect(self._show)
        self._speak.language_changed.connect(self._retell)

    def _build(self) -> None:
        heading, why = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.TAPE)
        self._speak(why.setText, wording.TAPE_WHY)
        self.state = label("muted", wraps=True)
        self.choose_button = button(self._speak, wording.TAPE_CHOOSE, self._choose)
        self.stop_button = button(self._speak, wording.TAPE_STOP, self._model.turn_tape_off)
        line = row(self.state, self.choose_button, self.stop_button)
        line.setStretch(0, 1)
        _wrap(self, card(heading, why, line))

    def _choose(self) -> None:
        ask_folder(self, wording.TAPE_CHOOSE, self._model.turn_tape_on)

    def _show(self, state: SafetyState) -> None:
        self._state = state
        self._retell()

    def _retell(self) -> None:
        if self._state is None:
            return
        tape = self._state.tape
        self.stop_button.setVisible(tape.folder is not None)
        show_kind(self.state, "caution" if tape.fault else "muted")
        if tape.folder is None:
            self.state.setText(say(wording.TAPE_OFF))
        elif tape.fault:
            behind = say(wording.tape_behind(str(tape.folder), tape.behind))
            self.state.setText(f"{behind}\n{say(FAULTS[tape.fault])}")
        else:
            told = [say(wording.tape_at(str(tape.folder), tape.written))]
            told += [say(wording.SAME_DISK)] if tape.same_disk else []
            self.state.setText("\n".join(told))


def _wrap(widget: QWidget, inside: QWidget) -> None:
    layout: QVBoxLayout = column(inside)
    widget.setLayout(layout)
