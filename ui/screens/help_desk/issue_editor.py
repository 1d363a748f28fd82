"""The issues of my visit, one in front: topic, three texts, outcome, and what is open."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.clock import uuid7
from app.domain.help_desk import Answer
from app.domain.visits import Barrier, Outcome
from app.services.visit_views import IssueForm
from ui.screens.help_desk import issue_wording as wording
from ui.screens.help_desk.canned_expander import CannedExpander
from ui.screens.help_desk.desk_reading import DeskTopics, VisitPapers
from ui.screens.help_desk.issue_forms import TEXTS, document_of, like_before, needs_more
from ui.screens.help_desk.issue_outcome import OUTCOMES, BarrierRow, OutcomeRow
from ui.screens.help_desk.issue_tabs import IssueTabs
from ui.screens.help_desk.issue_texts import TextWithWarning
from ui.screens.help_desk.issue_topics import TopicPicker
from ui.theme import scaled
from ui.widgets.parts import column, label
from ui.widgets.speaker import Speaker

_LINES = {"symptom": 2, "steps": 2, "resolution": 3, "next_step": 1}


class IssueEditor(QWidget):
    """Edits the forms of one visit; storing them is others' work.

    Signals:
        edited: something of a form changed.
        paused: a text field was left.
        front_changed: another issue or topic is in front.
    """

    edited = Signal()
    paused = Signal()
    front_changed = Signal()

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now_ms = now_ms
        self._forms: list[IssueForm] = []
        self._front = 0
        self._is_showing = False
        self._expanders: list[CannedExpander] = []
        self._speak = Speaker(self)
        self._build()
        self._connect()

    # --- what is typed

    @property
    def forms(self) -> tuple[IssueForm, ...]:
        """The forms as they are typed now."""
        return tuple(self._forms)

    @property
    def front(self) -> IssueForm:
        """The form in front."""
        return self._forms[self._front] if self._forms else IssueForm()

    def worth_recording(self) -> tuple[IssueForm, ...]:
        """Return the forms without those nobody filled in; at least one."""
        return tuple(form for form in self._forms if not form.is_blank) or self.forms[:1]

    def document(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return document_of(self._forms, self._front)

    # --- showing

    def show_papers(self, papers: VisitPapers) -> None:
        """Show the issues of another visit, as they were left."""
        now_ms = self._now_ms()
        self._forms = [replace(form, id=form.id or uuid7(now_ms)) for form in papers.forms]
        self._front = papers.front
        self._show_front()

    def show_topics(self, topics: DeskTopics) -> None:
        """Offer other topics."""
        self.topic.show_topics(topics)

    def focus_text(self, name: str = "symptom") -> None:
        """Go to a text field."""
        self.texts[name].field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- editing

    def set_topic(self, code: str) -> None:
        """Give the issue in front a topic; nothing typed is touched."""
        self._change(topic=code)
        self.front_changed.emit()

    def pick_outcome(self, outcome: Outcome) -> None:
        """Say what came of the issue in front; where more is needed, go there."""
        self._change(outcome=outcome)
        if needs_more(self.front):
            self.barriers.enter()

    def pick_outcome_number(self, number: int) -> None:
        """Say what came of it by its place among the five."""
        self.pick_outcome(OUTCOMES[number - 1])

    def add_issue(self) -> None:
        """Begin another issue."""
        self._forms.append(IssueForm(id=uuid7(self._now_ms())))
        self.go_to(len(self._forms) - 1)
        self.edited.emit()

    def drop_issue(self) -> str:
        """Take the issue in front away, unless it is the only one; return its id."""
        if len(self._forms) < 2:
            return ""
        gone = self._forms.pop(self._front)
        self.go_to(min(self._front, len(self._forms) - 1))
        self.edited.emit()
        return gone.id or ""

    def go_to(self, place: int) -> None:
        """Bring an issue to the front."""
        self._front = place
        self._show_front()

    def repeat(self, earlier: IssueForm) -> None:
        """Fill what is blank as in the entry before."""
        self._forms[self._front] = like_before(self.front, earlier)
        self._show_front()
        self.edited.emit()

    def use_words(self, text: str, source: str, *, known_problem: str = "") -> None:
        """Take over words of an earlier solution; that they were used is kept."""
        self._note_used(source)
        if known_problem:
            self._change(known_problem=known_problem)
        field = self.texts["resolution"].field
        if text.replace("|", "") not in field.text():
            field.add(text)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_canned(self, texts: Sequence[Answer]) -> None:
        """Know these canned texts by their codes."""
        for expander in self._expanders:
            expander.show_texts(texts)

    def set_problem(self, problem_id: str) -> None:
        """Attach the issue to a known problem."""
        self._change(known_problem=problem_id)

    # --- inside

    def _build(self) -> None:
        self.tabs = IssueTabs()
        self.topic = TopicPicker()
        self.outcome, self.barriers = OutcomeRow(), BarrierRow()
        self.texts = {
            name: TextWithWarning(
                wording.FIELDS[name], wording.PLACEHOLDERS[name], lines=_LINES[name]
            )
            for name in TEXTS
        }
        grid = self._grid(TEXTS[:3])
        self.more = QWidget()
        self.more.setLayout(column(self.barriers, self._grid(TEXTS[3:]), space=6))
        inside = column(self.tabs, self.topic, grid, self.outcome, self.more, space=6)
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def _grid(self, names: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(8))
        grid.setVerticalSpacing(scaled(5))
        for line, name in enumerate(names):
            told = label("muted")
            self._speak(told.setText, wording.FIELDS[name])
            grid.addWidget(told, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.texts[name], line, 1)
            grid.setRowStretch(line, _LINES[name])
        grid.setColumnMinimumWidth(0, scaled(64))
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self.tabs.picked.connect(self.go_to)
        self.tabs.more_wanted.connect(self.add_issue)
        self.topic.topic_picked.connect(self.set_topic)
        self.outcome.picked.connect(self.pick_outcome)
        self.barriers.toggled.connect(self._on_barriers)
        self.barriers.done.connect(lambda: self.focus_text("next_step"))
        for name, text in self.texts.items():
            text.watch(partial(self._on_text, name))
            text.field.left.connect(self.paused)
            expander = CannedExpander(text.field)
            expander.expanded.connect(lambda answer: self._note_used(f"answer:{answer.id}"))
            self._expanders.append(expander)

    def _on_text(self, name: str) -> None:
        if not self._is_showing and self._forms:
            self._change(**{name: self.texts[name].field.text()})

    def _note_used(self, source: str) -> None:
        if source not in self.front.reused:
            self._change(reused=(*self.front.reused, source))

    def _on_barriers(self, barriers: tuple[Barrier, ...]) -> None:
        self._change(barriers=barriers)

    def _change(self, **values: Any) -> None:
        if not self._forms:
            return
        self._forms[self._front] = replace(self.front, **values)
        self._show_choices()
        self.edited.emit()

    def _show_front(self) -> None:
        self._is_showing = True
        for name, text in self.texts.items():
            text.field.put(getattr(self.front, name))
        self._is_showing = False
        self.topic.show_code(self.front.topic)
        self._show_choices()
        self.front_changed.emit()

    def _show_choices(self) -> None:
        self.tabs.show_forms(self.forms, self._front)
        self.outcome.show_outcome(self.front.outcome)
        self.barriers.show_barriers(self.front.barriers)
        self.more.setVisible(needs_more(self.front))
