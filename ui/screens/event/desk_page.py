"""This laptop: its station, backups, the key to its data, language, look and sound."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.dates import age_words, date_and_time, now
from ui.language import say
from ui.office import Preferences
from ui.place import Desk
from ui.screens.event import sentences, wording
from ui.screens.event.desk_view_model import DeskState, DeskViewModel
from ui.screens.event.preferences import PreferencesCard
from ui.screens.event.safety_cards import RecoveryCard, TapeCard
from ui.screens.event.safety_view_model import SafetyViewModel
from ui.screens.event.station_card import StationCard
from ui.widgets.parts import button, card, column, label, row, scrolling, show_kind
from ui.widgets.speaker import Speaker


class DeskPage(QWidget):
    """Cards that each stand alone; every change applies at once."""

    def __init__(
        self, model: DeskViewModel, safety: SafetyViewModel, desk: Desk, preferences: Preferences
    ) -> None:
        super().__init__()
        self._model = model
        self._safety = safety
        self._desk = desk
        self._state: DeskState | None = None
        self._speak = Speaker(self)
        self.station = StationCard(desk.station)
        self.recovery, self.tape = RecoveryCard(safety), TapeCard(safety)
        self.preferences = PreferencesCard(preferences)
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load()
        self._safety.load()

    def _build(self) -> None:
        backup, key = label("heading"), label("heading")
        self._speak(backup.setText, wording.BACKUP)
        self._speak(key.setText, wording.KEY)
        self.backup_age = label("muted", wraps=True)
        self.key_note = label("muted", wraps=True)
        self.backup_button = button(self._speak, wording.BACKUP_NOW, self._model.make_backup)
        age = row(self.backup_age, self.backup_button, space=16)
        age.setStretch(0, 1)
        inside = column(
            self.station,
            card(backup, age),
            card(key, self.key_note),
            self.recovery,
            self.tape,
            self.preferences,
            None,
            space=12,
        )
        inside.setContentsMargins(0, 14, 8, 0)
        page = QWidget()
        page.setLayout(inside)
        self.setLayout(column(scrolling(page)))

    def _connect(self) -> None:
        self._model.state_loaded.connect(self._show)
        self._model.backup_made.connect(self._on_backup_made)
        self._speak.language_changed.connect(self._retell)

    def _show(self, state: DeskState) -> None:
        self._state = state
        self.station.show_sessions(state.sessions)
        self._retell()

    def _retell(self) -> None:
        if self._state is None:
            return
        made_at = self._state.last_backup_at
        show_kind(self.backup_age, "muted" if made_at else "caution")
        self.backup_age.setText(_age(made_at) if made_at else say(wording.BACKUP_NEVER))
        self.key_note.setText(say(self._state.key_note))

    def _on_backup_made(self, file: Path) -> None:
        self._desk.notice(say(sentences.backup_made(file.name)))


def _age(made_at: datetime) -> str:
    age = age_words(made_at, now())
    return say(sentences.backup_age(date_and_time(made_at), age))
