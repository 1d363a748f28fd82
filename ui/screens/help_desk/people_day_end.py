"""The end of the day: numbers still there, things still out, people still on duty."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.visits import Visit
from ui.language import say
from ui.screens.help_desk import people_wording as wording
from ui.screens.help_desk.people_rows import leftover_entry
from ui.screens.help_desk.people_view_model import PeopleState, PeopleViewModel
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, row
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList


class DayEndPanel(QFrame):
    """Each number that is left is gone or is carried over; nothing is decided by itself.

    Signals:
        closed: back to the people.
    """

    closed = Signal()

    def __init__(self, model: PeopleViewModel, clock: Callable[[int], str]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._model = model
        self._clock = clock
        self._speak = Speaker(self)
        self._build()
        model.state_read.connect(self.show_state)
        self._speak.language_changed.connect(lambda: self.show_state(model.state))

    def start(self) -> None:
        """Put the focus on the first number that is left."""
        self.show_state(self._model.state)
        self.list.setFocus()
        if self.list.currentIndex().row() < 0:
            self.list.move_selection(1)

    def show_state(self, state: PeopleState) -> None:
        """Show what is still to be done."""
        marked = max(0, self.list.currentIndex().row())
        self.list.show_things(state.leftovers)
        if state.leftovers:
            place = min(marked, len(state.leftovers) - 1)
            self.list.setCurrentIndex(self.list.entries.index(place, 0))
        self.list.setVisible(bool(state.leftovers))
        self.none.setVisible(not state.leftovers)
        self.left.setText(say(wording.leftovers(len(state.leftovers))))
        self.out.setText(say(wording.still_out(len(state.loans))))
        self.on.setText(say(wording.still_on(state.on_duty)))
        self.force_button.setEnabled(state.on_duty > 0)
        has_next = self._model.next_day is not None
        for made in (self.carry_button, self.carry_all_button):
            made.setEnabled(bool(state.leftovers) and has_next)
        for made in (self.gone_button, self.gone_all_button):
            made.setEnabled(bool(state.leftovers))
        self.no_next.setVisible(not has_next)

    def _build(self) -> None:
        title, hint = label("heading"), label("muted", wraps=True)
        self._speak(title.setText, wording.END_TITLE)
        self._speak(hint.setText, wording.END_HINT)
        self.left, self.none = label("heading"), label("good")
        self._speak(self.none.setText, wording.LEFTOVERS_NONE)
        self.list: TwoLinesList[Visit] = TwoLinesList(
            lambda visit: leftover_entry(visit, self._clock)
        )
        self._speak(self.list.setAccessibleName, wording.END_TITLE)
        self.list.setMinimumHeight(scaled(120))
        speak = self._speak
        self.gone_button = button(speak, wording.GONE_ONE, self._gone)
        self.carry_button = button(speak, wording.CARRY_ONE, self._carry)
        self.gone_all_button = button(speak, wording.GONE_ALL, self._gone_all)
        self.carry_all_button = button(speak, wording.CARRY_ALL, self._carry_all)
        self.no_next = label("muted", wraps=True)
        speak(self.no_next.setText, wording.NO_NEXT_DAY)
        self.out, self.on = label("heading"), label("heading")
        self.force_button = button(speak, wording.FORCE_OFF, self._model.end_day)
        back = button(speak, wording.BACK, self.closed.emit, kind="flat")
        one = row(self.gone_button, self.carry_button, None, space=6)
        every = row(self.carry_all_button, self.gone_all_button, None, space=6)
        inside = column(
            title, hint, self.left, self.none, self.list, one, every, self.no_next,
            row(self.out, None), row(self.on, None, self.force_button), row(None, back), space=8,
        )  # fmt: skip
        inside.setStretch(4, 1)
        inside.addStretch(0)
        inside.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.setLayout(inside)
        bind_key(self, "G", self._gone)
        bind_key(self, "K", self._carry)
        bind_key(self, "Escape", self.closed.emit)

    def _marked(self) -> tuple[Visit, ...]:
        visit = self.list.entries.thing(self.list.currentIndex().row())
        return (visit,) if visit is not None else ()

    def _gone(self) -> None:
        self._model.end_as_gone(self._marked())

    def _carry(self) -> None:
        self._model.carry(self._marked())

    def _gone_all(self) -> None:
        self._model.end_as_gone(self._model.state.leftovers)

    def _carry_all(self) -> None:
        self._model.carry(self._model.state.leftovers)
