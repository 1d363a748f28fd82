"""The check-in place: the verdict fills it; the list, search and form stand beside."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QLineEdit, QStackedWidget, QWidget

from app.domain.facts import PersonId
from app.services.cards import FoundPerson
from app.services.outcomes import ScanOutcome
from ui.changes import Change
from ui.language import say
from ui.place import Desk, PlaceView
from ui.screens.check_in import wording
from ui.screens.check_in.check_in_view_model import CheckInViewModel
from ui.screens.check_in.door_header import DoorHeader
from ui.screens.check_in.entries import person_entry, scan_entry
from ui.screens.check_in.reason_bar import ReasonBar
from ui.screens.check_in.verdict_panel import PanelText, VerdictPanel, panel_text
from ui.screens.check_in.walk_in_form import WalkInForm
from ui.theme import scaled
from ui.widgets.parts import button, column, label, row, scrolling
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class CheckInView(PlaceView):
    """Where the door is worked, by scanner and keyboard alone."""

    def __init__(self, model: CheckInViewModel, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._desk = desk
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self._show_model()

    # --- PlaceView

    def opened(self) -> None:
        """Be ready to scan or type a name."""
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self, changes: frozenset[Change]) -> None:
        """Read again what other places changed."""
        if Change.EVENT in changes or Change.ROSTER in changes:
            self._model.load()
        elif Change.SCANS in changes or Change.CREDITS in changes:
            self._model.refresh()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return tuple((key, say(words)) for key, words in wording.KEYS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the verdict most of the width, whatever the text size."""
        super().resizeEvent(event)
        self.beside.setFixedWidth(min(scaled(372), self.width() * 2 // 5))

    # --- building

    def _build(self) -> None:
        self.header = DoorHeader()
        self.panel = VerdictPanel()
        self.panel.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.reasons = ReasonBar(self)
        main = column(self.panel, self.reasons, self._build_actions(), space=10)
        self.beside = QWidget()
        self.beside.setLayout(self._build_side())
        whole = column(self.header, row(main, self.beside, space=16), space=12)
        whole.setStretch(1, 1)
        whole.setContentsMargins(scaled(18), scaled(12), scaled(18), scaled(14))
        self.setLayout(whole)

    def _build_actions(self) -> QWidget:
        self.admit_button = button(self._speak, wording.ADMIT_BUTTON, self.ask_admit)
        self.undo_button = button(self._speak, wording.UNDO_BUTTON, self.ask_undo)
        self.walk_in_button = button(self._speak, wording.WALK_IN_BUTTON, self.open_walk_in)
        bar = QWidget()
        bar.setLayout(row(self.admit_button, self.undo_button, None, self.walk_in_button, space=8))
        return bar

    def _build_side(self) -> QLayout:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._speak(self.search.setPlaceholderText, wording.SEARCH)
        self._speak(self.search.setAccessibleName, wording.SEARCH_NAME)
        self.recent: TwoLinesList[ScanOutcome] = TwoLinesList(scan_entry)
        self.found: TwoLinesList[FoundPerson] = TwoLinesList(person_entry)
        self._speak(self.recent.setAccessibleName, wording.RECENT)
        self._speak(self.found.setAccessibleName, wording.FOUND)
        self.walk_in = WalkInForm(self._model)
        self.recent_heading, self.recent_empty = label("heading"), label("muted", wraps=True)
        self.found_hint = label("muted", wraps=True)
        self._speak(self.recent_heading.setText, wording.RECENT)
        self._speak(self.recent_empty.setText, wording.RECENT_EMPTY)
        self.recent_page = QWidget()
        recents = column(self.recent_heading, self.recent_empty, self.recent, space=6)
        recents.setStretch(2, 1)
        recents.addStretch(0)  # holds the words at the top while there is no list
        self.recent_page.setLayout(recents)
        self.found_page = QWidget()
        hits = column(self.found_hint, self.found, space=6)
        hits.setStretch(1, 1)
        hits.addStretch(0)
        self.found_page.setLayout(hits)
        self.side = QStackedWidget()
        self.walk_in_page = scrolling(self.walk_in)
        self.walk_in_page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in (self.recent_page, self.found_page, self.walk_in_page):
            self.side.addWidget(page)
        return column(self.search, self.side, space=10)

    def _connect(self) -> None:
        model = self._model
        model.outcome_shown.connect(self._show_outcome)
        model.recent_changed.connect(self._show_recent)
        model.counts_changed.connect(self.header.show_counts)
        model.sessions_changed.connect(self._show_sessions)
        model.people_found.connect(self._show_found)
        self._desk.station.changed.connect(self.header.show_station)
        self.header.sessions.session_picked.connect(self._desk.station.set_session)
        self.header.letter_picked.connect(self._desk.station.set_letter)
        self.header.direction_picked.connect(self._desk.station.set_direction)
        self.search.installEventFilter(self)
        self.search.textEdited.connect(self._on_search)
        self.found.picked.connect(self._on_found_picked)
        self.walk_in.closed.connect(self.close_side)
        self.reasons.closed.connect(self.opened)
        self._speak.language_changed.connect(self._show_model)
        for key, act in (
            ("/", self.open_search),
            ("F3", self.open_search),
            ("F4", self.open_walk_in),
            ("F2", self.ask_admit),
            ("Ctrl+Z", self.ask_undo),
            ("F6", model.toggle_direction),
            ("Esc", self.close_side),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- acts

    def open_search(self) -> None:
        """Start typing a name."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def open_walk_in(self) -> None:
        """Register somebody who is on no list."""
        self.side.setCurrentWidget(self.walk_in_page)
        self.walk_in.open()

    def close_side(self) -> None:
        """Close the question if there is one, else go back to the list of last scans."""
        if self.reasons.is_asking:
            self.reasons.close_question()
            return
        self.search.clear()
        self._model.find_people("")
        self.side.setCurrentWidget(self.recent_page)
        self.opened()

    def ask_admit(self) -> None:
        """Ask why the person on the panel should come in after all."""
        outcome = self._model.find_admittable()
        if outcome is None:
            self._desk.notice(say(wording.NOTHING_TO_ADMIT))
            return
        fact_id = outcome.fact_id
        self.reasons.ask(
            wording.ASK_ADMIT, wording.ADMIT_REASONS, lambda why: self._model.admit(fact_id, why)
        )

    def ask_undo(self) -> None:
        """Ask why the last scan should not count."""
        outcome = self._model.find_undoable()
        if outcome is None:
            self._desk.notice(say(wording.NOTHING_TO_UNDO))
            return
        fact_id = outcome.fact_id
        self.reasons.ask(
            wording.ASK_UNDO, wording.UNDO_REASONS, lambda why: self._model.undo(fact_id, why)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the search field work on the hits."""
        if watched is not self.search or event.type() is not QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)  # noqa: S101 - Qt says so by the type
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.found.move_selection(step)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.found.pick_current()
            return True
        return False

    # --- showing

    def _show_model(self) -> None:
        self._show_sessions()
        self.header.show_counts(self._model.counts)
        self._show_recent(self._model.recent)
        if self._model.outcome is None:
            self._show_ready()
        else:
            text = panel_text(self._model.outcome, self._model.session_title)
            self.panel.show_text(text, fresh=False)

    def _show_ready(self) -> None:
        has_session = bool(self._model.station.session)
        head = wording.READY if has_session else wording.NO_SESSION
        reason = wording.READY_WHY if has_session else wording.NO_SESSION_WHY
        self.panel.show_text(PanelText(None, "", say(head), why=say(reason)))
        self._offer()

    def _show_outcome(self, outcome: ScanOutcome) -> None:
        self.panel.show_text(panel_text(outcome, self._model.session_title))
        self.reasons.close_question()
        self._offer()

    def _offer(self) -> None:
        can_admit = self._model.find_admittable() is not None
        self.admit_button.setVisible(can_admit)
        self.undo_button.setEnabled(self._model.find_undoable() is not None)

    def _show_recent(self, recent: Sequence[ScanOutcome]) -> None:
        self.recent.show_things(recent)
        self.recent.setVisible(bool(recent))
        self.recent_empty.setVisible(not recent)
        self._offer()

    def _show_sessions(self, _sessions: object = None) -> None:
        self.header.show_sessions(self._model.sessions, self._model.station)
        if self._model.outcome is None:
            self._show_ready()

    def _on_search(self, text: str) -> None:
        self._model.find_people(text)
        page = self.found_page if text.strip() else self.recent_page
        self.side.setCurrentWidget(page)

    def _show_found(self, found: Sequence[FoundPerson]) -> None:
        self.found.show_things(found, select_first=True)
        self.found.setVisible(bool(found))
        hint = wording.FOUND_HINT if found else wording.FOUND_NONE
        self.found_hint.setText(say(hint))

    def _on_found_picked(self, found: FoundPerson) -> None:
        person_id: PersonId = found.card.id
        self.close_side()
        self._model.scan_person(person_id)
