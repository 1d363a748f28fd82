"""Ties exchange and own hub to the window: foot, places, station letter, a laptop shut out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.words import Words
from ui.changes import Change
from ui.hub.letters import Letters
from ui.hub.own_hub import OwnHub
from ui.hub.sync_keeper import SyncKeeper
from ui.language import say
from ui.main_window import MainWindow
from ui.preferences import WindowPreferences

if TYPE_CHECKING:
    from app.bootstrap import Desk
    from app.sync.status import SyncStatus
    from ui.hub.side import HubSide

BEGIN_AFTER_MS = 1_000
"""The door is open first; then the network may have its imports."""
SAME_LETTER = Words(
    "號碼牌可能重複，請到「活動」的「這台筆電」換一個字母。",
    "Numbers could be given twice; choose another letter in Event, This laptop.",
)


class HubKeeping(QObject):
    """Lives as long as the window; `watch` and `rest` follow the open event.

    Signals:
        shut_out: an organizer revoked this laptop; a whole page should say so.
    """

    shut_out = Signal()

    def __init__(
        self,
        window: MainWindow,
        preferences: WindowPreferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._preferences = preferences
        self._desk: Desk | None = None
        self._folder: Path | None = None
        self._is_telling = False
        self._told_letter = ""
        self._told_shut_out = False
        self.exchange = SyncKeeper(window.tasks, window.report, self)
        self.own = OwnHub(None, preferences.keep_own_hub, parent=self)
        self._begin = QTimer(self, singleShot=True, interval=BEGIN_AFTER_MS)
        self._begin.timeout.connect(self._on_begin)
        self.exchange.came.connect(self._on_came)
        self.exchange.status_changed.connect(self._on_status)
        self.own.changed.connect(self._on_own_changed)
        window.changes.changed.connect(self._on_changed)
        window.station.changed.connect(lambda _station: self._check_letters())

    def make_side(self, desk: "Desk") -> "HubSide":
        """Return what the Hub page works with."""
        from ui.hub.services import EventHub  # noqa: PLC0415 - imported with the event
        from ui.hub.side import HubSide  # noqa: PLC0415

        return HubSide(EventHub(desk, self.own), self.exchange, self.own)

    def watch(self, desk: "Desk", folder: Path | None) -> None:
        """Exchange for an event from now on, once its door is open."""
        self._desk, self._folder = desk, folder
        self._told_letter, self._told_shut_out = "", False
        self.own.use_folder(folder)
        self._begin.start()

    def rest(self) -> None:
        """The event is being closed."""
        self._begin.stop()
        self._desk = None
        self.exchange.rest()

    def close(self) -> None:
        """The window is going away, and the hub of this laptop with it."""
        self.rest()
        self.own.close()

    def _on_begin(self) -> None:
        desk = self._desk
        if desk is None:
            return
        from ui.hub.services import make_worker  # noqa: PLC0415 - imported with the event

        self.exchange.keep("hub", partial(make_worker, desk, self._folder))
        if self._preferences.own_hub():
            self.own.start()
        self._on_own_changed()
        self._check_letters()

    def _on_own_changed(self) -> None:
        self._window.show_own_hub(self.own.url)
        if self._desk is None:
            return
        if self.own.url:
            from ui.hub.services import make_watch  # noqa: PLC0415 - imported with the event

            self.exchange.keep("file", partial(make_watch, self._desk))
        else:
            self.exchange.drop("file")

    def _on_came(self, changes: frozenset[Change]) -> None:
        self._is_telling = True
        try:
            self._window.changes.tell(*changes)
        finally:
            self._is_telling = False

    def _on_changed(self, changes: frozenset[Change]) -> None:
        if not self._is_telling:
            self.exchange.poke()
        if Change.DEVICES in changes:
            self._check_letters()

    def _on_status(self, status: "SyncStatus | None") -> None:
        self._window.show_sync(status)
        if status is not None and status.state == "revoked" and not self._told_shut_out:
            self._told_shut_out = True
            self.shut_out.emit()

    # --- the station's letter

    def _check_letters(self) -> None:
        desk = self._desk
        if desk is None:
            return
        from ui.hub.services import read_letters  # noqa: PLC0415 - imported with the event

        work: Callable[[], Letters] = partial(read_letters, desk)
        self._window.tasks.run(self, work, self._on_letters, self._window.report, lane="reading")

    def _on_letters(self, letters: Letters) -> None:
        station = self._window.station
        if letters.own and not self._preferences.has_station_letter():
            self._preferences.lend_station_letter(letters.own)
            station.set_letter(letters.own)
        letter = station.current.letter
        others = letters.others_with(letter)
        if others and self._told_letter != letter:
            self._told_letter = letter
            told = Words(
                f"站別 {letter} 也有別台在用（{others}）。",
                f"Letter {letter} is also used by {others}. ",
            )
            self._window.notice(say(told) + say(SAME_LETTER))
        elif not others:
            self._told_letter = ""
