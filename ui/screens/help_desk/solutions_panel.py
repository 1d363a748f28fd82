"""The desk's right column: words that helped before, known problems, found while one types."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from app.services.answers_views import KnownProblem, Suggestion
from ui.changes import Change
from ui.language import say
from ui.latest import LatestOnly
from ui.place import Desk
from ui.screens.help_desk import solutions_wording as wording
from ui.screens.help_desk.solutions_lines import (
    problem_lines,
    suggestion_lines,
    suggestion_text,
)
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, name_widget, row, scrolling
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList

MOST_PROBLEMS = 3
SHOWN = 8
TITLE_LENGTH = 60
ROW_HEIGHT = 52


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the desk is about; `text` is the symptom being typed."""

    text: str = ""
    topic: str = ""
    unit_id: str = ""
    unit_text: str = ""
    not_visit: str = ""


class SolutionsPanel(QWidget):
    """Follows the symptom being typed; what is typed here goes before it.

    Signals:
        chosen: a Suggestion whose words go into the issue; its `source` counts as reused.
        problem_chosen: the id of a known problem the issue belongs to.
        left: Escape in the search line: the keys go back to the issue.
    """

    chosen = Signal(object)
    problem_chosen = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = _Asked()
        self._speak = Speaker(self)
        self._latest = LatestOnly(desk.tasks, desk.report, self)
        self._build()
        self._lay_out()
        self._connect()
        self._show(((), ()))

    def show_for(
        self,
        text: str,
        topic: str,
        unit_id: str,
        *,
        unit_text: str = "",
        not_visit: str = "",
    ) -> None:
        """Look for words about this symptom and topic; of this school first."""
        asked = _Asked(text, topic, unit_id, unit_text, not_visit)
        if asked != self._asked:
            self._asked = asked
            self.search_again()

    def focus_search(self) -> None:
        """Put the keys into the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def reload(self, changes: frozenset[Change]) -> None:
        """Look again: another desk may have solved it."""
        if Change.HELP_DESK in changes:
            self.search_again()

    def search_again(self) -> None:
        """Look again for what is asked now."""
        self._latest.ask(partial(self._look, self.search.text().strip(), self._asked), self._show)

    def choose_current(self) -> None:
        """Use the words of the entry that is current, or of the first."""
        self.list.pick_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the list while typing; Enter uses the entry."""
        match event.key():
            case Qt.Key.Key_Down:
                self.list.move_selection(1)
            case Qt.Key.Key_Up:
                self.list.move_selection(-1)
            case Qt.Key.Key_Escape:
                self.search.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._speak(self.search.setPlaceholderText, wording.SEARCH)
        name_widget(self._speak, self.search, wording.SEARCH)
        self.list: TwoLinesList[Suggestion] = TwoLinesList(suggestion_lines)
        name_widget(self._speak, self.list, wording.LIST)
        self.nothing = label("muted", wraps=True)
        self._speak(self.nothing.setText, wording.NOTHING)
        self.full = label(wraps=True)
        self.full.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.use_button = button(self._speak, wording.USE, self.choose_current)
        self.problems: TwoLinesList[KnownProblem] = TwoLinesList(problem_lines)
        name_widget(self._speak, self.problems, wording.PROBLEMS)
        self.attach_button = button(
            self._speak, wording.ATTACH, self.problems.pick_current, tip=wording.ATTACH_TIP
        )
        self.new_button = button(
            self._speak, wording.NEW_PROBLEM, self._add_problem, tip=wording.NEW_PROBLEM_TIP
        )

    def _lay_out(self) -> None:
        title, key, problems = label("heading"), label("key", "Ctrl+L"), label("heading")
        self._speak(title.setText, wording.TITLE)
        self._speak(problems.setText, wording.PROBLEMS)
        self.detail = QFrame()
        self.detail.setProperty("kind", "card")
        inside = QVBoxLayout(self.detail)
        inside.setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8))
        inside.addWidget(scrolling(self.full), 1)
        inside.addLayout(row(None, self.use_button))
        self.detail.setMinimumHeight(scaled(120))
        self.struck = QWidget()
        buttons = row(self.attach_button, None, self.new_button)
        self.struck.setLayout(column(problems, self.problems, buttons, space=6))
        layout = column(
            row(title, None, key), self.search, self.nothing, self.list, self.detail, self.struck,
            space=8,
        )  # fmt: skip
        layout.setStretch(3, 3)
        layout.setStretch(4, 2)
        self.setLayout(layout)
        self.list.setMinimumHeight(scaled(2 * ROW_HEIGHT))

    def _connect(self) -> None:
        self.search.textChanged.connect(self.search_again)
        self.search.returnPressed.connect(self.choose_current)
        self.list.picked.connect(self.chosen)
        self.list.selectionModel().currentChanged.connect(self._show_full)
        self.problems.picked.connect(lambda item: self.problem_chosen.emit(item.problem.id))
        self._speak.language_changed.connect(self.search_again)
        bind_key(self, "Ctrl+L", self.focus_search)

    def _look(
        self, typed: str, asked: _Asked
    ) -> tuple[Sequence[Suggestion], Sequence[KnownProblem]]:
        answers = self._desk.services.help_desk.answers
        found = answers.search(
            typed or asked.text,
            topic=asked.topic,
            unit_id=asked.unit_id,
            unit_text=asked.unit_text,
            not_visit=asked.not_visit,
            limit=SHOWN,
        )
        problems = answers.list_problems(include_closed=False)
        near = [item for item in problems if _is_near(item, asked.topic)]
        return found, (near or problems)[:MOST_PROBLEMS]

    def _show(self, found: tuple[Sequence[Suggestion], Sequence[KnownProblem]]) -> None:
        suggestions, problems = found
        self.list.show_things(suggestions, select_first=True)
        self.problems.show_things(problems)
        for widget in (self.list, self.detail):
            widget.setVisible(bool(suggestions))
        self.nothing.setVisible(not suggestions)
        self.problems.setVisible(bool(problems))
        self.attach_button.setVisible(bool(problems))
        self.problems.setFixedHeight(scaled(ROW_HEIGHT) * len(problems) + scaled(4))
        self._show_full()

    def _show_full(self, *_places: object) -> None:
        item = self.list.entries.thing(max(0, self.list.currentIndex().row()))
        self.full.setText(suggestion_text(item) if item is not None else "")
        self.use_button.setEnabled(item is not None and bool(item.words))

    def _add_problem(self) -> None:
        asked = self._asked
        title = " ".join(asked.text.split())[:TITLE_LENGTH]
        if not title:
            self._desk.notice(say(wording.NO_SYMPTOM))
            return
        answers = self._desk.services.help_desk.answers
        work = partial(answers.add_problem, asked.topic, title)
        self._desk.tasks.run(self, work, self._on_problem_added, self._desk.report)

    def _on_problem_added(self, problem: object) -> None:
        self._desk.notice(say(wording.PROBLEM_ADDED))
        self.problem_chosen.emit(getattr(problem, "id", ""))
        self._desk.changes.tell(Change.HELP_DESK)
        self.search_again()


def _is_near(item: KnownProblem, topic: str) -> bool:
    """Whether a known problem is of the topic's group; a group's code begins its topics' codes."""
    return bool(topic) and item.problem.topic[:2] == topic[:2]
