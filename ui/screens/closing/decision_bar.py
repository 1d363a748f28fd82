"""Deciding on one person by keys: G or D, and always a reason (1–5 or free text)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.closing import sentences, wording
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, name_widget, row, show_kind
from ui.widgets.speaker import Speaker


class DecisionBar(QFrame):
    """Grant or deny first, then the reason, or the reason first: two keys a person.

    Signals:
        decided: whether granted, and why.
        next_wanted: leave this person for later.
    """

    decided = Signal(bool, str)
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._grants: bool | None = None
        self._reason = ""
        self._speak = Speaker(self)
        self._build()

    def bind_keys(self, where: QWidget) -> None:
        """Let the keys work while the focus is anywhere in the review."""
        bind_key(where, "G", lambda: self._verb(grants=True))
        bind_key(where, "D", lambda: self._verb(grants=False))
        bind_key(where, "N", self.next_wanted.emit)
        bind_key(where, "R", self.own_reason.setFocus)
        for place in range(len(wording.READY_REASONS)):
            bind_key(where, str(place + 1), self.reasons[place].click)
        bind_key(self, Qt.Key.Key_Escape, self.begin)

    def begin(self) -> None:
        """Forget what was begun: a new person, nothing chosen."""
        self._grants, self._reason = None, ""
        self.own_reason.clear()
        for made in self.reasons:
            made.setChecked(False)
        self._show()

    def _build(self) -> None:
        self.asking = label("muted", wraps=True)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.reasons = [self._reason_button(place) for place in range(len(wording.READY_REASONS))]
        for place, made in enumerate(self.reasons):
            grid.addWidget(made, place // 2, place % 2)
        self.own_reason = QLineEdit()
        self._speak(self.own_reason.setPlaceholderText, wording.OWN_REASON)
        name_widget(self._speak, self.own_reason, wording.OWN_REASON)
        grid.addWidget(self.own_reason, 2, 1)
        self.grant_button = button(
            self._speak, wording.GRANT, lambda: self._verb(grants=True), kind="primary"
        )
        self.deny_button = button(self._speak, wording.DENY, lambda: self._verb(grants=False))
        self.next_button = button(self._speak, wording.NEXT, self.next_wanted.emit)
        acts = row(self.grant_button, self.deny_button, None, self.next_button)
        inside = column(self.asking, grid, acts, space=8)
        inside.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inside)
        self.own_reason.returnPressed.connect(self._on_own_reason)
        self._speak.language_changed.connect(self._show)
        self._show()

    def _reason_button(self, place: int) -> QPushButton:
        words = wording.READY_REASONS[place]
        made = QPushButton()
        made.setCheckable(True)
        made.setStyleSheet("text-align: left; padding: 2px 4px 2px 8px;")
        numbered = Words(zh=f"{place + 1} {words.zh}", en=f"{place + 1} {words.en}")
        self._speak(made.setText, numbered)
        self._speak(made.setToolTip, words)
        made.clicked.connect(lambda: self._take_reason(say(words), made))
        return made

    def _verb(self, *, grants: bool) -> None:
        self._grants = grants
        self._reason = self._reason or self.own_reason.text().strip()
        self._finish_or_show()

    def _take_reason(self, reason: str, chosen: QPushButton) -> None:
        for made in self.reasons:
            made.setChecked(made is chosen)
        self._reason = reason
        self._finish_or_show()

    def _on_own_reason(self) -> None:
        self._reason = self.own_reason.text().strip()
        self._finish_or_show()

    def _finish_or_show(self) -> None:
        if self._grants is None or not self._reason:
            self._show()
            return
        grants, reason = self._grants, self._reason
        self.begin()
        self.decided.emit(grants, reason)

    def _show(self) -> None:
        show_kind(self.asking, "muted" if self._grants is None else "caution")
        asked = wording.REASON_FIRST if self._grants is None else sentences.arm(grant=self._grants)
        self.asking.setText(say(asked))
