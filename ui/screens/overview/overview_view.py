"""The Overview place: big numbers, the pace, units, schools that are still missing."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from app.domain.people import Unit
from app.domain.words import Words
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.dates import clock_time, short_date
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.overview import wording
from ui.screens.overview.arrival_bars import ArrivalBars
from ui.screens.overview.figures import Overview, UnitFigures, beside
from ui.screens.overview.help_load import HelpLoad
from ui.screens.overview.help_load_page import HelpLoadPage
from ui.screens.overview.overview_view_model import OverviewViewModel
from ui.theme import palette, scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, card, column, fill_place, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker

FOLLOW_EVERY_MS = 15_000
"""How often the waits of a help day are read again."""
UNITS: tuple[Column[UnitFigures], ...] = (
    Column(heading=wording.UNIT, text=lambda u: u.unit or "–"),
    Column(
        heading=wording.NOT_YET,
        text=lambda u: str(u.not_yet) if u.not_yet else "✓",
        sort_key=lambda u: u.not_yet,
        colour=lambda u: palette().caution if u.not_yet else palette().good,
        is_number=True,
    ),
    Column(
        heading=wording.EXPECTED,
        text=lambda u: str(u.expected),
        sort_key=lambda u: u.expected,
        is_number=True,
    ),
    Column(
        heading=wording.ARRIVED,
        text=lambda u: str(u.arrived),
        sort_key=lambda u: u.arrived,
        is_number=True,
    ),
    Column(
        heading=wording.PRESENT,
        text=lambda u: str(u.present),
        sort_key=lambda u: u.present,
        is_number=True,
    ),
)
MISSING: tuple[Column[Unit], ...] = (
    Column(heading=wording.UNIT, text=lambda u: u.name),
    Column(heading=wording.PHONE, text=lambda u: u.phone or "–"),
    Column(heading=wording.TOWNSHIP, text=lambda u: u.township),
    Column(heading=wording.REGION, text=lambda u: u.region),
)


class OverviewView(PlaceView):
    """Reads only; the one thing to do here is to copy phone numbers."""

    def __init__(self, model: OverviewViewModel, desk: Desk) -> None:
        super().__init__()
        self._model = model
        self._desk = desk
        self._overview: Overview | None = None
        self._read_at: datetime | None = None
        self._follow = QTimer(self, interval=FOLLOW_EVERY_MS)
        self._follow.start()
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()

    def opened(self) -> None:
        """Read the figures as they are now."""
        self._model.load_sessions()
        self._model.refresh()
        self.missing.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Read the figures again."""
        if Change.EVENT in changes:
            self._model.load_sessions()
        self._model.refresh()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (("Ctrl+C", say(wording.COPY_ONE)),)

    def _build(self) -> None:
        self.sessions = SessionPicker()
        self.age = label("muted")
        self.expected, self.arrived, self.present, self.not_yet = (
            label("number", "–") for _ in range(4)
        )
        self.bars = ArrivalBars()
        self.units = RowView(RowTable(UNITS, key=lambda u: u.unit), name=wording.BY_UNIT, stretch=0)
        self.units.set_widths((0, 84, 90, 84, 110))
        self.units.setSortingEnabled(True)
        self.units.set_empty_note(wording.UNITS_EMPTY)
        self.missing = RowView(
            RowTable(MISSING, key=lambda u: u.id), name=wording.MISSING, stretch=0
        )
        self.missing.set_widths((0, 130, 90, 80))
        self.missing.setSortingEnabled(True)
        self.missing.set_empty_note(wording.MISSING_NONE)
        self.missing_heading = label("heading")
        self.copy_button = button(self._speak, wording.COPY_ONE, self._copy_phone)
        self.copy_all_button = button(self._speak, wording.COPY_ALL, self._copy_list)

    def _lay_out(self) -> None:
        title, by_unit = label("title"), label("heading")
        self.pace = label("muted")
        self._speak(title.setText, wording.TITLE)
        self._speak(by_unit.setText, wording.BY_UNIT)
        numbers = row(
            self._number(wording.EXPECTED, self.expected),
            self._number(wording.ARRIVED, self.arrived),
            self._number(wording.PRESENT, self.present),
            self._number(wording.NOT_YET, self.not_yet),
            card(self.pace, self.bars, space=2),
            space=12,
        )
        numbers.setStretch(4, 1)
        by_unit.setMinimumHeight(self.copy_button.sizeHint().height())
        copy = row(self.missing_heading, None, self.copy_button, self.copy_all_button)
        lists = row(column(by_unit, self.units), column(copy, self.missing), space=16)
        lists.setStretch(0, 1)
        lists.setStretch(1, 1)
        head = row(title, self.sessions, None, self.age, space=12)
        rosters = QWidget()
        inside = column(numbers, lists, space=12)
        inside.setStretch(1, 1)
        rosters.setLayout(inside)
        self.help_load = HelpLoadPage()
        self.pages = QStackedWidget()
        for page in (rosters, self.help_load):
            self.pages.addWidget(page)
        fill_place(self, head, self.pages).setStretch(1, 1)

    def _number(self, words: Words, value: QLabel) -> QFrame:
        caption = label("muted")
        self._speak(caption.setText, words)
        self._speak(value.setAccessibleName, words)
        frame = card(caption, value, None, space=2)
        frame.setMinimumWidth(scaled(96))
        return frame

    def _connect(self) -> None:
        self._model.sessions_loaded.connect(self._show_sessions)
        self._model.overview_loaded.connect(self._show)
        self._model.help_loaded.connect(self._show_help_day)
        self._follow.timeout.connect(self._follow_help_day)
        self.sessions.session_picked.connect(self._on_session)
        self._speak.language_changed.connect(self._retell)
        bind_key(self.missing, QKeySequence.StandardKey.Copy, self._copy_phone)
        self.missing.row_chosen.connect(lambda _unit: self._copy_phone())

    def _show_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions.show_sessions(sessions, prefer=self._desk.station.current.session)

    def _on_session(self, _code: str) -> None:
        chosen = self.sessions.summary()
        if chosen is not None:
            self._model.choose_session(chosen)

    def _show_help_day(self, load: HelpLoad) -> None:
        self._overview, self._read_at = None, load.read_at
        self.pages.setCurrentWidget(self.help_load)
        self.help_load.show_load(load)
        self._retell()

    def _follow_help_day(self) -> None:
        """Let waits grow while somebody looks; nobody acts here."""
        if self.isVisible() and self.pages.currentWidget() is self.help_load:
            self._model.refresh()

    def _show(self, overview: Overview) -> None:
        self._overview, self._read_at = overview, overview.read_at
        self.pages.setCurrentIndex(0)
        counts = overview.counts
        self.expected.setText(f"{counts.expected:,}")
        self.arrived.setText(f"{counts.arrived:,}")
        self.present.setText(f"{counts.present:,}")
        self.not_yet.setText(f"{max(0, counts.expected - counts.arrived):,}")
        before = overview.before.arrivals if overview.before else ()
        self.bars.show_arrivals(beside(overview.arrivals, before))
        self.units.show_rows(overview.units)
        self.missing.show_rows(overview.missing)
        self.copy_button.setEnabled(bool(overview.missing))
        self.copy_all_button.setEnabled(bool(overview.missing))
        self._retell()

    def _retell(self) -> None:
        known = self._overview
        self.missing_heading.setText(say(wording.missing(len(known.missing) if known else 0)))
        before = known.before if known else None
        told = wording.pace(short_date(before.held_on), before.by_now) if before else None
        self.pace.setText(say(told or wording.PER_FIVE))
        read_at, everybody = self._read_at, known.everybody if known else 0
        self.age.setText(say(wording.as_of(clock_time(read_at), everybody)) if read_at else "")

    def _copy_phone(self) -> None:
        unit: Unit | None = self.missing.current_row()
        if unit is None:
            return
        if unit.phone:
            QGuiApplication.clipboard().setText(unit.phone)
        self._desk.notice(
            say(wording.copied_phone(unit.name, unit.phone) if unit.phone else wording.NO_PHONE)
        )

    def _copy_list(self) -> None:
        missing = self._overview.missing if self._overview else ()
        lines = (f"{u.name}\t{u.phone}\t{u.township}\t{u.region}" for u in missing)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._desk.notice(say(wording.copied_list(len(missing))))


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    office = office_of(desk)
    model = OverviewViewModel(office.registrations, office.checkin, office.events, desk)
    view = OverviewView(model, desk)
    model.setParent(view)
    return view
