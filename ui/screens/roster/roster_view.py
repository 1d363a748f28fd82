"""The Roster place: who is registered, filtered while typing, changed with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.services.registrations import RosterRow
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.roster import sheet_wording, wording
from ui.screens.roster.columns import COLUMNS
from ui.screens.roster.person_card import PersonCard
from ui.screens.roster.person_sheet import PersonSheet
from ui.screens.roster.person_sheet_model import PersonSheetModel
from ui.screens.roster.roster_view_model import RosterViewModel
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, fill_place, label, name_widget, row
from ui.widgets.reason_bar import ReasonBar
from ui.widgets.row_table import RowTable
from ui.widgets.row_view import RowView
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker

SIDE_WIDTH = 300


class RosterView(PlaceView):
    """List on the left, the person and what can be done on the right."""

    def __init__(self, model: RosterViewModel, sheet: PersonSheet, desk: Desk) -> None:
        super().__init__()
        self._model = model
        self.sheet = sheet
        self._desk = desk
        self._speak = Speaker(self)
        self._shown = (0, 0)
        self._person_id = ""
        self._build_list()
        self._build_side()
        self._lay_out()
        self._connect()

    def opened(self) -> None:
        """Load the sessions; typing filters at once."""
        self._model.load_sessions()
        self.filter.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show registrations, scans and badges as they are now."""
        if Change.EVENT in changes:
            self._model.load_sessions()
        if changes & {Change.ROSTER, Change.SCANS, Change.BADGES, Change.EVENT}:
            self._model.reload()
            self.sheet.reload()

    def take_scan(self, text: str) -> bool:
        """Let the sheet have a card it asked for."""
        return self.pages.currentWidget() is self.sheet and self.sheet.take_scan(text)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (
            ("/", say(wording.SEARCH)),
            ("Enter", say(sheet_wording.OPEN)),
            ("Esc", say(wording.BACK)),
            ("Del", say(wording.CANCEL)),
        )

    def _build_list(self) -> None:
        self.sessions = SessionPicker()
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(280)
        self._speak(self.filter.setPlaceholderText, wording.FILTER)
        name_widget(self._speak, self.filter, wording.FILTER)
        self.count = label("muted")
        table = RowTable(COLUMNS, key=lambda r: (r.person.id, r.session))
        self.list = RowView(table, name=wording.LIST, stretch=1)
        self.list.setSortingEnabled(True)
        self.list.set_widths((104, 0, 96, 92, 100, 72, 72, 116, 124))
        self.list.set_empty_note(wording.EMPTY)

    def _build_side(self) -> None:
        self.person = PersonCard()
        self.reason = ReasonBar()
        self.replace_button = button(self._speak, wording.REPLACE, self._ask_replace)
        self.sheet_button = button(self._speak, sheet_wording.OPEN, self._open_sheet)
        self.cancel_button = button(self._speak, wording.CANCEL, self._ask_cancel)
        self.restore_button = button(self._speak, sheet_wording.RESTORE, self._restore)
        self.walk_in_button = button(
            self._speak, wording.WALK_IN, lambda: self._desk.go_to("check_in")
        )

    def _lay_out(self) -> None:
        title = label("title")
        self._speak(title.setText, wording.TITLE)
        self.side = QWidget()
        self.side.setFixedWidth(scaled(SIDE_WIDTH))
        self.side.setLayout(
            column(
                self.person,
                self.sheet_button,
                self.replace_button,
                self.cancel_button,
                self.restore_button,
                self.reason,
                None,
                self.walk_in_button,
            )
        )
        body = row(self.list, self.side, space=16)
        body.setStretch(0, 1)
        head = row(title, self.sessions, self.filter, None, self.count, space=12)
        self.listing = QWidget()
        listed = column(head, body, space=12)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setStretch(1, 1)
        self.listing.setLayout(listed)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.listing)
        self.pages.addWidget(self.sheet)
        fill_place(self, self.pages).setStretch(0, 1)
        self._show_person(None)

    def _connect(self) -> None:
        model = self._model
        model.sessions_loaded.connect(self._show_sessions)
        model.rows_changed.connect(self._show_rows)
        self.sessions.session_picked.connect(model.choose_session)
        self.filter.textChanged.connect(model.filter_rows)
        self.filter.returnPressed.connect(self._to_list)
        self.list.row_selected.connect(self._show_person)
        self.list.row_chosen.connect(lambda _row: self._open_sheet())
        self.sheet.closed.connect(self._close_sheet)
        self.reason.reason_given.connect(self._on_reason)
        self.reason.put_off.connect(self._on_put_off)
        self._speak.language_changed.connect(self._retell)
        bind_key(self, "/", self.filter.setFocus)
        bind_key(self.list, Qt.Key.Key_Delete, self._ask_cancel)
        bind_key(self.filter, Qt.Key.Key_Escape, self.filter.clear)

    def _show_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions.show_sessions(sessions, prefer=self._desk.station.current.session)

    def _show_rows(self, rows: tuple[RosterRow, ...], total: int) -> None:
        self._shown = (len(rows), total)
        self.list.set_empty_note(wording.NOT_FOUND if total else wording.EMPTY)
        self.list.show_rows(rows)
        self._retell()

    def _retell(self) -> None:
        self.count.setText(say(wording.count(*self._shown)))

    def _to_list(self) -> None:
        self.list.select_place(0)
        self.list.setFocus()

    def _open_sheet(self) -> None:
        person: RosterRow | None = self.list.current_row()
        if person is not None:
            self.pages.setCurrentWidget(self.sheet)
            self.sheet.open_person(person.person.id)

    def _close_sheet(self) -> None:
        self.pages.setCurrentWidget(self.listing)
        self.list.setFocus()

    def _restore(self) -> None:
        person: RosterRow | None = self.list.current_row()
        if person is not None:
            self._model.restore_registration(person)

    def _show_person(self, person: RosterRow | None) -> None:
        self.person.show_row(person)
        person_id = person.person.id if person is not None else ""
        if person_id != self._person_id:  # the same row read again keeps its open question
            self.reason.leave()
        self._person_id = person_id
        can_cancel = person is not None and person.status == "active"
        self.cancel_button.setEnabled(can_cancel)
        self.sheet_button.setEnabled(person is not None)
        self.restore_button.setVisible(person is not None and not can_cancel)
        self.replace_button.setEnabled(person is not None and bool(person.badge_code))

    def _ask_cancel(self) -> None:
        if self.cancel_button.isEnabled():
            self._show_acts(shown=False)
            self.reason.ask("cancel", wording.CANCEL_WHY, wording.REASONS_CANCEL)

    def _ask_replace(self) -> None:
        self._show_acts(shown=False)
        self.reason.ask("replace", wording.REPLACE_WHY, wording.REASONS_REPLACE)

    def _on_put_off(self) -> None:
        self._show_acts(shown=True)
        self.list.setFocus()

    def _show_acts(self, *, shown: bool) -> None:
        # While the reason is asked the question has the room of the buttons.
        for act in (
            self.sheet_button,
            self.replace_button,
            self.cancel_button,
            self.walk_in_button,
        ):
            act.setVisible(shown)

    def _on_reason(self, what: str, reason: str) -> None:
        person: RosterRow | None = self.list.current_row()
        if person is not None:
            acts = {"cancel": self._model.cancel_registration, "replace": self._model.replace_badge}
            acts[what](person, reason)
        self._on_put_off()


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    office = office_of(desk)
    persons = desk.services.persons
    model = RosterViewModel(office.registrations, office.badges, office.events, persons, desk)
    sheet_model = PersonSheetModel(persons, office.registrations, desk.services.cards_bound, desk)
    view = RosterView(model, PersonSheet(sheet_model), desk)
    for each in (model, sheet_model):
        each.setParent(view)
    return view
