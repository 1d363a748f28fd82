"""Beside the form: the numbers given last, or what is known of the school, or what is lent."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain.help_desk import Loan
from app.domain.visits import Visit
from app.domain.words import Words
from app.services.visit_views import OpenPoint, UnitCard
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_draft import DoorDraft
from ui.screens.help_desk.door_offers import Offers
from ui.screens.help_desk.door_rows import DoorNames, loan_row, school_row, ticket_row
from ui.theme import scaled
from ui.widgets.parts import button, column, label, row, show_kind
from ui.widgets.row_pictures import TwoLines
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")


class ListPage(QWidget, Generic[Thing]):
    """A heading, a hint, and a list or what to do while it is empty."""

    def __init__(
        self, heading: Words, hint: Words, empty: Words, describe: "Callable[[Thing], TwoLines]"
    ) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.heading, self.hint = label("heading", wraps=True), label("muted", wraps=True)
        self.empty = label("muted", wraps=True)
        self.list: TwoLinesList[Thing] = TwoLinesList(describe)
        self._speak(self.heading.setText, heading)
        self._speak(self.hint.setText, hint)
        self._speak(self.empty.setText, empty)
        self._speak(self.list.setAccessibleName, heading)
        self.list.setMinimumHeight(scaled(110))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside = column(self.heading, self.hint, self.empty, self.list, space=4)
        inside.setStretch(3, 1)
        inside.addStretch(0)
        self.setLayout(inside)
        self.show_things(())

    def show_things(self, things: Sequence[Thing]) -> None:
        """Show other things; the one marked stays marked by its place."""
        marked = self.list.currentIndex().row()
        self.list.show_things(tuple(things))
        if 0 <= marked < len(things):
            self.list.setCurrentIndex(self.list.entries.index(marked, 0))
        self.list.setVisible(bool(things))
        self.hint.setVisible(bool(things))
        self.empty.setVisible(not things)

    def current(self) -> Thing | None:
        """Return the thing marked, None where none is."""
        return self.list.entries.thing(self.list.currentIndex().row())


class SchoolPage(QWidget):
    """What is known of the school in front: offers first, then its visits."""

    def __init__(self, names: DoorNames) -> None:
        super().__init__()
        self._names = names
        self._points: dict[str, list[OpenPoint]] = {}
        self._card: UnitCard | None = None
        self._speak = Speaker(self)
        self.heading = label("heading", wraps=True)
        self.join_text, self.link_text = label("caution", wraps=True), label("caution", wraps=True)
        self.join_button = button(self._speak, wording.JOIN_KEY, lambda: None)
        self.link_button = button(self._speak, wording.LINK_KEY, lambda: None)
        self.empty = label("muted", wraps=True)
        self._speak(self.empty.setText, wording.SCHOOL_EMPTY)
        self.visits: TwoLinesList[Visit] = TwoLinesList(self._describe)
        self.visits.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.visits.setMinimumHeight(scaled(110))
        self.visits.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside = column(
            self.heading,
            self._offer(self.join_text, self.join_button),
            self._offer(self.link_text, self.link_button),
            self.empty,
            self.visits,
            space=6,
        )
        inside.setStretch(4, 1)
        inside.addStretch(0)
        self.setLayout(inside)

    def show_card(self, card: UnitCard) -> None:
        """Show a school's visits: those here now first."""
        self._card = card
        self._points = defaultdict(list)
        for point in card.open_points:
            self._points[point.visit.id].append(point)
        here = {visit.id for visit in card.here_now}
        before = [visit for visit in card.visits if visit.id not in here]
        self.heading.setText(
            say(wording.school_heading(card.name, len(card.here_now), len(before)))
        )
        visits = (*card.here_now, *before)
        self.visits.show_things(visits)
        self.visits.setVisible(bool(visits))
        self.empty.setVisible(not visits)

    def show_offers(self, offers: Offers, draft: DoorDraft) -> None:
        """Offer what can be joined or linked."""
        self._show_join(offers, draft)
        earlier = offers.earlier
        is_linked = bool(draft.return_of)
        if is_linked:
            self.link_text.setText(say(wording.linked(draft.return_ticket)))
        elif earlier is not None:
            when = self._names.clock(earlier.arrived_ms)
            told = wording.came_before(earlier.ticket, when, open_points=offers.open_points)
            self.link_text.setText(say(told))
        show_kind(self.link_text, "good" if is_linked else "caution")
        self.link_button.setText(say(wording.UNLINK_KEY if is_linked else wording.LINK_KEY))
        for widget in (self.link_text, self.link_button):
            widget.setVisible(is_linked or earlier is not None)

    def _show_join(self, offers: Offers, draft: DoorDraft) -> None:
        visit = offers.join
        for widget in (self.join_text, self.join_button):
            widget.setVisible(visit is not None)
        if visit is None:
            return
        told = wording.group_waits(draft.unit_text, offers.waiting, visit.ticket)
        if offers.is_same_person:
            told = wording.already_here(visit.ticket)
        self.join_text.setText(say(told))
        self.join_button.setText(say(wording.JOIN_KEY))

    def _offer(self, text: QWidget, press: QWidget) -> QWidget:
        press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made = QWidget()
        inside = row(text, press, space=8)
        inside.setStretch(0, 1)
        made.setLayout(inside)
        return made

    def _describe(self, visit: Visit) -> TwoLines:
        return school_row(visit, self._points.get(visit.id, ()), self._names)


class DoorSide(QStackedWidget):
    """Three pages in one place; which one is in front follows what the door is doing.

    Signals:
        give_back_wanted: the `Loan` to take back.
    """

    give_back_wanted = Signal(object)

    def __init__(self, names: DoorNames) -> None:
        super().__init__()
        self.setStyleSheet("QStackedWidget { background: transparent; }")
        self._names = names
        self._tickets: dict[str, Visit] = {}
        self.tickets: ListPage[Visit] = ListPage(
            wording.LAST_TICKETS,
            wording.LAST_HINT,
            wording.LAST_EMPTY,
            lambda visit: ticket_row(visit, names),
        )
        self.school = SchoolPage(names)
        self.loans: ListPage[Loan] = ListPage(
            wording.LOANS, wording.LOANS_HINT, wording.LOANS_NONE, self._loan_row
        )
        for page in (self.tickets, self.school, self.loans):
            self.addWidget(page)
        self.loans.list.picked.connect(self.give_back_wanted)

    def show_tickets(self, visits: Sequence[Visit]) -> None:
        """Show the numbers given last."""
        self._tickets |= {visit.id: visit for visit in visits}
        self.tickets.show_things(visits)

    def show_loans(self, loans: Sequence[Loan]) -> None:
        """Show what is out."""
        self.loans.show_things(loans)

    def _loan_row(self, loan: Loan) -> TwoLines:
        visit = self._tickets.get(loan.visit)
        ticket, unit = (visit.ticket, visit.unit_text) if visit else ("", "")
        return loan_row(loan, ticket, unit, self._names)
