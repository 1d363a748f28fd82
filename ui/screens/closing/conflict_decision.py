"""Deciding one conflict by keys: 1–5 what to do, Q W E or own words why; Z takes it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from ui.language import say
from ui.screens.closing import conflict_wording as words
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, name_widget, row, show_kind
from ui.widgets.speaker import Speaker

MOST_OPTIONS = 5


class ConflictDecision(QFrame):
    """What to do first, then the reason.

    Signals:
        decided: the option's place, and why.
        taken_back: why.
        next_wanted: leave this one for later.
    """

    decided = Signal(int, str)
    taken_back = Signal(str)
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._chosen: int | None = None
        self._is_undoing = False
        self._count = 0
        self._speak = Speaker(self)
        self._build()

    def bind_keys(self, where: QWidget) -> None:
        """Let the keys work while the focus is anywhere in the page."""
        for place, made in enumerate(self.options):
            bind_key(where, str(place + 1), made.click)
        for key, made in zip(words.REASON_KEYS, self.reasons, strict=True):
            bind_key(where, key, made.click)
        bind_key(where, "R", self.own_reason.setFocus)
        bind_key(where, "Z", self.undo_button.click)
        bind_key(where, "N", self.next_wanted.emit)
        bind_key(self, Qt.Key.Key_Escape, self._begin)

    def show_options(self, texts: Sequence[str], *, can_undo: bool) -> None:
        """Offer these ways, or to take the decision back."""
        self._count = len(texts)
        for place, made in enumerate(self.options):
            made.setVisible(place < len(texts))
            if place < len(texts):
                made.setText(f"{place + 1}  {texts[place]}")
        self.undo_button.setVisible(can_undo)
        self._begin()

    def _build(self) -> None:
        self.asking = label("muted", wraps=True)
        self.options = [self._option_button(place) for place in range(MOST_OPTIONS)]
        self.reasons = [self._reason_button(place) for place in range(len(words.REASONS))]
        self.own_reason = QLineEdit()
        self._speak(self.own_reason.setPlaceholderText, words.OWN_REASON)
        name_widget(self._speak, self.own_reason, words.OWN_REASON)
        self.own_reason.returnPressed.connect(
            lambda: self._take_reason(self.own_reason.text().strip())
        )
        self.undo_button = button(self._speak, words.UNDO, self._begin_undo)
        self.next_button = button(self._speak, words.NEXT, self.next_wanted.emit)
        inside = column(
            self.asking,
            *self.options,
            row(*self.reasons, space=6),
            row(self.own_reason, self.undo_button, self.next_button, space=6),
            space=6,
        )
        inside.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inside)
        self._speak.language_changed.connect(self._show)
        self.show_options((), can_undo=False)

    def _option_button(self, place: int) -> QPushButton:
        made = QPushButton()
        made.setCheckable(True)
        made.setMinimumHeight(scaled(30))
        made.setStyleSheet("text-align: left; padding: 2px 4px 2px 8px;")
        made.clicked.connect(lambda: self._choose(place))
        return made

    def _reason_button(self, place: int) -> QPushButton:
        made = QPushButton()
        reason, key = words.REASONS[place], words.REASON_KEYS[place]
        self._speak(lambda text: made.setText(f"{key}  {text}"), reason)
        made.setStyleSheet("text-align: left; padding: 2px 4px 2px 8px;")
        made.clicked.connect(lambda: self._take_reason(say(reason)))
        return made

    def _begin(self) -> None:
        self._chosen, self._is_undoing = None, False
        self.own_reason.clear()
        self._show()

    def _begin_undo(self) -> None:
        self._chosen, self._is_undoing = None, True
        self._show()

    def _choose(self, place: int) -> None:
        self._chosen, self._is_undoing = place, False
        self._show()

    def _take_reason(self, reason: str) -> None:
        chosen, is_undoing = self._chosen, self._is_undoing
        if not reason or (chosen is None and not is_undoing):
            return
        self._begin()
        if chosen is not None:
            self.decided.emit(chosen, reason)
        else:
            self.taken_back.emit(reason)

    def _show(self) -> None:
        for place, made in enumerate(self.options):
            made.setChecked(place == self._chosen)
        is_begun = self._chosen is not None or self._is_undoing
        for widget in (*self.reasons, self.own_reason):
            widget.setEnabled(is_begun)
        show_kind(self.asking, "caution" if is_begun else "muted")
        asked = words.TAKING_BACK if self._is_undoing else words.NOW_REASON
        if not is_begun:
            choose = words.filled(words.CHOOSE, last=self._count)
            asked = choose if self._count else words.DECIDED_ALREADY
        self.asking.setText(say(asked))
