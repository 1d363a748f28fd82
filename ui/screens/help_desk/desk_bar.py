"""The line at the foot of the Desk page: keys to press, or one question with numbered answers.

A question takes the focus away from text fields, so its plain digits never reach an input method.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.theme import scaled
from ui.widgets.parts import label, row
from ui.widgets.speaker import Speaker


class DeskBar(QStackedWidget):
    """Hints, a choice, or a line to fill in; always in the same spot, never a dialog.

    Signals:
        closed: a question was answered or left; the focus may go back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak = Speaker(self)
        self.hints, self.choice, self.line = _Hints(), _Choice(self), _Line(self)
        for page in (self.hints, self.choice, self.line):
            self.addWidget(page)
        self.setFixedHeight(scaled(46))
        # Long answers are cut before they push the window wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._speak.language_changed.connect(self.hints.retell)

    @property
    def is_asking(self) -> bool:
        """Whether a question stands there."""
        return self.currentWidget() is not self.hints

    def choose(self, question: str, answers: Sequence[str], act: Callable[[int], object]) -> None:
        """Ask for one of at most nine answers; `act` gets its place."""
        self.setCurrentWidget(self.choice)
        self.choice.ask(question, answers[:9], act)

    def fill_in(
        self, question: str, act: Callable[[str], object], *, digits: bool = False, text: str = ""
    ) -> None:
        """Ask for a line of text, or for a number."""
        self.setCurrentWidget(self.line)
        self.line.ask(question, act, digits=digits, text=text)

    def leave(self) -> None:
        """Go back to the hints."""
        if self.is_asking:
            self.setCurrentWidget(self.hints)
            self.closed.emit()


class _Hints(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self._line = row(space=6)
        self._line.setContentsMargins(scaled(2), 0, scaled(2), 0)
        self._told = [(label("key", keys), label("muted"), words) for keys, words in wording.HINTS]
        for keys, what, _words in self._told:
            self._line.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
            self._line.addWidget(what, 0, Qt.AlignmentFlag.AlignVCenter)
            self._line.addSpacing(scaled(8))
        self._line.addStretch(1)
        self.setLayout(self._line)
        self.retell()

    def retell(self) -> None:
        for _keys, what, words in self._told:
            what.setText(say(words))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many as there is room for, the most used first."""
        used = 0
        for keys, what, _words in self._told:
            used += keys.sizeHint().width() + what.sizeHint().width() + scaled(22)
            for told in (keys, what):
                told.setVisible(used <= self.width())


class _Choice(QFrame):
    """Digits, arrows and Enter; Esc leaves."""

    def __init__(self, bar: DeskBar) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._bar = bar
        self._act: Callable[[int], object] | None = None
        self.question, self.hint = label("heading"), label("muted")
        self.buttons = [QPushButton() for _ in range(9)]
        for place, made in enumerate(self.buttons):
            made.setMinimumWidth(scaled(48))
            made.setStyleSheet("outline: none;")
            made.clicked.connect(lambda _checked=False, place=place: self._give(place))
        inside = row(self.question, *self.buttons, None, self.hint, space=6)
        inside.setContentsMargins(scaled(10), scaled(4), scaled(10), scaled(4))
        self.setLayout(inside)

    def ask(self, question: str, answers: Sequence[str], act: Callable[[int], object]) -> None:
        self._act = act
        self.question.setText(question)
        self.hint.setText(say(wording.ESC_LEAVES))
        self.hint.setVisible(len(answers) < 6)
        for place, made in enumerate(self.buttons):
            is_there = place < len(answers)
            made.setVisible(is_there)
            made.setText(f"{place + 1} {answers[place]}" if is_there else "")
        self.setAccessibleName(question)
        self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit; walk by arrows; leave by Esc."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._give(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Escape:
            self._bar.leave()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = [place for place, made in enumerate(self.buttons) if made.hasFocus()]
            self._give(held[0] if held else 0)
        else:
            super().keyPressEvent(event)

    def _give(self, place: int) -> None:
        if self.buttons[place].isHidden() or self._act is None:
            return
        act, self._act = self._act, None
        self._bar.leave()
        act(place)


class _Line(QFrame):
    """One line of text, Enter sends it."""

    def __init__(self, bar: DeskBar) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._bar = bar
        self._act: Callable[[str], object] | None = None
        self.question, self.hint, self.text = label("heading"), label("muted"), QLineEdit()
        inside = row(self.question, self.text, self.hint, space=10)
        inside.setStretch(1, 1)
        inside.setContentsMargins(scaled(10), scaled(3), scaled(10), scaled(3))
        self.setLayout(inside)
        self.text.returnPressed.connect(self._send)

    def ask(self, question: str, act: Callable[[str], object], *, digits: bool, text: str) -> None:
        self._act = act
        self.question.setText(question)
        self.hint.setText(say(wording.ENTER_TO_GO))
        self.text.setAccessibleName(question)
        # Digits are typed as they are: an input method would take them for its own.
        self.text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not digits)
        self.text.setMaximumWidth(scaled(90) if digits else 16_777_215)
        self.text.setText(text)
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._bar.leave()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        act, self._act = self._act, None
        text = self.text.text().strip()
        self._bar.leave()
        if act is not None:
            act(text)
