"""Known problems: how many schools each struck, who they are, and the answer for all of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from app.domain.help_desk import Problem, ProblemState
from app.services.answers_views import KnownProblem, StruckSchool
from app.services.visit_views import HelpTopic
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.help_desk import problems_wording as wording
from ui.screens.help_desk.problems_topics import choose_topic, offer_topics, topic_names
from ui.screens.help_desk.solutions_wording import OUTCOMES
from ui.theme import palette, scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, combo, label, name_widget, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLines, TwoLinesList

SIDE_WIDTH = 440
WIDEST_SIDE = 600
"""Large text takes no more than this from the list."""


class KnownProblems(QWidget):
    """The list on the left; the problem, its answer and its schools on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: dict[str, str] = {}
        self._current = ""
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()
        self._show(None)

    def opened(self) -> None:
        """Read the problems; the keys go to the list."""
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        """Read problems and topics again."""
        help_desk = self._desk.services.help_desk

        def read() -> tuple[Sequence[KnownProblem], Sequence[HelpTopic]]:
            return help_desk.answers.list_problems(), help_desk.topics.list_topics()

        self._desk.tasks.run(self, read, self._on_read, self._desk.report, lane="reading")

    def begin(self) -> None:
        """Begin a new known problem."""
        self._current = ""
        self.list.clearSelection()
        self._show(None)
        self.title.setFocus()

    def save(self) -> None:
        """Keep title, topic and answer of what is shown, or add it."""
        answers, title = self._desk.services.help_desk.answers, self.title.text()
        topic = str(self.topic.currentData() or "")
        current, answer = self._current, self.answer.toPlainText().strip()

        def keep() -> Problem:
            if current:
                problem = answers.amend_problem(current, title=title, topic=topic)
            else:
                problem = answers.add_problem(topic, title)
            if answer and answer != problem.answer:
                return answers.answer_problem(problem.id, answer)
            return problem

        self._desk.tasks.run(self, keep, self._on_kept, self._desk.report)

    def _build(self) -> None:
        columns: tuple[Column[KnownProblem], ...] = (
            Column(
                heading=wording.STATE,
                text=lambda item: say(wording.STATES[item.problem.state]),
                colour=_state_colour,
            ),
            Column(heading=wording.TITLE, text=lambda item: item.problem.title),
            Column(heading=wording.TOPIC, text=lambda item: self._name_of(item.problem.topic)),
            Column(heading=wording.SCHOOLS, text=lambda item: say(wording.schools(item.schools))),
            Column(heading=wording.UNSOLVED, text=lambda item: str(item.unsolved), is_number=True),
        )
        table = RowTable(columns, key=lambda item: item.problem.id)
        self.list = RowView(table, name=wording.PROBLEMS, stretch=1)
        self.list.set_widths((84, 0, 150, 100, 96))
        self.list.set_empty_note(wording.EMPTY)
        self.heading = label("heading")
        self.title, self.answer = QLineEdit(), QPlainTextEdit()
        self.answer.setTabChangesFocus(True)
        self.topic = combo(self._speak, wording.TOPIC)
        name_widget(self._speak, self.title, wording.TITLE)
        name_widget(self._speak, self.answer, wording.ANSWER)
        self._speak(self.title.setPlaceholderText, wording.TITLE)
        self.struck: TwoLinesList[StruckSchool] = TwoLinesList(_struck_lines)
        name_widget(self._speak, self.struck, wording.STRUCK)
        self.nobody = label("muted", wraps=True)
        self._speak(self.nobody.setText, wording.NOBODY_STRUCK)
        self.add_button = button(self._speak, wording.ADD, self.begin)
        self.save_button = button(self._speak, wording.SAVE, self.save, kind="primary")
        self.close_button = button(self._speak, wording.CLOSE, self._close)
        self.reopen_button = button(self._speak, wording.REOPEN, self._reopen)

    def _lay_out(self) -> None:
        answer, struck = label("muted", wraps=True), label("heading")
        self._speak(answer.setText, wording.ANSWER)
        self._speak(struck.setText, wording.STRUCK)
        side = QFrame()
        side.setProperty("kind", "card")
        side.setFixedWidth(min(scaled(SIDE_WIDTH), WIDEST_SIDE))
        self.answer.setFixedHeight(scaled(110))
        buttons = row(self.close_button, self.reopen_button, None, self.save_button)
        inside = column(
            self.heading, self.title, self.topic, answer, self.answer, buttons, struck,
            self.nobody, self.struck, None, space=8,
        )  # fmt: skip
        inside.setStretch(8, 20)
        inside.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        side.setLayout(inside)
        body = row(column(row(None, self.add_button), self.list), side, space=14)
        body.setStretch(0, 1)
        self.setLayout(body)

    def _connect(self) -> None:
        self.list.row_selected.connect(self._select)
        self.list.row_chosen.connect(lambda _item: self.answer.setFocus())
        self._speak.language_changed.connect(self.reload)
        bind_key(self, Qt.Key.Key_Insert, self.begin)
        bind_key(self, "Ctrl+Return", self.save)

    def _on_read(self, read: tuple[Sequence[KnownProblem], Sequence[HelpTopic]]) -> None:
        problems, topics = read
        self._names = topic_names(topics)
        is_typing = self.title.hasFocus() or self.answer.hasFocus()
        if not self.topic.hasFocus():
            offer_topics(self.topic, topics)
        self.list.blockSignals(is_typing)  # what is being typed stays
        self.list.show_rows(problems)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        if not is_typing and self._current:
            self.list.select_key(self._current)

    def _select(self, item: KnownProblem | None) -> None:
        if item is not None or not self._current:
            self._show(item)

    def _show(self, item: KnownProblem | None) -> None:
        problem = item.problem if item is not None else None
        self._current = problem.id if problem else ""
        self.heading.setText(
            say(wording.schools(item.schools) if item is not None else wording.NEW_PROBLEM)
        )
        self.title.setText(problem.title if problem else "")
        self.answer.setPlainText(problem.answer if problem else "")
        choose_topic(self.topic, problem.topic if problem else "")
        is_closed = problem is not None and problem.state is ProblemState.CLOSED
        self.close_button.setVisible(problem is not None and not is_closed)
        self.reopen_button.setVisible(is_closed)
        self._show_struck(())
        if problem is not None:
            work = partial(self._desk.services.help_desk.answers.list_struck, problem.id)
            done = partial(self._on_struck, problem.id)
            self._desk.tasks.run(self, work, done, self._desk.report, lane="reading")

    def _on_struck(self, problem_id: str, struck: Sequence[StruckSchool]) -> None:
        if problem_id == self._current:
            self._show_struck(struck)

    def _show_struck(self, struck: Sequence[StruckSchool]) -> None:
        self.struck.show_things(struck)
        self.struck.setVisible(bool(struck))
        self.nobody.setVisible(not struck)

    def _close(self) -> None:
        self._act(self._desk.services.help_desk.answers.close_problem)

    def _reopen(self) -> None:
        self._act(self._desk.services.help_desk.answers.reopen_problem)

    def _act(self, act: object) -> None:
        if self._current and callable(act):
            self._desk.tasks.run(
                self, partial(act, self._current), self._on_kept, self._desk.report
            )

    def _on_kept(self, problem: Problem) -> None:
        is_answered = problem.state is ProblemState.ANSWERED
        self._desk.notice(say(wording.ANSWERED if is_answered else wording.KEPT))
        self._current = problem.id
        self.list.setFocus()
        self.reload()
        self._desk.changes.tell(Change.HELP_DESK)

    def _name_of(self, code: str) -> str:
        return self._names.get(code, code)


def _state_colour(item: KnownProblem) -> str | None:
    colours = {ProblemState.OPEN: palette().caution, ProblemState.ANSWERED: palette().good}
    return colours.get(item.problem.state)


def _struck_lines(item: StruckSchool) -> TwoLines:
    return TwoLines(first=item.unit_text, second=say(OUTCOMES[item.outcome]), end=item.ticket)
