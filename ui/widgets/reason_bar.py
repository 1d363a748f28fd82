"""Asking why, in place, without a dialog: ready-made reasons by one key, or free text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from app.domain.words import Words
from ui.language import say
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, row
from ui.widgets.speaker import Speaker

LATER = Words(zh="先不要（Esc）", en="Leave it (Esc)")
OWN_WORDS = Words(zh="或寫下理由，再按 Enter", en="or write a reason, then Enter")


class ReasonBar(QFrame):
    """One question, its ready-made answers, a line for another; hidden until asked.

    Signals:
        reason_given: what was asked for, and the reason.
        put_off: the person left it.
    """

    reason_given = Signal(str, str)
    put_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._what = ""
        self._speak = Speaker(self)
        self.reasons: list[QPushButton] = []
        self._build()
        self.hide()

    def ask(self, what: str, question: Words, reasons: Sequence[Words]) -> None:
        """Ask why `what` should happen."""
        self._what = what
        self.question.setText(say(question))
        self.text.setAccessibleName(say(question))
        self.text.clear()
        for made in self.reasons:
            made.deleteLater()
        self.reasons = [self._reason(place, words) for place, words in enumerate(reasons, 1)]
        self.show()
        self.text.setFocus()

    def leave(self) -> None:
        """Hide without doing anything."""
        if not self.isHidden():
            self.hide()
            self.put_off.emit()

    def _build(self) -> None:
        self.question = label("heading", wraps=True)
        self.text = QLineEdit()
        self._speak(self.text.setPlaceholderText, OWN_WORDS)
        self.text.returnPressed.connect(self._give_text)
        self.leave_button = button(self._speak, LATER, self.leave)
        self._answers = column(space=6)
        inside = column(self.question, self._answers, self.text, row(None, self.leave_button))
        inside.setContentsMargins(14, 12, 14, 12)
        self.setLayout(inside)
        bind_key(self, Qt.Key.Key_Escape, self.leave)

    def _reason(self, place: int, words: Words) -> QPushButton:
        reason = say(words)
        made = QPushButton(f"{place}  {reason}")
        made.setStyleSheet("text-align: left;")
        made.clicked.connect(lambda: self._give(reason))
        made.setShortcut(QKeySequence(f"Alt+{place}"))
        made.setToolTip(f"Alt+{place}")
        self._answers.addWidget(made)
        return made

    def _give_text(self) -> None:
        reason = self.text.text().strip()
        if reason:
            self._give(reason)

    def _give(self, reason: str) -> None:
        self.hide()
        self.reason_given.emit(self._what, reason)
