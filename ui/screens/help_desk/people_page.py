"""The People page: consultants, duty by one key, loads, loans, the end of the day."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.clock import moment_of
from app.domain.help_desk import Consultant, DutyState
from app.services.visit_views import ConsultantLoad
from ui.changes import Change
from ui.dates import clock_time
from ui.language import say
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk import people_wording as wording
from ui.screens.help_desk.duty_bar import ORDER, DutyBar
from ui.screens.help_desk.people_day_end import DayEndPanel
from ui.screens.help_desk.people_form import PeopleForm
from ui.screens.help_desk.people_rows import LOAD_COLUMNS, LOAN_COLUMNS, LoanRow
from ui.screens.help_desk.people_view_model import PeopleState, PeopleViewModel
from ui.screens.help_desk.seat import SeatState
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, card, column, label, row, scrolling
from ui.widgets.row_table import RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

_WIDTHS = (0, 104, 56, 70, 66, 70, 80, 84, 68)


class PeoplePage(QWidget):
    """The list decides whom everything else is about."""

    def __init__(self, model: PeopleViewModel, desk: Desk) -> None:
        super().__init__()
        self._model = model
        self._desk = desk
        self._shown_id = ""
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def opened(self) -> None:
        """Read the page; keys work on the list."""
        self._model.load()
        self.list.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show duty, loads and loans as they are now."""
        if changes & {Change.HELP_DESK, Change.STAFF, Change.EVENT}:
            self._model.load()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this page."""
        return tuple((key, say(words)) for key, words in wording.KEYS)

    # --- acts

    def add(self) -> None:
        """Begin somebody new."""
        self.right.setCurrentWidget(self.form)
        self._shown_id = ""
        self.form.show_consultant(None)
        self.form.start()

    def edit(self) -> None:
        """Change whoever is chosen."""
        load = self._chosen()
        if load is not None:
            self.right.setCurrentWidget(self.form)
            self.form.show_consultant(load.consultant)
            self.form.start()

    def to_loans(self) -> None:
        """Put the focus on what is out."""
        self.loans.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.loans.select_place(0)

    def end_day(self) -> None:
        """Show what is to be done before the lights go out."""
        self.right.setCurrentWidget(self.day_end)
        self.day_end.start()

    # --- building

    def _build(self) -> None:
        self.list = RowView(
            RowTable(LOAD_COLUMNS, key=lambda load: load.consultant.id),
            name=wording.PEOPLE,
            stretch=0,
        )
        self.list.set_widths(_WIDTHS)
        self.list.setSortingEnabled(True)
        self.list.set_empty_note(wording.EMPTY)
        self.list.rows_wanted = 5
        self.duty = DutyBar(self._clock)
        self.loans = RowView(
            RowTable(LOAN_COLUMNS, key=lambda line: line.loan.id), name=wording.LOANS, stretch=1
        )
        self.loans.set_widths((150, 0, 90))
        self.loans.set_empty_note(wording.LOANS_NONE)
        self.loans.rows_wanted = 2
        self.form = PeopleForm()
        self.day_end = DayEndPanel(self._model, self._clock)
        self.right = QStackedWidget()
        for panel in (self.form, self.day_end):
            self.right.addWidget(panel)
        content = QWidget()
        self.left = self._left()
        whole = row(self.left, self.right, space=12)
        whole.setStretch(0, 7)
        whole.setStretch(1, 5)
        content.setLayout(whole)
        self.setLayout(column(scrolling(content)))

    def _left(self) -> QWidget:
        heading, note = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.PEOPLE)
        self._speak(note.setText, wording.CASE_MIX)
        end = button(self._speak, wording.END_DAY, self.end_day)
        loans = label("heading")
        self._speak(loans.setText, wording.LOANS)
        self.give_back_button = button(self._speak, wording.GIVE_BACK, self._give_back)
        inside = column(
            row(heading, None, end),
            self.list,
            note,
            card(self.duty),
            row(loans, None, self.give_back_button),
            self.loans,
            space=8,
        )
        inside.setStretch(1, 3)
        inside.setStretch(5, 1)
        made = QWidget()
        made.setLayout(inside)
        return made

    def _connect(self) -> None:
        model = self._model
        model.state_read.connect(self._show)
        model.consultant_kept.connect(self._on_kept)
        model.refused.connect(self.form.show_refusal)
        self.list.row_selected.connect(self._on_chosen)
        self.list.row_chosen.connect(lambda _load: self.edit())
        self.loans.row_chosen.connect(lambda _line: self._give_back())
        self.duty.duty_wanted.connect(self._on_duty)
        self.form.keep_wanted.connect(model.keep)
        self.form.new_wanted.connect(self.add)
        self.day_end.closed.connect(self._close_day_end)
        self._speak.language_changed.connect(lambda: self._show(model.state))
        for place in range(1, len(ORDER) + 1):
            bind_key(self.left, str(place), partial(self.duty.press, place))
        for key, act in (
            ("Ctrl+N", self.add),
            ("F2", self.edit),
            ("Ctrl+Return", self._save),
            ("Ctrl+Enter", self._save),
            ("F8", self.to_loans),
            ("F9", self.end_day),
        ):
            bind_key(self, key, act)

    # --- answers

    def _show(self, state: PeopleState) -> None:
        self.form.show_groups(state.groups)
        self.list.show_rows(state.loads)
        if self._chosen() is None:
            self.list.select_place(0)
        self.duty.show_load(self._chosen(), state.periods)
        rows = [
            LoanRow(
                loan=loan,
                ticket=visit.ticket if visit else "",
                unit=visit.unit_text if visit else "",
                since=self._clock(loan.out_ms),
            )
            for loan, visit in state.loans
        ]
        self.loans.show_rows(rows)
        self.give_back_button.setEnabled(bool(rows))

    def _chosen(self) -> ConsultantLoad | None:
        load: ConsultantLoad | None = self.list.current_row()
        return load

    def _on_chosen(self, load: ConsultantLoad | None) -> None:
        self.duty.show_load(load, self._model.state.periods)
        if load is not None and load.consultant.id != self._shown_id:
            self._shown_id = load.consultant.id
            self.form.show_consultant(load.consultant)

    def _on_duty(self, state: DutyState, desk: str) -> None:
        load = self._chosen()
        if load is not None:
            self._model.set_duty(load.consultant, state, desk)

    def _on_kept(self, consultant: Consultant) -> None:
        self._shown_id = consultant.id
        self.form.show_consultant(consultant)
        self._model.load()
        self.list.select_key(consultant.id)
        self.list.setFocus()

    def _save(self) -> None:
        if self.right.currentWidget() is self.form:
            self.form.save()

    def _give_back(self) -> None:
        line: LoanRow | None = self.loans.current_row()
        if line is not None:
            self._model.give_back(line)

    def _close_day_end(self) -> None:
        self.right.setCurrentWidget(self.form)
        self.list.setFocus()

    def _clock(self, at_ms: int) -> str:
        return clock_time(moment_of(at_ms).astimezone(office_of(self._desk).events.plan().zone))


def build_people_page(desk: Desk, seat: SeatState) -> QWidget:
    """Make the page for the place."""
    model = PeopleViewModel(desk, seat)
    page = PeoplePage(model, desk)
    model.setParent(page)
    return page
