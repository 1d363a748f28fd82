"""The plan: sessions with their rosters, and what contradicts itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.plan import PlanWarning
from app.domain.words import Words
from app.services.summaries import EventSummary, SessionSummary
from ui.dates import short_date
from ui.language import say
from ui.plan_words import plan_warning
from ui.screens.event import sentences, wording
from ui.screens.event.plan_view_model import PlanViewModel
from ui.theme import palette
from ui.widgets.parts import button, card, column, combo, label, row, scrolling
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

COLUMNS: tuple[Column[SessionSummary], ...] = (
    Column(heading=wording.COLUMN_CODE, text=lambda s: s.code),
    Column(
        heading=wording.COLUMN_DATE,
        text=lambda s: short_date(s.held_on),
        sort_key=lambda s: s.held_on,
    ),
    Column(heading=wording.COLUMN_TITLE, text=lambda s: s.title),
    Column(heading=wording.COLUMN_VENUE, text=lambda s: s.venue),
    Column(
        heading=wording.COLUMN_HOURS,
        text=lambda s: str(s.hours) if s.hours else "–",
        sort_key=lambda s: s.hours,
        is_number=True,
    ),
    Column(
        heading=wording.COLUMN_ROSTER,
        text=lambda s: f"{s.roster_size:,}" if s.roster_size else "–",
        sort_key=lambda s: s.roster_size,
        is_number=True,
    ),
    Column(
        heading=wording.COLUMN_STATE,
        text=lambda s: say(state_of(s)),
        colour=lambda s: palette().caution if state_of(s) is wording.NO_ROSTER else None,
    ),
)


def state_of(session: SessionSummary) -> Words:
    """Return the words for where a session stands."""
    if session.sealed:
        return wording.SEALED
    if session.kind == "helpdesk":
        return wording.HELP_DAY
    return wording.READY if session.roster_size else wording.NO_ROSTER


class PlanPage(QWidget):
    """Sessions of the open event, its warnings, and the way to the import.

    Signals:
        import_wanted: the code of the session to bring a roster in for.
    """

    import_wanted = Signal(str)

    def __init__(self, model: PlanViewModel) -> None:
        super().__init__()
        self._model = model
        self._warned: tuple[PlanWarning, ...] = ()
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load()

    def _build(self) -> None:
        self.events = combo(self._speak, wording.EVENT_OPEN, characters=40)
        self.sessions = RowView(
            RowTable(COLUMNS, key=lambda s: s.code), name=wording.SESSIONS, stretch=2
        )
        self.sessions.set_widths((76, 150, 0, 210, 76, 104, 180))
        self.sessions.set_empty_note(wording.SESSIONS_EMPTY)
        self.import_button = button(
            self._speak, wording.NEXT_STEP, self._want_import, kind="primary"
        )
        heading = label("heading")
        self._speak(heading.setText, wording.WARNINGS)
        self.warnings = label("", wraps=True)
        self.warnings.setAlignment(Qt.AlignmentFlag.AlignTop)
        event_name = label("muted")
        self._speak(event_name.setText, wording.EVENT_OPEN)
        told = card(heading, scrolling(self.warnings))
        inside = column(
            row(event_name, self.events, None, self.import_button),
            self.sessions,
            told,
            space=12,
        )
        inside.setStretch(1, 3)
        inside.setStretch(2, 2)
        inside.setContentsMargins(0, 14, 0, 0)
        self.setLayout(inside)

    def _connect(self) -> None:
        self._model.sessions_loaded.connect(self.sessions.show_rows)
        self._model.warnings_loaded.connect(self._show_warnings)
        self._model.events_loaded.connect(self._show_events)
        self.events.activated.connect(self._on_event_picked)
        self.sessions.row_chosen.connect(self._want_import)
        self._speak.language_changed.connect(lambda: self._show_warnings(self._warned))

    def _show_events(self, events: tuple[EventSummary, ...]) -> None:
        self.events.clear()
        for place, event in enumerate(events):
            self.events.addItem(say(sentences.event_named(event)), event.id)
            if event.is_current:
                self.events.setCurrentIndex(place)

    def _show_warnings(self, warnings: tuple[PlanWarning, ...]) -> None:
        self._warned = warnings
        lines = [plan_warning(warning) for warning in warnings]
        self.warnings.setText("\n".join(lines) or say(wording.NO_WARNINGS))

    def _on_event_picked(self, place: int) -> None:
        self._model.switch_event(str(self.events.itemData(place)))

    def _want_import(self, _session: SessionSummary | None = None) -> None:
        session: SessionSummary | None = self.sessions.current_row()
        self.import_wanted.emit(session.code if session else "")
