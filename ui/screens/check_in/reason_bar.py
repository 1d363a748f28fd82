"""Asks why with one key: five reasons, digits 1 to 5. Never in the way of the next scan."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.check_in import wording
from ui.widgets.parts import label, row


class ReasonBar(QFrame):
    """Hidden until something asks; closes with the choice, Esc, or the next scan.

    Signals:
        closed: the question is gone, answered or not.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._answer: Callable[[str], object] | None = None
        self.question = label("heading")
        self.choices = [QPushButton() for _ in range(5)]
        self.cancel = QPushButton()
        self.cancel.setProperty("kind", "flat")
        layout = row(self.question, *self.choices, None, self.cancel, space=8)
        layout.setContentsMargins(14, 10, 14, 10)
        self.setLayout(layout)
        for number, choice in enumerate(self.choices):
            choice.clicked.connect(lambda _checked=False, n=number: self._choose(n))
            shortcut = QShortcut(QKeySequence(str(number + 1)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(choice.click)
        self.cancel.clicked.connect(self.close_question)
        self.hide()

    def ask(
        self, question: Words, reasons: Sequence[Words], answer: Callable[[str], object]
    ) -> None:
        """Ask; `answer` gets the reason in the window's language."""
        self._answer = answer
        self.question.setText(say(question))
        self.cancel.setText(say(wording.CANCEL))
        for number, (choice, reason) in enumerate(zip(self.choices, reasons, strict=True), 1):
            choice.setText(f"{number}  {say(reason)}")
        self.show()
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_asking(self) -> bool:
        """Whether a question is open."""
        return not self.isHidden()

    def close_question(self) -> None:
        """Forget the question."""
        if self.is_asking:
            self._answer = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows walk along the choices."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.focusNextPrevChild(step > 0)

    def _choose(self, number: int) -> None:
        answer, self._answer = self._answer, None
        reason = self.choices[number].text().split("  ", 1)[-1]
        self.hide()
        self.closed.emit()
        if answer is not None:
            answer(reason)
