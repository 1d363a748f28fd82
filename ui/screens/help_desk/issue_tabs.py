"""The issues of a visit as small tabs, each with whether its outcome is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.visit_views import IssueForm
from ui.language import say
from ui.screens.help_desk import issue_wording as wording
from ui.theme import scaled
from ui.widgets.parts import button, label, row
from ui.widgets.speaker import Speaker


class IssueTabs(QWidget):
    """One button for each issue, one for another.

    Signals:
        picked: the place of an issue.
        more_wanted: a further issue.
    """

    picked = Signal(int)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: Sequence[IssueForm] = ()
        self._front = 0
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self.buttons: list[QPushButton] = []
        self.facts = label("muted")
        self.more = button(self._speak, wording.NEW_ISSUE, self.more_wanted.emit, kind="flat")
        self.more.setStyleSheet(f"padding: {scaled(1)}px {scaled(6)}px;")
        self._line = row(space=4)
        self.setLayout(row(self._line, self.facts, None, self.more, space=6))

    def show_forms(self, forms: Sequence[IssueForm], front: int) -> None:
        """Show these issues."""
        if (tuple(forms), front) == (tuple(self._forms), self._front):
            return
        self._forms, self._front = forms, front
        self._retell()

    def _retell(self) -> None:
        while len(self.buttons) > len(self._forms):
            self.buttons.pop().deleteLater()
        while len(self.buttons) < len(self._forms):
            self.buttons.append(self._tab(len(self.buttons)))
        for place, (form, made) in enumerate(zip(self._forms, self.buttons, strict=True)):
            name = say(wording.issue_name(place + 1))
            made.setText(f"{name} {'✓' if form.outcome else '…'}")
            told = wording.OUTCOMES[form.outcome] if form.outcome else wording.NEEDS_OUTCOME
            made.setAccessibleName(f"{name}，{say(told)}")
            made.setToolTip(say(told))
            made.setChecked(place == self._front)
        self.facts.setText(self._told())

    def _told(self) -> str:
        if not self._forms:
            return ""
        form = self._forms[self._front]
        told = [
            say(wording.KNOWN_PROBLEM) if form.known_problem else "",
            say(wording.REUSED) if form.reused else "",
        ]
        return "・".join(part for part in told if part)

    def _tab(self, place: int) -> QPushButton:
        made = QPushButton()
        made.setCheckable(True)
        made.setStyleSheet(f"padding: {scaled(2)}px {scaled(10)}px;")
        made.clicked.connect(lambda _checked=False: self.picked.emit(place))
        self._line.addWidget(made)
        return made
