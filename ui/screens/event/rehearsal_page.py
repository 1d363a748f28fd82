"""Begin and end a rehearsal, and let a rush arrive in it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from app.services.outcomes import ScanOutcome
from app.services.rehearsals import RehearsalState
from app.services.rush import MOST_A_MINUTE, RushPlay
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.event import ready_wording as wording
from ui.screens.event.import_choice import Sessions
from ui.theme import scaled
from ui.widgets.parts import button, card, column, label, name_widget, row, show_kind
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker

USUAL_A_MINUTE = 30


class Rehearsals(Protocol):
    """What the page asks of the service."""

    def state(self) -> RehearsalState:
        """Say whether this is a rehearsal."""
        ...

    def begin(self, session: str) -> str:
        """Make a twin and make it current."""
        ...

    def end(self) -> str:
        """Throw the twin away."""
        ...

    def start_rush(self, session: str) -> RushPlay:
        """Return a rush."""
        ...


class RehearsalViewModel(QObject):
    """One arrival is one task of the recorder's lane, as a real scan is.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        state_loaded: a RehearsalState.
        rush_moved: a RushPlay with one more arrival.
        rush_ended: the rush is over or was stopped.
    """

    sessions_loaded = Signal(tuple)
    state_loaded = Signal(object)
    rush_moved = Signal(object)
    rush_ended = Signal()

    def __init__(self, rehearsals: Rehearsals, sessions: Sessions, desk: Desk) -> None:
        super().__init__()
        self._rehearsals = rehearsals
        self._sessions = sessions
        self._desk = desk
        self._play: RushPlay | None = None
        self._is_arriving = False
        self._next = QTimer(self)
        self._next.timeout.connect(self._arrive)

    def load(self) -> None:
        """Fetch the sessions and whether this is a rehearsal."""
        run, report = self._desk.tasks.run, self._desk.report
        fetch = self._sessions.list_sessions
        run(self, fetch, self.sessions_loaded.emit, report, lane="reading")
        run(self, self._rehearsals.state, self.state_loaded.emit, report, lane="reading")

    def begin(self, session: str) -> None:
        """Begin a rehearsal; the window then opens it."""
        self._switch(partial(self._rehearsals.begin, session))

    def end(self) -> None:
        """Throw the rehearsal away; the window then opens the real event."""
        self.stop_rush()
        self._switch(self._rehearsals.end)

    def start_rush(self, session: str, per_minute: int) -> None:
        """Let people arrive."""
        self._next.setInterval(60_000 // per_minute)
        start = partial(self._rehearsals.start_rush, session)
        self._desk.tasks.run(self, start, self._on_started, self._on_refused)

    def stop_rush(self) -> None:
        """Let nobody arrive any more."""
        self._next.stop()
        self._play = None
        self.rush_ended.emit()

    def _switch(self, work: Callable[[], str]) -> None:
        changed = self._desk.changes.tell
        self._desk.tasks.run(
            self,
            work,
            lambda _event: changed(Change.EVENT),
            self._desk.report,
        )

    def _on_started(self, play: RushPlay) -> None:
        self._play = play
        self._next.start()

    def _on_refused(self, error: Exception) -> None:
        self.stop_rush()
        self._desk.report(error)

    def _arrive(self) -> None:
        if self._play is None or self._is_arriving:
            return  # the desk does not keep up: the queue waits, as people would
        self._is_arriving = True
        self._desk.tasks.run(self, self._play.arrive, self._on_arrived, self._on_failed)

    def _on_arrived(self, outcome: ScanOutcome | None) -> None:
        self._is_arriving = False
        if self._play is None:
            return
        self.rush_moved.emit(self._play)
        if outcome is None:
            self.stop_rush()
        else:
            self._desk.changes.tell(Change.SCANS)

    def _on_failed(self, error: Exception) -> None:
        self._is_arriving = False
        self._on_refused(error)


class RehearsalPage(QWidget):
    """What a rehearsal is, the one button that begins or ends it, and the rush."""

    def __init__(self, model: RehearsalViewModel) -> None:
        super().__init__()
        self._model = model
        self._state = RehearsalState(is_open=False)
        self._play: RushPlay | None = None
        self._is_running = False
        self._speak = Speaker(self)
        self._build()
        model.sessions_loaded.connect(self.sessions.show_sessions)
        model.state_loaded.connect(self._show_state)
        model.rush_moved.connect(self._show_rush)
        model.rush_ended.connect(self._on_ended)
        self._speak.language_changed.connect(self._retell)
        self._retell()

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load()

    def _build(self) -> None:
        intro = label("muted", wraps=True)
        self._speak(intro.setText, wording.REHEARSAL_INTRO)
        self.state = label("heading", wraps=True)
        self.sessions = SessionPicker()
        self.begin_button = button(self._speak, wording.BEGIN, self._begin, kind="primary")
        self.end_button = button(self._speak, wording.END, self._model.end)
        first = card(
            self.state,
            intro,
            row(self.sessions, self.begin_button, self.end_button, None),
            space=12,
        )
        page = column(first, self._build_rush(), None, space=16)
        page.setContentsMargins(0, scaled(4), 0, 0)
        self.setLayout(page)

    def _build_rush(self) -> QWidget:
        heading, why, caption = label("heading"), label("muted", wraps=True), label("muted")
        self._speak(heading.setText, wording.RUSH)
        self._speak(why.setText, wording.RUSH_WHY)
        self._speak(caption.setText, wording.PER_MINUTE)
        self.per_minute = QSpinBox()
        self.per_minute.setRange(1, MOST_A_MINUTE)
        self.per_minute.setValue(USUAL_A_MINUTE)
        self.per_minute.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        name_widget(self._speak, self.per_minute, wording.PER_MINUTE)
        self.rush_button = button(self._speak, wording.START_RUSH, self._toggle_rush)
        self.figures = label("good", wraps=True)
        self.rush = card(
            heading, why, row(caption, self.per_minute, self.rush_button, None), self.figures,
            space=12,
        )  # fmt: skip
        return self.rush

    def _begin(self) -> None:
        self._model.begin(self.sessions.session())

    def _toggle_rush(self) -> None:
        if self._is_running:
            self._model.stop_rush()
            return
        self._is_running = True
        self._retell()
        self._model.start_rush(self._state.session, self.per_minute.value())

    def _show_state(self, state: RehearsalState) -> None:
        self._state = state
        self._retell()

    def _show_rush(self, play: RushPlay) -> None:
        self._play = play
        self._retell()

    def _on_ended(self) -> None:
        self._is_running = False
        self._retell()

    def _retell(self) -> None:
        state = self._state
        words = (
            wording.rehearsing(state.session, state.people) if state.is_open else wording.IS_REAL
        )
        self.state.setText(say(words))
        show_kind(self.state, "caution" if state.is_open else "heading")
        self.sessions.setVisible(not state.is_open)
        self.begin_button.setVisible(not state.is_open)
        self.end_button.setVisible(state.is_open)
        self.rush.setVisible(state.is_open)
        self.rush_button.setText(say(wording.STOP_RUSH if self._is_running else wording.START_RUSH))
        if self._play is not None:
            tally = self._play.tally
            came = tally.verdicts["checked_in"] + tally.verdicts["late"]
            told = wording.rush_figures(
                tally.recorded, came, tally.percentile(0.5), tally.percentile(0.99)
            )
            self.figures.setText(say(told))
        self.figures.setVisible(self._play is not None)
